"""Writers on one SQLite file take turns; neither a killed nor a stopped process keeps the others from writing."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from shopterm.db.backends import SqliteBackend
from shopterm.db.session import Shop
from shopterm.domain.errors import Unavailable
from tests.concurrency.crew import ROOT
from tests.shopkit import do

HOLDER = """
import sys, time, apsw
from shopterm.db.turns import turn
with turn(sys.argv[1] + "-queue", 10):
    shop = apsw.Connection(sys.argv[1])
    if sys.argv[2] == "writing":
        shop.execute("BEGIN IMMEDIATE")
    print("mine", flush=True)
    time.sleep(60)
"""


@contextmanager
def held(shop: Shop, what: str) -> Iterator["subprocess.Popen[str]"]:
    """Let another process have its turn, and not end it."""
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(backend(shop).path), what], cwd=ROOT, text=True, stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert holder.stdout and holder.stdout.readline() == "mine\n"
    yield holder
    holder.kill()
    holder.communicate()


def backend(shop: Shop) -> SqliteBackend:
    assert isinstance(shop.backend, SqliteBackend)
    return shop.backend


def receive(shop: Shop) -> float:
    """Open an order and return the seconds it took."""
    begun = time.monotonic()
    complaints = [{"text": "大臂无力"}]
    do(shop, "A1", "open_order", "new", customer="K00001", serial="KMT0021001", complaints=complaints)
    return time.monotonic() - begun


def test_a_killed_process_gives_its_turn_back_at_once(sqlite_shop: Shop) -> None:
    with held(sqlite_shop, "writing") as holder:
        holder.kill()
        assert receive(sqlite_shop) < 5


def test_who_was_stopped_before_writing_holds_nobody_up(sqlite_shop: Shop) -> None:
    backend(sqlite_shop).patience = 0.2
    with held(sqlite_shop, "waiting") as holder:
        holder.send_signal(signal.SIGSTOP)
        assert 0.2 <= receive(sqlite_shop) < 5


def test_who_was_stopped_while_writing_is_told_of(sqlite_shop: Shop) -> None:
    backend(sqlite_shop).patience = 0.2
    with held(sqlite_shop, "writing") as holder:
        holder.send_signal(signal.SIGSTOP)
        with sqlite_shop.reader():
            sqlite_shop.db.connection().set_busy_timeout(50)
        with pytest.raises(Unavailable, match="Nothing was saved"):
            receive(sqlite_shop)
    assert receive(sqlite_shop) < 5


def test_who_gave_up_waiting_takes_no_turn_later(sqlite_shop: Shop) -> None:
    backend(sqlite_shop).patience = 0.2
    with held(sqlite_shop, "waiting"):
        receive(sqlite_shop)
    backend(sqlite_shop).patience = 10.0
    assert receive(sqlite_shop) < 5
    assert receive(sqlite_shop) < 5
