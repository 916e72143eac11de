"""Fills in a form by typing: goes from field to field as the screen shows, and types in the way of each kind."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from shopterm.domain.action import Action
from shopterm.domain.fields import Field, Kind
from shopterm.screens.signing import HIDDEN, PIN, SECOND, SECOND_PIN, signing
from tests.journeys import terminal as keys
from tests.journeys.eyes import NEW, TAKEN_UP
from tests.journeys.program import pin_of
from tests.journeys.walking import Walking

BLANK = "_"
"""Shows the extent of an empty field."""
MOST = 60
"""So many steps lead anywhere on a form."""
Row = Mapping[str, object]


class Filling(Walking):
    """Hands that type; a key is pressed when the screen has shown what the last one did."""

    pin = ""
    """Of whoever sits here."""

    def fill(self, action: Action, values: Mapping[str, Any], second: str = "") -> None:
        """Type into a form's fields, and sign it; fields of which nothing is said stay as they are."""
        signed = {PIN.name: self.pin} | ({SECOND.name: second, SECOND_PIN.name: pin_of(second)} if second else {})
        fields = (*action.form, *signing(action))
        labels = [self.word(field.label) for field in fields]
        for place, field in enumerate(fields):
            if field in signing(action) or field.name in values:
                self.go_to(field, back=self.label in labels[place + 1 :])
                self.type(field, {**values, **signed}[field.name])

    def go_to(self, field: Field, *, back: bool = False) -> None:
        """Go to a field, down the form or back up."""
        wanted = self.word(field.label)
        for _step in range(MOST):
            if self.label == wanted:
                return
            self.tab(back=back)
        raise AssertionError(f"there is no field {wanted}:\n{self.terminal.picture()}")

    def tab(self, *, back: bool = False) -> None:
        """Go to the next field or cell of a line, or to the one before."""
        self.terminal.until(lambda: self.label != "", "a field with the keyboard")
        label, cell = self.label, self.cell
        self.terminal.send(keys.BACK_TAB if back else keys.TAB)
        self.terminal.until(lambda: self.label not in (label, "") or self.cell not in (cell, None), "the next field")

    def type(self, field: Field, value: Any) -> None:
        """Give a field a value in the way of its kind."""
        if field.kind is Kind.LINES:
            self.type_lines(field, value)
        elif field.kind is Kind.CHECKLIST:
            self.walk(value)
        elif field.kind is Kind.PHOTOS:
            self.pick(value)
        elif field.kind in (Kind.CHOICE, Kind.YES_NO):
            key = _key(field, value)
            self.terminal.send(key)
            self.terminal.until(lambda: f">{key} " in self.marked_line, f"{value} in {field.name}")
        else:
            self.type_text(" ".join(value) if isinstance(value, list) else str(value), hidden=field in HIDDEN)

    def type_text(self, text: str, *, hidden: bool = False) -> None:
        """Type into the editor that has the keyboard, in place of what stands there."""
        if not self._holds(_is_empty)():
            self.terminal.send(keys.EMPTIED)
            self.terminal.until(self._holds(_is_empty), "an empty field")
        shown = "•" * len(text) if hidden else text
        self.terminal.send(text)
        self.terminal.until(self._holds(lambda held: held.rstrip(BLANK).strip().endswith(shown[-8:])), f"“{text}”")

    def _holds(self, wanted: Callable[[str], bool]) -> Callable[[], bool]:
        """Return whether an editor has the keyboard and a text as wanted."""
        return lambda: self.held[0] > 0 and wanted(self.held[2])

    # ── lines ────────────────────────────────────────────────────────────────────────────────────────

    def type_lines(self, field: Field, rows: Sequence[Row] | Mapping[int, Row]) -> None:
        """Add lines, or change those of these numbers."""
        if isinstance(rows, Mapping):
            for number, row in rows.items():
                self.change_line(field, number, row)
        else:
            for row in rows:
                self.add_line(field, row)

    def add_line(self, field: Field, row: Row) -> None:
        """Type a new line."""
        before = self.kept
        self.type_line(field, row)
        self.terminal.until(lambda: self.kept > before, f"one more line than {before}")

    def change_line(self, field: Field, number: int, row: Row) -> None:
        """Choose a line, take it into the entry, type what differs, and put it back."""
        for _step in range(MOST):
            chosen = self.chosen_line
            if chosen == number:
                break
            self.terminal.send(keys.UP if chosen == 0 or chosen > number else keys.DOWN)
            self.terminal.until(self._chose_another(chosen), "another line")
        self.terminal.send(keys.ENTER)
        self.terminal.until(lambda: self.entry(TAKEN_UP) > 0 and self.cell is not None, f"line {number} in the entry")
        self.terminal.settle()  # the keyboard goes to the cell that is wrong, or most often changed
        self.type_line(field, row)
        self.terminal.until(lambda: self.entry(NEW) > 0, f"line {number} back")

    def _chose_another(self, line: int) -> Callable[[], bool]:
        return lambda: self.chosen_line != line

    def type_line(self, field: Field, row: Row) -> None:
        """Type the cells of a line and keep it."""
        for place, column in enumerate(field.columns):
            if column.name in row:
                self.go_to_cell(place)
                self.type_cell(column, row[column.name])
        self.terminal.send(keys.ENTER)

    def go_to_cell(self, place: int) -> None:
        """Go to a cell of the entry."""
        for _step in range(MOST):
            self.terminal.until(lambda: self.cell is not None, "a cell with the keyboard")
            if self.cell == place:
                return
            self.tab(back=(self.cell or 0) > place)
        raise AssertionError(f"there is no cell {place}:\n{self.terminal.picture()}")

    def type_cell(self, column: Field, value: object) -> None:
        """Type one cell of the entry; a chosen word is seen when the terminal has come to rest."""
        if column.kind in (Kind.CHOICE, Kind.YES_NO):
            self.terminal.send(_key(column, value))
            self.terminal.settle()
        else:
            self.type_text(str(value))


def _key(field: Field, value: object) -> str:
    """Return the key of a word: yes and no by their letters, others by number."""
    if field.kind is Kind.YES_NO:
        return "y" if value else "n"
    return str(list(field.choices or ()).index(str(value)) + 1)


def _is_empty(held: str) -> bool:
    return not held.strip(BLANK)
