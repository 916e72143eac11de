"""What the labour day is computed from: attendance, labour entries and finished lines, as they are stored.

Instants are integer UTC microseconds; an end of None means nobody has clocked off yet. After a foreman's
correction the caller gives the corrected end: days are always computed anew, so a late one comes out right.
"""

from datetime import date
from typing import NamedTuple

from shopterm.domain.vocabulary import EntryKind


class Attendance(NamedTuple):
    """A person's shift at a site, clock-in to clock-out."""

    person: int
    site: int
    start: int
    end: int | None


class Entry(NamedTuple):
    """One clock-on to clock-off: direct on a labour line, indirect under a code, or a break."""

    person: int
    site: int
    start: int
    end: int | None
    kind: EntryKind
    line: int | None = None
    job: int | None = None
    order: int | None = None
    code: str = ""
    rework: bool = False
    labour_kind: str = ""


class DoneLine(NamedTuple):
    """A labour line signed done on a date, with the standard minutes it earns (none when it is rework)."""

    line: int
    done_day: date
    standard_minutes: int
    rework: bool = False
    site: int = 0
    order: int | None = None
    labour_kind: str = ""
