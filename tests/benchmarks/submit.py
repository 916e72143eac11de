"""S1 to S3: issuing three part lines, against the bare driver doing the same to the same file or server.

    python -m tests.benchmarks.submit [--url URL_OF_AN_EMPTY_DATABASE] [--rounds N]

Product and floor run in turn in one process on one database, durable commits; the printed figures are ratios of
medians and the exact count of statements the product sends, BEGIN and COMMIT included.
"""

import argparse
import json
import statistics
import tempfile
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

from shopterm.db import sql
from shopterm.db.session import Shop
from shopterm.demo.build import build
from shopterm.demo.day import stocked
from shopterm.demo.player import Player
from shopterm.demo.visit import Visit, crew_of, part_line
from shopterm.domain.actions import action_named
from shopterm.domain.parse import parse_form
from shopterm.domain.units import Minutes, Quantity
from shopterm.usecases.request import Request
from shopterm.usecases.run import perform
from tests import shopkit

LINES = 3
PER_VISIT = 12


def main() -> None:
    """Print one JSON object with the figures."""
    options = argparse.ArgumentParser()
    options.add_argument("--url", default="")
    options.add_argument("--rounds", type=int, default=120)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        player = build(asked.url or f"sqlite:///{data / 'shop.db'}", data, shopkit.settings_for(data), kind="test")
        _fill_bins(player.shop)
        sheets = [_consented(player, index) for index in range(-(-asked.rounds // PER_VISIT))]
        print(json.dumps(measure(player, sheets, asked.rounds)))
        player.shop.close()


def _fill_bins(shop: Shop) -> None:
    """Make stock no obstacle, as a delivery of the night before would."""
    shop.write(
        lambda: sql.change(
            "UPDATE balance SET on_hand = on_hand + 1000000 WHERE bin_id IN (SELECT id FROM bin WHERE virtual = 0)"
        )
    )


def _consented(player: Player, index: int) -> tuple[Visit, list[str]]:
    """Bring one machine to where its parts may be issued, in quantities that last for several issues."""
    cast = player.cast()
    visit = Visit(player, crew_of(cast, index))
    serial, maker, customer = cast.machines[index % len(cast.machines)]
    visit.receive(serial, customer, [{"text": "bench"}], maker=maker)
    visit.intake()
    visit.hand_over("bench")
    visit.take_in("1")
    parts = stocked(cast)[index * LINES % 30 : index * LINES % 30 + LINES]
    visit.report(
        visit.jobs[0], [part_line(part, PER_VISIT) for part in parts], [{"text": "bench", "minutes": Minutes(60)}]
    )
    visit.approve(visit.jobs[0])
    visit.price(visit.jobs[0])
    visit.make_quote()
    visit.show()
    visit.consent({1: True})
    return visit, [part.scan for part in parts]


def measure(player: Player, sheets: list[tuple[Visit, list[str]]], rounds: int) -> dict[str, Any]:
    """Run product and floor in turn and return ratios, times in milliseconds and the statement count."""
    shop, product, floor = player.shop, list[float](), list[float]()
    bare = _floor_sqlite(shop) if shop.backend.name == "sqlite" else _floor_postgres(shop)
    for round_number in range(rounds):
        visit, scans = sheets[round_number % len(sheets)]
        product.append(_timed(lambda v=visit, s=scans: _issue(player, v, s)))  # type: ignore[misc]
        floor.append(_timed(bare))
    counted = _statements(player, *sheets[0]) if shop.backend.name == "sqlite" else None
    return {
        "backend": shop.backend.name,
        "product_ms": round(statistics.median(product) * 1000, 3),
        "floor_ms": round(statistics.median(floor) * 1000, 3),
        "ratio": round(statistics.median(product) / statistics.median(floor), 2),
        "statements": counted,
        "lines": LINES,
        "rounds": rounds,
    }


def _timed(work: Callable[[], None]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _issue(player: Player, visit: Visit, scans: list[str]) -> None:
    """Issue one piece of each line: the verb as ``run`` does it, after the PIN was checked."""
    shop, action = player.shop, action_named("issue_parts")
    values = {"lines": [{"part": scan, "quantity": Quantity(1000)} for scan in scans]}
    request = Request("issue_parts", visit.material[visit.jobs[0]], values, str(uuid.uuid4()), None, "-")
    parsed = parse_form(action.form, values, shop.zone, now=shop.now())
    shop.write(lambda: perform(shop, player.actor(visit.crew.clerk), None, action, request, parsed, "bench"))


def _statements(player: Player, visit: Visit, scans: list[str]) -> int:
    seen: list[str] = []
    connection = player.shop.db.connection()
    connection.trace_v2(0x01, lambda event: seen.append(event["sql"]))
    try:
        _take_back(player, visit, scans)
        seen.clear()
        _issue(player, visit, scans)
    finally:
        connection.trace_v2(0)
    return len(seen)


def _take_back(player: Player, visit: Visit, scans: list[str]) -> None:
    player.do(
        visit.crew.clerk,
        "take_back_parts",
        visit.material[visit.jobs[0]],
        reason="bench",
        lines=[{"part": scan, "quantity": Quantity(1000)} for scan in scans],
    )


EVENT = (
    "INSERT INTO event (id, site, seq, at, actor, role, terminal, operation, action, doc, doc_id, doc_version, body, "
    "payload, prev, hash) VALUES (?, 99, ?, 0, 1, 'r', 't', ?, 'bench', 'part', 1, 1, 'b', ?, 'p', 'h')"
)
MOVE = (
    "INSERT INTO move (id, site, at, part_id, bin_id, quantity, kind, unit_cost, person_id, serial, note) "
    "VALUES (?, 99, 0, ?, ?, 1000, 'receive', 5, ?, '', '')"
)
BALANCE = "UPDATE balance SET on_hand = on_hand + 1000 WHERE part_id = ? AND bin_id = ?"
HEAD = "UPDATE chain_head SET seq = ?, hash = 'h' WHERE site = 99"


def _floor(
    begin: Callable[[], Any], execute: Callable[[str, tuple[Any, ...]], Any], commit: Callable[[], Any]
) -> Callable[[], None]:
    pairs = sql.rows("SELECT part_id, bin_id FROM balance ORDER BY part_id LIMIT 90")
    person = sql.scalar("SELECT MIN(id) FROM person")
    sql.change("INSERT INTO chain_head (site, seq, hash, at) VALUES (99, 0, 'h', 0)")
    state = {"seq": 0, "key": 99 << 50}

    def work() -> None:
        state["seq"] += 1
        seq, some = state["seq"], [pairs[(state["seq"] * LINES + step) % len(pairs)] for step in range(LINES)]
        begin()
        execute(EVENT, (state["key"], seq, str(uuid.uuid4()), "x" * 600))
        for part, place in sorted(some):
            state["key"] += 1
            execute(MOVE, (state["key"] + 1, part, place, person))
            execute(BALANCE, (part, place))
        execute(HEAD, (seq,))
        state["key"] += 8
        commit()

    return work


def _floor_sqlite(shop: Shop) -> Callable[[], None]:
    import apsw

    bare = apsw.Connection(str(shop.backend.path))  # type: ignore[union-attr]
    for pragma in ("busy_timeout=5000", "foreign_keys=on", "synchronous=full"):
        bare.execute(f"PRAGMA {pragma}")
    return _floor(
        lambda: bare.execute("BEGIN IMMEDIATE"),
        lambda text, values: bare.execute(text, values),
        lambda: bare.execute("COMMIT"),
    )


def _floor_postgres(shop: Shop) -> Callable[[], None]:
    import psycopg2

    bare = psycopg2.connect(shop.backend.url)  # type: ignore[union-attr]
    cursor = bare.cursor()
    return _floor(lambda: None, lambda text, values: cursor.execute(text.replace("?", "%s"), values), bare.commit)


if __name__ == "__main__":
    main()
