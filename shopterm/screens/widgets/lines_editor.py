"""The editor of a form's lines: the lines so far, and below them one entry row for a new or a chosen line.

The keyboard stays in the entry row. The arrows choose a line, Enter takes it into the entry and puts it back,
Delete removes it, Escape gives up; a scanner adds a line with every code, whatever else is being done.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import tzinfo
from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from shopterm.domain.errors import Invalid, Problem
from shopterm.domain.fields import Field, Kind
from shopterm.domain.parse import is_blank, parse_field
from shopterm.domain.partnumber import is_spelling_of
from shopterm.i18n import tr
from shopterm.screens.filling import typed_form
from shopterm.screens.lines import Line, Tone, text, wrap
from shopterm.screens.widgets.editors import (
    SCANNED,
    Edited,
    Editor,
    Onward,
    option_keys,
)
from shopterm.screens.widgets.entry_row import NEW, TAKEN_UP, Entry, EntryCode, most_changed
from shopterm.screens.widgets.line_widget import LineWidget
from shopterm.screens.widgets.lines_table import LEAD, LINE, REFERENCES, LinesTable
from shopterm.screens.widgets.scan_input import ScanInput
from shopterm.show import say

NAMED = SCANNED | {Kind.STANDARD}
"""Kinds of codes that a person wants explained."""


class LinesEditor(LineWidget):
    """Edits the rows of one LINES field."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("delete", "remove", show=False, priority=True),
        Binding("escape", "give_up", show=False, priority=True),
    ]

    class Asked(Message):
        """Somebody should say what this code is; answer with `LinesEditor.name_it`."""

        def __init__(self, editor: "LinesEditor", column: Field, code: str) -> None:
            """Ask about a code of this column."""
            super().__init__()
            self.editor, self.column, self.code = editor, column, code

    def __init__(self, field: Field, zone: tzinfo) -> None:
        """Edit this field; dates are read in the site's zone."""
        super().__init__()
        self.field, self.zone = field, zone
        self.table, self.entry = LinesTable(field.columns), Entry(field.columns)
        self.rows: list[dict[str, str]] = []
        self.cursor = 0
        """The chosen row; one more than there are rows means a new one."""
        self.editing = False
        """Whether the chosen row has been taken into the entry."""
        self._given: list[dict[str, str]] = []
        """The lines the document asks for, as the form started from them."""
        self._names: dict[str, str] = {}
        self._refused: dict[int, str] = {}
        """Rows that were refused, each with the column that was wrong."""
        self._wrong = ""
        """Column of the mistake that is being told."""
        self.said = ""
        """What there is to say about the column, the row or a mistake."""
        self._told: list[Line] = []

    def compose(self) -> ComposeResult:
        """Lay out the table and the entry row; what there is to say is drawn below them."""
        yield self.table
        yield self.entry

    def on_mount(self) -> None:
        """Start with an empty entry."""
        self.call_after_refresh(self._arrange)
        self._enter(self._blank())

    @property
    def cells(self) -> list[Editor]:
        """The editors of the entry row."""
        return self.entry.cells

    # ── what it holds ──────────────────────────────────────────────────────────────────────────────────

    def raw(self) -> list[dict[str, str]]:
        """Return the rows with what stands in the entry, so that nothing typed is lost."""
        rows = [dict(row) for row in self.rows]
        if self.is_dirty:
            rows[self.cursor : self.cursor + self.editing] = [self._entry()]
        return rows

    def fill(self, raw: Any) -> None:
        """Show these rows and choose the first unfinished; without one the first, or a new one to scan."""
        blank = self._blank()
        self.rows = [blank | {name: str(cell or "") for name, cell in row.items() if name in blank} for row in raw]
        if self.field.given and not self._given:
            self._given = [dict(row) for row in self.rows]
        open_rows = [n for n, row in enumerate(self.rows) if self._problems(row)]
        begin = len(self.rows) if self.field.columns[0].kind in SCANNED else 0
        self.cursor, self.editing = open_rows[0] if open_rows else begin, False
        self._enter(blank)

    @property
    def is_dirty(self) -> bool:
        """Whether something stands in the entry that is in no row yet."""
        before = self.rows[self.cursor] if self.editing else self._blank()
        return self._entry() != before

    def complain(self, problems: Sequence[Problem]) -> None:
        """Mark the rows of these problems and say the first; none takes the marks away."""
        self._wrong = ""
        self._refused = {problem.line - 1: self._column(problem) for problem in reversed(problems) if problem.line}
        if problems and problems[0].line and problems[0].line <= len(self.rows) and not self.is_dirty:
            self.cursor, self.editing = problems[0].line - 1, False
            self._enter(self._blank())  # a line taken up and left as it was must not stay there as a new one
        self._show()
        if problems:
            self._say(problems[0], problems[0].line)

    def enter(self) -> None:
        """Take the keyboard, in the cell of a mistake if one is being told."""
        free = [cell for cell in self.cells if not (isinstance(cell, Widget) and cell.disabled)]
        self._focus(next((cell for cell in free if cell.field.name == self._wrong), free[0]))

    def tell(self, about: Mapping[str, str]) -> None:
        """Show beside each row what the line or job is about that it names by its number."""
        self.table.about = about
        self._arrange()

    def name_it(self, code: str, name: str) -> None:
        """Say what a code is, here and whenever its row is chosen."""
        self._names[code] = name
        self._explain()

    def take_out(self, looks_so: Callable[[str], object]) -> bool:
        """Empty the entry's words and numbers of lines that look like what does not belong there; says if any did."""
        cells = [cell for cell in self.cells if cell.field.kind is Kind.TEXT or cell.field.name in REFERENCES]
        found = [cell for cell in cells if looks_so(str(cell.raw()))]
        for cell in found:
            cell.fill("")
        return bool(found)

    # ── keys ───────────────────────────────────────────────────────────────────────────────────────────

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Delete and Escape are ours only while they mean a line."""
        if action == "remove":
            return self.cursor < len(self.rows) and not self.editing and not self.is_dirty
        if action == "give_up":
            return self.editing or self.is_dirty
        return super().check_action(action, parameters)

    def action_remove(self) -> None:
        """Take the chosen row out."""
        del self.rows[self.cursor]
        self._refused = {}
        self._enter(self._blank())
        self.post_message(Edited())

    def action_give_up(self) -> None:
        """Empty the entry; a row that was taken into it stays as it was."""
        self.editing, self._wrong = False, ""
        self._enter(self._blank())
        self.post_message(Edited())

    def on_onward(self, event: Onward) -> None:
        """Choose a row, take it into the entry, put the entry into the rows, or leave."""
        there, self._wrong = self.cursor + event.step, ""
        if event.entered and (self.editing or self.is_dirty):
            self._keep()
        elif event.entered and self.cursor < len(self.rows):
            self._edit()
        elif self.editing or self.is_dirty:
            self._answer(tr("Enter keeps this line, Esc clears it."))
        elif not event.entered and 0 <= there <= len(self.rows):
            self.cursor = there
            self._show()
        else:
            return  # the form's: the next or previous field
        event.stop()

    def on_edited(self, event: Edited) -> None:
        """Typing while a row is chosen begins a new one."""
        self._wrong = ""
        if not self.editing and self.cursor < len(self.rows) and self.is_dirty:
            self.cursor = len(self.rows)
            self._show()

    def on_scan_input_scanned(self, event: ScanInput.Scanned) -> None:
        """Make a line of every code, also an unfinished one: it is marked, never lost."""
        event.stop()
        cell = event.input
        if isinstance(cell, EntryCode) and not self._choose_given(event.value):
            self._put(self._entry() | {cell.field.name: event.value}, scanned=cell)
            self.post_message(self.Asked(self, cell.field, event.value))

    def on_descendant_focus(self) -> None:
        """Say what the column is for."""
        self._explain()

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """Ask what a typed code is, as if it had been scanned."""
        cell = event.widget
        if isinstance(cell, EntryCode) and cell.value.strip() and cell.value not in self._names:
            self.post_message(self.Asked(self, cell.field, cell.value))

    def on_resize(self) -> None:
        """Fit into the new width."""
        self.call_after_refresh(self._arrange)

    def add_scanned(self, code: str) -> bool:
        """Say whether a code, scanned while another cell has the keyboard, became a line of its own.

        A line that has its code already is kept before it. In the cell of the code, and in an empty cell of text (a
        serial number, a bin), a code is typed like anything else.
        """
        column, here = self.field.columns[0], self.cells[self._place()]
        if column.kind not in SCANNED or here.field is column or (here.field.kind is Kind.TEXT and not here.raw()):
            return False
        if self._entry()[column.name]:
            self._put(self._entry())
        if self._choose_given(code):
            return True
        if not self.editing:
            self.cursor = len(self.rows)
        self._put(self._entry() | {column.name: code})
        self.post_message(self.Asked(self, column, code))
        return True

    def _choose_given(self, code: str) -> bool:
        """Choose the untouched line the document gave for this code, if there is one and none is being changed."""
        name = self.field.columns[0].name
        found = [n for n, row in enumerate(self.rows) if row in self._given and is_spelling_of(row[name], code)]
        if self.editing or len(found) != 1:
            return False
        self.cursor = found[0]
        self._enter(self._blank())
        self._answer(tr("“{code}” stands in line {line}: Enter changes it, Del takes it out.", code=code,
                        line=found[0] + 1))  # fmt: skip
        return True

    # ── the entry ──────────────────────────────────────────────────────────────────────────────────────

    def _blank(self) -> dict[str, str]:
        return typed_form(self.field.columns, {}, self.zone)

    def _entry(self) -> dict[str, str]:
        return {cell.field.name: cell.raw() for cell in self.cells}

    def _enter(self, row: dict[str, str], scanned: EntryCode | None = None) -> None:
        """Put a row's text into the entry; where codes are scanned the next one may stand already."""
        self.entry.hold(given=False)
        with self.prevent(Edited):
            for cell in self.cells:
                if cell is not scanned:
                    cell.fill(row.get(cell.field.name, ""))
        self._show()

    def _edit(self) -> None:
        """Take the chosen row into the entry: at what is wrong with it, or at what is most often changed."""
        row = self.rows[self.cursor]
        self.editing = True
        wrong = {problem.field for problem in self._problems(row)} | {self._refused.get(self.cursor)}
        self._enter(row)
        place = next((n for n, column in enumerate(self.field.columns) if column.name in wrong), None)
        cell = self.cells[most_changed(self.field.columns, row) if place is None else place]
        if isinstance(cell, Widget) and not cell.has_focus:
            self.screen.set_focus(cell)  # at once, and before the first cell is held: it would hand the keyboard on
        else:
            self._focus(cell)
        self.entry.hold(given=self.field.columns[0].name not in wrong)

    def _keep(self) -> None:
        """Put the entry into the rows, or go to the cell that does not allow it."""
        problems = self._problems(self._entry())
        if not problems:
            self._put(self._entry())
            return
        cell = next(cell for cell in self.cells if cell.field.name == problems[0].field)
        fresh = is_blank(cell.raw()) and self.cells.index(cell) > self._place()
        self._focus(cell)
        if not fresh:  # a cell not reached yet is no mistake
            self._say(problems[0])

    def _put(self, row: dict[str, str], scanned: EntryCode | None = None) -> None:
        self.rows[self.cursor : self.cursor + self.editing] = [row]
        self.cursor = self.cursor + 1 if self.editing else len(self.rows)
        self.editing, self._refused, self._wrong = False, {}, ""
        self._enter(self._blank(), scanned)
        if scanned is None:
            self._focus(self.cells[0])
            self._ask_names(row)
        self.post_message(Edited())

    def _ask_names(self, row: dict[str, str]) -> None:
        for column in self.field.columns:
            if column.kind in NAMED and row[column.name]:
                self.post_message(self.Asked(self, column, row[column.name]))

    def _problems(self, row: dict[str, str]) -> list[Problem]:
        found: list[Problem] = []
        for column in self.field.columns:
            try:
                parse_field(column, row[column.name], self.zone)
            except Invalid as error:
                found += error.problems
        return found

    def _place(self) -> int:
        focused = [isinstance(cell, Widget) and cell.has_focus for cell in self.cells]
        return focused.index(True) if True in focused else 0

    def _focus(self, cell: Editor) -> None:
        if isinstance(cell, Input) and cell.has_focus and cell.select_on_focus:
            cell.select_all()
        elif isinstance(cell, Widget):
            cell.focus()

    # ── what it shows ──────────────────────────────────────────────────────────────────────────────────

    def _show(self) -> None:
        bad = self._refused.keys() | {n for n, row in enumerate(self.rows) if self._problems(row)}
        self.table.show(self.rows, self.cursor, frozenset(bad))
        self.entry.sign = TAKEN_UP if self.editing else NEW
        self._explain()

    def _arrange(self) -> None:
        self.table.measure()
        self.entry.fit(self.table.sizes)
        self.table.refresh()

    def _explain(self) -> None:
        """Say what the chosen row's code is, or what the column is for; a mistake stays told."""
        if self._wrong:
            return
        row = self.rows[self.cursor] if self.cursor < len(self.rows) else self.rows[-1] if self.rows else {}
        row = self._entry() if self.is_mounted and self.is_dirty else row
        codes = [row.get(column.name, "") for column in self.field.columns if column.kind in NAMED]
        names = [f"{code}  {self._names[code]}" for code in codes if code in self._names]
        column = self.field.columns[self._place() if self.is_mounted else 0]
        words = [f"{key} {label}" for key, label in option_keys(column)]
        if not self.editing and self.cursor < len(self.rows) and self._problems(self.rows[self.cursor]):
            self._answer(tr("Line {line} is unfinished: Enter takes it up.", line=self.cursor + 1), "warn")
        elif words:
            self._answer(tr("Space changes it: {words}", words=", ".join(words)))
        else:
            self._answer(names[0] if names else tr(column.help))

    def _answer(self, sentence: str, tone: Tone = "dim") -> None:
        self.said = sentence
        room = max(self.size.width - LEAD - 1, 20)
        self._told = [text(" " * LEAD + row, tone) for row in wrap(sentence, room)]
        self.entry.styles.margin = (0, 0, len(self._told) if sentence else 0, 0)
        self.refresh()

    def line(self, y: int) -> Line:
        """Draw what there is to say below table and entry."""
        below = y - self.table.size.height - 1
        return self._told[below] if self.said and 0 <= below < len(self._told) else ()

    def _column(self, problem: Problem) -> str:
        return problem.field.removeprefix(f"{self.field.name}.")

    def _say(self, problem: Problem, line: int | None = None) -> None:
        self._wrong = name = self._column(problem)
        label = next((tr(column.label) for column in self.field.columns if column.name == name), name)
        number = self.rows[line - 1].get(LINE) or line if line and line <= len(self.rows) else line
        where = tr("Line {line}, {label}", line=number, label=label) if line else label
        sentence = f"{where}: {say(problem.sentence, problem.params, self.zone)}"
        self._answer(sentence, "bad")
