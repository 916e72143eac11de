"""The fields of a form one below the other: moving, checking, saying what is wrong where."""

from collections.abc import Callable, Container, Mapping, Sequence
from datetime import tzinfo
from typing import Any

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from shopterm.domain.action import Action
from shopterm.domain.errors import Invalid, Problem
from shopterm.domain.fields import Field, Kind
from shopterm.domain.parse import is_blank, parse_field, parse_form
from shopterm.screens.signing import HIDDEN, signing
from shopterm.screens.widgets.editors import SCANNED, Onward
from shopterm.screens.widgets.field_row import FieldRow
from shopterm.screens.widgets.lines_editor import LinesEditor

MOST_LABEL = 34
SPARE = 4
"""Lines that stay free for lines and messages to come, so that fields do not move together while typing."""


class FormBody(VerticalScroll, can_focus=False):
    """Holds a row per field, those of the action first, then those that sign it."""

    def __init__(self, action: Action, zone: tzinfo, now: Callable[[], int]) -> None:
        """Ask what this action asks."""
        super().__init__()
        self.zone, self.now = zone, now
        self.fields = [FieldRow(field, zone) for field in action.form]
        self.signing = [FieldRow(field, zone, hidden=field in HIDDEN) for field in signing(action)]

    def compose(self) -> ComposeResult:
        """Lay out the rows."""
        yield from self.rows

    def on_mount(self) -> None:
        """Set the rows under each other."""
        for place, row in enumerate(self.rows):
            row.set_class(place % 2 == 1, "-odd")
        self._align()

    def language_changed(self) -> None:
        """Say everything in the other language."""
        for row in self.rows:
            row.language_changed()
        self._align()

    def _align(self) -> None:
        """Make all labels as wide as the longest needs."""
        beside = [row for row in self.rows if not row.is_wide]
        widest = max((row.label_width for row in beside), default=0)
        for row in beside:
            row.indent = min(widest, MOST_LABEL)
            row.make_room()

    def on_resize(self) -> None:
        """Leave a line free between fields where the screen has room for it."""
        self.call_after_refresh(self._air)

    def _air(self) -> None:
        needed = sum(row.size.height + 1 for row in self.rows)
        self.set_class(needed + SPARE <= self.size.height, "-airy")

    @property
    def rows(self) -> list[FieldRow]:
        """All rows."""
        return [*self.fields, *self.signing]

    @property
    def here(self) -> FieldRow | None:
        """The row that has the keyboard."""
        return next((row for row in self.rows if row.has_focus_within), None)

    def row(self, name: str) -> FieldRow | None:
        """Return the row of a field."""
        return next((row for row in self.rows if row.field.name == name), None)

    def raw(self) -> dict[str, Any]:
        """Return what was typed into the action's fields; a PIN is not among them."""
        return {row.field.name: row.raw() for row in self.fields}

    def signed(self) -> dict[str, str]:
        """Return what was typed to sign."""
        return {row.field.name: row.raw() for row in self.signing}

    def fill(self, raw: Mapping[str, Any], *, given: bool = False) -> None:
        """Show this as if it had been typed, or as given by the document."""
        for row in self.fields:
            if row.field.name in raw:
                (row.give if given else row.fill)(raw[row.field.name])

    def forget_pins(self) -> None:
        """Empty the PINs."""
        for row in self.signing:
            if row.field in HIDDEN:
                row.fill("")

    def problems_of(self, row: FieldRow) -> list[Problem]:
        """Return what is wrong with what stands in a field."""
        try:
            parse_field(row.field, row.raw(), self.zone, now=self.now())
        except Invalid as error:
            return list(error.problems)
        return []

    def problems(self) -> list[Problem]:
        """Return all that is wrong with what was typed."""
        found: list[Problem] = []
        for rows in (self.fields, self.signing):
            typed = {row.field.name: row.raw() for row in rows}
            try:
                parse_form([row.field for row in rows], typed, self.zone, now=self.now())
            except Invalid as error:
                found += error.problems
        return found

    def complain(self, problems: Sequence[Problem]) -> list[Problem]:
        """Say each problem at its field, go to the first, and return those of no field here."""
        for row in self.rows:
            row.complain([problem for problem in problems if _belongs(problem, row.field)])
        first = next((row for row in self.rows if row.is_wrong), None)
        if first:
            first.enter()
        return [problem for problem in problems if not any(_belongs(problem, row.field) for row in self.rows)]

    def enter_first(self, given: Container[str] = ()) -> None:
        """Give the keyboard to the first field; where that one is given, to the first that still must be filled in."""
        if not self.rows:
            return
        first = self.rows[0]
        open_rows = [row for row in self.rows if row.field.required and is_blank(row.raw())]
        scans = any(column.kind in SCANNED for column in first.field.columns[:1])
        walks = first.field.kind is Kind.CHECKLIST  # begun is not walked to its end
        begun = first.field.name in given and not is_blank(first.raw()) and not scans and not walks
        (open_rows[0] if begun and open_rows and not self.problems_of(first) else first).enter()

    def enter_first_empty_pin(self) -> None:
        """Give the keyboard to the first PIN that is not given yet."""
        row = next((row for row in self.signing if row.field in HIDDEN and not row.raw()), None)
        if row:
            row.enter()

    def on_onward(self, event: Onward) -> None:
        """Go to the next or previous field; at the last one the form decides."""
        here = self.rows.index(self.here) if self.here else 0
        there = here + event.step
        if 0 <= there < len(self.rows):
            event.stop()
            self.rows[there].enter()

    def on_descendant_blur(self) -> None:
        """Check what was typed into a field when it is left; what is missing is told only at the end."""
        for row in self.fields:
            left = not row.has_focus_within and row.raw() and not isinstance(row.editor_widget, LinesEditor)
            if left and (problems := self.problems_of(row)):
                row.complain(problems)


def _belongs(problem: Problem, field: Field) -> bool:
    return problem.field.partition(".")[0] == field.name
