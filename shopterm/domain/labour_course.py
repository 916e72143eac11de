"""The course of a person's days: what followed what within attendance, and the gaps that nobody can explain."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from shopterm.domain.labour_records import Attendance, Entry
from shopterm.domain.labour_time import Shift, Span, Zones, shifts_of, spans_of
from shopterm.domain.local_time import whole_minutes


class Stretch(NamedTuple):
    """Part of a shift that went into one entry, or into nothing anybody knows of (None)."""

    day: date
    start: int
    end: int
    entry: Entry | None

    @property
    def minutes(self) -> int:
        """Whole minutes, as the labour day counts them."""
        return whole_minutes(self.start, self.end)


def course(attendances: Iterable[Attendance], entries: Iterable[Entry], zones: Zones, now: int) -> list[Stretch]:
    """Lay one person's entries over the attendance; the stretches of a shift add up to it exactly."""
    shifts = shifts_of(attendances, zones, now)
    spans = spans_of(entries, shifts, now)
    return [stretch for shift in shifts for stretch in _in_shift(shift, spans)]


def _in_shift(shift: Shift, spans: Iterable[Span]) -> Iterator[Stretch]:
    at = shift.start
    for entry, start, end in spans:
        start, end = max(start, at), min(end, shift.end)
        if whole_minutes(start, end) <= 0:
            continue
        if whole_minutes(at, start) > 0:
            yield Stretch(shift.day, at, start, None)
        yield Stretch(shift.day, start, end, entry)
        at = end
    if whole_minutes(at, shift.end) > 0:
        yield Stretch(shift.day, at, shift.end, None)
