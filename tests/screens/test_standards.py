"""Picking a labour standard in the labour sheet: by its name, its Chinese or its pinyin initials."""

import pytest

from shopterm.db.queries.standards import standards_to_pick
from shopterm.db.session import Shop
from shopterm.screens.form import FormScreen
from shopterm.screens.pick import PickScreen
from tests.rules.story import Stage, to
from tests.screens.kit import at, picture, press, sitting, until, write
from tests.screens.test_conflict import open_form


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("", ["HY201", "LM101", "OS301"]),
        ("hy", ["HY201"]),
        ("油缸 大臂", ["HY201"]),
        ("dbyg", ["HY201"]),
        ("gttm", ["OS301"]),
        ("油缸 hydraulic", []),
    ],
)
def test_a_standard_is_found_by_words_and_initials(shop: Shop, typed: str, codes: list[str]) -> None:
    with shop.reader():
        assert [row.code for row in standards_to_pick(typed, 12)] == codes


def test_at_most_so_many_are_listed(shop: Shop) -> None:
    with shop.reader():
        assert [row.code for row in standards_to_pick("", 2)] == ["HY201", "LM101"]


async def test_a_standard_picked_by_its_name_becomes_the_line(sqlite_shop: Shop) -> None:
    sheet = to(sqlite_shop, Stage.DRAFTED).labour
    async with sitting(sqlite_shop, "M1", "mechanic") as pilot:
        await open_form(pilot, sqlite_shop, "edit_labour", sheet)
        await write(pilot, "dbyg")
        await pilot.press("f4")
        await until(pilot, lambda: at(pilot, PickScreen) and "4:00" in picture(pilot))
        await press(pilot, "enter")
        await until(pilot, lambda: at(pilot, FormScreen))
        await press(pilot, "enter")
        await until(pilot, lambda: "HY201  HY201 · 4:00" in picture(pilot))  # the standard's name, and its time
