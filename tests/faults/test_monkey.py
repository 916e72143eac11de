"""Somebody presses everything: no desk ends by it, and nothing is signed, for nobody knows the PIN."""

import random
import time

import pytest

from shopterm.domain.actions import BY_NAME, TABLE
from tests.faults.conftest import SOAK, Sit
from tests.faults.house import House
from tests.faults.line import Line
from tests.journeys import terminal as keys
from tests.journeys.hands import Hands

SECONDS = 60.0 if SOAK else 2.0
FUNCTION = [getattr(keys, f"F{number}") for number in range(1, 11)]
MOVES = [keys.UP, keys.DOWN, "\x1b[C", "\x1b[D", "\x1b[5~", "\x1b[6~", "\x1b[H", "\x1b[F", keys.TAB, keys.BACK_TAB,
         keys.ENTER, keys.ENTER, keys.ESCAPE + keys.ESCAPE, " ", "\x7f", "\x1b[3~"]  # fmt: skip
HOUSE_KEYS = ["\x10", "\x12", "\x14", "\x0e", "\x0c", "\x02", "\x01", "\x05", "\x15", "\x17", "\x0b"]
LETTERS = [action.key for action in TABLE if len(action.key) == 1]
TYPED = ["?", ".", "/", "<", "中", "文", "-1", "0.5", "9999999999", "K00001", "HM46\r", "y", "n", "\x1b[200~p\x1b[201~"]
MOUSE = ["\x1b[<0;{x};{y}M\x1b[<0;{x};{y}m", "\x1b[<64;{x};{y}M", "\x1b[<65;{x};{y}M"]
KINDS = (FUNCTION, MOVES, MOVES, LETTERS, HOUSE_KEYS, TYPED, MOUSE)
PEOPLE = ["A1", "F1", "M1", "P1", "F2", "W1", "X1"]
"""One at each desk."""


@pytest.mark.parametrize("person", PEOPLE)
def test_everything_is_pressed(house: House, sit: Sit, person: str) -> None:
    line, chance = sit(house), random.Random(f"{person}, the same keys each time")
    Hands(line).sign_in(person)
    pressed = play(line, chance)
    assert line.process.isalive(), f"ended after {pressed[-40:]}:\n{line.picture()}"
    assert line.shows_no_traceback()
    assert line.quit() == 0
    assert signed_by_chance(house) == []


def play(line: Line, chance: random.Random) -> list[str]:
    """Press keys for a while, some at once, some after a look."""
    pressed: list[str] = []
    end = time.monotonic() + SECONDS
    while time.monotonic() < end and line.process.isalive():
        burst = [chance.choice(chance.choice(KINDS)) for _key in range(chance.choice([1, 1, 2, 5]))]
        burst = [key.format(x=chance.randint(1, 80), y=chance.randint(1, 24)) for key in burst]
        pressed += burst
        line.send("".join(burst))
        line.settle()
        if chance.random() < 0.02:
            line.resize(*chance.choice([(60, 20), (80, 24), (200, 60), (30, 8)]))
    line.resize(80, 24)
    return pressed


def signed_by_chance(house: House) -> list[str]:
    """Return the verbs that took effect and take a PIN."""
    shop = house.shop()
    with shop.reader() as db:
        query = f"SELECT action FROM event WHERE seq > {db.param}"
        done = [action for (action,) in db.execute_sql(query, (house.last,)).fetchall()]
    shop.close()
    return [action for action in done if action in BY_NAME and BY_NAME[action].signs]
