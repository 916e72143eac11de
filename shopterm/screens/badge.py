"""A badge was scanned while somebody else is at the terminal: the PIN makes way for them, Escape changes nothing."""

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from shopterm.db.queries.names import named
from shopterm.db.session import Shop
from shopterm.domain.errors import Invalid, ShopError
from shopterm.domain.text import clean
from shopterm.i18n import language, tr
from shopterm.screens.leaving import LeavingScreen
from shopterm.screens.lines import text, wrap
from shopterm.screens.live_screen import SignedIn
from shopterm.screens.thread import ShopThread
from shopterm.screens.widgets.key_bar import Hint, KeyBar
from shopterm.screens.widgets.text_lines import TextLines
from shopterm.show import say
from shopterm.usecases.sign_in import find_person, sign_in


def name_of_badge(shop: Shop, code: str) -> tuple[int, str] | None:
    """Return key and name of whose badge this is; None if it is nobody's who works here."""
    with shop.reader():
        person = find_person(code)
    if person is None:
        return None
    return person.id, named(language(), person.name_zh, person.name_en)


class BadgeScreen(LeavingScreen[None], ModalScreen[None]):
    """Asks the PIN of whose badge was scanned; what is beneath stays as it is, and theirs whose it is."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", show=False)]
    AUTO_FOCUS = "Input"

    def __init__(self, thread: ShopThread, terminal: str, code: str, name: str, *, stays: str) -> None:
        """Offer to let this person take the terminal over from whoever stays there with Escape."""
        super().__init__()
        self._thread, self._terminal, self._code, self._owner, self._stays = thread, terminal, code, name, stays
        self._question, self._said, self._key_bar = TextLines(), TextLines(), KeyBar(lines=1)
        self._field = Input(password=True, compact=True, max_length=32, select_on_focus=False)
        self._field.cursor_blink = False
        self._busy = False

    def compose(self) -> ComposeResult:
        """Lay out question, field, answer and keys in a box."""
        with Vertical(classes="box"):
            yield self._question
            yield self._field
            yield self._said
            yield self._key_bar

    def on_mount(self) -> None:
        """Ask."""
        self.language_changed()

    def language_changed(self) -> None:
        """Say everything in the other language."""
        asked = tr("{name}: your PIN.", name=clean(self._owner))
        kept = tr("What {name} has open here stays theirs.", name=clean(self._stays))
        self._question.lay(
            lambda size: [
                *(text(row, "strong") for row in wrap(asked, size)),
                *(text(row, "dim") for row in wrap(kept, size)),
            ]  # fmt: skip
        )
        stay = Hint("Esc", tr("{name} goes on", name=clean(self._stays)))
        self._key_bar.show([Hint("Enter", tr("Change over")), stay])

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Check the PIN."""
        event.stop()
        if not self._busy:
            self._prove(self._field.value)

    @work(group="prove")
    async def _prove(self, pin: str) -> None:
        self._busy, self._field.value = True, ""
        try:
            actor = await self._thread.call(lambda shop: sign_in(shop, self._code, pin, self._terminal))
        except ShopError as error:
            problems = error.problems if isinstance(error, Invalid) else (error,)
            self._said.say(" ".join(say(one.sentence, one.params) for one in problems), "warn")
            return
        finally:
            self._busy = False
        self.dismiss()
        self.app.post_message(SignedIn(actor))
