"""One person is in one place at a time: beginning an entry ends what ran."""

from shopterm.db import models as m
from shopterm.db import sql
from shopterm.domain.vocabulary import DayState, Doc, EntryKind
from shopterm.usecases.context import Context


def present(person: int) -> bool:
    """Say whether the person has come in and not gone."""
    return sql.row('SELECT 1 FROM attendance WHERE person_id = ? AND "end" IS NULL AND voided = 0', person) is not None


def come_in(ctx: Context) -> None:
    """Begin the actor's shift; a labour day is one shift."""
    m.Attendance.insert(id=ctx.new_key(), site=ctx.site, person=ctx.actor.person, start=ctx.at).execute()
    ctx.notes["came_in"] = ctx.at


def end_running(ctx: Context, person: int) -> int:
    """End whatever entry of the person runs; returns how many ended."""
    return sql.change(
        'UPDATE labour_entry SET "end" = ? WHERE person_id = ? AND "end" IS NULL AND voided = 0', ctx.at, person
    )


def begin(
    ctx: Context,
    kind: EntryKind,
    *,
    job: int | None = None,
    labour_line: int | None = None,
    code: str = "",
    rework: bool = False,
) -> None:
    """Begin an entry of the actor; comes in first if need be."""
    if not present(ctx.actor.person):
        come_in(ctx)
        ctx.changes.append((Doc.DAY.value, ctx.actor.person, DayState.AWAY.value, DayState.PRESENT.value))
    end_running(ctx, ctx.actor.person)
    m.LabourEntry.insert(
        id=ctx.new_key(),
        site=ctx.site,
        person=ctx.actor.person,
        kind=kind,
        job=job,
        labour_line=labour_line,
        code=code,
        rework=rework,
        start=ctx.at,
    ).execute()
