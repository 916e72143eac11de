"""The desk: what waits, what can be done to it, and why not."""

import asyncio
from uuid import uuid4

import pytest

from shopterm.db.session import Shop
from shopterm.i18n import language, tr
from shopterm.screens.desk import DeskScreen
from shopterm.screens.document import DocumentScreen
from shopterm.screens.form import FormScreen
from shopterm.screens.why_not import WhyNotScreen
from shopterm.screens.widgets.detail_pane import DetailPane
from shopterm.screens.widgets.key_bar import KeyBar
from shopterm.usecases.request import Request
from tests.rules.story import Stage, to
from tests.screens.kit import at, numbers, orders, picture, press, queue, said, sitting, until, write
from tests.shopkit import do


@pytest.fixture
def order(sqlite_shop: Shop) -> str:
    return orders(sqlite_shop, ["boom cylinder leaks"])[0]


async def test_an_empty_desk_says_what_to_do_next(sqlite_shop: Shop) -> None:
    async with sitting(sqlite_shop, "A1", "advisor") as pilot:
        assert "A new visit begins with a new order" in picture(pilot)


async def test_the_queue_the_document_the_reason_and_the_keys_are_there_at_once(sqlite_shop: Shop, order: str) -> None:
    async with sitting(sqlite_shop, "A1", "advisor") as pilot:
        assert numbers(pilot) == [order]
        detail = pilot.app.screen.query_one(DetailPane).detail
        assert detail is not None and detail.number == order
        assert "read back" in said(pilot) and "ADV-3.1" in said(pilot) and "service advisor" in said(pilot)
        shown = {hint.label: hint.usable for hint in pilot.app.screen.query_one(KeyBar).hints}
        assert shown["Read back"] and not shown["Customer signs intake"]
        assert "New order" in shown and "Why not?" in shown


async def test_every_usable_key_is_seen_whole_at_80_columns(sqlite_shop: Shop, order: str) -> None:
    async with sitting(sqlite_shop, "A1", "advisor") as pilot:
        seen = " ".join(picture(pilot).split())
        for hint in pilot.app.screen.query_one(KeyBar).hints:
            assert f"{hint.key} {hint.label}" in seen


async def test_a_refused_verb_says_why_and_changes_nothing(sqlite_shop: Shop, order: str) -> None:
    async with sitting(sqlite_shop, "A1", "advisor") as pilot:
        await press(pilot, "s")
        await until(pilot, lambda: "has not been read back" in said(pilot))
        await press(pilot, "z")
        await until(pilot, lambda: "foreman" in said(pilot) and "Close shop side" in said(pilot))


async def test_a_verb_without_a_form_is_done_at_once_and_said(sqlite_shop: Shop) -> None:
    async with sitting(sqlite_shop, "M1", "mechanic") as pilot:
        assert "Not come in yet" in picture(pilot)
        await press(pilot, "I")
        await until(pilot, lambda: "Good work today" in said(pilot))
        await until(pilot, lambda: "Present; nothing runs" in picture(pilot))
        await until(pilot, lambda: "U Clock out" in picture(pilot))


async def test_why_not_lists_every_verb_with_rule_and_who(sqlite_shop: Shop, order: str) -> None:
    async with sitting(sqlite_shop, "A1", "advisor") as pilot:
        await press(pilot, "question_mark")
        assert at(pilot, WhyNotScreen)
        assert "Can be done now" in picture(pilot)
        await press(pilot, "end")
        assert "Done by others" in picture(pilot)
        await press(pilot, "escape")
        assert at(pilot, DeskScreen)


async def test_enter_opens_the_document_and_a_digit_a_related_one(sqlite_shop: Shop, order: str) -> None:
    async with sitting(sqlite_shop, "A1", "advisor") as pilot:
        await press(pilot, "enter")
        assert at(pilot, DocumentScreen)
        assert "History" in picture(pilot) or "Jobs" in picture(pilot)
        await press(pilot, "1")
        await until(pilot, lambda: f"{order.removeprefix('C01-')}/1" in picture(pilot).splitlines()[0])
        await press(pilot, "escape", "escape")
        assert at(pilot, DeskScreen)


async def test_the_cursor_stays_on_its_document_while_colleagues_work(sqlite_shop: Shop, order: str) -> None:
    second = orders(sqlite_shop, ["swing noise"])[0]
    async with sitting(sqlite_shop, "A1", "advisor") as pilot:
        await press(pilot, "down")
        before = queue(pilot).current
        do(sqlite_shop, "A1", "promise", order, promised="2031-01-01 10:00")  # moves to the end of the queue
        third = orders(sqlite_shop, ["no air conditioning"])[0]
        await until(pilot, lambda: third in numbers(pilot))
        row = queue(pilot).current
        assert row is not None and before is not None and row.number == before.number == second
        assert "•" in picture(pilot)  # a soft sign for what is new


async def test_what_comes_under_the_cursor_by_itself_is_not_meant_by_the_next_key(
    sqlite_shop: Shop, order: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shopterm.screens.desk.OWN", 0.0)  # they have been looking at the desk for a while
    orders(sqlite_shop, ["swing noise"])
    async with sitting(sqlite_shop, "A1", "advisor") as pilot:
        assert order in numbers(pilot)
        do(sqlite_shop, "A1", "cancel_order", order, reason="sold")
        await until(pilot, lambda: order not in numbers(pilot))
        assert said(pilot).endswith("is done with here; the cursor is on WO-2611-0002 now.")
        await press(pilot, "X")
        assert at(pilot, DeskScreen) and said(pilot).endswith("press the key again.")
        await asyncio.sleep(1)
        await press(pilot, "X")
        await until(pilot, lambda: at(pilot, FormScreen))


async def test_what_was_made_is_told_while_the_cursor_goes_to_it(sqlite_shop: Shop, order: str) -> None:
    complaints = [{"text": "swing noise"}]
    async with sitting(sqlite_shop, "A1", "advisor") as pilot:
        await until(pilot, lambda: numbers(pilot) == [order])
        screen = pilot.app.screen
        assert isinstance(screen, DeskScreen)
        values = {"serial": "KMT0021001", "customer": "K00001", "complaints": complaints}
        done = await screen.write(Request("open_order", "new", values, str(uuid4())))
        screen._tell(done)
        await until(pilot, lambda: screen.target is not None and screen.target.number == done.number)
        assert said(pilot) == f"Order {done.number} is open."


async def test_after_ones_own_verb_the_cursor_goes_on_to_the_same_visit(sqlite_shop: Shop) -> None:
    to(sqlite_shop, Stage.IN_SHOP)
    story = to(sqlite_shop, Stage.FOREMAN)
    do(sqlite_shop, "M1", "joint_inspection", story.order, second="A1")
    async with sitting(sqlite_shop, "M1", "mechanic") as pilot:
        queue(pilot).go_to(next((row.doc, row.id) for row in queue(pilot).rows if row.number == story.order))
        await press(pilot, "d", *"B1", "f2")
        await until(pilot, lambda: at(pilot, DeskScreen) and story.order not in numbers(pilot))
        current = queue(pilot).current
        assert current is not None and current.number == story.job
        await press(pilot, "t")
        await until(pilot, lambda: said(pilot).endswith("✓"))


async def test_a_key_of_another_kind_of_document_is_answered(sqlite_shop: Shop) -> None:
    story = to(sqlite_shop, Stage.FOREMAN)
    async with sitting(sqlite_shop, "F1", "foreman") as pilot:
        queue(pilot).go_to(next((row.doc, row.id) for row in queue(pilot).rows if row.number == story.order))
        await press(pilot, "L")
        assert said(pilot) == "L Assign: only with the cursor on job."


async def test_search_narrows_and_escape_shows_everything_again(sqlite_shop: Shop, order: str) -> None:
    orders(sqlite_shop, ["swing noise"])
    async with sitting(sqlite_shop, "A1", "advisor") as pilot:
        await press(pilot, "slash")
        await write(pilot, "swing")
        await until(pilot, lambda: len(numbers(pilot)) == 1)
        await press(pilot, "enter", "escape")
        await until(pilot, lambda: len(numbers(pilot)) == 2)


async def test_what_is_typed_into_the_search_field_is_no_verb(sqlite_shop: Shop, order: str) -> None:
    async with sitting(sqlite_shop, "A1", "advisor") as pilot:
        await press(pilot, "slash")
        await write(pilot, "bX?")
        assert at(pilot, DeskScreen)
        assert "fits “bX?”" in picture(pilot)


async def test_sorting_goes_through_the_columns(sqlite_shop: Shop, order: str) -> None:
    second = orders(sqlite_shop, ["swing noise"])[0]
    do(sqlite_shop, "A1", "promise", order, promised="2031-01-01 10:00")
    async with sitting(sqlite_shop, "A1", "advisor") as pilot:
        assert numbers(pilot) == [second, order]
        await press(pilot, "less_than_sign")
        await until(pilot, lambda: order in numbers(pilot))
        assert "Number▾" in picture(pilot)


async def test_a_full_queue_is_read_page_by_page(sqlite_shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shopterm.screens.reading.PAGE", 3)
    monkeypatch.setattr("shopterm.screens.desk.PAGE", 3)
    made = orders(sqlite_shop, [f"fault {n}" for n in range(5)])
    async with sitting(sqlite_shop, "A1", "advisor") as pilot:
        assert numbers(pilot) == made[:3]
        assert "1–3/5" in picture(pilot)
        await press(pilot, "end", "down")
        await until(pilot, lambda: numbers(pilot) == made[3:])
        await press(pilot, "up")
        await until(pilot, lambda: numbers(pilot) == made[:3])


async def test_the_other_language_is_spoken_at_once_and_remembered(sqlite_shop: Shop, order: str) -> None:
    async with sitting(sqlite_shop, "A1", "advisor") as pilot:
        assert language() == "en"
        await press(pilot, "f12")
        assert language() == "zh"
        assert tr("State") in picture(pilot) and tr("Read back") in picture(pilot)
    async with sitting(sqlite_shop, "A1", "advisor"):
        assert language() == "zh"


async def test_a_wider_terminal_shows_the_document_beside_and_numbers_whole(sqlite_shop: Shop, order: str) -> None:
    async with sitting(sqlite_shop, "A1", "advisor") as pilot:
        await pilot.resize_terminal(132, 43)
        await until(pilot, lambda: pilot.app.screen.query_one(DetailPane).region.x > 60)
        assert order[4:] in picture(pilot)
        await pilot.resize_terminal(200, 50)
        await until(pilot, lambda: "Promised" in picture(pilot))
        await pilot.resize_terminal(60, 20)
        await until(pilot, lambda: "All actions" in picture(pilot))
        assert order[4:] in picture(pilot)


async def test_what_gives_a_visit_up_is_not_told_as_what_keeps_it_here(sqlite_shop: Shop) -> None:
    order = to(sqlite_shop, Stage.DRAFTED).order
    async with sitting(sqlite_shop, "A1", "advisor") as pilot:
        await until(pilot, lambda: numbers(pilot) == [order])
        assert "Cancel" not in said(pilot)


async def test_the_job_one_is_clocked_on_to_is_marked(sqlite_shop: Shop) -> None:
    story = to(sqlite_shop, Stage.CONFIRMED)
    async with sitting(sqlite_shop, "M1", "mechanic") as pilot:
        await until(pilot, lambda: story.job in numbers(pilot))
        assert f"* {story.job[4:]}" not in picture(pilot)
        do(sqlite_shop, "M1", "clock_on", story.job)
        await until(pilot, lambda: f"* {story.job[4:]}" in picture(pilot))
