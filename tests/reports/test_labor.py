"""The labour summary of a day lived through the real verbs, on both databases, against numbers counted by hand."""

from typing import Any

import pytest

from shopterm import i18n
from shopterm.calendar_file import load_calendars
from shopterm.db import sql
from shopterm.db.session import Shop
from shopterm.domain.local_time import local_day
from shopterm.domain.vocabulary import EntryKind, LabourKind
from shopterm.reports.labor import Ask, By, labor
from shopterm.reports.labor_days import Period
from shopterm.reports.report import Report, as_data
from shopterm.reports.table import Canvas, draw, explain
from shopterm.settings import find_config
from tests.reports.evening import COUNTED, Evening, work_a_day
from tests.reports.golden import same_as


def told(evening: Evening, by: By = "mechanic", *, days_before: int = 0, explained: bool = False) -> Report:
    """Ask for the report that evening."""
    calendar = load_calendars(find_config("calendar.toml", {})).of("C01")
    today = local_day(evening.player.now, calendar.zone)
    period = Period(today.replace(day=today.day - days_before), today)
    codes = {code.code: getattr(code, i18n.language()) for code in evening.shop.settings.indirect.codes}
    ask = Ask(period, evening.player.now, calendar.zone, by, 1, "C01", codes, explained)
    with evening.shop.reader():
        return labor(sql.rows, {0: calendar, 1: calendar}, ask)


def figures(report: Report, *names: str) -> dict[str, dict[str, Any]]:
    """Return the cells of each row by column, under what names the row."""
    keys = [column.key for column in report.columns]
    rows = [dict(zip(keys, row.cells, strict=True)) for row in report.rows]
    return {" ".join(str(row.pop(name)) for name in names).strip(): row for row in rows}


def text(report: Report, canvas: Canvas) -> str:
    lines = [*draw(report, canvas), *explain(report, canvas)]
    return "".join("".join(span.text for span in line).rstrip() + "\n" for line in lines)


def test_each_mechanics_day_is_as_counted_by_hand(shop: Shop) -> None:
    report = told(work_a_day(shop))

    assert figures(report, "number", "name") == {
        "M1 Wu Jin": {**COUNTED["M1"], "open": False},
        "M2 Ji Wu": {**COUNTED["M2"], "open": False},
        "M3 Xin Xu": {**COUNTED["M3"], "open": False},
    }
    for row, counted in zip(report.rows, COUNTED.values(), strict=True):
        assert sum(row.bar) == counted["attendance"]


def test_the_total_adds_up_and_its_ratios_are_of_sums(shop: Shop) -> None:
    total = as_data(told(work_a_day(shop)))["total"]

    for name in ("attendance", "direct", "rework", "indirect", "break", "unexplained", "earned", "shift", "overtime"):
        assert total[name] == sum(counted[name] or 0 for counted in COUNTED.values()), name
    # 360 earned in 580 productive minutes; 580 of 1470 - 135 minutes were productive
    assert (total["efficiency"], total["productivity"], total["proficiency"]) == (0.621, 0.434, 0.27)


def test_several_days_are_added_up_day_by_day(shop: Shop) -> None:
    evening = work_a_day(shop)
    for clock, action in (("07:00", "clock_in"), ("18:00", "clock_out")):
        evening.player.now = evening.instant(f"2030-03-14 {clock}") - evening.player.pace
        evening.player.do("M2", action, "M2")

    found = figures(told(evening, days_before=1), "number")["M2"]

    # a short day of 470 minutes hides nothing of the long one's 660 - 510
    assert (found["attendance"], found["shift"], found["overtime"]) == (530 + 660, 1020, 150)
    assert (found["unexplained"], found["earned"]) == (130 + 660, 270)
    assert figures(told(evening), "number").keys() == {"M2"}


def test_work_by_order(shop: Shop) -> None:
    evening = work_a_day(shop)
    report = told(evening, "order")

    assert figures(report, "number", "machine", "customer") == {
        f"{evening.visit.order} Komatsu PC210-8 北岭东样土方工程": {
            "direct": 620, "rework": 40, "outside": 0, "earned": 360, "efficiency": 621,
        }
    }  # fmt: skip


def test_time_by_kind(shop: Shop) -> None:
    report = told(work_a_day(shop), "kind")
    nothing = {"rework": 0, "outside": 0, "earned": 0, "efficiency": None}

    assert [tuple(row.cells[:3]) for row in report.rows] == [
        (EntryKind.DIRECT, LabourKind.REMOVAL_INSTALLATION, ""),
        (EntryKind.DIRECT, LabourKind.REPAIR, ""),
        (EntryKind.INDIRECT, "clean", "cleaning the shop"),
        (EntryKind.INDIRECT, "meeting", "meeting"),
        (EntryKind.INDIRECT, "tools", "tools and equipment"),
        (EntryKind.BREAK, "", ""),
    ]
    assert list(figures(report, "entry", "code", "name").values()) == [
        {"minutes": 180, "rework": 0, "outside": 0, "earned": 240, "efficiency": 1333},
        {"minutes": 440, "rework": 40, "outside": 0, "earned": 120, "efficiency": 300},
        {"minutes": 30, **nothing},
        {"minutes": 30, **nothing},
        {"minutes": 330, **nothing},
        {"minutes": 135, **nothing},
    ]
    assert as_data(report)["total"]["efficiency"] == 0.621  # indirect time makes no ratio


def test_who_is_still_there_counts_until_now(shop: Shop) -> None:
    report = told(work_a_day(shop, go_home=False))

    assert figures(report, "number")["M3"] == {**COUNTED["M3"], "name": "Xin Xu", "open": True}
    assert [note.params for note in report.notes if "names" in note.params] == [{"time": "18:30", "names": "Xin Xu"}]


def test_lines_that_nobody_earned_are_told(shop: Shop) -> None:
    report = told(work_a_day(shop))

    # the diagnosis and the pressure test, signed with the self-check, an hour each
    assert report.facts == {"unassigned": {"lines": 2, "minutes": 120}}


def test_the_day_before_nobody_worked(shop: Shop) -> None:
    evening = work_a_day(shop)
    evening.player.now = evening.instant("2030-03-12 18:00")
    report = told(evening)

    assert (report.rows, report.total) == ([], None)
    assert text(report, Canvas(80)).splitlines()[2:] == ["There is no labour on these days."]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("by", ["mechanic", "order", "kind"])
def test_the_table_of_80_columns(sqlite_shop: Shop, by: By, language: str) -> None:
    evening = work_a_day(sqlite_shop, go_home=False)
    i18n.use(language)
    report = told(evening, by, explained=by == "mechanic")

    same_as(f"{by}_{language}.txt", text(report, Canvas(80, bars=True)))


def test_the_formula_stands_beside_the_number(sqlite_shop: Shop) -> None:
    report = told(work_a_day(sqlite_shop), explained=True)
    terms = {term.label: (term.value, term.numbers) for term in report.rows[0].terms}
    summed = {term.label: (term.value, term.numbers) for term in report.total.terms} if report.total else {}

    assert terms["unexplained"] == ("3:15", "610 − 340 − 0 − 75")
    assert terms["overtime"] == ("0:25", "max(0, 610 − 75 − 510)")
    assert terms["efficiency"] == ("30.0%", "90 ÷ (340 − 40)")
    assert summed["efficiency"] == ("62.1%", "360 ÷ (620 − 40)")
    assert summed["overtime"] == ("0:25", "")  # days are added up, not their sums compared
