"""The labour summary by other keys: rows by day, mechanic or site, work by order, line or kind."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from shopterm.domain.labour_earned import Earned
from shopterm.domain.labour_figures import DayRow, Figures, ratio, totals
from shopterm.domain.labour_records import DoneLine, Entry
from shopterm.domain.labour_time import Timesheet
from shopterm.domain.vocabulary import EntryKind

if TYPE_CHECKING:
    from fractions import Fraction


class Kind(NamedTuple):
    """What time went into: a labour kind when direct, a code when indirect, nothing more when a break."""

    entry: EntryKind
    name: str = ""


Key = TypeVar("Key", date, int, Kind)


MINUTES, REWORK, EARNED, OUTSIDE = range(4)
"""The fields of `Work`, by position."""


class Work(NamedTuple):
    """Minutes clocked on something within attendance and of it rework; earned; clocked without attendance."""

    minutes: int = 0
    rework: int = 0
    earned: int = 0
    outside: int = 0

    @property
    def efficiency(self) -> "Fraction | None":
        """Earned minutes for each minute that is not rework."""
        return ratio(self.earned, self.minutes - self.rework)


def by_day(rows: Iterable[DayRow]) -> dict[date, Figures]:
    """Add up rows for each day."""
    return grouped(rows, lambda row: row.day)


def by_site(rows: Iterable[DayRow]) -> dict[int, Figures]:
    """Add up rows for each site of attendance."""
    return grouped(rows, lambda row: row.site)


def grouped(rows: Iterable[DayRow], key: Callable[[DayRow], Key]) -> dict[Key, Figures]:
    """Add up rows for each key, in order of keys."""
    groups: dict[Key, list[DayRow]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return {name: totals(groups[name]) for name in sorted(groups)}


def by_order(sheet: Timesheet, earned: Earned) -> dict[int, Work]:
    """Add up direct time and earned minutes for each work order; 0 is work on no order."""
    return _work(sheet, earned, lambda row: row.order or 0, direct_only=True)


def by_line(sheet: Timesheet, earned: Earned) -> dict[int, Work]:
    """Add up direct time and earned minutes for each labour line; 0 is work on no line."""
    return _work(sheet, earned, lambda row: row.line or 0, direct_only=True)


def by_kind(sheet: Timesheet, earned: Earned) -> dict[Kind, Work]:
    """Add up all explained time: direct by labour kind, indirect by code, breaks."""
    return _work(sheet, earned, _kind, direct_only=False)


def _kind(row: Entry | DoneLine) -> Kind:
    if isinstance(row, DoneLine) or row.kind == EntryKind.DIRECT:
        return Kind(EntryKind.DIRECT, row.labour_kind)
    return Kind(row.kind, row.code if row.kind == EntryKind.INDIRECT else "")


def _work(
    sheet: Timesheet, earned: Earned, key: Callable[[Entry | DoneLine], Key], direct_only: bool
) -> dict[Key, Work]:
    """Count pieces and shares under their key, in order of keys."""
    counts: dict[Key, list[int]] = {}
    for column, pieces in (MINUTES, sheet.pieces), (OUTSIDE, sheet.outside):
        for piece in pieces:
            direct = piece.entry.kind == EntryKind.DIRECT
            if direct or not direct_only:
                count = counts.setdefault(key(piece.entry), [0, 0, 0, 0])
                count[column] += piece.minutes
                count[REWORK] += piece.minutes if direct and piece.entry.rework and column == MINUTES else 0
    for share in earned.shares:
        counts.setdefault(key(share.done), [0, 0, 0, 0])[EARNED] += share.minutes
    return {name: Work(*counts[name]) for name in sorted(counts)}
