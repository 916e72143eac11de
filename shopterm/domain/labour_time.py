"""Lays labour entries over attendance, so that every minute of a person counts once.

The rules: everything is half-open and floored to the minute. One person is in one place and on one line at a
time, so the next clock-in or clock-on ends the one before it. An entry without clock-off runs until the
clock-out of the shift it stands in, at the latest until now. Minutes of an entry without attendance are kept
apart as *outside*, dated by the shift the entry touches first, or else by its own clock-on.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta, tzinfo
from enum import StrEnum
from typing import NamedTuple, TypeVar

from shopterm.domain.labour_records import Attendance, Entry
from shopterm.domain.local_time import instant_at, local_day, whole_minutes

FOREVER = 2**63
"""Later than any stored instant: sorts what is still open behind what is closed."""

Row = TypeVar("Row", Attendance, Entry)
Zones = Mapping[int, tzinfo]
Span = tuple[Entry, int, int]


class View(StrEnum):
    """What a day is: a shift dated by its clock-in (also past midnight), or the calendar day cut at 00:00."""

    SHIFT = "shift"
    CALENDAR = "calendar"


class Shift(NamedTuple):
    """A stretch of attendance that belongs to one day."""

    day: date
    site: int
    person: int
    start: int
    end: int
    open: bool


class Piece(NamedTuple):
    """Minutes of one entry that belong to one day at one site of attendance."""

    day: date
    site: int
    entry: Entry
    minutes: int


@dataclass(slots=True)
class Timesheet:
    """Attendance and entries without overlap; pieces lie within a shift, outside ones without attendance."""

    shifts: list[Shift] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    outside: list[Piece] = field(default_factory=list)


def resolve(
    attendances: Iterable[Attendance],
    entries: Iterable[Entry],
    zones: Zones,
    now: int,
    view: View = View.SHIFT,
) -> Timesheet:
    """Lay the entries over the attendance, person by person; rows in any order, zones by site."""
    present, worked = _by_person(attendances), _by_person(entries)
    sheet = Timesheet()
    for person in sorted(present.keys() | worked.keys()):
        shifts = shifts_of(present.get(person, ()), zones, now)
        spans = spans_of(worked.get(person, ()), shifts, now)
        if view is View.CALENDAR:
            shifts = [part for shift in shifts for part in _cut_at_midnight(shift, zones[shift.site])]
        sheet.shifts.extend(shifts)
        _lay(spans, shifts, zones, sheet)
    return sheet


def _by_person(rows: Iterable[Row]) -> dict[int, list[Row]]:
    people: defaultdict[int, list[Row]] = defaultdict(list)
    for row in rows:
        people[row.person].append(row)
    return people


def _attendance_order(row: Attendance) -> tuple[int, int, int]:
    return row.start, FOREVER if row.end is None else row.end, row.site


def _entry_order(row: Entry) -> tuple[int, int, str, int, str]:
    return row.start, FOREVER if row.end is None else row.end, row.kind, row.line or 0, row.code


def _stop(start: int, end: int, next_start: int) -> int:
    """End an interval at the next one's start, and never before its own."""
    return max(start, min(end, next_start))


def _next_starts(rows: Sequence[Attendance] | Sequence[Entry]) -> list[int]:
    return [*(row.start for row in rows[1:]), FOREVER]


def shifts_of(rows: Iterable[Attendance], zones: Zones, now: int) -> list[Shift]:
    """Turn a person's attendance into shifts in order of time that do not overlap."""
    rows = sorted(rows, key=_attendance_order)
    return [
        Shift(
            local_day(row.start, zones[row.site]),
            row.site,
            row.person,
            row.start,
            _stop(row.start, now if row.end is None else row.end, next_start),
            row.end is None,
        )
        for row, next_start in zip(rows, _next_starts(rows), strict=False)
    ]


def spans_of(rows: Iterable[Entry], shifts: Sequence[Shift], now: int) -> list[Span]:
    """Turn a person's entries into spans in order of time that do not overlap; the shifts end what is still open."""
    rows = sorted(rows, key=_entry_order)
    spans: list[Span] = []
    at = 0
    for row, next_start in zip(rows, _next_starts(rows), strict=False):
        end = row.end
        if end is None:
            while at < len(shifts) and shifts[at].end <= row.start:
                at += 1
            end = min(now, shifts[at].end) if at < len(shifts) else now
        spans.append((row, row.start, _stop(row.start, end, next_start)))
    return spans


def _cut_at_midnight(shift: Shift, zone: tzinfo) -> Iterator[Shift]:
    """Cut a shift into calendar days of its site; less than a minute past midnight opens no new day."""
    start, day = shift.start, shift.day
    while whole_minutes(midnight := instant_at(day + timedelta(days=1), 0, zone), shift.end) > 0:
        yield shift._replace(day=day, start=start, end=midnight)
        start, day = midnight, day + timedelta(days=1)
    yield shift._replace(day=day, start=start)


def _lay(spans: Iterable[Span], shifts: Sequence[Shift], zones: Zones, sheet: Timesheet) -> None:
    """Cut spans along shifts: a merge of two sorted lists, so that a million entries take one pass."""
    first = 0
    for entry, start, end in spans:
        while first < len(shifts) and shifts[first].end <= start:
            first += 1
        pieces = list(_pieces(entry, start, end, shifts, first))
        sheet.pieces.extend(pieces)
        outside = whole_minutes(start, end) - sum(piece.minutes for piece in pieces)
        if outside:
            day, site = (pieces[0].day, pieces[0].site) if pieces else _own_day(entry, zones)
            sheet.outside.append(Piece(day, site, entry, outside))


def _own_day(entry: Entry, zones: Zones) -> tuple[date, int]:
    return local_day(entry.start, zones[entry.site]), entry.site


def _pieces(entry: Entry, start: int, end: int, shifts: Sequence[Shift], first: int) -> Iterator[Piece]:
    """Cut one span along the shifts from the first that may touch it."""
    for index in range(first, len(shifts)):
        shift = shifts[index]
        if shift.start >= end:
            return
        minutes = whole_minutes(max(start, shift.start), min(end, shift.end))
        if minutes > 0:
            yield Piece(shift.day, shift.site, entry, minutes)
