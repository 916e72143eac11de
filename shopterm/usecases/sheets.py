"""What material and labour sheets have in common: made for a job, returned by line, copied into a new version."""

from collections.abc import Sequence
from typing import Any

from shopterm.db import models as m
from shopterm.domain.errors import invalid
from shopterm.domain.vocabulary import Doc, SheetState
from shopterm.domain.words import _
from shopterm.usecases.context import Context, Values

NO_LINE = _("The sheet has no line {line}.")


def new_sheet(
    ctx: Context, doc: Doc, model: type[Any], kind: str, job: m.Job, values: Values, *, supplement: bool
) -> tuple[int, str]:
    """Make a draft sheet for a job; returns its key and number."""
    sheet, number = ctx.new_key(), ctx.next_number(kind)
    model.insert(
        id=sheet,
        site=ctx.site,
        number=number,
        order=job.order_id,
        job=job.id,
        state=SheetState.DRAFT,
        supplement=supplement,
        none=bool(values.get("none")) and not values["lines"],
        note=values.get("note") or "",
        finding=values.get("finding") or "",
        reported_by=ctx.actor.person,
        reported_at=ctx.at,
        changed_at=ctx.at,
    ).execute()
    ctx.born(doc, sheet, number, SheetState.DRAFT)
    return sheet, number


def touch_sheet(ctx: Context, values: Values) -> None:
    """Take over what the form says about the sheet as a whole."""
    ctx.set(none=bool(values["none"]) and not values["lines"], note=values["note"] or "")


def return_lines(ctx: Context, model: type[Any], sheet: Any, values: Values) -> None:
    """Write the foreman's reason beside each named line; at least one is named."""
    if not values["lines"]:
        raise invalid("lines", _("Say for at least one line what is wrong."))
    for index, line in enumerate(values["lines"], 1):
        changed = (
            model.update(return_reason=line["reason"])
            .where((model.sheet == sheet.id) & (model.rev == sheet.rev) & (model.line == line["line"]))
            .execute()
        )
        if changed != 1:
            raise invalid("lines", NO_LINE, index, line=line["line"])
    ctx.notes["returned"] = [dict(line) for line in values["lines"]]


def copy_lines(ctx: Context, model: type[Any], sheet: Any, columns: Sequence[str]) -> None:
    """Copy the lines of the present version into the next one, as entered by the actor."""
    rows = [
        {
            "id": ctx.new_key(),
            "sheet": sheet.id,
            "rev": sheet.rev + 1,
            "line": line.line,
            "entered_by": ctx.actor.person,
        }
        | {name: line.__data__[name] for name in columns}
        for line in model.select().where((model.sheet == sheet.id) & (model.rev == sheet.rev))
    ]
    if rows:
        model.insert_many(rows).execute()
