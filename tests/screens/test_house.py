"""The keys of the house: board, palette, jump, help; and what must not end or mislead the program."""

from functools import partial
from typing import Any

import pytest
from textual.pilot import Pilot

from shopterm.db import sql
from shopterm.db.session import Shop
from shopterm.domain.errors import Unavailable
from shopterm.screens.board import BoardScreen
from shopterm.screens.desk import DeskScreen
from shopterm.screens.document import DocumentScreen
from shopterm.screens.help import HelpScreen
from shopterm.screens.palette import PaletteScreen
from tests.screens.kit import SERIAL, at, numbers, orders, picture, press, said, sitting, until, write
from tests.shopkit import do


async def test_the_board_is_one_digit_away_and_back(sqlite_shop: Shop) -> None:
    orders(sqlite_shop, ["boom cylinder leaks"])
    async with sitting(sqlite_shop, "F1", "foreman") as pilot:
        await press(pilot, "2")
        await until(pilot, lambda: at(pilot, BoardScreen))
        assert "1 in the house" in picture(pilot)
        await press(pilot, "1")
        await until(pilot, lambda: not at(pilot, BoardScreen))


async def test_an_overdue_machine_is_marked_without_colour(sqlite_shop: Shop) -> None:
    late, _fine = orders(sqlite_shop, ["boom cylinder leaks", "swing noise"])
    sqlite_shop.write(lambda: sql.change("UPDATE work_order SET promised = 1 WHERE number = ?", late))
    async with sitting(sqlite_shop, "A1", "board") as pilot:
        assert "! 1 overdue" in picture(pilot)
        row = next(line for line in picture(pilot).splitlines() if late[4:] in line)
        assert row.startswith("!")


async def test_the_palette_lists_the_same_rows_and_does_them(sqlite_shop: Shop) -> None:
    async with sitting(sqlite_shop, "M1", "mechanic") as pilot:
        await press(pilot, "ctrl+p")
        assert at(pilot, PaletteScreen)
        await write(pilot, "clock in")
        await press(pilot, "enter")
        await until(pilot, lambda: at(pilot, DeskScreen) and "Good work" in said(pilot))


async def test_a_number_typed_anywhere_opens_the_document(sqlite_shop: Shop) -> None:
    number = orders(sqlite_shop, ["boom cylinder leaks"])[0]
    async with sitting(sqlite_shop, "M1", "mechanic") as pilot:
        await press(pilot, "0")
        await write(pilot, "001")
        await press(pilot, "enter")
        await until(pilot, lambda: number in picture(pilot) or number[4:] in picture(pilot))
        await press(pilot, "escape", "full_stop")
        await write(pilot, f"{number}/1")
        await press(pilot, "enter")
        await until(pilot, lambda: at(pilot, DocumentScreen))


async def test_help_knows_where_one_is(sqlite_shop: Shop) -> None:
    async with sitting(sqlite_shop, "F1", "foreman") as pilot:
        await press(pilot, "f1")
        assert at(pilot, HelpScreen)
        assert "Foreman" in picture(pilot) and "SHP-" in picture(pilot)


HOSTILE = [
    "\x1b]0;owned\x07",
    "[@click=app.quit]Li[/]",
    "seal [/",
    "[state=CLOSED]",
    "a\u202eb\u200bc",
    "\x9b31mred",
    "北" * 300,
    "Z̶̢͓̎a̷͇̋l̵̰̿g̶̣̈́o̴̗͠" * 8,
    "\r\n\t\x00",
    "=cmd()",
    "${x}",
    "%s{0}",
    "👩🏽‍🔧",
]


def is_only_text(screen: str) -> bool:
    """Say whether nothing on a screen could be obeyed by a terminal or hide from a reader."""
    return not any(c < " " and c != "\n" or "\x7f" <= c <= "\x9f" or c in "\u202e\u200b" for c in screen)


async def test_hostile_text_is_only_text(sqlite_shop: Shop) -> None:
    made = orders(sqlite_shop, ["boom"] * len(HOSTILE))
    for number, text in zip(made, HOSTILE, strict=True):
        change = partial(sql.change, "UPDATE work_order SET customer_name = ?, note = ? WHERE number = ?", text, text)
        sqlite_shop.write(partial(change, number))
        sqlite_shop.write(partial(sql.change, "UPDATE job SET text = ? WHERE number = ?", text, f"{number}/1"))
    async with sitting(sqlite_shop, "A1", "advisor") as pilot:
        for row in range(len(HOSTILE)):
            await press(pilot, "enter")
            assert is_only_text(picture(pilot)) and at(pilot, DocumentScreen)
            await press(pilot, "escape", "down")
            assert is_only_text(picture(pilot))
            await pilot.click("#queue", offset=(20, row % 8 + 1))
        await press(pilot, "2", "question_mark", "escape", "ctrl+p")
        assert is_only_text(picture(pilot)) and at(pilot, PaletteScreen)


async def test_a_database_that_does_not_answer_is_one_calm_line_and_comes_back(
    sqlite_shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    orders(sqlite_shop, ["boom cylinder leaks"])
    monkeypatch.setattr("shopterm.screens.watch.RETRY", 0.1)
    async with sitting(sqlite_shop, "A1", "advisor") as pilot:
        with monkeypatch.context() as broken:

            def refuse(failed: str) -> None:
                raise Unavailable("gone")

            broken.setattr(sqlite_shop, "connect", refuse)
            await until(pilot, lambda: "does not answer" in said(pilot))
            await press(pilot, "b")
            assert at(pilot, DeskScreen)
        await until(pilot, lambda: "does not answer" not in said(pilot))
        assert len(numbers(pilot)) == 1


async def test_a_second_person_sees_a_change_within_a_second(sqlite_shop: Shop) -> None:
    async with sitting(sqlite_shop, "A1", "advisor") as pilot:
        do(sqlite_shop, "A1", "open_order", serial=SERIAL, customer="K00001", complaints=[{"text": "boom"}])
        await until(pilot, lambda: len(numbers(pilot)) == 1, seconds=1)


async def test_a_fault_of_our_own_is_never_exit_status_0(sqlite_shop: Shop) -> None:
    seen: list[Pilot[Any]] = []
    with pytest.raises(ZeroDivisionError):
        async with sitting(sqlite_shop, "A1", "advisor") as pilot:
            seen.append(pilot)
            pilot.app.call_later(lambda: 1 // 0)
            await pilot.pause()
    assert seen[0].app.return_code == 9
    assert "ZeroDivisionError" in (sqlite_shop.data_dir / "log" / "faults.log").read_text()
