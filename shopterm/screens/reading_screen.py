"""A screen to read: a title, a page of lines, and the way back."""

from collections.abc import Sequence

from textual.app import ComposeResult

from shopterm.i18n import tr
from shopterm.screens.lines import Line, text
from shopterm.screens.live_screen import PersonScreen
from shopterm.screens.widgets.header_line import HeaderLine
from shopterm.screens.widgets.key_bar import Hint, KeyBar
from shopterm.screens.widgets.page_view import PageView


class ReadingScreen(PersonScreen[None]):
    """Shows the lines its subclass makes."""

    def title_line(self) -> str:
        """Return the title."""
        return ""

    def lines(self, size: int) -> Sequence[Line]:
        """Return the lines for a width."""
        return []

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
        actor = self.session.actor
        self.query_one(HeaderLine).show([(self.title_line(), True)], [text(f"{actor.name} · {actor.site_code}")])
        self.query_one(KeyBar).show([Hint("Esc", tr("Back")), Hint("↑↓ PgUp PgDn", tr("Scroll"))])
        self.query_one(PageView).lay_out()

    def language_changed(self) -> None:
        """Say everything in the other language."""
        self.fill_in()
