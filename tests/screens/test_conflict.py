"""Two people at one document: nothing is overwritten unseen, nothing unseen is signed, nothing typed is lost."""

from typing import Any

import pytest
from textual.pilot import Pilot

from shopterm.db import sql
from shopterm.db.documents import find
from shopterm.db.session import Shop
from shopterm.domain.actions import action_named
from shopterm.domain.errors import ShopError
from shopterm.screens.asking import ask_form
from shopterm.screens.conflict import ConflictScreen
from shopterm.screens.form import FormScreen
from shopterm.screens.verb_screen import VerbScreen
from shopterm.screens.verbs import Target
from tests.rules.story import Stage, to
from tests.screens.form_host import answer
from tests.screens.kit import at, picture, press, sitting, until, write
from tests.shopkit import FILTER, KIT, PIN, RING, do


def stored(shop: Shop, sheet: str) -> list[tuple[str, int]]:
    with shop.reader():
        return sql.rows(
            "SELECT l.text, l.quantity FROM material_line l "
            "JOIN material_sheet s ON s.id = l.sheet_id AND s.rev = l.rev "
            "WHERE s.number = ? ORDER BY l.line",
            sheet,
        )


async def open_form(pilot: Pilot[None], shop: Shop, verb: str, number: str) -> FormScreen:
    """Open the form of a verb on a document, as the desk does when the key is pressed."""
    screen = pilot.app.screen
    assert isinstance(screen, VerbScreen)
    doc = action_named(verb).doc
    with shop.reader():
        row = find(doc, number)
    target = Target(doc, row.id, number, row.version)
    screen.run_worker(ask_form(screen, action_named(verb), target), group="perform")
    await until(pilot, lambda: at(pilot, FormScreen))
    form = pilot.app.screen
    assert isinstance(form, FormScreen)
    return form


def drafted(shop: Shop) -> str:
    """Report three parts on a sheet that is a draft still."""
    story = to(shop, Stage.IN_SHOP)
    do(shop, "F1", "assign_job", story.job, lead="M1", helpers="M2")
    lines = [{"part": FILTER, "quantity": "1"}, {"part": KIT, "quantity": "1"}, {"part": RING, "quantity": "4"}]
    return do(shop, "M1", "report_parts", story.job, lines=lines, note="").made[0][2]


def colleague(shop: Shop, sheet: str) -> None:
    """Let the helper change two lines."""
    lines = [{"part": FILTER, "quantity": "2"}, {"part": KIT, "quantity": "1"}, {"part": RING, "quantity": "6"}]
    do(shop, "M2", "edit_parts", sheet, lines=lines)


def typed(form: FormScreen, **values: Any) -> None:
    form.body.fill(values)


MINE = [
    {"part": FILTER, "quantity": "1", "reason": "", "old_part": "y"},
    {"part": KIT, "quantity": "2", "reason": "", "old_part": "y"},
    {"part": RING, "quantity": "9", "reason": "", "old_part": "y"},
]


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_two_mechanics_change_one_sheet(sqlite_shop: Shop, language: str) -> None:
    sheet = drafted(sqlite_shop)
    async with sitting(sqlite_shop, "M1", "mechanic", language=language) as pilot:
        form = await open_form(pilot, sqlite_shop, "edit_parts", sheet)
        typed(form, lines=MINE)
        colleague(sqlite_shop, sheet)
        await press(pilot, "f2")
        await until(pilot, lambda: at(pilot, ConflictScreen))
        seen = picture(pilot)
        assert ("Ji Wu" if language == "en" else "吴己") in seen
        assert all(part in seen for part in (FILTER, KIT, RING))
        assert stored(sqlite_shop, sheet)[1] == (KIT, 1000)  # nothing of mine is there yet
        await press(pilot, "f2")
        assert at(pilot, ConflictScreen)  # the O-ring was changed by both: it is asked
        await press(pilot, "m", "f2")
        await until(pilot, lambda: not at(pilot, ConflictScreen, FormScreen))
    assert stored(sqlite_shop, sheet) == [(FILTER, 2000), (KIT, 2000), (RING, 9000)]


async def test_theirs_is_one_key_too_and_escape_loses_nothing(sqlite_shop: Shop) -> None:
    sheet = drafted(sqlite_shop)
    async with sitting(sqlite_shop, "M1", "mechanic") as pilot:
        form = await open_form(pilot, sqlite_shop, "edit_parts", sheet)
        typed(form, lines=MINE, note="mine")
        colleague(sqlite_shop, sheet)
        await press(pilot, "f2")
        await until(pilot, lambda: at(pilot, ConflictScreen))
        await press(pilot, "escape")
        assert pilot.app.screen is form
        assert answer(form) == "Not saved yet: F2 shows again what changed."
        assert [line["quantity"] for line in form.body.raw()["lines"]] == ["1", "2", "9"]
        assert stored(sqlite_shop, sheet)[2] == (RING, 6000)
        await press(pilot, "f2")
        await until(pilot, lambda: at(pilot, ConflictScreen))
        await press(pilot, "t", "f2")
        await until(pilot, lambda: not at(pilot, ConflictScreen, FormScreen))
    assert stored(sqlite_shop, sheet) == [(FILTER, 2000), (KIT, 2000), (RING, 6000)]


async def test_a_third_change_while_choosing_is_shown_again(sqlite_shop: Shop) -> None:
    sheet = drafted(sqlite_shop)
    async with sitting(sqlite_shop, "M1", "mechanic") as pilot:
        form = await open_form(pilot, sqlite_shop, "edit_parts", sheet)
        typed(form, lines=MINE)
        colleague(sqlite_shop, sheet)
        await press(pilot, "f2")
        await until(pilot, lambda: at(pilot, ConflictScreen))
        do(sqlite_shop, "M2", "edit_parts", sheet, lines=[{"part": RING, "quantity": "8"}])
        await press(pilot, "m", "f2")
        await until(pilot, lambda: at(pilot, ConflictScreen) and "quantity 8" in picture(pilot).lower())
        await press(pilot, "m", "m", "m", "f2")
        await until(pilot, lambda: not at(pilot, ConflictScreen, FormScreen))
    assert stored(sqlite_shop, sheet)[0] == (RING, 9000)


async def test_a_foreman_never_signs_what_was_not_seen(sqlite_shop: Shop) -> None:
    sheet = drafted(sqlite_shop)
    do(sqlite_shop, "M1", "submit_parts", sheet)
    async with sitting(sqlite_shop, "F1", "foreman") as pilot:
        form = await open_form(pilot, sqlite_shop, "approve_parts", sheet)
        await press(pilot, "y", "enter")
        await write(pilot, PIN)
        do(sqlite_shop, "M1", "revise_parts", sheet, reason="more")
        colleague(sqlite_shop, sheet)
        do(sqlite_shop, "M1", "submit_parts", sheet)
        await press(pilot, "f2")
        await until(pilot, lambda: at(pilot, ConflictScreen))
        seen = picture(pilot)
        assert "+ 1 · 600-311-3750" in seen or "600-311-3750" in seen
        assert "sign again" in seen
        assert signatures(sqlite_shop, sheet) == 0
        await press(pilot, "f2")
        assert pilot.app.screen is form
        assert form.body.signed() == {"pin": ""}
        assert "sign again with your PIN" in answer(form)
        assert signatures(sqlite_shop, sheet) == 0
        await write(pilot, PIN)
        await press(pilot, "f2")
        await until(pilot, lambda: not at(pilot, FormScreen))
    assert signatures(sqlite_shop, sheet) == 1


def signatures(shop: Shop, sheet: str) -> int:
    with shop.reader():
        return int(
            sql.scalar(
                "SELECT COUNT(*) FROM signature g JOIN material_sheet s ON s.id = g.doc_id WHERE s.number = ? "
                "AND g.doc = 'material_sheet' AND g.voided IS NULL",
                sheet,
            )
        )


async def test_what_was_signed_meanwhile_is_not_merged_into(sqlite_shop: Shop) -> None:
    sheet = drafted(sqlite_shop)
    async with sitting(sqlite_shop, "M1", "mechanic") as pilot:
        form = await open_form(pilot, sqlite_shop, "edit_parts", sheet)
        typed(form, lines=MINE)
        do(sqlite_shop, "M2", "submit_parts", sheet)
        do(sqlite_shop, "F1", "approve_parts", sheet, old_parts_seen=True)
        await press(pilot, "f2")
        await until(pilot, lambda: "It is: Approved" in answer(form) or "approved" in answer(form).lower())
        assert pilot.app.screen is form
        assert [line["quantity"] for line in form.body.raw()["lines"]] == ["1", "2", "9"]
    assert [quantity for _part, quantity in stored(sqlite_shop, sheet)] == [1000, 1000, 4000]


async def test_a_draft_of_yesterday_meets_todays_sheet(sqlite_shop: Shop) -> None:
    sheet = drafted(sqlite_shop)
    async with sitting(sqlite_shop, "M1", "mechanic") as pilot:
        form = await open_form(pilot, sqlite_shop, "edit_parts", sheet)
        typed(form, lines=MINE)
        await press(pilot, "escape")
        await until(pilot, lambda: not at(pilot, FormScreen))
        colleague(sqlite_shop, sheet)
        form = await open_form(pilot, sqlite_shop, "edit_parts", sheet)
        assert "The document has changed since: F2 shows what." in answer(form)
        await press(pilot, "f2")
        await until(pilot, lambda: at(pilot, ConflictScreen))
        await press(pilot, "m", "f2")
        await until(pilot, lambda: not at(pilot, ConflictScreen, FormScreen))
    assert stored(sqlite_shop, sheet) == [(FILTER, 2000), (KIT, 2000), (RING, 9000)]


def test_two_quotes_at_once_are_one_quote(shop: Shop) -> None:
    story = to(shop, Stage.PRICED)
    do(shop, "A1", "make_quote", story.order)
    with pytest.raises(ShopError) as refused:
        do(shop, "A1", "make_quote", story.order)
    assert refused.value.exit_status == 3
