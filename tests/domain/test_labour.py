"""The labour day adds up: every generated history is counted again, minute by minute, in another way."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from random import Random
from typing import NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from shopterm.domain.calendar import Hours, SiteCalendar
from shopterm.domain.labour import Attendance, DayRow, DoneLine, Entry, View, summarise
from shopterm.domain.labour_earned import split_earned, worked_on_lines
from shopterm.domain.labour_figures import totals
from shopterm.domain.labour_groups import by_day, by_kind, by_line, by_order, by_site
from shopterm.domain.labour_time import resolve
from shopterm.domain.vocabulary import EntryKind

MINUTE = 60_000_000
BASE = 29_539_680
"""Minutes from 1970 to Monday 2026-03-02 00:00 in Shanghai."""
LENGTH = 4 * 1440
FAR = 10**18
OFFSETS = {1: 480, 2: 360}
PLANNED = {1: 480, 2: 300}
ZONES = {1: ZoneInfo("Asia/Shanghai"), 2: ZoneInfo("Asia/Urumqi")}
CALENDARS = {
    1: SiteCalendar(ZONES[1], ((Hours(480, 720), Hours(780, 1020)),) * 6 + ((),)),
    2: SiteCalendar(ZONES[2], ((Hours(600, 900),),) * 6 + ((),)),
}

Row = TypeVar("Row", Attendance, Entry)
Span = tuple[int, int | None]


class History(NamedTuple):
    attendances: list[Attendance]
    entries: list[Entry]
    done: list[DoneLine]
    now: int


# histories with every kind of disorder

# Whole hours meet each other often; quarters of a minute show what flooring does.
MOMENTS = st.one_of(
    st.integers(0, LENGTH // 60).map(lambda hour: (BASE + 60 * hour) * MINUTE),
    st.integers(0, LENGTH * 4).map(lambda quarter: BASE * MINUTE + quarter * MINUTE // 4),
)
LENGTHS = st.one_of(st.none(), st.integers(0, 12).map(lambda hours: hours * 240), st.integers(0, 2880))
SPANS = st.builds(
    lambda start, quarters: (start, None if quarters is None else start + quarters * MINUTE // 4),
    MOMENTS,
    LENGTHS,
)
PEOPLE, SITES, LINES = st.integers(1, 2), st.sampled_from([1, 1, 2]), st.integers(1, 3)
REWORK = st.sampled_from([False, False, True])


def an_entry(person: int, site: int, span: Span, kind: EntryKind, number: int, rework: bool) -> Entry:
    """A line always belongs to the same order and labour kind."""
    if kind == EntryKind.DIRECT:
        return Entry(person, site, *span, kind, number, number, number // 2, "", rework, labour_kind_of(number))
    code = f"C{number}" if kind == EntryKind.INDIRECT else ""
    return Entry(person, site, *span, kind, code=code, rework=rework)  # rework says nothing here


def a_done_line(line: int, day: date, minutes: int, rework: bool, site: int) -> DoneLine:
    return DoneLine(line, day, minutes, rework, site, line // 2, labour_kind_of(line))


def labour_kind_of(line: int) -> str:
    return "repair" if line % 2 else "diagnosis"


def distinct(rows: st.SearchStrategy[Row], most: int) -> st.SearchStrategy[list[Row]]:
    """Rows of which no two have the same person, start and end: nothing could tell which goes first."""

    def key(row: Row) -> tuple[int, int, int | None]:
        return row.person, row.start, row.end

    return st.lists(rows, max_size=most, unique_by=key)


HISTORIES = st.builds(
    History,
    distinct(st.builds(lambda who, site, span: Attendance(who, site, *span), PEOPLE, SITES, SPANS), 6),
    distinct(st.builds(an_entry, PEOPLE, SITES, SPANS, st.sampled_from(EntryKind), LINES, REWORK), 12),
    st.lists(
        st.builds(
            a_done_line,
            LINES,
            st.dates(date(2026, 3, 1), date(2026, 3, 6)),
            st.integers(0, 90),
            REWORK,
            SITES,
        ),
        max_size=4,
        unique_by=lambda row: row.line,
    ),
    MOMENTS,
)


# the other way: paint every minute, then count what each one shows


@dataclass
class Canvas:
    """One person's minutes: where they are and what they are on."""

    room: list[Attendance | None]
    work: list[Entry | None]


def paint(history: History, person: int) -> Canvas:
    """Paint in order of starts; whatever starts first wipes away all that was painted from there on."""
    canvas = Canvas([None] * (LENGTH + 1440), [None] * (LENGTH + 1440))
    outs: list[int] = []
    for row in in_order([row for row in history.attendances if row.person == person]):
        end = max(row.start, history.now) if row.end is None else row.end
        outs = [*(min(out, row.start) for out in outs), end]
        brush(canvas.room, row, row.start, end)
    for entry in in_order([entry for entry in history.entries if entry.person == person]):
        stop = min([history.now, *(out for out in outs if out > entry.start)])
        brush(canvas.work, entry, entry.start, stop if entry.end is None else entry.end)
    return canvas


def in_order(rows: list[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (row.start, row.end or FAR))


def brush(canvas: list[Row | None], row: Row, start: int, end: int) -> None:
    first, last = start // MINUTE - BASE, end // MINUTE - BASE
    for minute in range(first, len(canvas)):
        canvas[minute] = row if minute < last else None


def day_of(minute: int, site: int) -> date:
    return date(1970, 1, 1) + timedelta(days=(minute + OFFSETS[site]) // 1440)


def paint_days(history: History, view: View) -> dict[tuple[date, int, int], Counter[str]]:
    """Count every minute of everybody under day, site and person."""
    rows: dict[tuple[date, int, int], Counter[str]] = {}
    for person in (1, 2):
        canvas = paint(history, person)
        for attendance in history.attendances:
            if attendance.person == person:  # a row of its own even when it lasts no minute
                day = day_of(attendance.start // MINUTE, attendance.site)
                row = rows.setdefault((day, attendance.site, person), Counter())
                row["open"] |= attendance.end is None
        first_seen: dict[Entry, tuple[date, int, int]] = {}
        alone: Counter[Entry] = Counter()
        for index, (attendance_now, entry) in enumerate(zip(canvas.room, canvas.work, strict=True)):
            if attendance_now is not None:
                moment = attendance_now.start // MINUTE if view == View.SHIFT else BASE + index
                key = day_of(moment, attendance_now.site), attendance_now.site, person
                row = rows.setdefault(key, Counter())
                row["attendance"] += 1
                row["open"] |= attendance_now.end is None
                row[what(entry)] += 1
                if entry is not None:
                    first_seen.setdefault(entry, key)
                    row["open"] |= entry.end is None
                    row["rework"] += entry.kind == EntryKind.DIRECT and entry.rework
            elif entry is not None:
                alone[entry] += 1
        for entry, minutes in alone.items():
            own = day_of(entry.start // MINUTE, entry.site), entry.site, person
            rows.setdefault(first_seen.get(entry, own), Counter())["outside"] += minutes
    return rows


def what(entry: Entry | None) -> str:
    return "unexplained" if entry is None else entry.code or entry.kind


def paint_earned(history: History) -> tuple[Counter[tuple[date, int]], set[int]]:
    """Hand out standard minutes one by one to whom most is still owed; also the lines nobody worked on."""
    earned: Counter[tuple[date, int]] = Counter()
    unassigned = set()
    canvases = {person: paint(history, person).work for person in (1, 2)}
    for done in history.done:
        worked = {
            person: sum(entry is not None and entry.line == done.line and not entry.rework for entry in canvas)
            for person, canvas in canvases.items()
        }
        if done.rework or not done.standard_minutes:
            continue
        if not any(worked.values()):
            unassigned.add(done.line)
            continue
        owed = {who: Fraction(done.standard_minutes * mine, sum(worked.values())) for who, mine in worked.items()}
        for _ in range(done.standard_minutes):
            person = max(sorted(owed), key=lambda who: owed[who])
            owed[person] -= 1
            earned[done.done_day, person] += 1
    return earned, unassigned


# both ways agree


def days_of(history: History, view: View) -> list[DayRow]:
    return summarise(history.attendances, history.entries, history.done, CALENDARS, now=history.now, view=view)


def as_painted(row: DayRow) -> Counter[str]:
    names = ("attendance", "direct", "rework", "breaks", "unexplained", "outside", "open")
    count = Counter({name.replace("breaks", "break"): int(getattr(row, name)) for name in names})
    return count + Counter(row.indirect_by_code)


@given(HISTORIES, st.sampled_from(View))
def test_every_day_agrees_with_painting_every_minute(history: History, view: View) -> None:
    rows = {(row.day, row.site, row.person): as_painted(row) for row in days_of(history, view)}
    painted = paint_days(history, view)
    only_earned = {key for key in rows.keys() - painted.keys() if not rows[key]}
    assert {key: rows[key] for key in rows.keys() - only_earned} == {key: +row for key, row in painted.items()}


@given(HISTORIES, st.sampled_from(View))
def test_a_day_adds_up_and_nothing_is_negative(history: History, view: View) -> None:
    for row in days_of(history, view):
        assert row.attendance == row.direct + row.indirect + row.breaks + row.unexplained
        assert min(row.unexplained, row.direct, row.breaks, row.shift, row.overtime, row.outside) >= 0
        assert 0 <= row.rework <= row.direct
        assert row.productivity is None or 0 <= row.productivity <= 1


@given(HISTORIES)
def test_earned_minutes_agree_with_handing_them_out_one_by_one(history: History) -> None:
    earned: Counter[tuple[date, int]] = Counter()
    for row in days_of(history, View.SHIFT):
        earned[row.day, row.person] += row.earned
    painted, unassigned = paint_earned(history)
    assert +earned == painted
    sheet = resolve(history.attendances, history.entries, ZONES, history.now)
    assert {line.line for line in split_earned(history.done, worked_on_lines(sheet)).unassigned} == unassigned


@given(HISTORIES, st.sampled_from(View))
def test_a_person_has_one_shift_a_day_and_overtime_beyond_it(history: History, view: View) -> None:
    people: dict[tuple[date, int], list[DayRow]] = {}
    for row in days_of(history, view):
        people.setdefault((row.day, row.person), []).append(row)
    came_in = {(day_of(row.start // MINUTE, row.site), row.person) for row in history.attendances}
    for (day, person), rows in people.items():
        shift, overtime = sum(row.shift for row in rows), sum(row.overtime for row in rows)
        worked = sum(row.attendance - row.breaks for row in rows)
        assert shift in (0, *PLANNED.values())
        assert overtime == max(0, worked - shift)
        if worked or (day, person) in came_in:
            assert bool(shift) == (day.weekday() < 6)
        if len(rows) == 1 and shift:
            assert shift == PLANNED[rows[0].site]


@given(HISTORIES, st.sampled_from(View), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(history: History, view: View, random: Random) -> None:
    attendances, entries, done, now = history
    shuffled = History(
        random.sample(attendances, len(attendances)),
        random.sample(entries, len(entries)),
        random.sample(done, len(done)),
        now,
    )
    assert days_of(shuffled, view) == days_of(history, view)


@given(HISTORIES)
def test_both_views_count_the_same_minutes(history: History) -> None:
    shift, calendar = (totals(days_of(history, view)) for view in (View.SHIFT, View.CALENDAR))
    for name in ("attendance", "direct", "rework", "indirect_by_code", "breaks", "outside", "earned"):
        assert getattr(shift, name) == getattr(calendar, name)


@given(HISTORIES)
def test_every_grouping_adds_up_to_the_total(history: History) -> None:
    rows = days_of(history, View.SHIFT)
    total = totals(rows)
    for groups in (by_day(rows), by_site(rows)):
        assert totals(groups.values()) == total
    sheet = resolve(history.attendances, history.entries, ZONES, history.now)
    earned = split_earned(history.done, worked_on_lines(sheet))
    for work in (by_order(sheet, earned), by_line(sheet, earned)):
        assert sum(row.minutes for row in work.values()) == total.direct
        assert sum(row.rework for row in work.values()) == total.rework
        assert sum(row.earned for row in work.values()) == total.earned
    kinds = by_kind(sheet, earned)
    assert sum(row.minutes for row in kinds.values()) == total.attendance - total.unexplained
    assert sum(row.rework for row in kinds.values()) == total.rework
    assert sum(row.outside for row in kinds.values()) == total.outside
    codes = {kind.name: row.minutes for kind, row in kinds.items() if kind.entry == EntryKind.INDIRECT}
    assert +Counter(codes) == Counter(total.indirect_by_code)
