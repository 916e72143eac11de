"""What a form fetches from elsewhere for its fields: marks, photos, names, choices."""

import re
from collections.abc import Sequence
from typing import Any

from textual.app import App
from textual.widgets import Input

from shopterm.db.queries.rows import Detail
from shopterm.domain.fields import Field, Kind
from shopterm.domain.text import clean
from shopterm.i18n import listed, tr
from shopterm.screens.about_lines import about_lines
from shopterm.screens.cells import short
from shopterm.screens.checklist_screen import ChecklistScreen, Walked
from shopterm.screens.form_data import Opening, Surroundings
from shopterm.screens.lines import Line, text
from shopterm.screens.pick import Choice, PickScreen
from shopterm.screens.widgets.editors import SCANNED, Opener
from shopterm.screens.widgets.field_row import FieldRow
from shopterm.screens.widgets.form_body import FormBody
from shopterm.screens.widgets.lines_editor import LinesEditor
from shopterm.screens.widgets.lines_table import REFERENCES
from shopterm.screens.widgets.walk_list import summary

LISTED = SCANNED | {Kind.PERSON, Kind.PEOPLE, Kind.CUSTOMER, Kind.ROLES, Kind.VERBS, Kind.CODE, Kind.STANDARD}
"""Kinds for which the surroundings can list what fits."""
APART = {Kind.PEOPLE: " ", Kind.VERBS: " ", Kind.ROLES: r"[,，、]\s*"}
"""What stands between several of a kind in one field."""


class Elsewhere:
    """Opens the screens that belong to fields of one form, and brings back what they return."""

    def __init__(self, app: App[Any], body: FormBody, opening: Opening, around: Surroundings) -> None:
        """Work for this form."""
        self._app, self._body, self._opening, self._around = app, body, opening, around

    def summarize(self) -> None:
        """Show in a word what stands in the fields that are filled in elsewhere."""
        for row in self._body.fields:
            if isinstance(row.editor_widget, Opener):
                row.editor_widget.show(self._summary(row))

    def tell_lines(self, detail: Detail) -> None:
        """Show beside lines that are named by their numbers what they are about."""
        for row in self._body.fields:
            if isinstance(row.editor_widget, LinesEditor) and row.field.columns[0].name in REFERENCES:
                row.editor_widget.tell(about_lines(detail, row.field.columns[0].name))

    async def open(self, field: Field) -> None:
        """Open a field's own screen."""
        row = self._body.row(field.name)
        if row and field.kind is Kind.CHECKLIST and self._opening.checklist:
            await self._walk(row)
        elif row and field.kind is Kind.PHOTOS and self._around.photos:
            names, before = await self._around.photos(), row.raw() or []
            picked = await self._app.push_screen_wait(
                PickScreen(tr(field.label), _fitting(names), taken=before, keep=row.fill)
            )
            row.fill(before if picked is None else picked)
        self.summarize()

    async def pick(self, editor: Input, field: Field) -> None:
        """List what fits the typed text, and put what is picked in its place."""
        if self._around.look_up is None or field.kind not in LISTED:
            return
        look_up = self._around.look_up
        apart = APART.get(field.kind)
        *before, typed = re.split(apart, editor.value) if apart else [editor.value]

        async def search(text: str) -> Sequence[Choice]:
            return await look_up(field, text)

        if typed and field.kind not in SCANNED:
            found = await search(typed)
            if [choice.value for choice in found] == [typed] and apart:
                before, typed = [*before, typed], ""  # one more
            elif len(found) < 2 and (not found or found[0].value == typed):
                typed = ""  # another: what stands there is no longer looked for
        picked = await self._app.push_screen_wait(PickScreen(tr(field.label), search, typed=typed))
        if picked:
            editor.value = (", " if field.kind is Kind.ROLES else " ").join([*before, *picked])
            editor.cursor_position = len(editor.value)

    async def name(self, field: Field, code: str) -> str:
        """Return what is known about exactly this code, or nothing."""
        if self._around.look_up is None or field.kind not in LISTED or not code.strip():
            return ""
        if field.kind is Kind.PEOPLE and len(code.split()) > 1:
            return listed([(await self.name(field, number)).partition(" · ")[0] for number in code.split()])
        found, wanted = await self._around.look_up(field, code), code.strip().casefold()
        # a part's number may stand there with its maker before it
        exact = [choice for choice in found if f" {choice.value.casefold()}".endswith(f" {wanted}")]
        return clean(exact[0].label) if len(exact) == 1 else ""

    async def name_line(self, asked: LinesEditor.Asked) -> None:
        """Answer what a scanned code is."""
        if name := await self.name(asked.column, asked.code):
            asked.editor.name_it(asked.code, name)

    async def _walk(self, row: FieldRow) -> None:
        assert self._opening.checklist
        before = (self._photo_row.raw() or []) if self._photo_row else []

        def keep(walked: Walked) -> None:
            row.fill(walked.marks)
            if self._photo_row:
                self._photo_row.fill(list(dict.fromkeys([*before, *walked.photos])))

        walked = await self._app.push_screen_wait(
            ChecklistScreen(
                self._opening.checklist,
                row.raw() or {},
                short(self._opening.number, self._around.site),
                self._around.photos if self._photo_row else None,
                keep=keep,
            )
        )
        if walked is not None:
            keep(walked)

    @property
    def _photo_row(self) -> FieldRow | None:
        return next((row for row in self._body.fields if row.field.kind is Kind.PHOTOS), None)

    def _summary(self, row: FieldRow) -> Line:
        raw = row.raw()
        if row.field.kind is Kind.PHOTOS:
            names = clean(", ".join(raw or ()))
            picks = "  " + tr("Enter picks") if self._around.photos else ""
            return (*text(names or tr("none"), "" if names else "dim"), *text(picks, "dim"))
        if self._opening.checklist is None:
            return text(tr("There is no checklist for this."), "bad")
        return (*summary(self._opening.checklist, raw or {}), ("  " + tr("Enter opens"), "dim"))


def _fitting(names: Sequence[str]) -> Any:
    async def search(typed: str) -> Sequence[Choice]:
        return [Choice(name) for name in names if typed.casefold() in name.casefold()]

    return search
