"""The independent count: a strip of minutes for each person, painted from the script and counted minute by minute.

Whatever begins is painted to the end of time, and what begins or ends later paints over it: no interval is ever
computed, cut or added up here, and nothing of the product is used.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from tests.labour.script import Fix, Step, day_of

PLANNED = 510
"""Minutes of a working day: 8:00-12:00 and 13:00-17:30; Sunday is off."""


@dataclass(frozen=True)
class Colour:
    """What a minute is painted with; every brush stroke is another."""

    kind: str
    """``in``, ``line``, ``code`` or ``break``."""
    what: str = ""
    begun: int = 0
    stroke: int = 0
    rework: bool = False


@dataclass
class Strip:
    """Two rows of minutes of one person: presence, and what was done."""

    first: int
    presence: list[Colour | None]
    doing: list[Colour | None]

    def row(self, kind: str) -> list[Colour | None]:
        """The row that a script's word paints."""
        return self.presence if kind == "in" else self.doing


@dataclass
class Day:
    """What one person's shift of a date comes to."""

    present: bool = False
    """Whether the person came in at all, be it for less than a minute."""
    attendance: int = 0
    direct: int = 0
    rework: int = 0
    indirect: int = 0
    pause: int = 0
    unexplained: int = 0
    earned: int = 0
    codes: Counter[str] = field(default_factory=Counter)
    lines: Counter[str] = field(default_factory=Counter)
    """Minutes by line, rework too."""

    def overtime(self, day: date) -> int:
        """Minutes beyond the planned day."""
        return max(0, self.attendance - self.pause - planned(day)) if self.present else 0


def planned(day: date) -> int:
    """Return the minutes planned for a date."""
    return 0 if day.isoweekday() == 7 else PLANNED


class Painting:
    """The strips of everybody from a first to a last date."""

    def __init__(self, first: int, last: int, rework: Iterable[str] = ()) -> None:
        """Begin with nobody there; lines of the jobs named in ``rework`` are worked on again."""
        self.first, self.last, self.again = first, last, set(rework)
        self.people: dict[str, Strip] = {}
        self.done: list[tuple[str, date]] = []
        self.came: set[tuple[date, str]] = set()
        self.strokes = 0

    def see(self, step: Step) -> None:
        """Paint one step of the script."""
        if step.fix:
            self._fix(step.fix)
        elif step.verb == "done":
            self.done.append((step.what, day_of(step.minute)))
        else:
            self._paint(step)

    def _strip(self, person: str) -> Strip:
        size = self.last - self.first
        return self.people.setdefault(person, Strip(self.first, [None] * size, [None] * size))

    def _paint(self, step: Step) -> None:
        strip, here = self._strip(step.person), step.minute - self.first
        if step.verb == "out":
            self._to_the_end(strip.presence, here, None)
        elif strip.presence[-1] is None:
            self._to_the_end(strip.presence, here, self._colour("in", "", step.minute))
            self.came.add((day_of(step.minute), step.person))
        kind = {"on": "line", "code": "code", "break": "break"}.get(step.verb)
        if kind is not None or step.verb in ("out", "off", "stop"):
            self._to_the_end(strip.doing, here, self._colour(kind, step.what, step.minute) if kind else None)

    def _colour(self, kind: str, what: str, minute: int) -> Colour:
        self.strokes += 1
        return Colour(kind, what, minute, self.strokes, what[:1] in self.again)

    @staticmethod
    def _to_the_end(row: list[Colour | None], here: int, colour: Colour | None) -> None:
        row[here:] = [colour] * (len(row) - here)

    def _fix(self, fix: Fix) -> None:
        """Paint over from the new end on, or go on painting up to it."""
        strip = self._strip(fix.person)
        row, end = strip.row(fix.kind), fix.end - self.first
        colour = row[fix.begun - self.first]
        assert colour is not None and colour.begun == fix.begun, "the script corrects what nobody clocked"
        was = max(place for place, painted in enumerate(row) if painted is colour) + 1
        row[was:end] = [colour] * (end - was)
        if end >= was:
            return
        back = was if fix.back is None else fix.back - self.first
        row[end:was] = [None] * (was - end)
        if fix.kind == "in":
            if fix.back is not None:
                self.came.add((day_of(fix.back), fix.person))
            row[back:was] = [self._colour("in", "", fix.back or 0)] * (was - back)
            strays = {id(done) for done in strip.doing[end:back] if done is not None}
            strip.doing[end:was] = [None if id(done) in strays else done for done in strip.doing[end:was]]

    # ── counting ─────────────────────────────────────────────────────────────────────────────────────────────────

    def days(self, standards: dict[str, int]) -> dict[tuple[date, str], Day]:
        """Count every person's shifts by the date of their beginning, with what was earned that date."""
        found: dict[tuple[date, str], Day] = {key: Day(present=True) for key in self.came}
        for person, strip in self.people.items():
            for presence, doing in zip(strip.presence, strip.doing, strict=True):
                if presence is None:
                    assert doing is None, "the script lets somebody work who is not there"
                    continue
                self._count(found.setdefault((day_of(presence.begun), person), Day()), doing)
        for line, day in self.done:
            for person, minutes in self.shares(line, standards).items():
                found.setdefault((day, person), Day()).earned += minutes
        return found

    @staticmethod
    def _count(day: Day, doing: Colour | None) -> None:
        day.attendance += 1
        if doing is None:
            day.unexplained += 1
        elif doing.kind == "break":
            day.pause += 1
        elif doing.kind == "code":
            day.indirect += 1
            day.codes[doing.what] += 1
        else:
            day.direct += 1
            day.rework += doing.rework
            day.lines[doing.what] += 1

    def shares(self, line: str, standards: dict[str, int]) -> dict[str, int]:
        """Hand the standard minutes of a line out one by one, each to whom it is owed most."""
        spent = Counter(
            person
            for person, strip in self.people.items()
            for doing in strip.doing
            if doing is not None and doing.kind == "line" and doing.what == line and not doing.rework
        )
        whole, total = standards[line], sum(spent.values())
        given = {person: whole * minutes // total for person, minutes in spent.items()}
        owed = sorted(spent, key=lambda person: (-(whole * spent[person] % total), person))
        for person in owed[: whole - sum(given.values())]:
            given[person] += 1
        return {person: minutes for person, minutes in given.items() if minutes}

    def earned_on(self, line: str, standards: dict[str, int]) -> int:
        """Return what a signed line earns: all of its standard, if anybody clocked a minute on it."""
        return sum(self.shares(line, standards).values())
