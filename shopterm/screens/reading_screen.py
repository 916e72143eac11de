"""A screen to read: a title, a page of lines, and the way back."""

from collections.abc import Sequence

from textual.app import ComposeResult

from shopterm.i18n import tr
from shopterm.screens.lines import Line, text
from shopterm.screens.live_screen import LiveScreen
from shopterm.screens.session import Session
from shopterm.screens.widgets.header_line import HeaderLine
from shopterm.screens.widgets.key_bar import Hint, KeyBar
from shopterm.screens.widgets.page_view import PageView


class Leaf(LiveScreen[None]):
    """Shows the lines its subclass makes; nobody need be signed in."""

    def title_line(self) -> str:
        """Return the title."""
        return ""

    def lines(self, size: int) -> Sequence[Line]:
        """Return the lines for a width."""
        return []

    def corner(self) -> str:
        """Return who reads this, or where."""
        return ""

    def compose(self) -> ComposeResult:
        """Yield title, page and the way back."""
        yield HeaderLine(id="header")
        yield PageView(self.lines, id="page")
        yield KeyBar(lines=1, id="keys")

    def on_mount(self) -> None:
        """Fill in."""
        self.query_one(PageView).focus()
        self.fill_in()

    def fill_in(self) -> None:
        """Say title and keys, and make the lines."""
        self.query_one(HeaderLine).show([(self.title_line(), True)], [text(self.corner())])
        self.query_one(KeyBar).show([Hint("Esc", tr("Back")), Hint("↑↓ PgUp PgDn", tr("Scroll"))])
        self.query_one(PageView).lay_out()

    def language_changed(self) -> None:
        """Say everything in the other language."""
        self.fill_in()


class ReadingScreen(Leaf):
    """A page that somebody reads who is signed in."""

    def __init__(self, session: Session) -> None:
        """Show what this person may see."""
        super().__init__(session.thread)
        self.session = session

    def corner(self) -> str:
        """Name the person."""
        return f"{self.session.actor.name} · {self.session.site}"
