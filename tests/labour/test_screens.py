"""The labour day on screen: the team's for the foreman, the own for a mechanic; gaps are red, corrections told."""

import asyncio
from datetime import timedelta

import pytest

from shopterm.db.session import Shop
from shopterm.screens.labour_day import DayScreen
from shopterm.screens.labour_team import TeamScreen
from shopterm.screens.widgets.queue_table import QueueTable
from tests.labour.days import DAYS, FIRST
from tests.labour.script import steps_of
from tests.labour.stage import Stage
from tests.screens.kit import at, picture, press, said, settle, sitting, until, write
from tests.shopkit import PIN


@pytest.fixture
def morning(sqlite_shop: Shop) -> Stage:
    """The morning after the first day: a clock-out was forgotten, and nobody has corrected it yet."""
    stage = Stage(sqlite_shop, FIRST - timedelta(days=1))
    for step in sorted(steps_of(FIRST, DAYS[0].script), key=lambda step: step.second):
        if not step.fix:
            stage.play(step)
    stage.player.now += 14 * 3600 * 1_000_000
    return stage


def bad_words(table: QueueTable) -> list[str]:
    """Return what a table shows in red."""
    found = []
    for y in range(1, len(table.rows) + 1):
        found += [piece.strip() for piece, tone in table.line(y) if tone == "bad" and piece.strip()]
    return found


def test_the_foreman_sees_the_team_and_corrects_a_forgotten_clock_out(morning: Stage) -> None:
    async def story() -> None:
        async with sitting(morning.shop, "F1") as pilot:
            assert "= Labour day" in picture(pilot)
            await press(pilot, "equals_sign")
            await until(pilot, lambda: at(pilot, TeamScreen))
            assert "Tuesday 2030-03-05" in picture(pilot)
            await press(pilot, "left")
            await until(pilot, lambda: "Monday 2030-03-04" in picture(pilot))
            shown = picture(pilot)
            assert "* Wu Jin" in shown
            assert bad_words(pilot.app.screen.query_one(QueueTable)) == ["0:05", "2:30"]
            await press(pilot, "enter")
            await until(pilot, lambda: at(pilot, DayScreen))
            await until(pilot, lambda: "unexplained" in picture(pilot))
            assert "Correct a time" in picture(pilot)
            await press(pilot, "e")
            await until(pilot, lambda: "came back" in picture(pilot).lower())
            assert "106.1" in picture(pilot), "the interval under the cursor is named"
            await write(pilot, "2030-03-04 17:35")
            await press(pilot, "tab", "tab")
            await write(pilot, "forgot")
            await press(pilot, "tab")
            await write(pilot, PIN)
            await press(pilot, "f2")
            await until(pilot, lambda: at(pilot, DayScreen) and "Corrected" in said(pilot))
            await until(pilot, lambda: "0:05 unexplained" in picture(pilot))
            shown = picture(pilot)
            assert "106.1 had no clock-off, now it ended 17:35: forgot (Bing Han" in shown
            assert "9:35 attendance = 8:30 direct" in shown

    asyncio.run(story())


def test_a_mechanic_sees_the_own_day_and_corrects_nothing(morning: Stage) -> None:
    async def story() -> None:
        async with sitting(morning.shop, "M2", language="zh") as pilot:
            await press(pilot, "equals_sign")
            await until(pilot, lambda: at(pilot, DayScreen))
            await press(pilot, "left")
            await until(pilot, lambda: "2030-03-04" in picture(pilot))
            shown = picture(pilot)
            assert "吴己" in shown and "金戊" not in shown
            assert "更正" not in shown
            assert bad_words(pilot.app.screen.query_one(QueueTable)) != []
            await press(pilot, "right", "escape")
            await settle(pilot)
            assert not at(pilot, DayScreen)

    asyncio.run(story())
