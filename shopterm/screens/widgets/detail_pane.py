"""The document under the cursor at a glance."""

from datetime import UTC, tzinfo

from textual.geometry import Region

from shopterm.db.queries.rows import Detail
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
        self._lines: list[Line] = []

    def show(self, detail: Detail | None, zone: tzinfo = UTC, site: str = "") -> None:
        """Show another document, or none; draws only a change."""
        if detail != self.detail:
            self.detail, self._zone, self._site = detail, zone, site
            self.lay_out()

    def lay_out(self) -> None:
        """Lay the document out for the present size and language."""
        before, self._lines = self._lines, []
        if self.detail is not None and self.size.width:
            size = self.size.width - 2
            lines = [heading(self.detail, self._site), *page(self.detail, size, self._zone, self._site, airy=False)]
            self._lines = tallest(lines, size)
        seen = self.size.height
        self.repaint(before[:seen], self._lines[:seen])
        if (len(before) > seen) != (len(self._lines) > seen):
            self.refresh(Region(0, seen - 1, self.size.width, 1))  # the sign that there is more

    def on_resize(self) -> None:
        """Lay out anew."""
        self.lay_out()

    def ground(self, y: int) -> str:
        """Set the heading off from the queue above."""
        return "band" if y == 0 and self._lines else ""

    def line(self, y: int) -> Line:
        """Draw one line; the last one tells that there is more."""
        if y >= len(self._lines):
            return ()
        if y == self.size.height - 1 and len(self._lines) > self.size.height:
            return text(" …", "dim")
        return (*text(" "), *self._lines[y])
