"""Sums by the database and days laid out by the domain are the same minutes, whatever was clocked."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from shopterm.db import sql
from shopterm.db.session import Shop
from shopterm.domain.labour import day_rows
from shopterm.domain.labour_earned import Earned, split_earned, worked_on_lines
from shopterm.domain.labour_figures import DayRow
from shopterm.domain.labour_groups import Work, by_kind, by_order
from shopterm.domain.labour_records import Attendance
from shopterm.domain.labour_time import Timesheet, resolve
from shopterm.reports.labor_book import Ledger, at_site
from shopterm.reports.labor_columns import spent
from shopterm.reports.labor_days import Period
from tests.reports.histories import CALENDARS, NOW, History, histories, prepare, store

ZONES = {site: calendar.zone for site, calendar in CALENDARS.items()}
PERIODS = st.tuples(st.integers(1, 6), st.integers(0, 2)).map(
    lambda drawn: Period(date(2026, 3, drawn[0]), date(2026, 3, drawn[0] + drawn[1]))
)

MORNING, EARLIER = 1_772_402_400_000_000, 1_772_388_000_000_000
DAY = 86_400_000_000
TWO_SITES = History(
    [*(Attendance(person, 1, moment, moment) for person in (1, 3) for moment in range(MORNING, MORNING + 3 * DAY, DAY)),
     Attendance(1, 2, EARLIER, EARLIER)], [], {})  # fmt: skip
"""Somebody was at another site first: a database may return it last."""


@pytest.fixture
def sites(shop: Shop) -> Iterator[Shop]:
    """Two sites in two zones."""
    shop.write(lambda: prepare(shop))
    yield shop


def whole(history: History) -> tuple[Timesheet, Earned]:
    """Lay out everything there is."""
    sheet = resolve(history.attendances, history.entries, ZONES, NOW)
    return sheet, split_earned(history.done_lines, worked_on_lines(sheet))


def within(period: Period, sheet: Timesheet, earned: Earned) -> tuple[Timesheet, Earned]:
    """Keep what belongs to the days of a period."""

    def kept(day: date) -> bool:
        return period.first <= day <= period.last

    return Timesheet(
        [shift for shift in sheet.shifts if kept(shift.day)],
        [piece for piece in sheet.pieces if kept(piece.day)],
        [piece for piece in sheet.outside if kept(piece.day)],
    ), Earned(
        tuple(share for share in earned.shares if kept(share.done.done_day)),
        tuple(line for line in earned.unassigned if kept(line.done_day)),
    )


def codeless(rows: list[DayRow]) -> list[DayRow]:
    return [replace(row, indirect_by_code={"": row.indirect} if row.indirect else {}) for row in rows]


def filled(groups: Mapping[Any, Work]) -> dict[Any, Work]:
    return {key: work for key, work in groups.items() if work != Work()}


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(history=histories(), period=PERIODS)
@example(history=TWO_SITES, period=Period(date(2026, 3, 1), date(2026, 3, 2)))
def test_the_same_minutes(sites: Shop, history: History, period: Period) -> None:
    sheet, earned = within(period, *whole(history))
    with sites.reader():
        store(history)
        ledger = Ledger(sql.rows, CALENDARS, period, NOW)
        by_shift = ledger.by_shift()
        on_orders, of_kinds = ledger.by_order(presence=True), ledger.by_kind(presence=True)
    assert codeless(day_rows(by_shift.sheet, by_shift.earned, CALENDARS)) == codeless(
        day_rows(sheet, earned, CALENDARS)
    )
    assert filled(by_order(on_orders.sheet, on_orders.earned)) == filled(by_order(sheet, earned))
    assert filled(by_kind(of_kinds.sheet, of_kinds.earned)) == filled(by_kind(sheet, earned))
    for site in (1, 2):
        days = [day for day in day_rows(sheet, earned, CALENDARS) if day.site == site]
        for book in (at_site(on_orders, site), at_site(of_kinds, site)):
            assert sum(share.minutes for share in book.earned.shares) == sum(day.earned for day in days)
        kinds = by_kind(*at_site(of_kinds, site))
        assert sum(work.minutes for work in kinds.values()) == sum(spent(day) for day in days)
        assert sum(work.outside for work in kinds.values()) == sum(day.outside for day in days)
    assert sorted(line.line for line in by_shift.earned.unassigned) == sorted(line.line for line in earned.unassigned)
