"""What material and labour sheets have in common: made for a job, returned by line, copied into a new version."""

from collections.abc import Sequence
from typing import Any

from shopterm.db import models as m
from shopterm.db import sql
from shopterm.domain import guards
from shopterm.domain.errors import invalid
from shopterm.domain.vocabulary import Doc, SheetState
from shopterm.domain.words import _
from shopterm.usecases.context import Context, Values

NO_LINE = _("The sheet has no line {line}.")
EMPTY_SUPPLEMENT = _("A supplement needs at least one line.")


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


def touch_sheet(ctx: Context, sheet: Any, values: Values) -> None:
    """Take over what the form says about the sheet as a whole; who edits it works on the order."""
    refuse_inspector(ctx, sheet.order_id)
    if sheet.supplement and not values["lines"]:
        raise invalid("lines", EMPTY_SUPPLEMENT)  # nothing could be quoted, and the job would wait for an answer
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
            raise invalid("lines.line", NO_LINE, index, line=line["line"])
    ctx.notes["returned"] = [dict(line) for line in values["lines"]]


def copy_lines(ctx: Context, model: type[Any], sheet: Any, columns: Sequence[str]) -> None:
    """Copy the lines of the present version into the next one, as entered by the actor."""
    refuse_inspector(ctx, sheet.order_id)
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


def refuse_inspector(ctx: Context, order: int) -> None:
    """Refuse the lines of whoever has inspected the order: by writing them an inspector would become its mechanic."""
    inspected = "SELECT 1 FROM inspection WHERE order_id = ? AND kind = 'qc' AND person_id = ?"
    if sql.row(inspected, order, ctx.actor.person):
        raise ctx.refuse(guards.NOT_ITS_INSPECTOR, name=ctx.actor.name)
