"""Working time: without nights, lunch, Sundays and holidays, and as long as it is when the clock is set."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopterm.domain.calendar import Hours, SiteCalendar, SpecialDay
from shopterm.domain.local_time import MINUTE, instant_at, wall_clock

SHANGHAI, NEW_YORK = ZoneInfo("Asia/Shanghai"), ZoneInfo("America/New_York")
SHIFT = (Hours(480, 720), Hours(780, 1050))
HOLIDAYS = {date(2026, 10, day): SpecialDay((), "National Day") for day in range(1, 8)}
MAKE_UP = {date(2026, 9, 20): SpecialDay(SHIFT, "make-up workday")}
SHOP = SiteCalendar(SHANGHAI, (SHIFT,) * 6 + ((),), HOLIDAYS | MAKE_UP)
EARLY = SiteCalendar(NEW_YORK, ((Hours(0, 480), Hours(540, 600)),) * 7)


def works(calendar: SiteCalendar, minute: int) -> bool:
    """Look a single minute up on the wall clock and in the plan: the slow truth."""
    wall = datetime.fromtimestamp(minute * 60, UTC).astimezone(calendar.zone)
    minute_of_day = wall.hour * 60 + wall.minute
    return any(hours.start <= minute_of_day < hours.end for hours in calendar.plan(wall.date()))


@given(st.sampled_from([SHOP, EARLY]), st.dates(date(2026, 1, 1), date(2026, 12, 31)))
def test_a_shift_is_the_working_time_from_midnight_to_midnight(calendar: SiteCalendar, day: date) -> None:
    midnights = (instant_at(date, 0, calendar.zone) // MINUTE for date in (day, day + timedelta(days=1)))
    assert calendar.shift_minutes(day) == sum(works(calendar, minute) for minute in range(*midnights))


def test_planned_minutes_follow_week_holidays_and_make_up_days() -> None:
    days = (date(2026, 3, 2), date(2026, 3, 8), date(2026, 10, 1), date(2026, 9, 20))
    assert [SHOP.shift_minutes(day) for day in days] == [510, 0, 0, 510]


def test_a_night_in_which_the_clock_is_set_is_as_long_as_it_really_is() -> None:
    forward, back = date(2026, 3, 8), date(2026, 11, 1)
    assert [EARLY.shift_minutes(day) for day in (date(2026, 3, 7), forward, back)] == [540, 480, 600]


def test_hours_that_the_clock_skips_do_not_exist() -> None:
    skipped = SiteCalendar(NEW_YORK, ((Hours(120, 180), Hours(185, 190)),) * 7)
    assert skipped.shift_minutes(date(2026, 3, 8)) == 5
    nothing = SiteCalendar(NEW_YORK, ((Hours(120, 180),),) * 7)
    assert nothing.working_time(date(2026, 3, 8)) == []
    partly = SiteCalendar(NEW_YORK, ((Hours(90, 150), Hours(150, 200)),) * 7)
    assert partly.shift_minutes(date(2026, 3, 8)) == 30 + 20


def test_a_time_that_occurs_twice_means_its_first_occurrence() -> None:
    split = SiteCalendar(NEW_YORK, ((Hours(60, 90), Hours(90, 180)),) * 7)
    assert split.shift_minutes(date(2026, 11, 1)) == 120 + 60
    first, second = split.working_time(date(2026, 11, 1))
    assert first[1] == second[0] and first[1] - first[0] == 30 * MINUTE


def test_a_day_without_midnight_begins_at_the_jump() -> None:
    santiago = ZoneInfo("America/Santiago")
    start = instant_at(date(2026, 9, 6), 0, santiago)
    assert wall_clock(start, santiago).isoformat() == "2026-09-06T01:00:00-03:00"
    assert start - instant_at(date(2026, 9, 5), 0, santiago) == 24 * 60 * MINUTE


def test_impossible_calendars_are_refused() -> None:
    for start, end in ((600, 600), (700, 600), (-1, 5), (1400, 1441)):
        with pytest.raises(ValueError, match="within one day"):
            Hours(start, end)
    overlap = (Hours(480, 720), Hours(700, 900))
    with pytest.raises(ValueError, match="overlap"):
        SiteCalendar(SHANGHAI, (overlap,) * 7)
    with pytest.raises(ValueError, match="overlap"):
        SpecialDay(overlap)
    for week in (((),) * 7, (SHIFT,) * 6):
        with pytest.raises(ValueError, match="seven days"):
            SiteCalendar(SHANGHAI, week)
