"""Lending a verb by keys, and what both see on their desks."""

from textual.pilot import Pilot

from shopterm.db import sql
from shopterm.db.session import Shop
from shopterm.screens.desk import DeskScreen
from shopterm.screens.document import DocumentScreen
from shopterm.screens.form import FormScreen
from shopterm.screens.pick import PickScreen
from tests.rules.story import Stage, to
from tests.screens.kit import at, numbers, picture, press, said, sitting, until, write
from tests.screens.test_conflict import open_form
from tests.shopkit import PIN, do


async def give(pilot: Pilot[None]) -> None:
    """Go to a colleague's page, and lend them the approval until tomorrow."""
    await press(pilot, "full_stop")
    await write(pilot, "P1")
    await press(pilot, "enter")
    await until(pilot, lambda: at(pilot, DocumentScreen))
    await until(pilot, lambda: "Delegate to" in picture(pilot))
    await press(pilot, "h")
    await until(pilot, lambda: at(pilot, FormScreen))
    await write(pilot, "approve_p")
    await pilot.press("f4")
    await until(pilot, lambda: at(pilot, PickScreen) and "approve_parts" in picture(pilot))
    await press(pilot, "enter")
    await until(pilot, lambda: at(pilot, FormScreen))
    await press(pilot, "enter", "enter")
    await pilot.press(*"+1d", "space", *"18:00", "enter", *"training", "enter")
    await write(pilot, PIN)
    await press(pilot, "f2")
    await until(pilot, lambda: not at(pilot, FormScreen))


async def test_a_foreman_lends_the_approval_and_takes_it_back(sqlite_shop: Shop) -> None:
    async with sitting(sqlite_shop, "F1", "foreman") as pilot:
        await give(pilot)
        await until(pilot, lambda: "does it for you until" in said(pilot))
        await until(pilot, lambda: "Delegations" in picture(pilot) and "Approve" in picture(pilot))
        await press(pilot, "escape")
        await until(pilot, lambda: at(pilot, DeskScreen) and "does for you until" in picture(pilot))
        await press(pilot, "full_stop")
        await write(pilot, "P1")
        await press(pilot, "enter")
        await until(pilot, lambda: "Take delegation back" in picture(pilot))
        await press(pilot, "x")
        await until(pilot, lambda: at(pilot, FormScreen))
        await write(pilot, PIN)
        await press(pilot, "f2")
        await until(pilot, lambda: "nothing for you any more" in said(pilot))
        await press(pilot, "escape")
        await until(pilot, lambda: at(pilot, DeskScreen) and "does for you until" not in picture(pilot))


async def test_the_delegate_finds_the_desk_and_does_the_verb(sqlite_shop: Shop) -> None:
    sheet = to(sqlite_shop, Stage.REPORTED).material
    do(sqlite_shop, "F1", "give_delegation", "P1", verbs="approve_parts", until="+1d 18:00", reason="x")
    async with sitting(sqlite_shop, "P1", "foreman") as pilot:
        assert "for Bing Han until" in picture(pilot)
        assert sheet in numbers(pilot)
        await open_form(pilot, sqlite_shop, "approve_parts", sheet)
        await press(pilot, "y", "enter")
        await write(pilot, PIN)
        await press(pilot, "f2")
        await until(pilot, lambda: not at(pilot, FormScreen))
    with sqlite_shop.reader():
        assert sql.scalar("SELECT state FROM material_sheet WHERE number = ?", sheet) == "approved"


async def test_what_was_taken_back_is_refused_at_the_desk_at_once(sqlite_shop: Shop) -> None:
    sheet = to(sqlite_shop, Stage.REPORTED).material
    do(sqlite_shop, "F1", "give_delegation", "P1", verbs="approve_parts", until="+1d 18:00", reason="x")
    async with sitting(sqlite_shop, "P1", "foreman") as pilot:
        await until(pilot, lambda: sheet in numbers(pilot))
        do(sqlite_shop, "F1", "revoke_delegation", "P1")
        await until(pilot, lambda: "for Bing Han until" not in picture(pilot))
        while (row := pilot.app.screen.query_one("#queue").current) and row.number != sheet:  # type: ignore[attr-defined]
            await press(pilot, "down")
        await press(pilot, "a")
        await until(pilot, lambda: "is done by: foreman" in said(pilot))
        assert at(pilot, DeskScreen)
