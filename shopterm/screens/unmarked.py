"""What a checklist finds in the marks of a form before they are sent."""

from shopterm.domain.checklist import Checklist
from shopterm.domain.errors import Problem
from shopterm.domain.fields import Kind
from shopterm.domain.words import _
from shopterm.screens.widgets.form_body import FormBody


def unmarked(body: FormBody, checklist: Checklist | None) -> list[Problem]:
    """Return what is wrong with the marks, and that items are open where all must be marked."""
    found: list[Problem] = []
    for row in body.fields:
        raw = row.raw()
        if row.field.kind is not Kind.CHECKLIST or checklist is None or not raw:
            continue
        found += checklist.problems(raw, row.field.name)
        if row.field.required and (missing := checklist.unmarked(raw)):
            found.append(Problem(row.field.name, _("{n} items are not marked yet."), {"n": len(missing)}))
    return found
