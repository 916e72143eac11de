"""Who is at the terminal."""

import pytest

from shopterm.app import ShopApp
from shopterm.db.session import Shop
from shopterm.screens.desk import DeskScreen
from shopterm.screens.sign_in import SignInScreen
from tests.screens.kit import at, orders, picture, press, queue, said, sitting, until, write
from tests.shopkit import PIN, do


async def test_a_badge_and_a_pin_bring_a_person_to_their_desk(sqlite_shop: Shop) -> None:
    async with sitting(sqlite_shop) as pilot:
        await write(pilot, "BM1")
        await press(pilot, "enter")
        assert "PIN" in picture(pilot)
        await write(pilot, PIN)
        assert PIN not in picture(pilot)
        await press(pilot, "enter")
        await until(pilot, lambda: at(pilot, DeskScreen))
        assert type(pilot.app.screen).__dict__["DESK"].name == "mechanic"


async def test_a_name_is_picked_from_the_list(sqlite_shop: Shop) -> None:
    async with sitting(sqlite_shop) as pilot:
        await write(pilot, "han")
        await press(pilot, "down", "enter")
        assert "Bing Han" in picture(pilot)
        await write(pilot, PIN)
        await press(pilot, "enter")
        await until(pilot, lambda: at(pilot, DeskScreen))


async def test_a_wrong_pin_is_one_sentence_and_the_field_is_empty_again(sqlite_shop: Shop) -> None:
    async with sitting(sqlite_shop) as pilot:
        await write(pilot, "M1")
        await press(pilot, "enter")
        for _attempt in range(5):
            await write(pilot, "000001")
            await press(pilot, "enter")
            await until(pilot, lambda: "wrong" in said(pilot) or "locked" in said(pilot))
        await write(pilot, PIN)
        await press(pilot, "enter")
        await until(pilot, lambda: "locked" in said(pilot))
        assert at(pilot, SignInScreen)


async def test_the_first_pin_is_set_with_a_one_time_code(sqlite_shop: Shop) -> None:
    code = do(sqlite_shop, "X1", "issue_code", "M2").secret
    assert code
    async with sitting(sqlite_shop) as pilot:
        await write(pilot, "M2")
        await press(pilot, "enter")
        assert "one-time code" in picture(pilot)
        await write(pilot, code)
        await press(pilot, "enter")
        await write(pilot, "739152")
        await press(pilot, "enter")
        await write(pilot, "739152")
        await press(pilot, "enter")
        await until(pilot, lambda: at(pilot, DeskScreen))


async def test_a_shared_terminal_locks_and_keeps_everybodys_place(sqlite_shop: Shop) -> None:
    first, second = orders(sqlite_shop, ["boom cylinder leaks", "swing noise"])
    async with sitting(sqlite_shop, "A1", "advisor") as pilot:
        await press(pilot, "down", "ctrl+o")
        await until(pilot, lambda: at(pilot, SignInScreen))
        assert second not in picture(pilot)
        await write(pilot, "M1")
        await press(pilot, "enter")
        await write(pilot, PIN)
        await press(pilot, "enter")
        await until(pilot, lambda: at(pilot, DeskScreen))
        assert "boom cylinder" not in picture(pilot)
        await press(pilot, "ctrl+o")
        await until(pilot, lambda: at(pilot, SignInScreen))
        await write(pilot, "A1")
        await press(pilot, "enter")
        await write(pilot, PIN)
        await press(pilot, "enter")
        await until(pilot, lambda: at(pilot, DeskScreen))
        row = queue(pilot).current
        assert row is not None and row.number == second


async def test_a_terminal_left_alone_asks_for_the_same_persons_pin(
    sqlite_shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shopterm.app.monotonic", lambda: 0.0)
    async with sitting(sqlite_shop, "A1", "advisor") as pilot:
        monkeypatch.setattr("shopterm.app.monotonic", lambda: 181.0)
        assert isinstance(pilot.app, ShopApp)
        await pilot.app._lock_if_idle()
        await until(pilot, lambda: "your place is kept" in said(pilot))
        await write(pilot, PIN)
        await press(pilot, "enter")
        await until(pilot, lambda: at(pilot, DeskScreen))
