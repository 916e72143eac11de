"""Runs the program for a test: a person at a desk, keys pressed, workers awaited, the screen as text."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from typing import Any

from textual.pilot import Pilot
from textual.screen import Screen
from textual.worker import WorkerCancelled

from shopterm.app import ShopApp
from shopterm.db.session import Shop
from shopterm.i18n import use
from shopterm.screens.widgets.queue_table import QueueTable
from shopterm.screens.widgets.reason_line import ReasonLine
from tests.shopkit import do, who

SIZE = (80, 24)
SERIAL = "KMT0021001"


@asynccontextmanager
async def sitting(
    shop: Shop, person: str = "", desk: str = "", *, language: str = "en", size: tuple[int, int] = SIZE, **options: Any
) -> AsyncIterator[Pilot[None]]:
    """Sit at a desk as a person of the test workshop, or before the sign-in screen."""
    use(language)
    actor = replace(who(shop, person), language=language) if person else None
    app = ShopApp(shop, actor=actor, desk=desk, terminal="bay-1", **options)
    async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
        await settle(pilot)
        yield pilot


async def settle(pilot: Pilot[None]) -> None:
    """Wait until nothing is under way any more: workers, their messages, short timers."""
    for _round in range(2):
        await pilot.pause()
        # these wait for an open form, and for a choice that somebody makes
        for worker in [w for w in pilot.app.workers if w.group not in ("perform", "meet")]:
            with suppress(WorkerCancelled):
                await worker.wait()
    await asyncio.sleep(0.02)
    await pilot.pause()


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys one after the other, each settled."""
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


async def write(pilot: Pilot[None], text: str) -> None:
    """Type text without waiting between the characters."""
    names = {" ": "space", "-": "minus", ".": "full_stop", "/": "slash"}
    await pilot.press(*(names.get(character, character) for character in text))
    await asyncio.sleep(0.2)
    await settle(pilot)


async def until(pilot: Pilot[None], holds: Any, seconds: float = 5) -> None:
    """Wait until a condition holds, or fail."""
    for _try in range(int(seconds / 0.02)):
        if holds():
            return
        await asyncio.sleep(0.02)
        await pilot.pause()
    raise AssertionError("the screen did not get there:\n" + picture(pilot))


def at(pilot: Pilot[None], *kinds: type[Screen[Any]]) -> bool:
    """Say whether the screen in front is of one of these kinds."""
    return isinstance(pilot.app.screen, kinds)


def picture(pilot: Pilot[None]) -> str:
    """The screen as lines of text."""
    strips = pilot.app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


def said(pilot: Pilot[None]) -> str:
    """What the line above the keys says."""
    return pilot.app.screen.query_one("#reason", ReasonLine).said


def queue(pilot: Pilot[None]) -> QueueTable:
    """The queue of the desk."""
    return pilot.app.screen.query_one("#queue", QueueTable)


def numbers(pilot: Pilot[None]) -> list[str]:
    """The document numbers in the queue."""
    return [row.number for row in queue(pilot).rows]


def orders(shop: Shop, complaints: Iterable[str]) -> list[str]:
    """Open an order per complaint and return their numbers."""
    return [
        do(shop, "A1", "open_order", serial=SERIAL, customer="K00001", complaints=[{"text": text}]).number
        for text in complaints
    ]
