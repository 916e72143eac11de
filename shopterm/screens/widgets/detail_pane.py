"""The document under the cursor at a glance."""

from datetime import UTC, tzinfo
from functools import lru_cache

from textual.geometry import Region

from shopterm.db.queries.rows import Detail
from shopterm.i18n import language
from shopterm.screens.lines import Line, text
from shopterm.screens.page import heading, page, tallest
from shopterm.screens.widgets.line_widget import LineWidget


class DetailPane(LineWidget):
    """Shows as much of a document as fits; Enter opens the whole."""

    def __init__(self, *, id: str | None = None) -> None:
        """Begin empty."""
        super().__init__(id=id)
        self.detail: Detail | None = None
        self._zone: tzinfo = UTC
        self._site = ""
        self._lines: tuple[Line, ...] = ()
        self._width = 0
        """For which the lines were laid out."""

    def show(self, detail: Detail | None, zone: tzinfo = UTC, site: str = "") -> None:
        """Show another document, or none; draws only a change."""
        if detail != self.detail:
            self.detail, self._zone, self._site = detail, zone, site
            self.lay_out()

    def prepare(self, detail: Detail, zone: tzinfo, site: str) -> None:
        """Lay out ahead what is probably shown next."""
        if self.size.width:
            laid_out(detail, self.size.width, zone, site, language())

    def lay_out(self) -> None:
        """Lay the document out for the present size and language."""
        before = self._lines
        self._fill()
        seen = self.size.height
        self.repaint(before[:seen], self._lines[:seen])
        if (len(before) > seen) != (len(self._lines) > seen):
            self.refresh(Region(0, seen - 1, self.size.width, 1))  # the sign that there is more

    def _fill(self) -> None:
        self._lines, self._width = (), self.size.width
        if self.detail is not None and self._width:
            self._lines = laid_out(self.detail, self._width, self._zone, self._site, language())

    def ground(self, y: int) -> str:
        """Set the heading off from the queue above."""
        return "band" if y == 0 and self.detail is not None else ""

    def line(self, y: int) -> Line:
        """Draw one line; the last one tells that there is more."""
        if self._width != self.size.width:  # it is painted before it is told of another size
            self._fill()
        if y >= len(self._lines):
            return ()
        if y == self.size.height - 1 and len(self._lines) > self.size.height:
            return text(" …", "dim")
        return (*text(" "), *self._lines[y])


@lru_cache(maxsize=32)
def laid_out(detail: Detail, width: int, zone: tzinfo, site: str, _spoken: str) -> tuple[Line, ...]:
    """Return a document's lines in the language spoken; going back and forth lays nothing out again."""
    lines = [heading(detail, site), *page(detail, width - 2, zone, site, airy=False)]
    return tuple(tallest(lines, width - 2))
