"""A foreman corrects what was clocked: never the own day, never overlapping, always with both kept and visible."""

from datetime import date, timedelta
from typing import Any

import pytest

from shopterm.db import sql
from shopterm.db.queries import labour as rows
from shopterm.db.session import Shop
from shopterm.domain.errors import Invalid, Refused, SignInFailed
from shopterm.domain.labour_corrections import AWAY, BACK, EARLY, FUTURE, GONE, NEXT, NO_BACK, SAME
from shopterm.reports.day import AskDay, day
from shopterm.reports.labor import Ask, labor
from shopterm.reports.labor_days import Period
from shopterm.reports.report import Report, as_data
from shopterm.usecases.corrections import NO_INTERVAL
from shopterm.usecases.verify import verify
from tests.labour.script import steps_of
from tests.labour.stage import Stage

MONDAY = date(2030, 3, 4)
MORNING = """
    08:00 M1 in
    08:05 M1 on A2
    10:00 M1 code clean
    12:00 M1 out
    13:00 M1 in
    13:00 M1 on A3
    15:00 M1 break"""


@pytest.fixture
def stage(shop: Shop) -> Stage:
    """Monday at four: one shift is over, in the second a break runs."""
    stage = Stage(shop, MONDAY - timedelta(days=1))
    live(stage, MORNING)
    stage.player.now += 3600 * 1_000_000
    return stage


def live(stage: Stage, script: str) -> None:
    for step in steps_of(MONDAY, script):
        stage.play(step)


def fix(stage: Stage, kind: str, begun: str, end: str, back: str | None = None, by: str = "F1", **more: Any) -> None:
    """Correct an interval of M1's Monday; times are of that day."""
    (step,) = steps_of(MONDAY, f"{begun} M1 in")
    values = {"end": f"{MONDAY} {end}", "back": back and f"{MONDAY} {back}", "reason": "忘记打卡"} | more
    stage.player.do(by, "correct_day", "M1", interval=stage.mark("M1", kind, step.minute), **values)


def told(stage: Stage, number: str = "M1") -> Report:
    """Return the page of somebody's Monday."""
    with stage.shop.reader():
        person = rows.person_named(sql.rows, number)
        assert person is not None
        ask = AskDay(person, MONDAY, stage.player.now, 1, {"clean": "cleaning"})
        return day(sql.rows, {0: stage.calendar, 1: stage.calendar}, ask)


@pytest.mark.parametrize(
    ("kind", "begun", "end", "back", "field", "sentence"),
    [
        ("on", "08:05", "08:04", None, "end", EARLY),
        ("on", "08:05", "10:01", None, "end", NEXT),
        ("on", "08:05", "10:00", None, "end", SAME),
        ("on", "10:00", "12:01", None, "end", GONE),
        ("on", "15:00", "18:00", None, "end", FUTURE),
        ("on", "08:05", "09:00", "09:30", "back", NO_BACK),
        ("in", "08:00", "13:01", None, "end", NEXT),
        ("in", "08:00", "09:59", None, "end", AWAY),
        ("in", "08:00", "09:00", "10:30", "back", AWAY),
        ("in", "08:00", "09:00", "12:00", "back", BACK),
        ("in", "13:00", "14:00", "13:30", "back", BACK),
        ("in", "13:00", "14:00", "18:00", "back", BACK),
    ],
)
def test_a_correction_that_would_not_add_up_is_refused(
    stage: Stage, kind: str, begun: str, end: str, back: str | None, field: str, sentence: str
) -> None:
    before = as_data(told(stage))
    with pytest.raises(Invalid) as refused:
        fix(stage, kind, begun, end, back)
    assert [(problem.field, problem.sentence) for problem in refused.value.problems] == [(field, sentence)]
    assert as_data(told(stage))["rows"] == before["rows"]


def test_only_another_foreman_with_a_pin_and_a_reason_corrects(stage: Stage) -> None:
    with pytest.raises(Refused) as role:
        fix(stage, "on", "08:05", "09:00", by="M1")
    assert (role.value.rule, role.value.guard) == ("OPS-15", "role")
    with pytest.raises(Invalid):
        fix(stage, "on", "08:05", "09:00", reason="")
    stage.player.pins["F1"] = "111222"
    with pytest.raises(SignInFailed):
        fix(stage, "on", "08:05", "09:00")
    live(stage, "16:30 F2 in")
    (step,) = steps_of(MONDAY, "16:30 F2 in")
    mark = stage.mark("F2", "in", step.minute)
    with pytest.raises(Refused) as own:
        stage.player.do("F2", "correct_day", "F2", interval=mark, end=f"{MONDAY} 16:30", reason="x")
    assert own.value.guard == "not_own_day"


@pytest.mark.parametrize("mark", ["", "x", "9999.1", "1.1", "99999999999999.1", "12.99999"])
def test_an_interval_that_is_not_this_persons_is_not_found(stage: Stage, mark: str) -> None:
    with pytest.raises(Invalid) as unknown:
        stage.player.do("F1", "correct_day", "M1", interval=mark, end=f"{MONDAY} 09:00", reason="x")
    assert not mark or unknown.value.problems[0].sentence == NO_INTERVAL


def test_the_clocked_time_stays_visible_beside_the_correction(stage: Stage) -> None:
    fix(stage, "on", "08:05", "09:00")
    fix(stage, "on", "08:05", "09:30")  # a correction is corrected in its turn
    report = told(stage)
    what = [
        tuple(str(cell) for cell in (row.cells[1], row.cells[2], row.cells[6], row.cells[7])) for row in report.rows
    ]
    begun = [
        (began[11:16], ended[11:16], minutes, mark) for began, ended, minutes, mark in what if began[11:16] == "08:05"
    ]
    assert [(ended, minutes) for _began, ended, minutes, _mark in begun] == [
        ("10:00", "None"),
        ("09:00", "None"),
        ("09:30", "85"),
    ]
    assert [note["reason"] for note in report.facts["corrections"]] == ["忘记打卡"] * 2
    assert report.facts["unexplained"] == 5 + 30
    assert (
        report.facts["attendance"]
        == 240 + 180
        == sum(report.facts[name] for name in ("direct", "indirect", "break", "unexplained"))
    )
    assert verify(stage.shop) == []


def test_a_forgotten_clock_out_takes_what_ran_along(stage: Stage) -> None:
    fix(stage, "in", "13:00", "15:30")
    facts = told(stage).facts
    assert (facts["attendance"], facts["break"]) == (240 + 150, 30)
    with pytest.raises(Refused):
        stage.player.do("M1", "clock_out", "M1")
    stage.player.do("M1", "clock_in", "M1")
    assert verify(stage.shop) == []


def test_who_came_back_has_two_shifts_instead_of_one(stage: Stage) -> None:
    live(stage, "16:10 M1 on A4\n16:40 M1 out")
    fix(stage, "in", "13:00", "15:20", "16:00")
    facts = told(stage).facts
    assert (facts["attendance"], facts["break"], facts["unexplained"]) == (240 + 140 + 40, 20, 5 + 10)


def test_the_summary_explains_what_was_corrected(stage: Stage) -> None:
    fix(stage, "on", "08:05", "09:00")
    ask = Ask(Period(MONDAY, MONDAY), stage.player.now, stage.calendar.zone, "mechanic", 1, "C01", {}, True)
    with stage.shop.reader():
        report = labor(sql.rows, {0: stage.calendar, 1: stage.calendar}, ask)
    (note,) = [note for note in report.notes if "reason" in note.params]
    assert note.params["mark"].startswith("Wu Jin ")
    assert (note.params["was"], note.params["ended"], note.params["who"]) == ("10:00", "09:00", "Bing Han")
    (fact,) = as_data(report)["corrections"]
    assert (fact["person"], fact["by"], fact["reason"]) == ("M1", "韩丙", "忘记打卡")
    assert "corrections" not in as_data(stage.report("mechanic", MONDAY, MONDAY))
