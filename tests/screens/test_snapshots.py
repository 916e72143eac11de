"""Every desk as a picture in both languages, and the screens around them."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from shopterm.db.session import Shop
from shopterm.terminal import Profile
from tests.screens.kit import settle
from tests.screens.living import app_for, build_workshop, open_copy

Compare = Callable[..., bool]
NEAR, FAR = (80, 24), (132, 43)
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
    await settle(pilot)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("desk", "person"), DESKS, ids=[desk for desk, _person in DESKS])
def test_desk(snap_compare: Compare, living: Shop, desk: str, person: str, language: str) -> None:
    assert snap_compare(app_for(living, person, desk, language), terminal_size=NEAR, run_before=settled)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_sign_in(snap_compare: Compare, living: Shop, language: str) -> None:
    assert snap_compare(app_for(living, "", "", language), terminal_size=NEAR, run_before=settled)


AROUND = {
    "document": ("E001", "advisor", "zh", ["enter"]),
    "why_not": ("E005", "mechanic", "zh", ["question_mark"]),
    "why_not_en": ("E005", "mechanic", "en", ["question_mark"]),
    "help": ("E003", "foreman", "en", ["f1"]),
    "palette": ("E005", "mechanic", "zh", ["ctrl+p"]),
    "jump": ("E001", "advisor", "zh", ["full_stop", *"0012", "enter"]),
    "hits": ("E013", "counter", "zh", [*"lx"]),
    "light": ("E003", "foreman", "zh", ["ctrl+t", "down"]),
}
"""Screens around the desks: who, at which desk, in which language, after which keys."""


@pytest.mark.parametrize("name", AROUND)
def test_around_the_desk(snap_compare: Compare, living: Shop, name: str) -> None:
    person, desk, language, keys = AROUND[name]

    async def press(pilot: Pilot[Any]) -> None:
        await settle(pilot)
        for key in keys:
            await pilot.press(key)
        await pilot.pause(0.3)
        await settle(pilot)

    assert snap_compare(app_for(living, person, desk, language), terminal_size=NEAR, run_before=press)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("desk", "person"), [("foreman", "E003"), ("board", "E003")], ids=["foreman", "board"])
def test_wide(snap_compare: Compare, living: Shop, desk: str, person: str, language: str) -> None:
    assert snap_compare(app_for(living, person, desk, language), terminal_size=FAR, run_before=settled)


def test_sixteen_colours(snap_compare: Compare, living: Shop) -> None:
    app = app_for(living, "E005", "mechanic", "en", profile=Profile(ansi=True))
    assert snap_compare(app, terminal_size=NEAR, run_before=settled)
