"""A scanner types: its codes are told from fingers, and go where they belong."""

import asyncio
import time

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from shopterm.db import sql
from shopterm.db.documents import find
from shopterm.db.session import Shop
from shopterm.domain.actions import action_named
from shopterm.domain.vocabulary import Doc
from shopterm.drafts import Drafts
from shopterm.screens.badge import BadgeScreen
from shopterm.screens.counter import CounterScreen
from shopterm.screens.desk import DeskScreen
from shopterm.screens.document import DocumentScreen
from shopterm.screens.driver import Keyboard
from shopterm.screens.form import FormScreen
from shopterm.screens.help import PageHelp
from shopterm.screens.jump import JumpScreen
from shopterm.screens.scans import Scanned, Scans, is_badge
from shopterm.screens.sign_in import SignInScreen
from shopterm.screens.verbs import Target
from shopterm.screens.why_not import WhyNotScreen
from tests.rules.story import Stage, to
from tests.screens.kit import at, orders, picture, press, said, sitting, until, write
from tests.screens.test_conflict import drafted, open_form
from tests.screens.test_terminal import Terminal
from tests.shopkit import PIN, do, who

BADGE = "B0009879"


def read(*chunks: bytes) -> list[str]:
    """Return what a keyboard makes of what comes without a pause; at the end there is one."""
    keyboard, scans = Keyboard(), Scans()
    found = [message for chunk in chunks for message in scans.feed(keyboard.feed(chunk))]
    return [told(message) for message in [*found, *scans.release()]]


def told(message: object) -> str:
    if isinstance(message, Scanned):
        return f"<{message.code}>"
    return message.character or message.key if isinstance(message, events.Key) else repr(message)


@pytest.mark.parametrize(
    ("chunks", "messages"),
    [
        ([b"B0009879\r"], ["<B0009879>"]),
        ([b"B", b"00", b"09879", b"\r"], ["<B0009879>"]),
        ([b"\x02b-12/x7\x03"], ["<b-12/x7>"]),
        ([b"600-311-3750\r707-98-45230\r"], ["<600-311-3750>", "<707-98-45230>"]),
        ([b"B"], ["B"]),
        ([b"12\r"], ["1", "2", "\r"]),
        ([b"abcdefgh\r"], [*"abcdefgh", "\r"]),
        ([b"B12 4567\r"], [*"B12 ", "4", "5", "6", "7", "\r"]),
        ([b"AB\x1b[A"], ["A", "B", "up"]),
    ],
)
def test_a_code_that_comes_in_one_go_is_one_message(chunks: list[bytes], messages: list[str]) -> None:
    assert read(*chunks) == messages


@pytest.mark.parametrize(
    ("code", "form", "is_one"),
    [
        (BADGE, "B#######", True),
        ("B000987", "B#######", False),
        ("B000987X", "B#######", False),
        ("B.+", "B.+", True),
        ("Bxx", "B.+", False),
        ("M-anything", "M-*", True),
        (BADGE, "", False),
    ],
)
def test_the_setting_says_what_a_badge_looks_like(code: str, form: str, is_one: bool) -> None:
    assert is_badge(code, form) is is_one


# ── in the program ───────────────────────────────────────────────────────────────────────────────────


def give_badge(shop: Shop, number: str, badge: str = BADGE) -> None:
    shop.write(lambda: sql.change("UPDATE person SET language = 'en'"))
    shop.write(lambda: sql.change("UPDATE person SET badge = ? WHERE number = ?", badge, number))


async def scan(pilot: Pilot[None], code: str) -> None:
    """Send what the driver sends for a code that came in one go."""
    keys = [events.Key(character, character) for character in code]
    pilot.app.post_message(Scanned(code, (*keys, events.Key("enter", "\r"))))
    await asyncio.sleep(0.05)
    await pilot.pause()


async def sign(pilot: Pilot[None]) -> None:
    await write(pilot, PIN)
    await press(pilot, "enter")


async def test_a_badge_on_a_desk_does_no_verb_and_offers_to_change_over(sqlite_shop: Shop) -> None:
    give_badge(sqlite_shop, "A1")
    do(sqlite_shop, "M1", "clock_in", who(sqlite_shop, "M1").person)
    async with sitting(sqlite_shop, "M1", "mechanic") as pilot:
        await scan(pilot, BADGE)
        await until(pilot, lambda: at(pilot, BadgeScreen))
        assert "Jia Zhao: your PIN." in picture(pilot)
        await press(pilot, "escape")
        assert at(pilot, DeskScreen) and "Wu Jin" in picture(pilot)
        await scan(pilot, BADGE)
        await until(pilot, lambda: at(pilot, BadgeScreen))
        await sign(pilot)
        await until(pilot, lambda: at(pilot, DeskScreen) and "Jia Zhao" in picture(pilot))
    with sqlite_shop.reader():
        assert sql.scalar("SELECT COUNT(*) FROM event WHERE action = 'start_break'") == 0


async def test_a_wrong_pin_after_a_badge_changes_nothing(sqlite_shop: Shop) -> None:
    give_badge(sqlite_shop, "A1")
    async with sitting(sqlite_shop, "M1", "mechanic") as pilot:
        await scan(pilot, BADGE)
        await until(pilot, lambda: at(pilot, BadgeScreen))
        await write(pilot, "000000")
        await press(pilot, "enter")
        await until(pilot, lambda: "Name or PIN is wrong" in picture(pilot))
        assert pilot.app.screen.query_one(Input).value == ""
        await press(pilot, "escape")
        assert "Wu Jin" in picture(pilot)


async def test_a_badge_in_a_form_types_nothing_and_loses_nothing(sqlite_shop: Shop) -> None:
    give_badge(sqlite_shop, "M2")
    story = to(sqlite_shop, Stage.REPORTED)
    async with sitting(sqlite_shop, "F1", "foreman") as pilot:
        form = await open_form(pilot, sqlite_shop, "revise_parts", story.material)
        await write(pilot, "half a reason")
        await scan(pilot, BADGE)
        await until(pilot, lambda: at(pilot, BadgeScreen))
        await sign(pilot)
        await until(pilot, lambda: at(pilot, DeskScreen) and "Ji Wu" in picture(pilot))
        assert "half a reason" not in picture(pilot)
        mine, theirs = (Drafts(sqlite_shop.data_dir, who(sqlite_shop, number).person).all() for number in ("F1", "M2"))
        assert [draft.values for draft in mine] == [{"reason": "half a reason"}]
        assert theirs == []
        await press(pilot, "ctrl+o")
        await until(pilot, lambda: at(pilot, SignInScreen))
        await write(pilot, "F1")
        await press(pilot, "enter")
        await sign(pilot)
        await until(pilot, lambda: at(pilot, FormScreen))
        assert pilot.app.screen is form
        assert form.body.raw() == {"reason": "half a reason"}


async def test_a_half_typed_pin_is_not_left_to_the_next(sqlite_shop: Shop) -> None:
    give_badge(sqlite_shop, "M2")
    story = to(sqlite_shop, Stage.REPORTED)
    async with sitting(sqlite_shop, "F1", "foreman") as pilot:
        form = await open_form(pilot, sqlite_shop, "approve_labour", story.labour)
        await write(pilot, "4829")
        await scan(pilot, BADGE)
        await until(pilot, lambda: at(pilot, BadgeScreen))
        await sign(pilot)
        await until(pilot, lambda: at(pilot, DeskScreen) and "Ji Wu" in picture(pilot))
        assert form.body.signed() == {"pin": ""}


async def test_a_part_scanned_into_another_cell_of_the_lines_is_the_next_line(sqlite_shop: Shop) -> None:
    sheet = drafted(sqlite_shop)
    async with sitting(sqlite_shop, "M1", "mechanic") as pilot:
        form = await open_form(pilot, sqlite_shop, "edit_parts", sheet)
        parts = [line["part"] for line in form.body.raw()["lines"]]
        await press(pilot, *["up"] * 3, "enter", "7")  # the first line is taken up at its quantity
        await scan(pilot, "707-98-45230")
        await press(pilot, "tab", "tab", *"worn")  # a line that waits for its part
        await scan(pilot, "600-311-3750")
        lines = form.body.raw()["lines"]
        assert [line["part"] for line in lines] == [*parts, "707-98-45230", "600-311-3750"]
        assert [lines[0]["quantity"], lines[3]["quantity"]] == ["7", "1"]
        assert [lines[3]["reason"], lines[4]["reason"]] == ["", "worn"]


async def test_a_code_scanned_right_after_the_key_is_for_the_form_that_opens(sqlite_shop: Shop) -> None:
    sheet = drafted(sqlite_shop)
    async with sitting(sqlite_shop, "M1", "mechanic") as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, DeskScreen)
        with sqlite_shop.reader():
            row = find(Doc.MATERIAL_SHEET, sheet)
        screen.resume(action_named("edit_parts"), Target(Doc.MATERIAL_SHEET, row.id, sheet, row.version))
        await scan(pilot, "07000-99999")
        await until(pilot, lambda: at(pilot, FormScreen))
        form = pilot.app.screen
        assert isinstance(form, FormScreen)
        await until(pilot, lambda: "07000-99999" in [line["part"] for line in form.body.raw()["lines"]])


async def test_a_field_that_asks_for_a_person_takes_the_badge(sqlite_shop: Shop) -> None:
    give_badge(sqlite_shop, "F1")
    story = to(sqlite_shop, Stage.INTAKE)
    async with sitting(sqlite_shop, "A1", "advisor") as pilot:
        form = await open_form(pilot, sqlite_shop, "hand_to_foreman", story.order)
        row = form.body.row("second")
        assert row
        row.enter()
        await pilot.pause()
        await scan(pilot, BADGE)
        await until(pilot, lambda: form.body.signed()["second"] == BADGE)
        assert pilot.app.screen is form


async def test_a_badge_in_the_counters_field(sqlite_shop: Shop) -> None:
    give_badge(sqlite_shop, "M2")
    async with sitting(sqlite_shop, "P1", "counter") as pilot:
        await write(pilot, "600")
        await scan(pilot, BADGE)
        await until(pilot, lambda: at(pilot, BadgeScreen))
        await press(pilot, "escape")
        assert at(pilot, CounterScreen)
        assert pilot.app.screen.query_one("#find", Input).value == "600"


async def test_a_strange_badge_and_the_own_one_are_answered(sqlite_shop: Shop) -> None:
    give_badge(sqlite_shop, "M1")
    async with sitting(sqlite_shop, "M1", "mechanic") as pilot:
        await scan(pilot, "B7777777")
        await until(pilot, lambda: "nobody" in said(pilot))
        await scan(pilot, BADGE)
        await until(pilot, lambda: "already" in said(pilot))


async def test_a_badge_at_the_sign_in_asks_the_pin(sqlite_shop: Shop) -> None:
    give_badge(sqlite_shop, "M1")
    async with sitting(sqlite_shop) as pilot:
        await scan(pilot, BADGE)
        await until(pilot, lambda: "PIN" in picture(pilot))
        await sign(pilot)
        await until(pilot, lambda: at(pilot, DeskScreen))


async def test_a_documents_number_scanned_opens_it_from_desk_page_board_and_form(sqlite_shop: Shop) -> None:
    first, second = orders(sqlite_shop, ["boom cylinder leaks", "swing noise"])
    async with sitting(sqlite_shop, "A1", "advisor") as pilot:
        await scan(pilot, second)
        await until(pilot, lambda: at(pilot, DocumentScreen) and second[4:] in picture(pilot))
        await scan(pilot, first)
        await until(pilot, lambda: at(pilot, DocumentScreen) and first[4:] in picture(pilot))
        await press(pilot, "escape", "escape", "2")
        await scan(pilot, first)
        await until(pilot, lambda: at(pilot, DocumentScreen) and first[4:] in picture(pilot))
        await press(pilot, "escape", "1")
        form = await open_form(pilot, sqlite_shop, "promise", first)
        await write(pilot, "16:3")
        await scan(pilot, second)
        await until(pilot, lambda: at(pilot, DocumentScreen) and second[4:] in picture(pilot))
        assert "What you typed is kept; Esc comes back to the form." in [n.message for n in pilot.app._notifications]
        await press(pilot, "escape")
        assert pilot.app.screen is form
        assert form.body.raw()["promised"] == "16:3"


async def test_a_part_is_jumped_to_as_well(sqlite_shop: Shop) -> None:
    async with sitting(sqlite_shop, "M1", "mechanic") as pilot:
        await press(pilot, "full_stop")
        await write(pilot, "708-2L-00300")
        await press(pilot, "enter")
        await until(pilot, lambda: at(pilot, DocumentScreen))
        assert "Main pump" in picture(pilot)


async def test_help_and_jump_and_why_not_are_one_key_where_letters_type(sqlite_shop: Shop) -> None:
    story = to(sqlite_shop, Stage.REPORTED)
    async with sitting(sqlite_shop, "F1", "foreman") as pilot:
        form = await open_form(pilot, sqlite_shop, "revise_parts", story.material)
        await write(pilot, "x")
        await press(pilot, "f1")
        assert at(pilot, PageHelp)
        seen = picture(pilot)
        assert all(told in seen for told in ("This field", "Reason", "must be filled in", "This action", "SHP-4.1"))
        await press(pilot, "f12")
        assert "Reason" not in picture(pilot) and "原因" in picture(pilot)
        await press(pilot, "f12", "escape", "ctrl+y")
        await until(pilot, lambda: at(pilot, WhyNotScreen) and "Can be done now" in picture(pilot))
        await press(pilot, "escape", "ctrl+f")
        assert at(pilot, JumpScreen)
        await press(pilot, "escape")
        assert pilot.app.screen is form
        assert form.body.raw() == {"reason": "x"}


async def test_why_not_on_the_counter_where_letters_type(sqlite_shop: Shop) -> None:
    to(sqlite_shop, Stage.REPORTED)
    async with sitting(sqlite_shop, "P1", "counter") as pilot:
        await press(pilot, "ctrl+y")
        await until(pilot, lambda: at(pilot, WhyNotScreen, CounterScreen))


# ── on a real terminal ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("pause", [0.0, 0.004])
def test_a_scanner_at_a_real_terminal(sqlite_shop: Shop, pause: float) -> None:
    """Its B is the key for the break, its digits are other desks: neither is pressed."""
    give_badge(sqlite_shop, "A1")
    do(sqlite_shop, "M1", "clock_in", who(sqlite_shop, "M1").person)
    number = orders(sqlite_shop, ["boom cylinder leaks"])[0]
    terminal = Terminal(sqlite_shop.data_dir, "M1", "mechanic")
    try:
        terminal.wait_for("Mechanic")
        scanned(terminal, number, pause)
        terminal.wait_for("boom cylinder leaks")
        scanned(terminal, BADGE, pause)
        terminal.wait_for("Jia Zhao: your PIN.")
        terminal.send(b"\x1b")
        terminal.wait_for("boom cylinder leaks")
        scanned(terminal, BADGE, pause)
        terminal.wait_for("Jia Zhao: your PIN.")
        terminal.send(PIN.encode() + b"\r")
        terminal.wait_for("Reception")
        terminal.send(b"\x11")
        assert terminal.ended() == 0
    finally:
        terminal.process.close(force=True)
    with sqlite_shop.reader():
        assert sql.scalar("SELECT COUNT(*) FROM event WHERE action = 'start_break'") == 0


def scanned(terminal: Terminal, code: str, pause: float) -> None:
    """Send a code as a scanner does: at once, or character by character."""
    for part in [code + "\r"] if not pause else [*code, "\r"]:
        terminal.send(part.encode())
        time.sleep(pause)


def test_fingers_at_a_real_terminal_still_press_keys(sqlite_shop: Shop) -> None:
    do(sqlite_shop, "M1", "clock_in", who(sqlite_shop, "M1").person)
    terminal = Terminal(sqlite_shop.data_dir, "M1", "mechanic")
    try:
        terminal.wait_for("Mechanic")
        terminal.send(b"B")
        end = time.monotonic() + 10
        while time.monotonic() < end and not breaks(sqlite_shop):
            terminal.read(0.05)
        assert breaks(sqlite_shop) == 1
    finally:
        terminal.process.close(force=True)


def breaks(shop: Shop) -> int:
    with shop.reader():
        return int(sql.scalar("SELECT COUNT(*) FROM event WHERE action = 'start_break'"))
