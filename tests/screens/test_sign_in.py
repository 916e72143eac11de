"""Who is at the terminal."""

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from shopterm.app import ShopApp
from shopterm.db.session import Shop
from shopterm.drafts import Drafts
from shopterm.screens.desk import DeskScreen
from shopterm.screens.sign_in import SignInScreen
from tests.screens.kit import at, orders, picture, press, queue, said, sitting, until, write
from tests.screens.test_conflict import open_form
from tests.screens.test_scans import BADGE, give_badge, scan
from tests.shopkit import PEOPLE, PIN, do, who


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


async def test_help_says_how_one_gets_in_and_a_badge_goes_on_from_there(sqlite_shop: Shop) -> None:
    give_badge(sqlite_shop, "M2")
    async with sitting(sqlite_shop) as pilot:
        await press(pilot, "f1")
        assert "one-time code" in picture(pilot)
        await scan(pilot, BADGE)
        await until(pilot, lambda: "Ji Wu: your PIN." in picture(pilot))
        await press(pilot, "f1")
        await press(pilot, "escape")
        assert "Ji Wu: your PIN." in picture(pilot)


async def test_enter_without_a_pin_is_no_wrong_pin(sqlite_shop: Shop) -> None:
    async with sitting(sqlite_shop) as pilot:
        await write(pilot, "M1")
        await press(pilot, *["enter"] * 8)
        assert said(pilot) == ""
        await write(pilot, PIN)
        await press(pilot, "enter")
        await until(pilot, lambda: at(pilot, DeskScreen))


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


@pytest.mark.parametrize("code", [BADGE, "M2"])
async def test_a_badge_where_the_pin_is_asked_is_a_colleague_and_no_wrong_pin(sqlite_shop: Shop, code: str) -> None:
    give_badge(sqlite_shop, "M2")
    async with sitting(sqlite_shop) as pilot:
        await write(pilot, "M1")
        await press(pilot, "enter")
        for _attempt in range(6):
            await write(pilot, code)
            await press(pilot, "enter")
        assert "wrong" not in said(pilot)
        await write(pilot, PIN)
        await press(pilot, "enter")
        await until(pilot, lambda: at(pilot, DeskScreen))
        assert PEOPLE["M2"][1] in picture(pilot)


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


async def locked(pilot: Pilot[None], monkeypatch: pytest.MonkeyPatch) -> str:
    """Leave the terminal alone until it locks; returns what everybody who passes can see."""
    monkeypatch.setattr("shopterm.app.monotonic", lambda: 181.0)
    assert isinstance(pilot.app, ShopApp)
    await pilot.app._lock_if_idle()
    await until(pilot, lambda: "your place is kept" in said(pilot))
    return picture(pilot)


async def test_a_locked_terminal_shows_nothing_and_keeps_what_was_typed(
    sqlite_shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shopterm.app.monotonic", lambda: 0.0)
    number = orders(sqlite_shop, ["boom cylinder leaks"])[0]
    async with sitting(sqlite_shop, "A1", "advisor") as pilot:
        form = await open_form(pilot, sqlite_shop, "cancel_order", number)
        await write(pilot, "sold the machine")
        await press(pilot, "enter")
        await write(pilot, "4829")
        seen = await locked(pilot, monkeypatch)
        for secret in ("boom", number[4:], "土方", "KMT", "sold", "10003447795", "4829"):
            assert secret not in seen
        (draft,) = Drafts(sqlite_shop.data_dir, who(sqlite_shop, "A1").person).all()
        assert draft.values == {"reason": "sold the machine"}
        await write(pilot, PIN)
        await press(pilot, "enter")
        await until(pilot, lambda: pilot.app.screen is form)
        assert form.body.raw() == {"reason": "sold the machine"}
        assert form.body.signed() == {"pin": ""}


async def test_somebody_else_takes_a_locked_terminal_over(sqlite_shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shopterm.app.monotonic", lambda: 0.0)
    number = orders(sqlite_shop, ["boom cylinder leaks"])[0]
    async with sitting(sqlite_shop, "A1", "advisor") as pilot:
        form = await open_form(pilot, sqlite_shop, "cancel_order", number)
        await write(pilot, "sold the machine")
        await locked(pilot, monkeypatch)
        await press(pilot, "escape")
        await write(pilot, "M1")
        await press(pilot, "enter")
        await write(pilot, PIN)
        await press(pilot, "enter")
        await until(pilot, lambda: at(pilot, DeskScreen))
        assert "sold the machine" not in picture(pilot)
        assert Drafts(sqlite_shop.data_dir, who(sqlite_shop, "M1").person).all() == []
        assert pilot.app.screen is not form


async def test_a_pin_half_typed_at_the_sign_in_is_forgotten(sqlite_shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shopterm.app.monotonic", lambda: 0.0)
    async with sitting(sqlite_shop) as pilot:
        await write(pilot, "M1")
        await press(pilot, "enter")
        await write(pilot, "4829")
        monkeypatch.setattr("shopterm.app.monotonic", lambda: 181.0)
        assert isinstance(pilot.app, ShopApp)
        await pilot.app._lock_if_idle()
        assert pilot.app.screen.query_one("#pin", Input).value == ""


async def test_a_lock_says_how_long_and_who_can_lift_it(sqlite_shop: Shop) -> None:
    async with sitting(sqlite_shop) as pilot:
        await write(pilot, "M1")
        await press(pilot, "enter")
        for _attempt in range(5):
            await write(pilot, "000001")
            await press(pilot, "enter")
            await until(pilot, lambda: said(pilot) != "")
        await until(pilot, lambda: "locked for about 15 minutes; an administrator can unlock" in said(pilot))
