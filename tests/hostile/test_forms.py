"""Every form that can be opened at a desk, with its lists and its checklist; the jump, the search, the sign-in."""

import pytest
from textual.pilot import Pilot

from shopterm.domain.fields import Kind
from shopterm.screens.checklist_screen import ChecklistScreen
from shopterm.screens.desk import DeskScreen
from shopterm.screens.elsewhere import LISTED
from shopterm.screens.form import FormScreen
from shopterm.screens.jump import JumpScreen
from shopterm.screens.pick import PickScreen
from shopterm.screens.widgets.queue_table import QueueTable
from tests.hostile.conftest import SOAK, Place
from tests.hostile.eyes import sound
from tests.hostile.seat import DESKS, press, settle, sitting
from tests.screens.kit import at, queue, until

OPENERS = {Kind.CHECKLIST: ChecklistScreen, Kind.PHOTOS: PickScreen}
LOOKED_AT = 20 if SOAK else 6
"""So many rows of a queue are walked for verbs whose form was not seen yet."""


async def every_form(pilot: Pilot[None]) -> set[str]:
    """Open the form of each verb that some row of the queue lets through; return their names."""
    seen: set[str] = set()
    front = pilot.app.screen
    assert isinstance(front, DeskScreen)
    desk: DeskScreen = front
    for _row in range(min(LOOKED_AT, len(queue(pilot).rows))):
        for verb in desk.verbs:
            action = verb.action
            if verb.free and action.form and action.name not in seen:
                seen.add(action.name)
                await press(pilot, desk.key_of(action))
                await until(pilot, lambda: at(pilot, FormScreen))
                await a_form(pilot, action.name)
                assert pilot.app.screen is desk
        await press(pilot, "down")
    return seen


async def a_form(pilot: Pilot[None], name: str) -> None:
    """Look at a form, at what its fields list and open, and leave it."""
    form = pilot.app.screen
    assert isinstance(form, FormScreen)
    sound(pilot, name)
    for row in form.body.fields:
        if row.field.kind in LISTED or row.field.kind in OPENERS:
            row.enter()
            await press(pilot, "f4" if row.field.kind in LISTED else "enter")
            sound(pilot, f"{name}, {row.field.name}")
            if pilot.app.screen is not form:
                await press(pilot, "escape")
    await press(pilot, "escape")


@pytest.mark.parametrize(
    ("desk", "language"), [(desk, "zh" if i % 2 else "en") for i, desk in enumerate(DESKS) if desk != "board"]
)
async def test_forms(hostile: Place, desk: str, language: str) -> None:
    async with sitting(hostile, desk, language) as pilot:
        if desk == "counter":
            await press(pilot, "down")
        assert await every_form(pilot)


async def test_jumping_lists_what_is_called_like_that(hostile: Place) -> None:
    async with sitting(hostile, "foreman", "zh") as pilot:
        await press(pilot, "full_stop")
        await pilot.press(*"2611")
        await press(pilot, "enter")
        assert at(pilot, JumpScreen)
        assert len(queue(pilot).rows) == 50
        sound(pilot)
        await press(pilot, "escape", "slash")
        await pilot.press(*"c01")
        await settle(pilot)
        sound(pilot)


async def test_whoever_signs_in_is_only_a_name(hostile: Place) -> None:
    async with sitting(hostile, "", "zh") as pilot:
        assert len(pilot.app.screen.query_one(QueueTable).rows) > 20
        sound(pilot)
        await press(pilot, "down", "down", "down", "enter")
        sound(pilot)
        await pilot.press(*"000000")
        await press(pilot, "enter")
        sound(pilot)
