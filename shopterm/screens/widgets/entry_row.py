"""The row in which a new line is typed, or one of the lines so far is changed."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.reactive import reactive
from textual.widget import Widget

from shopterm.domain.fields import Field, Kind
from shopterm.screens.lines import Line, text
from shopterm.screens.widgets.editors import AMOUNTS, BLANKS, SCANNED, ChoiceEditor, DiscreetEditor, Editor, TextEditor
from shopterm.screens.widgets.line_widget import LineWidget
from shopterm.screens.widgets.lines_table import GAP, LEAD, REFERENCES
from shopterm.screens.widgets.scan_input import ScanInput

NEW, TAKEN_UP = "+", "="
"""Signs before the entry row."""
MOST_DIGITS = 3
"""No document has lines with longer numbers."""


class EntryCode(ScanInput):
    """The entry's cell for a part or serial number: every code that ends makes a line."""

    BINDINGS: ClassVar[list[BindingType]] = TextEditor.BINDINGS
    action_onward = TextEditor.action_onward
    action_empty = TextEditor.action_empty
    on_input_changed = TextEditor.on_input_changed
    raw = TextEditor.raw
    fill = TextEditor.fill

    def __init__(self, field: Field) -> None:
        """Edit this column."""
        super().__init__(placeholder=BLANKS)
        self.field = field
        self.select_on_focus = True  # a right number typed over a wrong one takes its place


class Entry(LineWidget):
    """The entry row: a sign (a new line, or a line taken up) and one cell per column."""

    sign: reactive[str] = reactive(NEW)

    def __init__(self, columns: Sequence[Field]) -> None:
        """Make a cell for each column."""
        super().__init__()
        self.columns = columns

    def compose(self) -> ComposeResult:
        """Lay the cells out side by side."""
        for column in self.columns:
            yield _cell(column)

    @property
    def cells(self) -> list[Editor]:
        """The cells as editors."""
        return [cell for cell in self.children if isinstance(cell, Editor)]

    def fit(self, sizes: Sequence[int]) -> None:
        """Make the cells as wide as the table's columns."""
        for place, (cell, size) in enumerate(zip(self.children, sizes, strict=True)):
            cell.styles.width = size
            cell.styles.margin = (0, GAP, 0, 0 if place else LEAD)

    def hold(self, *, given: bool) -> None:
        """Let nothing be typed into a cell that only says which line is meant, where that line is a given one."""
        first = self.children[0]
        first.disabled = given and self.columns[0].name in REFERENCES

    def line(self, y: int) -> Line:
        """Draw the sign."""
        return text(f"{self.sign:>4}", "key")


def most_changed(columns: Sequence[Field], row: Mapping[str, str]) -> int:
    """Return the place of the cell to start at in a finished line: its amount, a part not found yet, or its words."""
    wanted = (
        place
        for place, column in enumerate(columns)
        if place and (column.kind in AMOUNTS or (column.kind in SCANNED and not row[column.name]))
    )
    return next(wanted, 0 if columns[0].kind is Kind.TEXT else 1)


def _cell(column: Field) -> Widget:
    if column.kind in (Kind.CHOICE, Kind.YES_NO):
        return ChoiceEditor(column, compact=True)
    if column.name in REFERENCES:
        return DiscreetEditor(column, MOST_DIGITS)
    return EntryCode(column) if column.kind in SCANNED else TextEditor(column)
