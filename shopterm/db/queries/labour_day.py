"""One person's labour day as it is stored: every interval, beside a correction what was clocked, who did it and why.

Reads through the same ``read`` as the labour reports, so that a report from the command line loads no models.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from shopterm.db.keys import ROW_BITS
from shopterm.db.queries.labour import Read
from shopterm.domain.labour_records import Attendance, Entry
from shopterm.domain.vocabulary import EntryKind

MADE_BY = f"x.id >> {ROW_BITS} << {ROW_BITS}"
"""Key of the event that made a row; only a correction is looked up by it."""
CORRECTED = "x.voided, x.corrects, x.reason, c.at, p.name_zh, p.name_en"
EVENT = f"""
    LEFT JOIN event c ON x.corrects IS NOT NULL AND c.id = {MADE_BY} LEFT JOIN person p ON p.id = c.actor"""
ATTENDANCES = f"""
    SELECT x.person_id, x.id, x.site, x.start, x."end", {CORRECTED} FROM {{people}}attendance x {EVENT}"""
ENTRIES = f"""
    SELECT x.person_id, x.id, x.site, x.start, x."end", x.kind, x.labour_line_id, x.job_id, x.code, x.rework,
      (SELECT j.number FROM job j WHERE j.id = x.job_id),
      (SELECT l.text FROM labour_line l WHERE l.id = x.labour_line_id), {CORRECTED}
    FROM {{people}}labour_entry x {EVENT}"""
OF_PERSON = " WHERE x.person_id = ? AND x.voided = 0 AND x.start >= ? AND x.start < ?"
OF_ALL = " WHERE x.person_id = q.id AND x.voided = 0 AND x.start >= ? AND x.start < ? AND x.corrects IS NOT NULL"
EVERYBODY = "person q CROSS JOIN "
"""People lead the join, so that (person, start) finds the rows."""
LAST_BEFORE = """
    SELECT MAX(x.start) FROM attendance x WHERE x.person_id = ? AND x.voided = 0 AND x.start < ?"""


class Interval(NamedTuple):
    """One attendance (no entry in it) or labour entry."""

    person: int
    key: int
    site: int
    start: int
    end: int | None
    entry: Entry | None
    job: str
    """Number of the job, or ""."""
    work: str
    """Text of the labour line, or ""."""
    voided: bool
    corrects: int | None
    reason: str
    corrected_at: int | None
    corrector: tuple[str, str]
    """Who corrected it: the name in Chinese and in English."""

    @property
    def attendance(self) -> bool:
        """Whether it is presence, not what was done in it."""
        return self.entry is None


class PersonDay(NamedTuple):
    """What decides over one person's day: the day's own intervals, and what counts of those around it."""

    intervals: list[Interval]
    attendances: list[Attendance]
    entries: list[Entry]


def person_day(read: Read, person: int, since: int, until: int, now: int) -> PersonDay:
    """Return the intervals of the shifts begun in a day, and of what was begun in it outside any shift."""
    before = read(LAST_BEFORE, person, since)[0][0]
    begin = since if before is None else before
    shifts = _attendances(read, OF_PERSON, person, begin, until)
    ends = (now + 1 if shift.end is None else shift.end for shift in shifts if shift.start >= since)
    horizon = max([until, *ends])
    shifts += _attendances(read, OF_PERSON, person, until, horizon)
    entries = _entries(read, OF_PERSON, person, begin, horizon)
    clocked = _before(read, _attendances, shifts) + _before(read, _entries, entries)
    mine = [one for one in (*shifts, *entries, *clocked) if since <= _day_start(one, shifts) < until]
    return PersonDay(
        sorted(mine, key=lambda one: (one.start, not one.attendance, one.key)),
        [Attendance(person, shift.site, shift.start, shift.end) for shift in shifts],
        [one.entry for one in entries if one.entry is not None],
    )


def corrections(read: Read, since: int, until: int) -> list[tuple[Interval, Interval]]:
    """Return what was corrected of the intervals begun in some days: what was clocked, and the correction."""
    made = [
        *_attendances(read, OF_ALL, since, until, people=EVERYBODY),
        *_entries(read, OF_ALL, since, until, people=EVERYBODY),
    ]
    clocked = {one.key: one for one in _before(read, _attendances, made) + _before(read, _entries, made)}
    pairs = [(clocked[one.corrects], one) for one in (*made, *clocked.values()) if one.corrects in clocked]
    return sorted(pairs, key=lambda pair: (pair[0].start, pair[0].key, pair[1].key))


def _before(read: Read, find: Callable[..., list[Interval]], corrected: Iterable[Interval]) -> list[Interval]:
    """Return what stood in the place of corrections, back to what was clocked."""
    found: list[Interval] = []
    keys = {one.corrects for one in corrected if one.corrects is not None}
    while keys:
        more = find(read, f" WHERE x.id IN ({', '.join('?' * len(keys))})", *sorted(keys))
        found += more
        keys = {one.corrects for one in more if one.corrects is not None}
    return found


def _day_start(one: Interval, shifts: Iterable[Interval]) -> int:
    """Return the instant that dates an interval: the beginning of the shift it was begun in, or else its own."""
    if one.attendance:
        return one.start
    within = (s.start for s in shifts if s.start <= one.start and (s.end is None or one.start <= s.end))
    return max(within, default=one.start)


def _attendances(read: Read, which: str, *params: Any, people: str = "") -> list[Interval]:
    return [
        Interval(person, key, site, start, end, None, "", "", *_correction(corrected))
        for person, key, site, start, end, *corrected in read(ATTENDANCES.format(people=people) + which, *params)
    ]


def _entries(read: Read, which: str, *params: Any, people: str = "") -> list[Interval]:
    found = []
    for row in read(ENTRIES.format(people=people) + which, *params):
        person, key, site, start, end, kind, line, job, code, rework, number, work, *corrected = row
        entry = Entry(person, site, start, end, EntryKind(kind), line, job, None, code, bool(rework))
        found.append(Interval(person, key, site, start, end, entry, number or "", work or "", *_correction(corrected)))
    return found


def _correction(row: Sequence[Any]) -> tuple[bool, int | None, str, int | None, tuple[str, str]]:
    voided, corrects, reason, at, zh, en = row
    return bool(voided), corrects, reason, at, (zh or "", en or "")
