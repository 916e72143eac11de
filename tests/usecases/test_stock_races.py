"""Several clerks at the same moment, each a process of its own, on both databases."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from shopterm.db import models as m
from shopterm.db.backends import SqliteBackend
from shopterm.db.invariants.stock import stock_violations
from shopterm.db.session import Shop
from tests.rules.story import agreed_sheet
from tests.shopkit import KIT, RING, do, stock
from tests.shopkit import material_lines as lines

ROOT = Path(__file__).parent.parent.parent


def race(shop: Shop, *calls: dict[str, Any]) -> list[str]:
    """Let all calls go at once and return their outcomes, sorted; the books must be right afterwards."""
    url = f"sqlite:///{shop.backend.path}" if isinstance(shop.backend, SqliteBackend) else shop.backend.url
    where = {"url": url, "data_dir": str(shop.data_dir)}
    clerks = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.usecases.racer", json.dumps(where | call)],
            cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )
        for call in calls
    ]  # fmt: skip
    for clerk in clerks:
        assert clerk.stdout and clerk.stdout.readline() == "ready\n"
    for clerk in clerks:
        assert clerk.stdin
        clerk.stdin.write("go\n")
        clerk.stdin.flush()
    outcomes = sorted(clerk.communicate(timeout=60)[0].strip() for clerk in clerks)
    assert stock_violations(shop) == []
    return outcomes


def call(action: str, ref: str, person: str = "P1", second: str | None = None, op_id: str | None = None,
         **values: Any) -> dict[str, Any]:  # fmt: skip
    return {"action": action, "ref": ref, "person": person, "second": second, "op_id": op_id, "values": values}


def scan(part: str, quantity: str = "1") -> dict[str, str]:
    return {"part": part, "quantity": quantity}


def test_three_clerks_and_the_last_two_parts(shop: Shop) -> None:
    sheets = [agreed_sheet(shop, (KIT, "1"), prices=[{"line": 1, "source": "rush"}]) for _ in range(2)]
    outcomes = race(
        shop,
        call("issue_parts", sheets[0], lines=[scan(KIT)]),
        call("issue_parts", sheets[1], person="P2", lines=[scan(KIT)]),
        call("lend_parts", "new", second="M1", purpose="试装", lines=[scan(KIT, "2")]),
    )
    assert outcomes in (["done", "done", "refused"], ["done", "refused", "refused"])
    assert stock(shop, KIT) == (0, 0)


def test_two_clerks_issue_the_same_line(shop: Shop) -> None:
    sheet = agreed_sheet(shop, (RING, "4"))
    issue: dict[str, Any] = {"lines": [scan(RING, "3")]}
    assert race(shop, call("issue_parts", sheet, **issue), call("issue_parts", sheet, "P2", **issue)) == [
        "done", "refused"]  # fmt: skip
    assert lines(shop, sheet)[0].issued == 3000


def test_one_operation_sent_twice_takes_effect_once(shop: Shop) -> None:
    sheet = agreed_sheet(shop, (RING, "4"))
    twice = call("issue_parts", sheet, op_id="the-same", lines=[scan(RING, "2")])
    assert race(shop, twice, twice) == ["done", "replayed"]
    assert lines(shop, sheet)[0].issued == 2000


def test_two_returns_of_one_loan(shop: Shop) -> None:
    loan = do(shop, "P1", "lend_parts", "new", second="M1", purpose="试装", lines=[scan(RING, "3")]).number
    back: dict[str, Any] = {"lines": [scan(RING, "2")]}
    assert race(shop, call("return_loan", loan, **back), call("return_loan", loan, "P2", **back)) == [
        "done", "invalid"]  # fmt: skip
    assert stock(shop, RING) == (54, 0)


def test_two_counts_of_one_bin(shop: Shop) -> None:
    count: dict[str, Any] = {"bin": "A-02-3", "change": "-2", "reason": "盘亏"}
    assert race(
        shop, call("adjust_stock", KIT, second="F1", **count), call("adjust_stock", KIT, "P2", second="F2", **count)
    ) == ["done", "refused"]
    assert stock(shop, KIT) == (0, 0)


def test_a_new_bin_is_made_once(shop: Shop) -> None:
    outcomes = race(
        shop,
        *[call("receive_parts", RING, person, quantity="1", bin="NEW-1") for person in ("P1", "P2")],
    )
    assert outcomes == ["done", "done"]
    with shop.reader():
        assert m.Bin.select().where(m.Bin.code == "NEW-1").count() == 1
