"""The row in which a new line is typed, or one of the lines so far is changed."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.reactive import reactive
from textual.widget import Widget

from shopterm.domain.fields import Field, Kind
from shopterm.screens.lines import Line, text
from shopterm.screens.widgets.editors import BLANKS, SCANNED, ChoiceEditor, Editor, TextEditor
from shopterm.screens.widgets.line_widget import LineWidget
from shopterm.screens.widgets.lines_table import GAP, LEAD
from shopterm.screens.widgets.scan_input import ScanInput

NEW, TAKEN_UP = "+", "="
"""Signs before the entry row."""


class EntryCode(ScanInput):
    """The entry's cell for a part or serial number: every code that ends makes a line."""

    BINDINGS: ClassVar[list[BindingType]] = TextEditor.BINDINGS
    action_onward = TextEditor.action_onward
    on_input_changed = TextEditor.on_input_changed
    raw = TextEditor.raw
    fill = TextEditor.fill

    def __init__(self, field: Field) -> None:
        """Edit this column."""
        super().__init__(placeholder=BLANKS)
        self.field = field


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

    def line(self, y: int) -> Line:
        """Draw the sign."""
        return text(f"{self.sign:>4}", "key")


def _cell(column: Field) -> Widget:
    if column.kind in (Kind.CHOICE, Kind.YES_NO):
        return ChoiceEditor(column, compact=True)
    return EntryCode(column) if column.kind in SCANNED else TextEditor(column)
