"""Working time: clocks skip nights, lunch, Sundays and holidays, and survive the clock being set."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopterm.domain.calendar import Hours, SiteCalendar, SpecialDay
from shopterm.domain.local_time import EPOCH, MINUTE, instant_at, wall_clock

SHANGHAI, NEW_YORK = ZoneInfo("Asia/Shanghai"), ZoneInfo("America/New_York")
SHIFT = (Hours(480, 720), Hours(780, 1050))
HOLIDAYS = {date(2026, 10, day): SpecialDay((), "National Day") for day in range(1, 8)}
MAKE_UP = {date(2026, 9, 20): SpecialDay(SHIFT, "make-up workday")}
SHOP = SiteCalendar(SHANGHAI, (SHIFT,) * 6 + ((),), HOLIDAYS | MAKE_UP)
EARLY = SiteCalendar(NEW_YORK, ((Hours(0, 480), Hours(540, 600)),) * 7)


def at(text: str, zone: ZoneInfo = SHANGHAI) -> int:
    """Read a wall-clock time as an instant."""
    return (datetime.fromisoformat(text).replace(tzinfo=zone) - EPOCH) // timedelta(microseconds=1)


def works(calendar: SiteCalendar, minute: int) -> bool:
    """Look a single minute up on the wall clock and in the plan: the slow truth."""
    wall = datetime.fromtimestamp(minute * 60, UTC).astimezone(calendar.zone)
    minute_of_day = wall.hour * 60 + wall.minute
    return any(hours.start <= minute_of_day < hours.end for hours in calendar.plan(wall.date()))


def instants(day: str) -> st.SearchStrategy[int]:
    """Instants in the nine days from a date on, whole minutes or not."""
    start = at(day)
    return st.one_of(
        st.integers(0, 9 * 24 * 60).map(lambda minute: start + minute * MINUTE),
        st.integers(0, 9 * 24 * 60 * MINUTE).map(lambda offset: start + offset),
    )


CASES = st.sampled_from(
    [(SHOP, "2026-09-28"), (SHOP, "2026-09-17"), (EARLY, "2026-03-04"), (EARLY, "2026-10-28")]
).flatmap(lambda case: st.tuples(st.just(case[0]), instants(case[1]), instants(case[1])))


@given(CASES)
def test_working_minutes_agree_with_counting_every_minute(case: tuple[SiteCalendar, int, int]) -> None:
    calendar, start, end = case
    low, high = sorted((start // MINUTE, end // MINUTE))
    counted = sum(works(calendar, minute) for minute in range(low, high))
    assert calendar.working_minutes_between(start, end) == (counted if start <= end else -counted)


@given(CASES, st.integers(1, 3000))
def test_adding_minutes_is_the_inverse_of_counting_them(case: tuple[SiteCalendar, int, int], minutes: int) -> None:
    calendar, start, _ = case
    end = calendar.add_working_minutes(start, minutes)
    assert calendar.working_minutes_between(start, end) == minutes
    assert works(calendar, end // MINUTE) or works(calendar, end // MINUTE - 1)


@given(st.sampled_from([SHOP, EARLY]), st.dates(date(2026, 1, 1), date(2026, 12, 31)))
def test_a_shift_is_the_working_time_from_midnight_to_midnight(calendar: SiteCalendar, day: date) -> None:
    midnights = instant_at(day, 0, calendar.zone), instant_at(day + timedelta(days=1), 0, calendar.zone)
    assert calendar.shift_minutes(day) == calendar.working_minutes_between(*midnights)


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        ("2026-03-02 09:10:25", 60, "2026-03-02 10:10:25"),
        ("2026-03-02 11:30", 60, "2026-03-02 13:30"),  # over lunch
        ("2026-03-02 16:30", 60, "2026-03-02 17:30"),  # full at closing time, not at the next opening
        ("2026-03-02 17:00", 120, "2026-03-03 09:30"),  # over night
        ("2026-03-02 17:30", 60, "2026-03-03 09:00"),  # closing time itself is after closing
        ("2026-03-07 17:00", 240, "2026-03-09 11:30"),  # over Sunday
        ("2026-03-08 12:00", 60, "2026-03-09 09:00"),  # begun on Sunday
        ("2026-03-02 05:00", 60, "2026-03-02 09:00"),  # before opening
        ("2026-09-30 17:00", 60, "2026-10-08 08:30"),  # over the holidays
        ("2026-09-19 17:00", 60, "2026-09-20 08:30"),  # into a make-up Sunday
        ("2026-03-02 12:30", 0, "2026-03-02 13:00"),
    ],
)
def test_clocks_of_hours_run_in_working_time(start: str, minutes: int, end: str) -> None:
    assert SHOP.add_working_minutes(at(start), minutes) == at(end)


@pytest.mark.parametrize(
    ("instant", "closing"),
    [
        ("2026-03-02 07:00", "2026-03-02 17:30"),
        ("2026-03-02 12:30", "2026-03-02 17:30"),
        ("2026-03-02 17:29:59", "2026-03-02 17:30"),
        ("2026-03-02 17:30", "2026-03-03 17:30"),
        ("2026-03-07 18:00", "2026-03-09 17:30"),
        ("2026-10-03 10:00", "2026-10-08 17:30"),
        ("2026-09-20 10:00", "2026-09-20 17:30"),
    ],
)
def test_same_day_means_the_working_day_and_after_closing_the_next(instant: str, closing: str) -> None:
    assert SHOP.end_of_working_day(at(instant)) == at(closing)


def test_planned_minutes_follow_week_holidays_and_make_up_days() -> None:
    days = (date(2026, 3, 2), date(2026, 3, 8), date(2026, 10, 1), date(2026, 9, 20))
    assert [SHOP.shift_minutes(day) for day in days] == [510, 0, 0, 510]
    assert [SHOP.is_working_day(day) for day in days] == [True, False, False, True]


def test_a_night_in_which_the_clock_is_set_is_as_long_as_it_really_is() -> None:
    forward, back = date(2026, 3, 8), date(2026, 11, 1)
    assert [EARLY.shift_minutes(day) for day in (date(2026, 3, 7), forward, back)] == [540, 480, 600]
    assert EARLY.add_working_minutes(at("2026-03-08 01:00", NEW_YORK), 120) == at("2026-03-08 04:00", NEW_YORK)


def test_hours_that_the_clock_skips_do_not_exist() -> None:
    skipped = SiteCalendar(NEW_YORK, ((Hours(120, 180), Hours(185, 190)),) * 7)
    assert skipped.shift_minutes(date(2026, 3, 8)) == 5
    nothing = SiteCalendar(NEW_YORK, ((Hours(120, 180),),) * 7)
    night = at("2026-03-08 01:00", NEW_YORK)
    assert nothing.end_of_working_day(night) == at("2026-03-09 03:00", NEW_YORK)
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
    with pytest.raises(ValueError, match="negative"):
        SHOP.add_working_minutes(0, -1)
