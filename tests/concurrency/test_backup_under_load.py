"""A backup by the command line while clerks write: what it holds is one whole moment of the house."""

import json
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from shopterm.db import sql
from shopterm.db.session import Shop
from shopterm.usecases.verify import verify
from tests import postgres, shopkit
from tests.concurrency import house
from tests.concurrency.conftest import pick
from tests.concurrency.crew import ROOT, Crew, url_of
from tests.concurrency.proof import assert_whole, effects
from tests.concurrency.test_killed import wait_for_answers

CLERKS, BACKUPS = 3, pick(2, 10)


def shopterm(url: str, data_dir: Path, *arguments: str) -> Any:
    """Run one command in a process of its own and return its answer."""
    environ = os.environ | {
        "PYTHONPATH": str(ROOT), "SHOPTERM_DB": url, "SHOPTERM_STORAGE__DATA_DIR": str(data_dir),
        "PATH": f"{postgres.tools()}{os.pathsep}{os.environ['PATH']}",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "shopterm", "--json", *arguments], cwd=ROOT, env=environ, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout)


@pytest.fixture
def empty(shop: Shop, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """The address of a database in which nothing is, of the same kind."""
    if shop.backend.name == "sqlite":
        return f"sqlite:///{tmp_path}/elsewhere/shop.db"
    return str(request.getfixturevalue("pg_database"))


def test_a_backup_under_load_is_one_whole_moment(shop: Shop, crew: Crew, empty: str, tmp_path: Path) -> None:
    chance = random.Random(BACKUPS)
    house.stock_up(shop, 800)
    seats = zip(
        house.people(shop, "C", CLERKS, "parts_clerk"), house.people(shop, "B", CLERKS, "mechanic"),
        house.sheets(shop, CLERKS, 100), strict=True,
    )  # fmt: skip
    workers = [crew.start(house.mixed(*seat, 3000, chance)) for seat in seats]
    for worker in workers:
        worker.go()
        wait_for_answers(worker, 5)
    saved = []
    for number in range(BACKUPS):
        before = {answer["op_id"] for answer in crew.answers() if answer["outcome"] == "done"}
        told = shopterm(url_of(shop), shop.data_dir, "backup", str(tmp_path / "safe" / f"{number}.backup"))
        saved.append((told, before, {line["op_id"] for worker in workers for line in worker.lines("asked")}))
    assert all(worker.process.poll() is None for worker in workers), "nobody wrote while the backup was made"
    crew.end()
    told, before, after = saved[-1]
    shopterm(empty, shop.data_dir, "restore", told["file"])
    assert shopterm(empty, shop.data_dir, "verify")["ok"]
    restored = shopkit.reopen(empty, shop.data_dir)
    found = effects(restored)
    assert before <= found.keys(), "what was acknowledged before the backup began is in it"
    assert not (found.keys() & crew.calls.keys()) - after, "what was asked for after it ended is not"
    with restored.reader():
        counted = dict(sql.rows("SELECT s.code, COUNT(*) FROM event e JOIN site s ON s.id = e.site GROUP BY s.code"))
    assert {one["site"]: one["count"] for one in told["anchors"] if one["count"]} == counted
    assert_whole(restored, crew.calls)
    restored.close()
    reopened = shopkit.reopen(url_of(shop), shop.data_dir)  # the models speak to one database at a time
    for one, _before, _after in saved:
        assert shopterm(url_of(shop), shop.data_dir, "verify", "--anchors", one["file"])["ok"]
    assert verify(reopened) == []
    reopened.close()
