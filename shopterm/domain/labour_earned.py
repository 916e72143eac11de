"""Standard minutes earned: a finished line's standard, split over everyone who clocked on it."""

from collections.abc import Iterable, Mapping
from itertools import chain
from typing import NamedTuple

from shopterm.domain.labour_records import DoneLine
from shopterm.domain.labour_time import Timesheet
from shopterm.domain.shares import largest_remainder
from shopterm.domain.vocabulary import EntryKind

Worked = Mapping[int, Mapping[int, int]]
"""Line, person, minutes: all a person ever clocked on a line, rework left out."""


class Share(NamedTuple):
    """What one person earned with one finished line."""

    done: DoneLine
    person: int
    minutes: int


class Earned(NamedTuple):
    """Finished lines split over people, and the finished lines on which nobody clocked a minute."""

    shares: tuple[Share, ...] = ()
    unassigned: tuple[DoneLine, ...] = ()


def worked_on_lines(sheet: Timesheet) -> dict[int, dict[int, int]]:
    """Add up each person's minutes on each line, rework left out, attendance or not."""
    worked: dict[int, dict[int, int]] = {}
    for piece in chain(sheet.pieces, sheet.outside):
        entry = piece.entry
        if entry.kind == EntryKind.DIRECT and entry.line is not None and not entry.rework:
            people = worked.setdefault(entry.line, {})
            people[entry.person] = people.get(entry.person, 0) + piece.minutes
    return worked


def split_earned(done: Iterable[DoneLine], worked: Worked) -> Earned:
    """Split each finished line in proportion to minutes; of equal remainders the lower person id wins.

    Rework lines earn nothing. A line earns once, on the day it was first signed done: what follows is rework.
    """
    shares: list[Share] = []
    unassigned: list[DoneLine] = []
    for line in _paying(done):
        people = sorted(item for item in worked.get(line.line, {}).items() if item[1] > 0)
        if not people:
            unassigned.append(line)
            continue
        parts = largest_remainder(line.standard_minutes, [minutes for _, minutes in people])
        shares.extend(Share(line, person, part) for (person, _), part in zip(people, parts, strict=True))
    return Earned(tuple(shares), tuple(unassigned))


def _paying(done: Iterable[DoneLine]) -> Iterable[DoneLine]:
    """Keep the first signing of each line that earns anything, by day and line."""
    first: dict[int, DoneLine] = {}
    for line in sorted(done, key=lambda line: (line.done_day, line.line)):
        first.setdefault(line.line, line)
    return (line for line in first.values() if not line.rework and line.standard_minutes > 0)
