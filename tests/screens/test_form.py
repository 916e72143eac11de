"""Filling in a form: nothing typed is lost, nothing is done or signed by accident."""

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from shopterm.domain.actions import TABLE
from shopterm.domain.errors import Conflict, Invalid, Problem, Refused, SignInFailed, Unavailable
from shopterm.drafts import Draft
from shopterm.i18n import use
from shopterm.screens.form_data import Ending
from shopterm.screens.widgets.lines_editor import LinesEditor
from tests.screens.form_host import Host, answer, said_at, settle

Running = tuple[Host, Pilot[None]]


@pytest.fixture
async def running(tmp_path: Path) -> AsyncIterator[Running]:
    host = Host(tmp_path)
    async with host.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        yield host, pilot


async def type_in(pilot: Pilot[None], text: str) -> None:
    await pilot.press(*text)


# ── doing it ─────────────────────────────────────────────────────────────────────────────────────────


async def test_f2_does_it_once_with_what_was_typed(running: Running) -> None:
    host, pilot = running
    form = await host.open(pilot, "wait_job")
    await pilot.press("2", "enter")
    await type_in(pilot, "16:30")
    await pilot.press("f2", "f2")
    await settle(pilot)
    (request,) = host.requests
    assert request.values == {"reason": "bay", "due": "16:30", "note": ""}
    assert (request.action, request.ref, request.version, request.pin) == ("wait_job", 5, 3, None)
    assert host.endings == [Ending.DONE]
    assert host.drafts.all() == []
    assert form is not host.screen


async def test_enter_goes_on_and_never_does_it(running: Running) -> None:
    host, pilot = running
    form = await host.open(pilot, "take_in")
    await type_in(pilot, "B1")
    await pilot.press("enter", "enter", "enter")
    await settle(pilot)
    assert host.requests == []
    assert answer(form) == "F2 saves."


async def test_a_signing_form_takes_the_pin_and_f2(running: Running) -> None:
    host, pilot = running
    form = await host.open(pilot, "cancel_order")
    await type_in(pilot, "sold")
    await pilot.press("f2")
    await settle(pilot)
    assert host.requests == []
    assert said_at(form, "pin") == "This is missing."
    await type_in(pilot, "482913")
    await pilot.press("enter", "enter")
    await settle(pilot)
    assert host.requests == []
    assert answer(form) == "F2 signs and saves."
    await pilot.press("f2")
    await settle(pilot)
    assert [request.pin for request in host.requests] == ["482913"]


async def test_a_second_person_signs_in_the_same_form(running: Running) -> None:
    host, pilot = running
    await host.open(pilot, "hand_to_foreman")
    for text in ("repair", "111222", "F01", "333444"):
        await type_in(pilot, text)
        await pilot.press("enter")
    await pilot.press("f2")
    await settle(pilot)
    (request,) = host.requests
    assert request.pin == "111222"
    assert request.second and (request.second.person, request.second.pin) == ("F01", "333444")


async def test_a_pin_typed_where_it_can_be_read_does_not_stay_there(running: Running) -> None:
    host, pilot = running
    form = await host.open(pilot, "cancel_order")
    await type_in(pilot, "482913")
    await pilot.press("f2")
    await settle(pilot)
    assert host.requests == []
    assert form.body.raw()["reason"] == ""
    assert said_at(form, "reason").startswith("A number that may be a PIN was taken out")
    assert form.body.here is form.body.row("pin")
    await type_in(pilot, "482913")
    reason = form.body.row("reason")
    assert reason
    reason.enter()
    await pilot.pause()
    await type_in(pilot, "123456")  # who has signed meant the number
    await pilot.press("f2")
    await settle(pilot)
    assert [request.values["reason"] for request in host.requests] == ["123456"]


async def test_a_pin_typed_into_a_line_is_hidden_and_does_not_stay_there(running: Running) -> None:
    host, pilot = running
    form = await host.open(pilot, "sign_warranty")
    await type_in(pilot, "737338")
    cell = form.query_one(LinesEditor).cells[0]
    assert isinstance(cell, Input) and cell.password
    await pilot.press("f2")
    await settle(pilot)
    assert (host.requests, form.body.raw()["lines"]) == ([], [])
    assert form.body.here is form.body.row("pin")


async def test_digits_alone_are_hidden_where_the_second_signer_is_asked(running: Running) -> None:
    host, pilot = running
    form = await host.open(pilot, "hand_to_foreman")
    row = form.body.row("second")
    assert row and isinstance(row.editor_widget, Input)
    row.enter()
    await pilot.pause()
    hidden = []
    for typed in ("3344", "M02"):
        await pilot.press("ctrl+u")
        await type_in(pilot, typed)
        hidden.append(row.editor_widget.password)
    assert hidden == [True, False]
    await pilot.press("tab")
    await settle(pilot)
    assert said_at(form, "second") == "李强"


async def test_what_the_document_gave_is_replaced_by_typing_and_what_was_typed_is_not(running: Running) -> None:
    host, pilot = running
    form = await host.open(pilot, "take_in", prefill={"bay": "B-3"})
    await type_in(pilot, "B-4")
    assert form.body.raw()["bay"] == "B-4"
    form.set_focus(None)
    form.body.rows[0].enter()
    await pilot.pause()
    await type_in(pilot, "x")
    assert form.body.raw()["bay"] == "B-4x"


async def test_a_form_begins_where_something_is_missing(running: Running) -> None:
    host, pilot = running
    expected = {"sign_intake": "signed_by", "sign_warranty": "lines", "call_quote": "answers", "issue_parts": "lines"}
    for name, first in expected.items():
        form = await host.open(pilot, name)
        assert form.body.here is form.body.row(first)
    given: dict[str, tuple[dict[str, Any], str]] = {
        "sign_intake": ({"signed_by": "Qian"}, "pin"),
        "sign_warranty": ({"lines": [{"line": 1}]}, "pin"),
        "call_quote": ({"answers": [{"job": 1}]}, "spoke"),
        "issue_parts": ({"lines": [{"part": "A"}]}, "lines"),  # there parts are scanned
        "take_in": ({"bay": "B-3"}, "bay"),  # nothing is missing, and nothing is signed
    }
    for name, (prefill, first) in given.items():
        form = await host.open(pilot, name, prefill=prefill)
        assert form.body.here is form.body.row(first)


async def test_tab_ends_at_the_last_field_and_does_not_begin_anew(running: Running) -> None:
    host, pilot = running
    form = await host.open(pilot, "cancel_order")
    await pilot.press("shift+tab")
    assert form.body.here is form.body.row("reason")
    await pilot.press("tab", "tab", "tab")
    await pilot.pause()
    assert form.body.here is form.body.row("pin")
    assert answer(form) == "F2 signs and saves."


async def test_a_wrong_pin_is_asked_again_and_the_rest_stays(running: Running) -> None:
    host, pilot = running
    form = await host.open(pilot, "cancel_order")
    host.errors = [SignInFailed("Name, badge or PIN do not fit.")]
    await type_in(pilot, "sold")
    await pilot.press("enter")
    await type_in(pilot, "000000")
    await pilot.press("f2")
    await settle(pilot)
    assert answer(form) == "Name, badge or PIN do not fit."
    assert form.body.raw() == {"reason": "sold"}
    assert form.body.signed() == {"pin": ""}
    await type_in(pilot, "482913")  # the PIN has the keyboard
    await pilot.press("f2")
    await settle(pilot)
    assert [request.pin for request in host.requests] == ["000000", "482913"]
    assert len({request.op_id for request in host.requests}) == 1
    assert host.endings == [Ending.DONE]


async def test_what_is_said_at_a_field_stays_when_the_pin_is_emptied(running: Running) -> None:
    host, pilot = running
    form = await host.open(pilot, "cancel_order")
    host.errors = [Invalid([Problem("reason", "Say more.")])]
    await type_in(pilot, "sold")
    await pilot.press("tab")
    await type_in(pilot, "482913")
    await pilot.press("f2")
    await settle(pilot)
    await pilot.pause(0.1)
    assert (said_at(form, "reason"), form.body.signed()) == ("Say more.", {"pin": ""})
    await type_in(pilot, "!")
    await pilot.pause(0.1)
    assert said_at(form, "reason") != "Say more."


async def test_a_refusal_is_said_with_its_rule_and_the_form_stays(running: Running) -> None:
    host, pilot = running
    form = await host.open(pilot, "take_in")
    host.errors = [Refused("The machine is not washed.", "SHP-1.4", ["foreman"])]
    await type_in(pilot, "B1")
    await pilot.press("f2")
    await settle(pilot)
    assert answer(form).startswith("The machine is not washed. [SHP-1.4")
    assert form.body.raw() == {"bay": "B1"}
    assert host.endings == []


async def test_a_conflict_is_said_and_an_outage_keeps_the_draft(running: Running) -> None:
    host, pilot = running
    form = await host.open(pilot, "take_in")
    host.errors = [Conflict("Changed meanwhile."), Unavailable("Nothing was saved.")]
    await type_in(pilot, "B1")
    await pilot.press("f2")
    await settle(pilot)
    assert answer(form) == "Changed meanwhile."
    await pilot.press("f2")
    await settle(pilot)
    assert answer(form) == "Nothing was saved. Your draft is kept."
    await pilot.press("escape")
    await settle(pilot)
    assert [draft.values for draft in host.drafts.all()] == [{"bay": "B1"}]


async def test_what_the_use_case_refuses_is_said_at_the_field(running: Running) -> None:
    host, pilot = running
    form = await host.open(pilot, "assign_job")
    host.errors = [Invalid([Problem("lead", "There is no such person."), Problem("more", "Strange.")])]
    await type_in(pilot, "M99")
    await pilot.press("f2")
    await settle(pilot)
    assert said_at(form, "lead") == "There is no such person."
    assert answer(form) == "Please check the marked fields. Strange."
    await pilot.press("backspace")
    await pilot.pause()
    assert said_at(form, "lead") == ""


async def test_a_field_is_checked_when_it_is_left(running: Running) -> None:
    host, pilot = running
    form = await host.open(pilot, "promise")
    await type_in(pilot, "half past four")
    await pilot.press("enter")
    await pilot.pause()
    assert said_at(form, "promised").startswith("A date and time is expected")
    assert form.body.raw()["promised"] == "half past four"


# ── what comes from elsewhere than the fingers ───────────────────────────────────────────────────────


async def test_pasted_escapes_and_returns_neither_do_nor_sign(running: Running) -> None:
    host, pilot = running
    form = await host.open(pilot, "cancel_order")
    for focused in range(2):
        assert form.focused
        form.focused.post_message(events.Paste("x\r482913\r\x1bOQ\x1b[12~\ny"))
        await settle(pilot)
        await pilot.press("enter")
        assert host.requests == [], focused
    assert form.body.raw() == {"reason": "x 482913 \ufffdOQ\ufffd[12~ y"}
    assert host.screen is form


async def test_markup_and_control_characters_are_shown_as_they_are(running: Running) -> None:
    host, pilot = running
    form = await host.open(
        pilot,
        "report_parts",
        prefill={"lines": [{"part": "[@click=app.exit()]A[/]\x1b]0;t\x07", "quantity": 2000}], "note": "seal [/"},
    )
    host.errors = [Refused("Not [b]now[/] {x}", "SHP-1.4", params="[/]")]
    assert form.body.raw()["lines"][0]["part"] == "[@click=app.exit()]A[/]\ufffd]0;t\ufffd"
    await pilot.press("f2")
    await settle(pilot)
    assert answer(form).startswith("Not [b]now[/] {x}")


# ── drafts ───────────────────────────────────────────────────────────────────────────────────────────


async def test_a_draft_is_less_than_a_second_behind_and_holds_no_pin(running: Running) -> None:
    host, pilot = running
    await host.open(pilot, "cancel_order")
    await type_in(pilot, "sold")
    await pilot.press("enter")
    await type_in(pilot, "482913")
    deadline = time.monotonic() + 1
    while not host.drafts.all() and time.monotonic() < deadline:
        await asyncio.sleep(0.02)
    (draft,) = host.drafts.all()
    assert (draft.action, draft.ref, draft.values, draft.version) == (
        "cancel_order",
        "SH1-WO-2611-0007/2",
        {"reason": "sold"},
        3,
    )
    await asyncio.sleep(0.7)
    written = [path.read_text() for path in host.data_dir.rglob("*") if path.is_file()]
    assert written and not any("482913" in text for text in written)


async def test_escape_keeps_a_draft_and_it_comes_back(running: Running) -> None:
    host, pilot = running
    await host.open(pilot, "report_parts")
    await type_in(pilot, "20Y-70-14520")
    await pilot.press("enter", *"half")
    await pilot.press("tab", "tab", "tab", "tab", "tab")  # out of the lines; Escape in them empties the entry
    await pilot.press("escape")
    await settle(pilot)
    assert host.endings == [Ending.KEPT]
    (draft,) = host.drafts.all()
    form = await host.open(pilot, "report_parts", draft=draft)
    assert [line["part"] for line in form.body.raw()["lines"]] == ["20Y-70-14520", "half"]
    assert answer(form) == "Your draft of 14:30 is back."
    await pilot.press("f2")
    await settle(pilot)
    assert host.requests[0].op_id == draft.op_id
    assert host.drafts.all() == []


async def test_a_strange_draft_opens_all_the_same(running: Running) -> None:
    host, pilot = running
    strange = {"lines": [1, {"part": {"x": []}, "more": 1}], "none": 7, "note": ["a"], "unknown": None}
    form = await host.open(pilot, "report_parts", draft=Draft("report_parts", "", "0" * 32, strange))
    await pilot.press("f2")
    await settle(pilot)
    assert form.body.raw().keys() == {"lines", "none", "note"}


async def test_an_untouched_form_leaves_nothing(running: Running) -> None:
    host, pilot = running
    await host.open(pilot, "report_labour")
    await asyncio.sleep(0.6)
    await pilot.press("escape")
    await settle(pilot)
    assert host.endings == [Ending.DROPPED]
    assert host.drafts.all() == []


async def test_throwing_away_is_asked_twice(running: Running) -> None:
    host, pilot = running
    form = await host.open(pilot, "take_in")
    await type_in(pilot, "B1")
    await pilot.press("f8")
    assert answer(form) == "Throw away what was typed? F8 once more."
    await pilot.press("x", "f8")
    await settle(pilot)
    assert host.endings == []
    await pilot.press("f8")
    await settle(pilot)
    assert host.endings == [Ending.DROPPED]
    assert host.drafts.all() == []


async def test_a_form_taken_down_while_its_draft_is_written_ends_quietly(running: Running) -> None:
    host, pilot = running
    for _turn in range(3):
        form = await host.open(pilot, "take_in")
        await type_in(pilot, "B1")
        form._autosave()
        await asyncio.sleep(0)
        form.dismiss(Ending.KEPT)
        await settle(pilot)
    assert host.drafts.all()


async def test_a_disk_that_refuses_is_told_and_the_form_stays(tmp_path: Path) -> None:
    (tmp_path / "drafts").write_text("in the way")
    host = Host(tmp_path)
    async with host.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        form = await host.open(pilot, "take_in")
        await type_in(pilot, "B1")
        await pilot.press("escape")
        await settle(pilot)
        assert answer(form).startswith("The draft cannot be kept:")
        assert form.body.raw() == {"bay": "B1"}
        assert host.endings == []


# ── kinds of fields ──────────────────────────────────────────────────────────────────────────────────


async def test_choices_by_number_letter_and_arrow(running: Running) -> None:
    host, pilot = running
    form = await host.open(pilot, "wait_job")
    seen = []
    for key in ("3", "p", "p", "right", "left", "backspace", "right", "9"):
        await pilot.press(key)
        seen.append(form.body.raw()["reason"])
    assert seen == ["customer", "part", "person", "part", "person", "", "part", "part"]


async def test_yes_and_no(running: Running) -> None:
    host, pilot = running
    form = await host.open(pilot, "approve_parts")
    seen = [form.body.raw()["old_parts_seen"]]
    for key in ("y", "n", "space", "1", "2"):
        await pilot.press(key)
        seen.append(form.body.raw()["old_parts_seen"])
    assert seen == ["", "y", "n", "y", "y", "n"]


async def test_a_note_of_several_lines_is_left_by_the_arrows(running: Running) -> None:
    host, pilot = running
    form = await host.open(pilot, "promise")
    await pilot.press("down", "a", "enter", "b")
    assert form.body.raw()["note"] == "a\nb"
    await pilot.press("up", "up")
    assert form.body.here is form.body.row("promised")


async def test_photos_are_picked_from_the_drop_folder(running: Running) -> None:
    host, pilot = running
    form = await host.open(pilot, "add_photos")
    await pilot.press("enter")
    await pilot.pause(0.1)
    await pilot.press("enter", "down", "enter", "f2")
    await settle(pilot)
    assert form.body.raw()["photos"] == ["IMG_1.jpg", "IMG_3.jpg"]
    await pilot.press("enter")
    await pilot.pause(0.1)
    await pilot.press("enter", "escape")
    await settle(pilot)
    assert form.body.raw()["photos"] == ["IMG_1.jpg", "IMG_3.jpg"]


async def test_people_are_listed_and_named(running: Running) -> None:
    host, pilot = running
    form = await host.open(pilot, "assign_job")
    await type_in(pilot, "M0")
    await pilot.press("f4")
    await pilot.pause(0.1)
    await pilot.press("down", "enter")
    await settle(pilot)
    assert form.body.raw()["lead"] == "M02"
    await pilot.press("enter")
    await settle(pilot)
    assert said_at(form, "lead") == "李强"
    await type_in(pilot, "M02 M0")
    await pilot.press("f4")
    await pilot.pause(0.1)
    await pilot.press("enter")
    await settle(pilot)
    assert form.body.raw()["helpers"] == "M02 M01"


async def test_the_list_shows_others_than_the_person_who_stands_there(running: Running) -> None:
    host, pilot = running
    form = await host.open(pilot, "assign_job")
    for typed in ("M02", "nobody"):
        await type_in(pilot, typed)
        await pilot.press("f4")
        await pilot.pause(0.1)
        await pilot.press("down", "enter")  # the second of all
        await settle(pilot)
        assert form.body.raw()["lead"] == "M01"
        await pilot.press("ctrl+u")
    await type_in(pilot, "M02")
    await pilot.press("enter")
    await type_in(pilot, "M02")
    await pilot.press("f4")
    await pilot.pause(0.1)
    await pilot.press("down", "enter")  # one more helper, beside the first
    await settle(pilot)
    assert form.body.raw()["helpers"] == "M02 M01"


async def test_a_scanned_serial_number_stays_in_its_field(running: Running) -> None:
    host, pilot = running
    form = await host.open(pilot, "open_order")
    row = form.body.row("serial")
    assert row
    row.enter()
    await type_in(pilot, "SY00000017")
    await pilot.press("enter")
    await pilot.pause()
    assert row.raw() == "SY00000017"
    assert form.body.here is form.body.row("maker")


async def test_the_language_changes_under_an_open_form(running: Running) -> None:
    host, pilot = running
    form = await host.open(pilot, "wait_job")
    await pilot.press("2")
    before = str(form.body.rows[0].line(0))
    try:
        use("zh")
        form.language_changed()
        await pilot.pause()
        assert form.body.raw()["reason"] == "bay"
        assert str(form.body.rows[0].line(0)) != before
    finally:
        use("en")


FORMS = {(action.form, action.signs, bool(action.second)): action.name for action in TABLE}
"""One action for each form that differs."""


async def test_every_form_of_the_table_opens_and_the_keyboard_gets_everywhere(running: Running) -> None:
    host, pilot = running
    try:
        for turn, name in enumerate(FORMS.values()):
            use(("en", "zh")[turn % 2])
            form = await host.open(pilot, name)
            if form.body.rows:
                form.body.rows[-1].enter()
                await pilot.pause()
                assert form.body.here is form.body.rows[-1], name
            for typed in form.query(Input):
                assert typed.max_length and not typed.cursor_blink
            form.dismiss(Ending.DROPPED)
            await pilot.pause()
    finally:
        use("en")
