"""The base of every screen that shows the shop: it asks in the shop's thread and follows what colleagues change."""

from collections.abc import Callable
from typing import ClassVar, TypeVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import Screen

from shopterm.db.session import Shop
from shopterm.domain.errors import Unavailable
from shopterm.screens.session import Session

T = TypeVar("T")
Result = TypeVar("Result")
FAR = 110
"""From this width on, list and document stand side by side."""


class Away(Message):
    """The database did not answer."""


class Wrote(Message):
    """This terminal changed something: other screens of it must look again."""


class LiveScreen(Screen[Result]):
    """A screen of a signed-in person."""

    HORIZONTAL_BREAKPOINTS: ClassVar[list[tuple[int, str]] | None] = [(0, "-near"), (FAR, "-far")]
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]

    def __init__(self, session: Session) -> None:
        """Show what this person may see."""
        super().__init__()
        self.session = session

    async def ask(self, query: Callable[[Shop], T]) -> T | None:
        """Return what a query finds, or None while the database does not answer (the app says so)."""
        try:
            return await self.session.thread.read(query)
        except Unavailable:
            self.post_message(Away())
            return None

    def data_changed(self) -> None:
        """Look again: somebody changed something."""

    def language_changed(self) -> None:
        """Say everything anew in the other language."""

    def trouble(self, sentence: str) -> None:
        """Say calmly that the database does not answer; nothing when it does again."""

    def action_leave(self) -> None:
        """Go back to where this screen was opened from."""
        if len(self.app.screen_stack) > 1:
            self.dismiss()
