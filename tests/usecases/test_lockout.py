"""Wrong PINs lock the person and the terminal; the count is on disk before the answer is on the screen."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from shopterm.db import sql
from shopterm.db.backends import PostgresBackend, SqliteBackend
from shopterm.db.session import Shop
from shopterm.domain.errors import Invalid, Refused, SignInFailed
from shopterm.usecases import pins
from shopterm.usecases.sign_in import sign_in
from tests.shopkit import PEOPLE, PIN, do, reopen

MINUTE = 60_000_000
ROOT = Path(__file__).parents[2]


def guess(shop: Shop, person: str, terminal: str = "bay-1", pin: str = "000000") -> SignInFailed:
    with pytest.raises(SignInFailed) as refused:
        sign_in(shop, person, pin, terminal)
    return refused.value


def failures(shop: Shop, subject: str) -> int:
    with shop.reader():
        return int(sql.scalar("SELECT failures FROM attempts WHERE subject = ?", subject) or 0)


def address(shop: Shop) -> str:
    if isinstance(shop.backend, SqliteBackend):
        return f"sqlite:///{shop.backend.path}"
    assert isinstance(shop.backend, PostgresBackend)
    return shop.backend.url


def key(shop: Shop, number: str) -> int:
    with shop.reader():
        return int(sql.scalar("SELECT id FROM person WHERE number = ?", number))


def test_the_fifth_wrong_pin_says_for_how_long_and_who_can_lift_it(shop: Shop) -> None:
    for _attempt in range(shop.settings.pin.attempts - 1):
        assert guess(shop, "M1").sentence == pins.WRONG
    told = guess(shop, "M1")
    assert str(told) == "Too many wrong PINs: locked for about 15 minutes; an administrator can unlock."
    assert guess(shop, "M1", "bay-2", PIN).sentence == pins.LOCKED  # the right PIN, another terminal
    assert sign_in(shop, "M2", PIN, "bay-1").number == "M2"


def test_a_lock_ends_by_itself_and_not_a_moment_earlier(sqlite_shop: Shop) -> None:
    moment = [sqlite_shop.now()]
    sqlite_shop.shift = lambda: moment[0]
    for _attempt in range(5):
        guess(sqlite_shop, "M1")
    moment[0] += 15 * MINUTE - 1
    assert guess(sqlite_shop, "M1", pin=PIN).params["minutes"] == 1
    moment[0] += 1
    assert guess(sqlite_shop, "M1").sentence == pins.WRONG  # it begins anew: not one try, but five
    assert sign_in(sqlite_shop, "M1", PIN, "bay-1").number == "M1"


def test_a_terminal_where_many_are_guessed_is_locked_for_everybody(shop: Shop) -> None:
    people = [number for number in PEOPLE if number not in ("X1", "Q1")][:5]
    tries = [guess(shop, number) for number in people for _attempt in range(4)]
    assert tries[-2].sentence == pins.WRONG
    assert str(tries[-1]).startswith("Too many wrong PINs at terminal bay-1: locked for about 15 minutes;")
    assert guess(shop, "Q1", pin=PIN).sentence == pins.TERMINAL_LOCKED
    assert sign_in(shop, "Q1", PIN, "bay-2").number == "Q1"


def test_an_own_pin_does_not_wipe_the_guesses_at_others(shop: Shop) -> None:
    for number in ("M1", "M2", "M3"):
        for _attempt in range(4):
            guess(shop, number)
    guess(shop, "P1")
    sign_in(shop, "P1", PIN, "bay-1")
    assert failures(shop, "terminal:bay-1") == 12
    assert failures(shop, f"person:{key(shop, 'P1')}") == 0
    assert failures(shop, f"person:{key(shop, 'M1')}") == 4


def test_names_that_do_not_exist_are_counted_like_others(shop: Shop) -> None:
    told = [guess(shop, "nobody").sentence for _attempt in range(5)]
    assert told == [pins.WRONG] * 4 + [pins.LOCKED]


def test_an_administrator_unlocks_person_and_terminal(shop: Shop) -> None:
    for number in ("M1", "M2", "M3", "P1"):
        for _attempt in range(5):
            guess(shop, number)
    assert guess(shop, "M1", "bay-1", PIN).sentence == pins.LOCKED
    assert guess(shop, "A1", "bay-1", PIN).sentence == pins.TERMINAL_LOCKED
    with pytest.raises(Refused):
        do(shop, "F1", "unlock_person", "M1")
    do(shop, "X1", "unlock_person", "M1", terminal="bay-1")
    assert sign_in(shop, "M1", PIN, "bay-1").number == "M1"
    assert guess(shop, "M2", "bay-1", PIN).sentence == pins.LOCKED
    with pytest.raises(Invalid) as wrong:
        do(shop, "X1", "unlock_person", "M2", terminal="bay-7")
    assert wrong.value.problems[0].field == "terminal"
    assert guess(shop, "M2", "bay-1", PIN).sentence == pins.LOCKED  # nothing half done


@pytest.mark.parametrize("fails", [0, 1, 3])
def test_the_count_outlives_a_killed_process(shop: Shop, fails: int) -> None:
    """Kill a guesser at whatever it is doing: no guess that was answered is forgotten, and the lock stands."""
    subject, url = f"person:{key(shop, 'M1')}", address(shop)
    seen = 0
    for _life in range(3):
        guesser = subprocess.Popen(
            [sys.executable, "-m", "tests.usecases.guesser", url, str(shop.data_dir), "M1", "bay-9"],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert guesser.stdout
        for _line in range(fails):
            guesser.stdout.readline()
        while fails == 0 and failures(shop, subject) == seen:
            time.sleep(0.001)
        guesser.kill()
        answered = fails + len(guesser.stdout.read().split())
        guesser.wait()
        assert failures(shop, subject) >= min(seen + answered, shop.settings.pin.attempts)
        seen = failures(shop, subject)
        if seen >= shop.settings.pin.attempts:
            break
    while guess(shop, "M1", "bay-8").sentence == pins.WRONG:
        pass
    shop.close()
    again = reopen(url, shop.data_dir)
    assert guess(again, "M1", "bay-8", PIN).sentence == pins.LOCKED
    again.close()
