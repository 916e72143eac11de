"""Reads a scripted day: one line for each thing somebody does, in words of its own."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
MICROSECONDS = 1_000_000
_LINE = re.compile(r"(?:\+(\d) )?(\d\d:\d\d(?::\d\d)?) (\w\d) (\w+) ?(.*)")
_FIX = re.compile(r"(\w\d) (in|on) (\S+) ends (\+\d )?(\d\d:\d\d)(?: back (\+\d )?(\d\d:\d\d))?")


@dataclass(frozen=True)
class Fix:
    """A foreman's correction: whose attendance (``in``) or entry (``on``) of which minute, and its new end."""

    person: str
    kind: str
    begun: int
    end: int
    back: int | None


@dataclass(frozen=True)
class Step:
    """Something somebody does at an instant (in seconds since 1970)."""

    second: int
    person: str
    verb: str
    what: str = ""
    fix: Fix | None = None

    @property
    def minute(self) -> int:
        """The minute on the wall that counts."""
        return self.second // 60

    @property
    def instant(self) -> int:
        """The instant as the program stores it."""
        return self.second * MICROSECONDS


def steps_of(day: date, script: str) -> list[Step]:
    """Read the lines of a day; ``+1`` before a time is the next day."""
    return [_step(day, line.strip()) for line in script.strip().splitlines()]


def _step(day: date, line: str) -> Step:
    found = _LINE.fullmatch(line)
    assert found, line
    later, clock, person, verb, rest = found.groups()
    second = at(day, clock, int(later or 0))
    if verb != "fix":
        return Step(second, person, verb, rest)
    fixed = _FIX.fullmatch(rest)
    assert fixed, line
    whose, kind, begun, end_later, end, back_later, back = fixed.groups()
    return Step(
        second,
        person,
        verb,
        fix=Fix(
            whose,
            kind,
            at(day, begun) // 60,
            at(day, end, int(end_later or 0)) // 60,
            None if back is None else at(day, back, int(back_later or 0)) // 60,
        ),
    )


def at(day: date, clock: str, later: int = 0) -> int:
    """Return a time of a day on the shop's wall as seconds since 1970."""
    moment = datetime.combine(day + timedelta(days=later), datetime.strptime(clock[:5], "%H:%M").time(), ZONE)
    return int(moment.timestamp()) + int(clock[6:] or 0)


def day_of(minute: int) -> date:
    """Return the date the shop's wall shows in a minute."""
    return datetime.fromtimestamp(minute * 60, ZONE).date()
