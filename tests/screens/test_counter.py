"""The parts counter: letters type, function keys are verbs."""

import pytest

from shopterm.db.session import Shop
from shopterm.screens.board import BoardScreen
from shopterm.screens.counter import CounterScreen
from shopterm.screens.document import DocumentScreen
from shopterm.screens.form import FormScreen
from shopterm.screens.widgets.key_bar import KeyBar
from shopterm.screens.widgets.scan_input import ScanInput
from tests.rules.story import Stage, to
from tests.screens.kit import at, picture, press, said, sitting, until, write


async def test_any_part_of_a_number_finds_it_with_the_reason(sqlite_shop: Shop) -> None:
    async with sitting(sqlite_shop, "P1", "counter") as pilot:
        await write(pilot, "6003113750")
        await until(pilot, lambda: "600-311-3750" in picture(pilot))
        assert "Fuel filter" in picture(pilot) and "A-01-1" in picture(pilot) and "120.00" in picture(pilot)


@pytest.mark.parametrize("typed", ["滤芯", "lx", "600-311", "filter"])
async def test_chinese_pinyin_initials_numbers_and_words_find(sqlite_shop: Shop, typed: str) -> None:
    async with sitting(sqlite_shop, "P1", "counter") as pilot:
        await write(pilot, typed)
        await until(pilot, lambda: "600-311-3750" in picture(pilot))


async def test_letters_type_wherever_the_keys_go(sqlite_shop: Shop) -> None:
    async with sitting(sqlite_shop, "P1", "counter") as pilot:
        await write(pilot, "filter")
        await until(pilot, lambda: "Fuel filter" in picture(pilot))
        await press(pilot, "down", "N", "X", "g")
        assert at(pilot, CounterScreen)
        assert pilot.app.screen.query_one(ScanInput).value == "filterNXg"
        assert said(pilot) == ""


async def test_enter_shows_the_card_of_the_part(sqlite_shop: Shop) -> None:
    async with sitting(sqlite_shop, "P1", "counter") as pilot:
        await write(pilot, "hm46")
        await until(pilot, lambda: "Hydraulic oil" in picture(pilot))
        await press(pilot, "down", "enter")
        await until(pilot, lambda: at(pilot, DocumentScreen))
        await until(pilot, lambda: "T-01" in picture(pilot))


async def test_the_keys_are_those_of_what_is_under_the_cursor(sqlite_shop: Shop) -> None:
    async with sitting(sqlite_shop, "P1", "counter") as pilot:
        labels = {hint.label for hint in pilot.app.screen.query_one(KeyBar).hints}
        assert "Lend" in labels and "Receive" not in labels
        await write(pilot, "filter")
        await until(pilot, lambda: "Receive" in {h.label for h in pilot.app.screen.query_one(KeyBar).hints})
        await press(pilot, "escape")
        assert "Receive" not in {hint.label for hint in pilot.app.screen.query_one(KeyBar).hints}


async def test_the_part_under_the_cursor_is_lent(sqlite_shop: Shop) -> None:
    async with sitting(sqlite_shop, "P1", "counter") as pilot:
        await write(pilot, "hm46")
        await until(pilot, lambda: "Hydraulic oil" in picture(pilot))
        await press(pilot, "f7")
        await until(pilot, lambda: at(pilot, FormScreen))
        form = pilot.app.screen
        assert isinstance(form, FormScreen)
        assert [(line["part"], line["quantity"]) for line in form.body.raw()["lines"]] == [("STD-OIL HM46", "1")]


async def test_nothing_found_says_so(sqlite_shop: Shop) -> None:
    async with sitting(sqlite_shop, "P1", "counter") as pilot:
        await write(pilot, "zzzz")
        await until(pilot, lambda: "No part is called “zzzz”" in picture(pilot))


async def test_a_letters_verb_is_on_alt_where_letters_type(sqlite_shop: Shop) -> None:
    async with sitting(sqlite_shop, "P1", "counter") as pilot:
        bindings = type(pilot.app.screen).__dict__["BINDINGS"]
        keys = {binding.id: binding.key for binding in bindings}
        assert keys["release_parts"] == "alt+shift+n" and keys["tag_old_parts"] == "alt+g"
        assert keys["price_parts"] == "f3"
        assert not any(len(key) == 1 and key.isalnum() for key in keys.values())


async def test_the_next_desk_is_reached_from_the_field(sqlite_shop: Shop) -> None:
    async with sitting(sqlite_shop, "P1", "counter") as pilot:
        await press(pilot, "ctrl+n")
        await until(pilot, lambda: at(pilot, BoardScreen))
        await press(pilot, "ctrl+n")
        await until(pilot, lambda: at(pilot, CounterScreen))


@pytest.mark.parametrize("before", [0, 4], ids=["whole", "as the queue shows it"])
async def test_a_documents_number_typed_into_the_search_opens_it(sqlite_shop: Shop, before: int) -> None:
    sheet = to(sqlite_shop, Stage.PRICED).material
    async with sitting(sqlite_shop, "P1", "counter") as pilot:
        await write(pilot, sheet[before:].lower())
        await press(pilot, "enter")
        await until(pilot, lambda: at(pilot, DocumentScreen) and sheet[4:] in picture(pilot))
