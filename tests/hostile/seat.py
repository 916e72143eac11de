"""Sits down in the poisoned workshop."""

import asyncio
import inspect
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from textual.pilot import Pilot

from shopterm.app import ShopApp
from shopterm.i18n import use
from tests.hostile.conftest import Place

DESKS = {
    "mechanic": "E005",
    "foreman": "E003",
    "counter": "E013",
    "inspector": "E004",
    "advisor": "E001",
    "warranty": "E020",
    "admin": "ADM",
    "board": "E003",
}
"""Every desk, and who sits at it: the number they had before."""


class Listening(ShopApp, inherit_bindings=False):
    """The program; it counts how often the bell was rung, which nothing in it does."""

    CSS_PATH = [Path(inspect.getfile(ShopApp)).with_name("screens") / Path(name).name for name in ShopApp.CSS_PATH]
    rung = 0

    def bell(self) -> None:
        """Count."""
        self.rung += 1


@asynccontextmanager
async def sitting(
    place: Place, desk: str, language: str, *, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Pilot[None]]:
    """Sit at a desk."""
    use(language)
    actor = replace(place.actor(DESKS[desk]), language=language) if desk else None
    app = Listening(place.shop, actor=actor, desk=desk, terminal="bay-1")
    async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
        await settle(pilot)
        yield pilot
        assert not app.rung


async def settle(pilot: Pilot[None]) -> None:
    """Wait until nothing is under way but what waits for a person: a verb for its form, a field for its list."""
    for _round in range(2):
        await pilot.pause()
        busy = [worker for worker in pilot.app.workers if worker.group not in {"perform", "open"}]
        await asyncio.gather(*(worker.wait() for worker in busy), return_exceptions=True)
    await asyncio.sleep(0.01)
    await pilot.pause()


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys one after the other, each settled."""
    for key in keys:
        await pilot.press(key)
        await settle(pilot)
