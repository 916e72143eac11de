"""A foreman corrects a clock-off that was forgotten or wrong; what was clocked stays (docs/decisions.md, 22)."""

from collections.abc import Sequence
from typing import Any

from shopterm.db import models as m
from shopterm.db import sql
from shopterm.db.queries.labour_marks import key_of, mark_of
from shopterm.domain.errors import invalid
from shopterm.domain.labour_corrections import Correction, Interval, correct_attendance, correct_entry
from shopterm.domain.units import Instant
from shopterm.domain.vocabulary import DayState, EntryKind
from shopterm.domain.words import Message, _
from shopterm.usecases.context import Context, Values

NO_INTERVAL = _("Nothing on this person's days is marked “{mark}”, or it was corrected already.")
PRESENCE = Message(_("attendance"))
ATTENDANCE, ENTRY = "attendance", "labour_entry"
KEPT = {
    ATTENDANCE: "site, person_id",
    ENTRY: "site, person_id, kind, job_id, labour_line_id, code, rework",
}
"""What a correction takes over from what was clocked."""
ENTRIES = """
    SELECT x.id, x.start, x."end", COALESCE(j.number, x.code), x.kind FROM labour_entry x
    LEFT JOIN job j ON j.id = x.job_id WHERE x.person_id = ? AND x.voided = 0"""


def correct_day(ctx: Context, person: m.Person, values: Values) -> None:
    """Give an interval another end; an attendance takes what ran in it along."""
    key = key_of(ctx.site, values["interval"])
    table, one = _found(person.id, key) if key is not None else ("", None)
    if one is None:
        raise invalid("interval", NO_INTERVAL, mark=values["interval"])
    judge = _attendance if table == ATTENDANCE else _entry
    correction = judge(ctx, person.id, one, values)
    _keep(ctx, table, one, correction, values["reason"])
    if table == ATTENDANCE and one.end is None and correction.back is None:
        ctx.become(DayState.AWAY)
    ctx.message = _("Corrected: {what}, ended {time}.")
    ctx.params = {"what": one.what, "time": Instant(correction.end)}


def _found(person: int, key: int) -> tuple[str, Interval | None]:
    """Return the interval with this key that counts today, and the table it is in."""
    if entry := sql.row(f"{ENTRIES} AND x.id = ?", person, key):
        return ENTRY, _named(entry)
    attendance = sql.row(
        'SELECT id, start, "end" FROM attendance WHERE id = ? AND person_id = ? AND voided = 0', key, person
    )
    return ATTENDANCE, Interval(attendance[0], attendance[1], attendance[2], PRESENCE) if attendance else None


def _named(entry: Sequence[Any]) -> Interval:
    """Name an entry by its job or code; a break has neither."""
    key, start, end, name, kind = entry
    return Interval(key, start, end, name or EntryKind(kind))


def _entry(ctx: Context, person: int, one: Interval, values: Values) -> Correction:
    stands_in = sql.row(
        'SELECT "end" FROM attendance WHERE person_id = ? AND voided = 0 AND start <= ? '
        "ORDER BY start DESC, id DESC LIMIT 1",
        person,
        one.start,
    )
    return correct_entry(
        one,
        values["end"],
        values["back"],
        now=ctx.at,
        following=_following(ENTRY, person, one),
        gone=stands_in[0] if stands_in else None,
    )


def _attendance(ctx: Context, person: int, one: Interval, values: Values) -> Correction:
    following = _following(ATTENDANCE, person, one)
    begun = sql.rows(
        f"{ENTRIES} AND x.start >= ? AND x.start < ? ORDER BY x.start, x.id",
        person,
        one.start,
        min(ctx.at + 1 if one.end is None else one.end, ctx.at + 1 if following is None else following),
    )
    return correct_attendance(
        one,
        values["end"],
        values["back"],
        now=ctx.at,
        following=following,
        entries=map(_named, begun),
    )


def _following(table: str, person: int, one: Interval) -> int | None:
    """Return when the person's next interval of the kind began."""
    found = sql.row(
        f"SELECT start FROM {table} WHERE person_id = ? AND voided = 0 AND (start > ? OR (start = ? AND id > ?)) "
        "ORDER BY start, id LIMIT 1",
        *(person, one.start, one.start, one.key),
    )
    return int(found[0]) if found else None


def _keep(ctx: Context, table: str, one: Interval, correction: Correction, reason: str) -> None:
    """Put corrections beside what was clocked: it counts no more, and stays."""
    kept = [[one.key, _replace(ctx, table, one, one.start, correction.end, reason)]]
    if correction.back is not None:
        kept.append([one.key, _copy(ctx, table, one, correction.back, one.end, reason)])
    kept += [[cut.key, _replace(ctx, ENTRY, cut, cut.start, correction.end, reason)] for cut in correction.cut]
    ctx.notes["corrected"] = kept
    ctx.content = {
        "interval": mark_of(one.key),
        "clocked": [one.start, one.end],
        "ended": correction.end,
        "back": correction.back,
        "cut": [mark_of(cut.key) for cut in correction.cut],
        "reason": reason,
    }


def _replace(ctx: Context, table: str, one: Interval, start: int, end: int, reason: str) -> int:
    sql.change(f"UPDATE {table} SET voided = 1 WHERE id = ?", one.key)
    return _copy(ctx, table, one, start, end, reason)


def _copy(ctx: Context, table: str, one: Interval, start: int, end: int | None, reason: str) -> int:
    key = ctx.new_key()
    sql.change(
        f'INSERT INTO {table} (id, {KEPT[table]}, start, "end", voided, corrects, reason) '
        f"SELECT ?, {KEPT[table]}, ?, ?, 0, ?, ? FROM {table} WHERE id = ?",
        *(key, start, end, one.key, reason, one.key),
    )
    return key
