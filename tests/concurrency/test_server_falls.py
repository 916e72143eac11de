"""The PostgreSQL server falls over while clerks work; each presses again until it is back, and each act counts once."""

import os
import random
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest

from shopterm.db import sql
from shopterm.db.reading import FAILED
from tests import postgres, shopkit
from tests.concurrency import house
from tests.concurrency.conftest import pick
from tests.concurrency.crew import Crew
from tests.concurrency.proof import assert_whole, effects

CLERKS, FALLS, CALLS = 4, pick(1, 5), pick(100, 500)
READING = FAILED.partition("{")[0]
"""What is said where the clerk was not even found: no word of saving, which had not begun."""


@pytest.fixture
def own_server(monkeypatch: pytest.MonkeyPatch, worker_id: str) -> Iterator[postgres.Server]:
    """A server of this test's own, which writes down what it acknowledges, as every real one does."""
    monkeypatch.delenv("SHOPTERM_TEST_PG", raising=False)  # a server that was lent is not for stopping
    folder = Path(tempfile.mkdtemp(prefix="shopterm-falls-"))
    server = postgres.Server(folder, worker_id)
    with closing(psycopg2.connect(server.address)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("ALTER SYSTEM RESET ALL")
            cursor.execute("SELECT pg_reload_conf()")
    yield server
    postgres.end(folder)


def fall(server: postgres.Server) -> None:
    """Stop the server at once, without letting it tidy up, and start it again; it recovers from its log."""
    pid_file = server.folder / "data" / "postmaster.pid"
    os.kill(int(pid_file.read_text().split()[0]), signal.SIGQUIT)
    deadline = time.monotonic() + 20
    while pid_file.exists():
        assert time.monotonic() < deadline, "the server did not stop"
        time.sleep(0.01)
    postgres.launch(server.folder)


def test_what_was_acknowledged_survives_the_server(own_server: postgres.Server, tmp_path: Path) -> None:
    shop = shopkit.build(own_server.url(own_server.create()), tmp_path)
    crew, chance = Crew(shop, tmp_path, retry=True), random.Random(FALLS)
    try:
        house.stock_up(shop, 800)
        clerks = house.people(shop, "C", CLERKS, "parts_clerk")
        mechanics = house.people(shop, "B", CLERKS, "mechanic")
        workers = [
            crew.start(house.mixed(clerk, mechanic, sheet, CALLS, chance))
            for clerk, mechanic, sheet in zip(clerks, mechanics, house.sheets(shop, CLERKS, 100), strict=True)
        ]
        shop.close()
        for worker in workers:
            worker.go()
        for turn in range(1, FALLS + 1):
            while min(len(worker.lines("answered")) for worker in workers) < turn * CALLS // (FALLS + 1):
                time.sleep(0.002)
            fall(own_server)
        for worker in workers:
            worker.finish()
    finally:
        crew.end()
    again = [line for worker in workers for line in worker.lines("again")]
    assert again, "the server fell while nobody worked"
    assert all("saved" in line["sentence"] or READING in line["sentence"] for line in again), again
    answers, seen = crew.answers(), effects(shop)
    assert len(answers) == CLERKS * CALLS
    assert {answer["outcome"] for answer in answers} <= {"done", "replayed", "refused", "invalid"}
    assert all(seen[answer["op_id"]] == (answer["outcome"] in ("done", "replayed")) for answer in answers)
    with shop.reader():
        saved = dict(sql.rows("SELECT operation, at FROM event"))
    unsure = {line["op_id"] for line in again if line["outcome"] == "unsure"}
    for line in again:
        if line["op_id"] not in unsure:  # "nothing was saved" was true when it was said
            assert saved.get(line["op_id"], line["at"] + 1) > line["at"], line
    assert_whole(shop, crew.calls)
    shop.close()
