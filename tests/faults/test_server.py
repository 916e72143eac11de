"""PostgreSQL stopped and started again in the middle of a form; the answer to a commit lost on the way."""

import os
import signal
import time
from collections.abc import Iterator
from copy import copy
from dataclasses import replace
from urllib.parse import urlsplit

import pytest

from shopterm.app import AWAY
from shopterm.db.session import LOST, NOTHING_SAVED
from shopterm.screens.lost_reply import BEFORE
from tests.faults.at_form import begin, draft_of, save, wait_for_answer
from tests.faults.conftest import Sit, tried
from tests.faults.house import BY_NAME, FORMS, House
from tests.faults.line import LEAVES_SCREEN
from tests.faults.server import OwnServer, Wire, wire_to
from tests.journeys import terminal as keys
from tests.journeys.hands import Hands

NAMES = [form.name for form in FORMS]


@pytest.fixture
def wired(served: House, own_server: OwnServer) -> Iterator[tuple[House, Wire]]:
    """The workshop at the end of a wire."""
    with wire_to(own_server, urlsplit(served.program.url).path[1:]) as (wire, url):
        program = copy(served.program)  # made anew it would set the database's clock up a second time
        program.url = url
        yield replace(served, program=program), wire


@pytest.mark.parametrize("name", tried(NAMES, "open_order"))
def test_a_server_that_is_restarted_while_somebody_types(
    served: House, own_server: OwnServer, sit: Sit, name: str
) -> None:
    form, line = BY_NAME[name], sit(served)
    hands = begin(served, line, form)
    own_server.stop()
    line.expect(hands.word(AWAY)[:10])
    draft_of(served, form)
    own_server.start()
    wait_for_answer(line, hands, form, sent=False)
    save(served, hands, form)
    assert line.quit() == 0
    assert line.shows_no_traceback()


@pytest.mark.parametrize("name", tried(NAMES, "lend_parts"))
def test_a_server_that_is_away_when_somebody_saves(served: House, own_server: OwnServer, sit: Sit, name: str) -> None:
    form, line = BY_NAME[name], sit(served)
    hands = begin(served, line, form)
    own_server.stop()
    line.send(keys.F2)
    line.expect(hands.word(NOTHING_SAVED).partition("{")[0])
    draft_of(served, form)
    own_server.start()
    wait_for_answer(line, hands, form, sent=True)
    save(served, hands, form)
    assert line.quit() == 0


def test_a_lost_answer_is_asked_for_at_once(wired: tuple[House, Wire], sit: Sit) -> None:
    (house, wire), form = wired, BY_NAME["open_order"]
    line = sit(house)
    hands = begin(house, line, form)
    wire.cut_at_commit = True
    line.send(keys.F2)
    line.expect(hands.word(LOST)[:10])
    wire.mend()
    line.until(lambda: not hands.title.startswith(hands.word(form.action.label)), "the end of the form")
    assert house.done(form.name) == 1
    assert house.drafts() == []
    assert line.quit() == 0


def test_what_is_typed_after_a_lost_answer_is_no_second_effect_unless_asked_for(
    wired: tuple[House, Wire], sit: Sit
) -> None:
    (house, wire), form = wired, BY_NAME["ask_question"]
    line = sit(house)
    hands = begin(house, line, form)
    wire.cut_at_commit = True
    line.send(keys.F2)
    line.expect(hands.word(LOST)[:10])
    hands.go_to(form.action.form[0])
    line.send("?!")
    wire.mend()
    line.expect(hands.word(BEFORE).partition("{number}")[2][:8])
    assert house.done(form.name) == 1
    changed = replace(form, values={"question": form.values["question"] + "?!"})
    draft_of(house, changed)
    hands.save(form.action)
    assert (house.done(form.name), house.drafts()) == (2, [])
    assert line.quit() == 0


def test_a_program_killed_before_it_heard_the_answer_offers_nothing_to_do_twice(
    wired: tuple[House, Wire], sit: Sit
) -> None:
    (house, wire), form = wired, BY_NAME["open_order"]
    line = sit(house)
    hands = begin(house, line, form)
    draft_of(house, form)
    wire.cut_at_commit = True
    line.send(keys.F2)
    line.expect(hands.word(LOST)[:10])
    os.kill(line.process.pid, signal.SIGKILL)
    assert line.status() == -signal.SIGKILL
    assert len(house.drafts()) == 1
    wire.mend()
    again = sit(house)
    type(hands)(again).sign_in(form.person)
    again.until(lambda: house.drafts() == [], "the end of the draft")
    assert "^R" not in again.text
    assert house.done(form.name) == 1
    assert again.quit() == 0


@pytest.mark.parametrize("how", ["TERM", "quit"])
def test_nobody_waits_for_a_server_that_says_nothing(wired: tuple[House, Wire], sit: Sit, how: str) -> None:
    wire, line = wired[1], sit(wired[0])
    Hands(line).sign_in("A1")
    wire.is_frozen = True
    time.sleep(1)  # by then the program has asked something
    if how == "TERM":
        os.kill(line.process.pid, signal.SIGTERM)
    else:
        line.send(keys.QUIT)
    assert line.status(seconds=6) == (128 + signal.SIGTERM if how == "TERM" else 0)
    assert LEAVES_SCREEN in line.raw and line.shows_no_traceback()
