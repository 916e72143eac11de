"""From a key through the form to the use case and back: what is asked, signed, refused and said."""

from shopterm.db import sql
from shopterm.db.session import Shop
from shopterm.drafts import Drafts
from shopterm.i18n import tr
from shopterm.screens.checklist_screen import ChecklistScreen
from shopterm.screens.desk import DeskScreen
from shopterm.screens.form import FormScreen
from shopterm.screens.widgets.detail_pane import DetailPane
from tests.rules.story import Stage, to
from tests.screens.kit import at, numbers, orders, picture, press, queue, said, sitting, until, write
from tests.shopkit import PIN, do, who


def state_of(shop: Shop, order: str) -> str:
    with shop.reader():
        return str(sql.scalar("SELECT state FROM work_order WHERE number = ?", order))


async def test_a_form_does_the_verb_and_the_desk_says_what_happened(sqlite_shop: Shop) -> None:
    order = orders(sqlite_shop, ["boom cylinder leaks"])[0]
    async with sitting(sqlite_shop, "A1", "advisor") as pilot:
        await press(pilot, "b")
        await until(pilot, lambda: at(pilot, FormScreen))
        await write(pilot, "Mr Li")
        await press(pilot, "f2")
        await until(pilot, lambda: at(pilot, DeskScreen))
        await until(pilot, lambda: "checklist has not been walked" in said(pilot) or order[4:] in said(pilot))
        do(sqlite_shop, "A1", "fit_covers", order)


async def test_a_signature_takes_the_pin_and_a_wrong_one_changes_nothing(sqlite_shop: Shop) -> None:
    order = orders(sqlite_shop, ["boom cylinder leaks"])[0]
    async with sitting(sqlite_shop, "A1", "advisor") as pilot:
        await press(pilot, "X")
        await until(pilot, lambda: at(pilot, FormScreen))
        await write(pilot, "customer went away")
        await press(pilot, "enter")
        await write(pilot, "111222")
        await press(pilot, "f2")
        await until(pilot, lambda: "PIN is wrong" in picture(pilot))
        assert state_of(sqlite_shop, order) == "received"
        await write(pilot, PIN)
        await press(pilot, "f2")
        await until(pilot, lambda: at(pilot, DeskScreen))
        await until(pilot, lambda: numbers(pilot) == [])
        assert state_of(sqlite_shop, order) == "cancelled"


async def test_a_new_document_is_under_the_cursor_afterwards(sqlite_shop: Shop) -> None:
    orders(sqlite_shop, ["first", "second"])
    async with sitting(sqlite_shop, "A1", "advisor") as pilot:
        await press(pilot, "n")
        await until(pilot, lambda: at(pilot, FormScreen))
        await write(pilot, "K00001")
        await press(pilot, "tab", "tab", "tab")
        await write(pilot, "KMT0021001")
        for _step in range(12):
            if "Complaints" in picture(pilot) and ">Complaints" in picture(pilot):
                break
            await press(pilot, "tab")
        await write(pilot, "swing noise")
        await press(pilot, "enter", "f2")
        await until(pilot, lambda: at(pilot, DeskScreen))
        await until(pilot, lambda: len(numbers(pilot)) == 3)
        row = queue(pilot).current
        assert row is not None and row.title == "swing noise"
        await until(pilot, lambda: (d := pilot.app.screen.query_one(DetailPane).detail) is not None and d.id == row.id)


async def test_leaving_a_form_keeps_the_draft_for_the_next_time(sqlite_shop: Shop) -> None:
    orders(sqlite_shop, ["boom cylinder leaks"])
    async with sitting(sqlite_shop, "A1", "advisor") as pilot:
        await press(pilot, "q")
        await until(pilot, lambda: at(pilot, FormScreen))
        await write(pilot, "How long will it take")
        await press(pilot, "escape")
        await until(pilot, lambda: at(pilot, DeskScreen))
        await until(pilot, lambda: said(pilot).startswith("The draft is kept"))
        await press(pilot, "q")
        await until(pilot, lambda: at(pilot, FormScreen))
        assert "How long will it take" in picture(pilot)


async def test_what_was_marked_to_pass_is_there_to_fail_and_gone_when_that_is_done(sqlite_shop: Shop) -> None:
    story = to(sqlite_shop, Stage.SELF_CHECKED)
    async with sitting(sqlite_shop, "Q1", "inspector") as pilot:
        await press(pilot, "y")
        await until(pilot, lambda: at(pilot, FormScreen))
        await pilot.press("enter")  # settling would wait for the checklist to be left
        await until(pilot, lambda: at(pilot, ChecklistScreen))
        await pilot.press("y", "x", "f2")
        await until(pilot, lambda: at(pilot, FormScreen))
        await press(pilot, "escape")
        await until(pilot, lambda: at(pilot, DeskScreen))
        await press(pilot, "x")
        await until(pilot, lambda: at(pilot, FormScreen))
        await until(pilot, lambda: "1 not in order" in picture(pilot))
        await press(pilot, "down")
        await write(pilot, "wrong part fitted")
        await press(pilot, "tab", "tab")
        await write(pilot, PIN)
        await press(pilot, "f2")
        await until(pilot, lambda: at(pilot, DeskScreen))
    with sqlite_shop.reader():
        assert sql.scalar("SELECT qc_fails FROM job WHERE number = ?", story.job) == 1
        assert Drafts(sqlite_shop.data_dir, who(sqlite_shop, "Q1").person).all() == []


async def test_a_colleague_was_faster_and_the_form_says_so(sqlite_shop: Shop) -> None:
    order = orders(sqlite_shop, ["boom cylinder leaks"])[0]
    async with sitting(sqlite_shop, "A1", "advisor") as pilot:
        await press(pilot, "b")
        await until(pilot, lambda: at(pilot, FormScreen))
        await write(pilot, "Mr Li")
        do(sqlite_shop, "A1", "read_back", order, confirmed_by="Mrs Li")
        await press(pilot, "f2")
        await until(pilot, lambda: "changed meanwhile" in picture(pilot).lower())


async def test_the_language_changes_in_an_open_form_and_what_was_typed_stays(sqlite_shop: Shop) -> None:
    orders(sqlite_shop, ["boom cylinder leaks"])
    async with sitting(sqlite_shop, "A1", "advisor") as pilot:
        await press(pilot, "b")
        await until(pilot, lambda: at(pilot, FormScreen))
        await write(pilot, "Mr Li")
        await press(pilot, "f12")
        assert tr("Confirmed by") in picture(pilot) and "Mr Li" in picture(pilot)
        assert tr("Confirmed by") != "Confirmed by"
