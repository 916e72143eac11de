"""Every desk as a picture in both languages, and the screens around them."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from textual.pilot import Pilot
from textual.worker import WorkerCancelled

from shopterm.db.session import Shop
from shopterm.domain.actions.forms import NOTE, PART_LINES
from shopterm.domain.clash import Clash, Difference
from shopterm.screens.conflict import ConflictScreen
from shopterm.terminal import Profile
from tests.screens.living import app_for, build_workshop, open_copy

AT, ZONE = 1_795_501_800_000_000, ZoneInfo("Asia/Shanghai")
"""2026-11-24 14:30 in Shanghai."""
Compare = Callable[..., bool]
NEAR, FAR, SMALL = (80, 24), (132, 43), (60, 20)
WAITING = {"perform", "open", "meet"}
"""Groups of workers that end when a person does something."""
DESKS = (
    ("mechanic", "E005"),
    ("foreman", "E003"),
    ("counter", "E013"),
    ("inspector", "E004"),
    ("advisor", "E001"),
    ("warranty", "E020"),
    ("admin", "ADM"),
    ("board", "E003"),
)


@pytest.fixture(scope="session")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    folder = tmp_path_factory.mktemp("workshop")
    return folder, build_workshop(folder)


@pytest.fixture
def living(workshop: tuple[Path, int], tmp_path: Path) -> Iterator[Shop]:
    folder, now = workshop
    shop = open_copy(folder, tmp_path / "copy", now)
    yield shop
    shop.close()


async def settled(pilot: Pilot[Any]) -> None:
    """Wait until nothing is under way but what waits for a person: an open form, an open list, a choice."""
    await pilot.pause()
    for worker in [one for one in pilot.app.workers if one.group not in WAITING]:
        with suppress(WorkerCancelled):
            await worker.wait()
    await pilot.pause(0.02)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("desk", "person"), DESKS, ids=[desk for desk, _person in DESKS])
def test_desk(snap_compare: Compare, living: Shop, desk: str, person: str, language: str) -> None:
    assert snap_compare(app_for(living, person, desk, language), terminal_size=NEAR, run_before=settled)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_sign_in(snap_compare: Compare, living: Shop, language: str) -> None:
    assert snap_compare(app_for(living, "", "", language), terminal_size=NEAR, run_before=settled)


DOWN_TO_SIGNED = ["down"] * 8
"""From the counter's field to the first sheet that the foreman has signed."""
DOWN_TO_JOB = ["less_than_sign", *["down"] * 4]
"""To the first job the foreman has not assigned, the queue sorted by number."""

AROUND = {
    "document": ("E001", "advisor", "zh", ["enter"]),
    "document_en": ("E004", "inspector", "en", ["enter"]),
    "quote": ("E020", "warranty", "zh", ["enter"]),
    "part": ("E013", "counter", "en", [*"lx", "down", "down", "enter"]),
    "person": ("ADM", "admin", "zh", ["down", "down", "down", "enter"]),
    "why_not": ("E005", "mechanic", "zh", ["question_mark"]),
    "why_not_en": ("E005", "mechanic", "en", ["question_mark"]),
    "refused": ("E005", "mechanic", "zh", ["c"]),
    "refused_en": ("E005", "mechanic", "en", ["c"]),
    "help": ("E003", "foreman", "en", ["f1"]),
    "help_zh": ("E005", "mechanic", "zh", ["f1"]),
    "palette": ("E005", "mechanic", "zh", ["ctrl+p"]),
    "palette_en": ("E001", "advisor", "en", ["ctrl+p"]),
    "jump": ("E001", "advisor", "zh", ["full_stop", *"0012", "enter"]),
    "jump_en": ("E001", "advisor", "en", ["full_stop", *"zzz", "enter"]),
    "hits": ("E013", "counter", "zh", [*"lx"]),
    "no_hits": ("E013", "counter", "en", [*"qqqq"]),
    "nothing_fits": ("E003", "foreman", "zh", ["slash", *"zzz"]),
    "form_empty": ("E001", "advisor", "zh", ["n"]),
    "form_signed": ("E003", "foreman", "zh", ["down", "a"]),
    "form_incomplete": ("E003", "foreman", "en", ["down", "a", "f2"]),
    "form_lines": ("E013", "counter", "zh", [*DOWN_TO_SIGNED, "f3"]),
    "form_lines_en": ("E013", "counter", "en", [*DOWN_TO_SIGNED, "f3"]),
    "pick": ("E003", "foreman", "zh", [*DOWN_TO_JOB, "L", "f4"]),
    "pick_en": ("E003", "foreman", "en", [*DOWN_TO_JOB, "L", "f4"]),
    "checklist": ("E004", "inspector", "zh", ["y", "enter", "y", "y"]),
    "checklist_en": ("E004", "inspector", "en", ["y", "enter", "y", "y"]),
    "labour_day": ("E005", "mechanic", "zh", ["equals_sign"]),
    "labour_day_en": ("E005", "mechanic", "en", ["equals_sign"]),
    "light": ("E003", "foreman", "zh", ["ctrl+t", "down"]),
}
"""Screens around the desks: who, at which desk, in which language, after which keys."""


@pytest.mark.parametrize("name", AROUND)
def test_around_the_desk(snap_compare: Compare, living: Shop, name: str) -> None:
    person, desk, language, keys = AROUND[name]

    async def press(pilot: Pilot[Any]) -> None:
        await settled(pilot)
        for key in keys:
            await pilot.press(key)
            await settled(pilot)
        await pilot.pause(0.3)
        await settled(pilot)

    assert snap_compare(app_for(living, person, desk, language), terminal_size=NEAR, run_before=press)


def conflict() -> ConflictScreen:
    """A form of parts in which two people changed the same line, one of them another, and both the note."""
    lines, note = PART_LINES, NOTE
    first = {"part": "207-30-00101", "quantity": 2000, "reason": "漏油 leaking", "old_part": True}
    second = {"part": "01010-67855", "quantity": 1000, "reason": "", "old_part": True}
    items = [
        Difference(lines, first, first | {"quantity": 4000}, first | {"quantity": 3000}, "207-30-00101"),
        Difference(lines, second, second, second | {"quantity": 6000}, "01010-67855", "mine"),
        Difference(note, "", "左侧 left side", "右侧 right side"),
    ]
    clash = Clash("edit_parts", "C01-MS-2611-0001", 4, 3, {}, by="吴己", at=AT, action="Edit")
    return ConflictScreen(clash, items, lambda _size: [], zone=ZONE, now=AT, signs=False, site="C01")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_conflict(snap_compare: Compare, living: Shop, language: str) -> None:
    async def meet(pilot: Pilot[Any]) -> None:
        await settled(pilot)
        pilot.app.push_screen(conflict())
        await pilot.pause()
        await pilot.press("t")

    assert snap_compare(app_for(living, "E005", "mechanic", language), terminal_size=NEAR, run_before=meet)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_small(snap_compare: Compare, living: Shop, language: str) -> None:
    assert snap_compare(app_for(living, "E005", "mechanic", language), terminal_size=SMALL, run_before=settled)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_wrong_pin(snap_compare: Compare, living: Shop, language: str) -> None:
    async def sign_in(pilot: Pilot[Any]) -> None:
        await settled(pilot)
        for key in (*"E001", "enter", *"111119", "enter"):
            await pilot.press(key)
        await settled(pilot)
        await pilot.pause(0.3)
        await settled(pilot)

    assert snap_compare(app_for(living, "", "", language), terminal_size=NEAR, run_before=sign_in)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("desk", "person"), [("foreman", "E003"), ("board", "E003")], ids=["foreman", "board"])
def test_wide(snap_compare: Compare, living: Shop, desk: str, person: str, language: str) -> None:
    assert snap_compare(app_for(living, person, desk, language), terminal_size=FAR, run_before=settled)


def test_sixteen_colours(snap_compare: Compare, living: Shop) -> None:
    app = app_for(living, "E005", "mechanic", "en", profile=Profile(ansi=True))
    assert snap_compare(app, terminal_size=NEAR, run_before=settled)
