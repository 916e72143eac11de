"""Every desk with what opens from it, on a database whose every text column is hostile, in both languages."""

from typing import Any

import pytest
from textual.screen import Screen

from shopterm.screens.document import DocumentScreen
from shopterm.screens.help import HelpScreen
from shopterm.screens.palette import PaletteScreen
from shopterm.screens.why_not import WhyNotScreen
from tests.hostile.conftest import Place
from tests.hostile.eyes import sound
from tests.hostile.seat import DESKS, press, sitting
from tests.screens.kit import at

OPENED: dict[str, type[Screen[Any]]] = {"question_mark": WhyNotScreen, "f1": HelpScreen, "ctrl+p": PaletteScreen}
TYPING = {"counter"}
"""Desks at which letters and signs are typed into a field until the cursor leaves it."""


@pytest.mark.parametrize("desk", DESKS)
async def test_a_desk_and_what_opens_from_it(hostile: Place, desk: str) -> None:
    async with sitting(hostile, desk, "zh") as pilot:
        sound(pilot, desk)
        await press(pilot, "down")
        for key, screen in OPENED.items():
            await press(pilot, key)
            assert at(pilot, screen)
            sound(pilot, f"{desk} {key}")
            await press(pilot, "escape")
        await press(pilot, "enter")
        assert at(pilot, DocumentScreen)
        sound(pilot, f"{desk}, a document")
        await press(pilot, "f12")
        sound(pilot, f"{desk}, a document in English")
        await press(pilot, "1")
        sound(pilot, f"{desk}, a related document")
        await press(pilot, "escape", "escape")
        sound(pilot, f"{desk} in English")
        await press(pilot, "end")
        sound(pilot, f"{desk} to its end")
