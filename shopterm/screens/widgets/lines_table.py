"""The lines of a form as a table: numbered, aligned, the chosen one marked, the wrong ones too."""

from collections.abc import Mapping, Sequence

from textual.geometry import Size

from shopterm.domain.fields import Field, Kind
from shopterm.domain.text import width
from shopterm.i18n import tr
from shopterm.screens.filling import shown
from shopterm.screens.lines import Line, Piece, fit, shared, text
from shopterm.screens.widgets.line_widget import LineWidget

LEAD = 5
"""Cells before the first column: the cursor's mark, the number, a blank."""
GAP = 2
SPARED = 15
"""Lines of the screen that are not for the table."""
FEWEST = 4
LINE = "line"
"""A column of this name numbers the rows itself."""
REFERENCES = frozenset({LINE, "job"})
"""Columns that say which line of a document, or which of its jobs, a row is about."""
NUMBERS = frozenset({Kind.INTEGER, Kind.QUANTITY, Kind.MONEY, Kind.MINUTES})
_LEAST = {
    Kind.PART: 20,
    Kind.MACHINE: 20,
    Kind.QUANTITY: 9,
    Kind.MONEY: 11,
    Kind.MINUTES: 7,
    Kind.INTEGER: 6,
    Kind.YES_NO: 5,
    Kind.CHOICE: 10,
    Kind.INSTANT: 17,
    Kind.DATE: 11,
}
"""Room for usual values, so that columns do not jump while lines are added."""


class LinesTable(LineWidget):
    """Shows rows of typed text under their columns' names; it is told what to show and has no keys."""

    def __init__(self, columns: Sequence[Field]) -> None:
        """Show these columns."""
        super().__init__()
        self.columns = columns
        self.about: Mapping[str, str] = {}
        """What the line or job is about that a row names by its number only; stands beside it."""
        self._beside = 0
        """Cells for it."""
        self.sizes: list[int] = [0] * len(columns)
        self._rows: Sequence[Mapping[str, str]] = ()
        self._cursor = 0
        self._bad: frozenset[int] = frozenset()
        self._top = 0

    def show(self, rows: Sequence[Mapping[str, str]], cursor: int, bad: frozenset[int]) -> None:
        """Show these rows; the cursor's is marked, the bad ones (from 0) carry an exclamation mark."""
        grown = len(rows) != len(self._rows)
        self._rows, self._cursor, self._bad = list(rows), cursor, bad
        self.measure()
        self.refresh(layout=grown)

    def measure(self) -> None:
        """Fit the columns into the width: wide ones are shared, free room goes to the widest text."""
        total = self.size.width - LEAD
        # The heading of numbers stands at their end: one more cell keeps it off the column before.
        heads = [width(tr(column.label)) + 1 + (column.kind in NUMBERS) for column in self.columns]
        needed = [
            max([_LEAST.get(column.kind, 8), *(width(shown(column, row.get(column.name))) for row in self._rows)]) + 1
            for column in self.columns
        ]
        self.sizes = shared(heads, needed, total, GAP)
        free = total - sum(self.sizes) - GAP * (len(self.sizes) - 1)
        self._beside = self._room_beside(free)
        free -= self._beside
        if free > 0:
            texts = [n for n, column in enumerate(self.columns) if column.kind in (Kind.TEXT, Kind.PART)]
            widest = max(texts, key=lambda n: self.columns[n].max_length, default=len(self.sizes) - 1)
            self.sizes[widest] += free

    def _room_beside(self, free: int) -> int:
        """Return the room for what given lines are about: all that is free, beside columns of text at most half."""
        if not self.about or free <= 0:
            return 0
        if all(column.kind not in (Kind.TEXT, Kind.PART) for column in self.columns):
            return free
        return min(max((width(self._told(row)) + GAP for row in self._rows), default=0), free // 2)

    def _told(self, row: Mapping[str, str]) -> str:
        return self.about.get(str(row.get(self.columns[0].name) or ""), "")

    def on_resize(self) -> None:
        """Fit into the new width."""
        self.measure()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the height of the heading and of as many rows as the screen has room for."""
        return 1 + min(len(self._rows), self._page)

    @property
    def _page(self) -> int:
        return max(FEWEST, self.app.size.height - SPARED)

    def line(self, y: int) -> Line:
        """Draw the heading or a row."""
        if y == 0:
            return self._drawn((" " * LEAD, ""), [text(tr(column.label), "dim") for column in self.columns])
        self._scroll()
        return self._row(self._top + y - 1)

    def is_marked(self, y: int) -> bool:
        """Mark the cursor's row."""
        return y > 0 and self._top + y - 1 == self._cursor

    def _scroll(self) -> None:
        last = min(self._cursor, len(self._rows) - 1)
        self._top = max(0, min(max(self._top, last - self._page + 1), last, len(self._rows) - self._page))

    def _row(self, index: int) -> Line:
        if index >= len(self._rows):
            return ()
        row = self._rows[index]
        mark = "!" if index in self._bad else ">" if index == self._cursor else " "
        number = "" if LINE in row else index + 1
        lead: Piece = (f"{mark}{number:>3} ", "bad" if index in self._bad else "dim")
        drawn = self._drawn(lead, [text(shown(column, row.get(column.name))) for column in self.columns])
        return (*drawn, *fit(text(self._told(row), "dim"), self._beside - 1)) if self._beside else drawn

    def _drawn(self, lead: Piece, parts: Sequence[Line]) -> Line:
        row: list[Piece] = [lead]
        for column, part, size in zip(self.columns, parts, self.sizes, strict=True):
            # One cell less than the entry below: its cursor stands after the last character.
            row += [*fit(part, size - 1, right=column.kind in NUMBERS), (" " * (GAP + 1), "")]
        return tuple(row)
