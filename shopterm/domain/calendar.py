"""A site's working time: weekly hours, holidays and make-up workdays, and the clocks that run in it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta, tzinfo
from itertools import pairwise, takewhile

from shopterm.domain.local_time import MINUTE, instant_at, local_day, whole_minutes

DAY_MINUTES = 24 * 60
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Hours:
    """A stretch of work within one day, half-open, in minutes after local midnight (1440 ends the day)."""

    start: int
    end: int

    def __post_init__(self) -> None:
        """Refuse an empty stretch and one that leaves its day: work past midnight is planned on two days."""
        if not 0 <= self.start < self.end <= DAY_MINUTES:
            raise ValueError("hours must begin before they end, within one day")


DayPlan = tuple[Hours, ...]
"""The stretches of work of one day, in order; empty is a day off."""


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A date that does not follow the week: a holiday (no hours) or a make-up workday."""

    plan: DayPlan
    name: str = ""

    def __post_init__(self) -> None:
        """Refuse a plan whose stretches are out of order."""
        check_plan(self.plan)


@dataclass(frozen=True, slots=True)
class SiteCalendar:
    """When a site works: a zone, seven day plans from Monday to Sunday, and the dates that differ."""

    zone: tzinfo
    week: tuple[DayPlan, ...]
    special: Mapping[date, SpecialDay] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse a week without work: no deadline could ever be reached in it."""
        if len(self.week) != 7 or not any(self.week):
            raise ValueError("a week has seven days and at least one of them has hours")
        for plan in self.week:
            check_plan(plan)

    def plan(self, day: date) -> DayPlan:
        """Give the hours planned for a date."""
        special = self.special.get(day)
        return self.week[day.weekday()] if special is None else special.plan

    def is_working_day(self, day: date) -> bool:
        """Say whether any work is planned on a date."""
        return bool(self.plan(day))

    def working_time(self, day: date) -> list[tuple[int, int]]:
        """Give a date's working time as half-open intervals of instants; a clock change may shorten it."""
        spans = (
            (instant_at(day, hours.start, self.zone), instant_at(day, hours.end, self.zone)) for hours in self.plan(day)
        )
        return [(start, end) for start, end in spans if start < end]

    def shift_minutes(self, day: date) -> int:
        """Count the minutes planned for a date as they really pass, clock changes included."""
        return sum(whole_minutes(start, end) for start, end in self.working_time(day))

    def add_working_minutes(self, start: int, minutes: int) -> int:
        """Find the instant at which so many working minutes have passed since the start.

        Outside working time the count begins at the next opening. A count that is full at closing time ends
        then, not at the next opening. Raises ValueError for negative minutes.
        """
        if minutes < 0:
            raise ValueError("minutes must not be negative")
        left = minutes * MINUTE
        ahead = self._working_time_from(start)
        _, opening, closing = next(ahead)
        while left > closing - opening:
            left -= closing - opening
            _, opening, closing = next(ahead)
        return opening + left

    def end_of_working_day(self, instant: int) -> int:
        """Find the closing time of an instant's working day; from closing on it is the next one's."""
        day, _, _ = next(self._working_time_from(instant))
        return self.working_time(day)[-1][1]

    def working_minutes_between(self, start: int, end: int) -> int:
        """Count the working minutes from start to end; negative when the end comes first (overdue)."""
        if end < start:
            return -self.working_minutes_between(end, start)
        spans = takewhile(lambda span: span[1] < end, self._working_time_from(start))
        return sum(whole_minutes(opening, min(closing, end)) for _, opening, closing in spans)

    def _working_time_from(self, instant: int) -> Iterator[tuple[date, int, int]]:
        """Walk through the working time from an instant on, without end: day, opening, closing."""
        day = local_day(instant, self.zone)
        while True:
            for opening, closing in self.working_time(day):
                if closing > instant:
                    yield day, max(opening, instant), closing
            day += ONE_DAY


def check_plan(plan: DayPlan) -> None:
    """Refuse stretches of one day that overlap or are out of order (ValueError)."""
    if any(later.start < earlier.end for earlier, later in pairwise(plan)):
        raise ValueError("hours of one day must be in order and must not overlap")
