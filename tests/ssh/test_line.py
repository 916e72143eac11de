"""Somebody works over SSH at 80×24: the desk is there, a line that drops loses nothing, an idle one costs nothing."""

import json
import os
import signal
import time
from collections.abc import Callable
from typing import NamedTuple

import pytest

from shopterm.domain.text import width
from tests.faults.at_form import BEHIND, begin, draft_of, go_on, save
from tests.faults.conftest import SOAK
from tests.faults.house import BY_NAME, House
from tests.faults.test_sizes import sane
from tests.journeys.hands import Hands
from tests.journeys.terminal import COLUMNS
from tests.ssh.conftest import Connect, OpenDoor
from tests.ssh.door import Door, Remote

QUESTION = BY_NAME["ask_question"]
TRUE_COLOUR = b"8;2;"
"""Part of every sequence that sets a colour of 24 bits."""
IDLE = 10.0 if SOAK else 3.0
"""Seconds without a key in which nothing may come."""
LETTERS = "abcdefghijklmnopqrstuvwxyz" * 2
BETWEEN = 0.06
"""Seconds between two of these letters."""
SETTLED = 1.5
"""Seconds after which what a desk still had to say has been said."""


class Loss(NamedTuple):
    """A way in which a line is lost, and how often the server asks whether it is there."""

    strike: Callable[[Remote], None]
    asks_every: int


def kill(terminal: Remote) -> None:
    """End the client, so that the connection closes."""
    os.kill(terminal.process.pid, signal.SIGKILL)


def freeze(terminal: Remote) -> None:
    """Stop the client, so that nothing answers any more and nothing closes."""
    os.kill(terminal.process.pid, signal.SIGSTOP)


LOSSES = {"closed": Loss(kill, 30), "silent": Loss(freeze, 1)}


def test_a_desk_is_whole_at_80_by_24_and_quiet_when_nobody_types(door: Door, connect: Connect) -> None:
    terminal = connect(door)
    hands = Hands(terminal)
    hands.sign_in("F1")
    terminal.expect("WO-")
    assert all(width(line) <= COLUMNS for line in terminal.lines)
    assert hands.title.startswith("1 ")
    assert any(terminal.lines[-2:])
    assert TRUE_COLOUR not in terminal.raw  # the client said truecolor; on a thin line that costs bytes
    settled = time.monotonic() + SETTLED
    while time.monotonic() < settled:
        terminal.read(0.1)
    seen = len(terminal.raw)
    assert not terminal.read(IDLE)
    assert len(terminal.raw) == seen
    assert terminal.quit() == 0
    door.until_ended()


def test_a_window_that_changes_its_size_is_drawn_anew(door: Door, connect: Connect) -> None:
    terminal = connect(door)
    hands = Hands(terminal)
    hands.sign_in("A1")
    terminal.expect("WO-")
    for columns, lines in ((60, 20), (200, 60), (80, 24)):
        terminal.resize(columns, lines)
        terminal.until(lambda: sane(terminal) and "WO-" in terminal.text, f"the desk at {columns}×{lines}")
    assert terminal.quit() == 0


@pytest.mark.parametrize("how", LOSSES)
def test_a_line_that_drops_while_somebody_types(house: House, open_door: OpenDoor, connect: Connect, how: str) -> None:
    loss = LOSSES[how]
    door = open_door(loss.asks_every)
    terminal = connect(door)
    begin(house, terminal, QUESTION)
    typed = draft_of(house, QUESTION)
    assert len(door.programs()) == 1
    loss.strike(terminal)
    door.until_ended()
    assert house.done(QUESTION.name) == 0
    assert draft_of(house, QUESTION)["values"] == typed["values"]

    again = connect(door)
    hands = go_on(house, again, QUESTION)
    save(house, hands, QUESTION)
    assert again.quit() == 0
    assert terminals_of(house, QUESTION.name) == ["counter-1"]


def test_a_draft_is_at_most_a_second_behind_somebody_who_types_on(house: House, door: Door, connect: Connect) -> None:
    terminal = connect(door)
    begin(house, terminal, QUESTION)
    draft_of(house, QUESTION)
    typed = []
    for letter in LETTERS:
        terminal.send(letter)
        typed.append(time.monotonic())
        time.sleep(BETWEEN)
        terminal.settle()
    kill(terminal)
    killed = time.monotonic()
    door.until_ended()
    (path,) = house.drafts()
    kept = json.loads(path.read_text())["values"]["question"].removeprefix(QUESTION.values["question"])
    assert LETTERS.startswith(kept)
    assert len(kept) >= sum(moment < killed - BEHIND for moment in typed) > 0


def terminals_of(house: House, action: str) -> list[str]:
    """The terminals from which a verb was done since somebody came."""
    shop = house.shop()
    with shop.reader() as db:
        query = f"SELECT terminal FROM event WHERE action = {db.param} AND seq > {db.param}"
        found = db.execute_sql(query, (action, house.last)).fetchall()
    shop.close()
    return [str(name) for (name,) in found]
