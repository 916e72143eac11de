"""A site's working time: weekly hours, holidays and make-up workdays."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, tzinfo
from itertools import pairwise

from shopterm.domain.local_time import instant_at, whole_minutes

DAY_MINUTES = 24 * 60


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

    def working_time(self, day: date) -> list[tuple[int, int]]:
        """Give a date's working time as half-open intervals of instants; a clock change may shorten it."""
        spans = (
            (instant_at(day, hours.start, self.zone), instant_at(day, hours.end, self.zone)) for hours in self.plan(day)
        )
        return [(start, end) for start, end in spans if start < end]

    def shift_minutes(self, day: date) -> int:
        """Count the minutes planned for a date as they really pass, clock changes included."""
        return sum(whole_minutes(start, end) for start, end in self.working_time(day))


def check_plan(plan: DayPlan) -> None:
    """Refuse stretches of one day that overlap or are out of order (ValueError)."""
    if any(later.start < earlier.end for earlier, later in pairwise(plan)):
        raise ValueError("hours of one day must be in order and must not overlap")
