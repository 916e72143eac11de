"""The traps of a labour day, one by one, with the numbers a foreman would expect."""

from datetime import date, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from shopterm.domain.calendar import Hours, SiteCalendar
from shopterm.domain.labour import Attendance, DayRow, DoneLine, Entry, View, share_shift, summarise
from shopterm.domain.labour_earned import split_earned
from shopterm.domain.labour_figures import Figures, permille, totals
from shopterm.domain.labour_formulas import MEASURES
from shopterm.domain.labour_groups import Kind, Work, by_kind, by_order
from shopterm.domain.labour_time import resolve
from shopterm.domain.local_time import EPOCH
from shopterm.domain.vocabulary import EntryKind

ZONE = ZoneInfo("Asia/Shanghai")
SHIFT = (Hours(480, 720), Hours(780, 1020))
CALENDARS = {site: SiteCalendar(ZONE, (SHIFT,) * 6 + ((),)) for site in (1, 2)}
MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)
LI, WANG = 11, 12


def at(text: str, zone: ZoneInfo = ZONE) -> int:
    """Read 'HH:MM[:SS]' on the Monday, or '+HH:MM' on the Tuesday."""
    day = TUESDAY if text.startswith("+") else MONDAY
    moment = datetime.fromisoformat(f"{day}T{text.removeprefix('+')}").replace(tzinfo=zone)
    return (moment - EPOCH) // timedelta(microseconds=1)


def present(start: str, end: str | None, person: int = LI, site: int = 1) -> Attendance:
    return Attendance(person, site, at(start), None if end is None else at(end))


def on(line: int, start: str, end: str | None, person: int = LI, rework: bool = False) -> Entry:
    stop = None if end is None else at(end)
    return Entry(person, 1, at(start), stop, EntryKind.DIRECT, line, order=line // 10, rework=rework)


def off_line(start: str, end: str | None, code: str = "") -> Entry:
    """Indirect under a code, or else a break."""
    kind = EntryKind.INDIRECT if code else EntryKind.BREAK
    return Entry(LI, 1, at(start), None if end is None else at(end), kind, code=code)


def days(
    attendances: list[Attendance],
    entries: list[Entry],
    done: tuple[DoneLine, ...] = (),
    now: str = "+23:00",
    view: View = View.SHIFT,
) -> list[DayRow]:
    return summarise(attendances, entries, done, CALENDARS, now=at(now), view=view)


def day(attendances: list[Attendance], entries: list[Entry], now: str = "+23:00") -> DayRow:
    (row,) = days(attendances, entries, now=now)
    return row


def test_a_whole_day_with_all_its_parts() -> None:
    entries = [
        on(10, "08:10", "10:00"),
        off_line("10:00", "10:15"),
        off_line("10:15", "11:00", "cleaning"),
        on(10, "11:00", "12:00", rework=True),
        off_line("12:00", "13:00"),
        on(20, "13:00", "17:30"),
    ]
    (row,) = days([present("08:00", "18:00")], entries, (DoneLine(20, MONDAY, 300),))
    assert (row.attendance, row.direct, row.rework, row.breaks) == (600, 440, 60, 75)
    assert row.indirect_by_code == {"cleaning": 45}
    assert (row.indirect, row.unexplained, row.earned) == (45, 40, 300)
    assert (row.shift, row.overtime) == (480, 45)
    assert (row.efficiency, row.productivity, row.proficiency) == (
        Fraction(300, 380),
        Fraction(380, 525),
        Fraction(300, 525),
    )
    assert [permille(300, 380), permille(380, 525)] == [789, 724]


def test_a_shift_past_midnight_belongs_to_the_day_of_its_clock_in() -> None:
    night = [present("20:00", "+06:00")]
    entries = [on(10, "20:00", "+02:00"), off_line("+02:00", "+03:00")]
    (row,) = days(night, entries)
    assert (row.day, row.attendance, row.direct, row.breaks, row.unexplained) == (MONDAY, 600, 360, 60, 180)


def test_the_calendar_view_cuts_the_same_night_at_midnight() -> None:
    monday, tuesday = days([present("20:00", "+06:00")], [on(10, "20:00", "+02:00")], view=View.CALENDAR)
    assert (monday.day, monday.attendance, monday.direct) == (MONDAY, 240, 240)
    assert (tuesday.day, tuesday.attendance, tuesday.direct) == (TUESDAY, 360, 120)


@pytest.mark.parametrize("out", ["+00:00", "+00:00:40"])
def test_clocking_out_at_midnight_opens_no_new_calendar_day(out: str) -> None:
    (row,) = days([present("20:00", out)], [], view=View.CALENDAR)
    assert (row.day, row.attendance) == (MONDAY, 240)


def test_the_day_is_dated_in_the_zone_of_the_site() -> None:
    new_york = SiteCalendar(ZoneInfo("America/New_York"), (SHIFT,) * 7)
    rows = [present("08:00", "12:00")]
    assert [row.day for row in summarise(rows, [], (), {1: new_york}, now=at("13:00"))] == [date(2026, 3, 1)]


def test_a_night_in_which_the_clock_is_set_back_has_its_extra_hour() -> None:
    zone = ZoneInfo("America/New_York")
    start, end = (
        (datetime(2026, 11, day, hour, tzinfo=zone) - EPOCH) // timedelta(microseconds=1)
        for day, hour in ((1, 0), (1, 8))
    )
    calendar = SiteCalendar(zone, ((Hours(0, 480),),) * 7)
    (row,) = summarise([Attendance(LI, 1, start, end)], [], (), {1: calendar}, now=end)
    assert (row.attendance, row.shift, row.overtime) == (540, 540, 0)


def test_seconds_are_floored_so_that_neighbours_add_up() -> None:
    entries = [on(10, "08:00:59", "08:10:30"), on(20, "08:10:30", "08:10:55"), on(30, "08:10:55", "08:20:01")]
    row = day([present("08:00:59", "08:20:01")], entries)
    assert (row.attendance, row.direct, row.unexplained) == (20, 20, 0)


def test_clocking_on_elsewhere_closes_the_former_line() -> None:
    entries = [on(10, "08:00", None), on(20, "09:00", None), on(30, "10:00", "11:00")]
    row = day([present("08:00", "12:00")], entries)
    assert (row.direct, row.unexplained, row.open) == (180, 60, True)


def test_overlapping_entries_count_each_minute_once() -> None:
    row = day([present("08:00", "12:00")], [on(10, "08:00", "11:00"), on(20, "09:00", "10:00", rework=True)])
    assert (row.direct, row.rework, row.unexplained) == (120, 60, 120)


def test_a_hop_back_within_the_minute_loses_nothing() -> None:
    entries = [on(10, "08:00", "09:00:10"), on(20, "09:00:10", "09:00:40"), on(10, "09:00:40", "10:00")]
    assert day([present("08:00", "10:00")], entries).direct == 120


def test_of_two_begun_together_the_one_that_lasts_counts() -> None:
    row = day([present("08:00", "12:00")], [on(10, "08:00", None, rework=True), on(20, "08:00", "09:00")])
    assert (row.direct, row.rework) == (240, 240)


def test_an_entry_begun_in_the_minute_of_the_clock_out_has_that_minute() -> None:
    row = day([present("08:00", "09:01:10"), present("12:00", "13:00")], [on(10, "09:00:30", "09:05")])
    assert (row.direct, row.outside) == (1, 4)


def test_an_entry_begun_at_the_moment_of_changing_sites_counts_at_the_second() -> None:
    first, second = days([present("08:00", "12:00"), present("12:00", "17:00", site=2)], [on(10, "12:00", None)])
    assert (first.direct, second.direct) == (0, 300)


def test_a_forgotten_clock_off_ends_with_the_clock_out() -> None:
    monday, tuesday = days([present("08:00", "17:00"), present("+08:00", None)], [on(10, "16:00", None)], now="+10:00")
    assert (monday.direct, monday.open) == (60, True)
    assert (tuesday.attendance, tuesday.direct, tuesday.unexplained, tuesday.open) == (120, 0, 120, True)


def test_a_forgotten_clock_out_ends_with_the_next_clock_in() -> None:
    monday, tuesday = days([present("08:00", None), present("+08:00", "+12:00")], [], now="+13:00")
    assert (monday.attendance, monday.open) == (24 * 60, True)
    assert (tuesday.attendance, tuesday.open) == (240, False)


def test_what_still_runs_counts_up_to_now() -> None:
    row = day([present("08:00", None)], [on(10, "08:30", None)], now="09:15:59")
    assert (row.attendance, row.direct, row.unexplained, row.open) == (75, 45, 30, True)


def test_who_just_came_in_has_a_row_and_no_ratios() -> None:
    row = day([present("08:00", None)], [], now="08:00:20")
    assert (row.attendance, row.open, row.shift, row.overtime) == (0, True, 480, 0)
    assert (row.efficiency, row.productivity, row.proficiency) == (None, None, None)


def test_a_late_correction_makes_the_day_come_out_right() -> None:
    attendances = [present("08:00", "17:00"), present("08:00", "17:00", WANG)]
    forgotten, helper = on(10, "16:00", None), on(10, "15:00", "16:00", WANG)
    corrected = forgotten._replace(end=at("16:30"))
    done = (DoneLine(10, MONDAY, 90),)
    before = days(attendances, [forgotten, helper], done)
    after = days(attendances, [corrected, helper], done)
    assert [(row.direct, row.earned, row.open) for row in before] == [(60, 45, True), (60, 45, False)]
    assert [(row.direct, row.earned, row.open) for row in after] == [(30, 30, False), (60, 60, False)]


def test_minutes_without_attendance_are_reported_and_not_in_the_day() -> None:
    row = day([present("08:00", "12:00")], [on(10, "07:50", "08:30"), on(10, "11:50", "12:20")])
    assert (row.attendance, row.direct, row.unexplained, row.outside) == (240, 40, 200, 30)
    alone = day([], [on(10, "07:50", "08:30")])
    assert (alone.day, alone.attendance, alone.shift, alone.outside) == (MONDAY, 0, 0, 40)


def test_a_running_entry_begun_before_the_clock_in_runs_on_in_the_shift() -> None:
    row = day([present("08:00", None)], [on(10, "07:55", None)], now="09:00")
    assert (row.direct, row.outside, row.open) == (60, 5, True)


def test_lunch_by_clocking_out_keeps_one_day() -> None:
    row = day([present("08:00", "12:00"), present("13:00", "18:00")], [on(10, "08:00", "18:00")])
    assert (row.attendance, row.direct, row.outside, row.overtime) == (540, 540, 60, 60)


def test_sunday_work_is_all_overtime() -> None:
    week = 6 * 24 * 60 * 60_000_000
    row = day([Attendance(LI, 1, at("08:00") + week, at("12:00") + week)], [])
    assert (row.shift, row.overtime) == (0, 240)


def test_two_sites_in_one_day_share_one_shift() -> None:
    first, second = days([present("08:00", "12:00"), present("13:00", "20:00", site=2)], [])
    assert [(row.site, row.attendance, row.shift, row.overtime) for row in (first, second)] == [
        (1, 240, 240, 0),
        (2, 420, 240, 180),
    ]
    assert share_shift(480, [500, 60]) == [480, 0]
    assert share_shift(480, []) == []


def test_several_on_a_line_share_its_standard_by_their_minutes() -> None:
    attendances = [present("08:00", "17:00", who) for who in (LI, WANG)]
    entries = [
        on(10, "08:00", "10:00"),
        on(10, "08:00", "09:00", WANG),
        on(10, "10:00", "12:00", WANG, rework=True),
    ]
    rows = days(attendances, entries, (DoneLine(10, MONDAY, 100),))
    assert [(row.person, row.direct, row.rework, row.earned) for row in rows] == [
        (LI, 120, 0, 67),
        (WANG, 180, 120, 33),
    ]
    assert rows[1].efficiency == Fraction(33, 60)


def test_the_whole_history_of_a_line_counts_on_the_day_it_is_done() -> None:
    attendances = [present("08:00", "17:00"), present("+08:00", "+17:00", WANG)]
    entries = [on(10, "08:00", "11:00"), on(10, "+08:00", "+09:00", WANG)]
    rows = days(attendances, entries, (DoneLine(10, TUESDAY, 100, site=1),))
    assert [(row.day, row.person, row.earned, row.shift) for row in rows] == [
        (MONDAY, LI, 0, 480),
        (TUESDAY, LI, 75, 0),  # was not in on Tuesday, still earned
        (TUESDAY, WANG, 25, 480),
    ]
    only_tuesday = summarise(
        attendances[1:],
        entries[1:],
        [DoneLine(10, TUESDAY, 100, site=1)],
        CALENDARS,
        now=at("+23:00"),
        worked={10: {LI: 180, WANG: 60}},
    )
    assert only_tuesday == rows[1:]


def test_unfinished_and_rework_lines_earn_nothing_and_a_line_earns_once() -> None:
    entries = [on(10, "08:00", "09:00"), on(20, "09:00", "10:00"), on(30, "10:00", "11:00")]
    done = (DoneLine(20, MONDAY, 60, rework=True), DoneLine(30, TUESDAY, 40), DoneLine(30, MONDAY, 40))
    assert [row.earned for row in days([present("08:00", "17:00")], entries, done)] == [40]


def test_a_line_nobody_clocked_is_reported_as_unassigned() -> None:
    clocked, forgotten, worthless = (
        DoneLine(10, MONDAY, 60),
        DoneLine(20, MONDAY, 30),
        DoneLine(30, MONDAY, 0),
    )
    earned = split_earned((forgotten, worthless, clocked), {10: {LI: 5}, 20: {LI: 0}})
    assert [(share.person, share.minutes) for share in earned.shares] == [(LI, 60)]
    assert earned.unassigned == (forgotten,)


def test_equal_minutes_and_an_odd_standard_always_favour_the_same_person() -> None:
    for worked in ({WANG: 30, LI: 30}, {LI: 30, WANG: 30}):
        earned = split_earned([DoneLine(10, MONDAY, 5)], {10: worked})
        assert [(share.person, share.minutes) for share in earned.shares] == [(LI, 3), (WANG, 2)]


def test_time_by_order_and_by_kind() -> None:
    entries = [
        on(10, "08:00", "09:00")._replace(labour_kind="repair"),
        on(20, "09:00", "09:30", rework=True)._replace(labour_kind="repair"),
        off_line("09:30", "10:00", "training"),
        off_line("10:00", "10:10"),
    ]
    sheet = resolve([present("08:30", "12:00")], entries, {1: ZONE}, at("13:00"))
    earned = split_earned([DoneLine(10, MONDAY, 90, order=1, labour_kind="repair")], {10: {LI: 60}})
    assert by_order(sheet, earned) == {1: Work(30, 0, 90, 30), 2: Work(30, 30)}
    assert by_kind(sheet, earned) == {
        Kind(EntryKind.BREAK): Work(10),
        Kind(EntryKind.DIRECT, "repair"): Work(60, 30, 90, 30),
        Kind(EntryKind.INDIRECT, "training"): Work(30),
    }
    assert by_order(sheet, earned)[2].efficiency is None


def test_totals_keep_overtime_of_one_apart_from_the_short_day_of_another() -> None:
    rows = days([present("08:00", "20:00"), present("08:00", "10:00", WANG)], [off_line("08:00", "09:00", "x")])
    total = totals(rows)
    assert (total.attendance, total.shift, total.overtime) == (840, 960, 240)
    assert total.indirect_by_code == {"x": 60}
    assert totals([]) == Figures()


def test_ratios_are_rounded_half_up_only_when_shown() -> None:
    shown = [permille(part, 2000) for part in (0, 1, 2, 3, 2001)]
    assert shown == [0, 1, 1, 2, 1001]
    assert permille(0, 0) is None


def test_every_formula_is_written_with_its_numbers_and_gives_the_figure() -> None:
    figures = Figures(
        attendance=600,
        direct=440,
        rework=60,
        indirect_by_code={"x": 45},
        breaks=75,
        earned=300,
        shift=480,
        overtime=45,
    )
    written = {measure.name: measure.with_numbers(figures) for measure in MEASURES}
    assert written["efficiency"] == "300 ÷ (440 − 60)"
    assert written["overtime"] == "max(0, 600 − 75 − 480)"
    assert written["direct"] == ""
    for measure in MEASURES:
        value = getattr(figures, measure.name)
        if numbers := written[measure.name]:
            assert eval(sum_of_fractions(numbers)) == value


def sum_of_fractions(numbers: str) -> str:
    """Turn a written formula into one that can be computed exactly."""
    top, _, bottom = numbers.replace("−", "-").partition("÷")
    return f"Fraction({top}, {bottom})" if bottom else top
