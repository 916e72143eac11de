"""The base of every screen that shows the shop: it asks in the shop's thread and follows what colleagues change."""

from collections.abc import Callable
from typing import ClassVar, Protocol, TypeVar, runtime_checkable

from textual.binding import Binding, BindingType
from textual.message import Message

from shopterm.db.session import Shop
from shopterm.domain.errors import ShopError, Unavailable
from shopterm.domain.facts import Actor
from shopterm.i18n import language
from shopterm.screens.leaving import LeavingScreen
from shopterm.screens.lines import Tone
from shopterm.screens.session import Session
from shopterm.screens.thread import ShopThread
from shopterm.show import say

T = TypeVar("T")
Result = TypeVar("Result")
FAR = 110
"""From this width on, list and document stand side by side."""


class Away(Message):
    """The database did not answer."""


class Wrote(Message):
    """This terminal changed something: other screens of it must look again."""


class SignedIn(Message):
    """Somebody proved who they are."""

    def __init__(self, actor: Actor) -> None:
        """Carry the person."""
        super().__init__()
        self.actor = actor


@runtime_checkable
class Speaking(Protocol):
    """A screen that can say everything anew; forms are such screens, too."""

    def language_changed(self) -> None:
        """Say everything in the other language."""


@runtime_checkable
class Following(Protocol):
    """A screen that follows what colleagues change; forms are such screens, too."""

    def data_changed(self) -> None:
        """Look again: somebody changed something, or the database is back."""

    def trouble(self, told: str) -> None:
        """Say calmly that the database does not answer; nothing when it does again."""


class LiveScreen(LeavingScreen[Result]):
    """A screen that shows the shop."""

    HORIZONTAL_BREAKPOINTS = [(0, "-near"), (FAR, "-far")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (24, "-high")]
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]

    def __init__(self, thread: ShopThread) -> None:
        """Ask in the shop's thread."""
        super().__init__()
        self._thread = thread
        self._as_of = thread.changes
        self._spoken = language()

    async def ask(self, query: Callable[[Shop], T]) -> T | None:
        """Return what a query finds, or None after saying why it found nothing, or if nobody is there to see it."""
        self._as_of = self._thread.changes
        try:
            found = await self._thread.read(query)
            return found if self.app.is_running and self.is_attached else None
        except Unavailable:
            self.post_message(Away())
        except ShopError as error:
            self.answer(say(error.sentence, error.params), "bad")
        return None

    def data_changed(self) -> None:
        """Look again: somebody changed something."""

    def language_changed(self) -> None:
        """Say everything anew in the other language."""

    def on_screen_resume(self) -> None:
        """Come back to the front: say and look again if something changed meanwhile."""
        if self._spoken != language():
            self._spoken = language()
            self.language_changed()
        if self._as_of != self._thread.changes:
            self._as_of = self._thread.changes
            self.data_changed()

    def answer(self, told: str, tone: Tone = "") -> None:
        """Say one sentence in answer to the last key."""

    def trouble(self, told: str) -> None:
        """Say calmly that the database does not answer; nothing when it does again."""

    async def action_leave(self) -> None:
        """Go back to where this screen was opened from."""
        if len(self.app.screen_stack) > 1:
            self.dismiss()


class PersonScreen(LiveScreen[Result]):
    """A screen of somebody who is signed in."""

    def __init__(self, session: Session) -> None:
        """Show what this person may see."""
        super().__init__(session.thread)
        self.session = session
