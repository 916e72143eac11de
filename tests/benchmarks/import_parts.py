"""A catalogue of a million parts taken in: time for each ten thousand rows, peak memory, against the bare driver.

    python -m tests.benchmarks.import_parts [--url URL_OF_AN_EMPTY_DATABASE] [--rows N] [--again]

The floor is the bare driver inserting the finished rows (search text included, indexes and triggers in place) into a
second file, in transactions of the same size; PostgreSQL is measured without one. ``--again`` imports the file a
second time, which must find every row as it is.
"""

import argparse
import itertools
import json
import random
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from shopterm.db.session import Shop
from shopterm.db.setup import create_database
from shopterm.domain.facts import Actor
from shopterm.usecases import imports
from shopterm.usecases.setup import first_administrator, set_pins
from shopterm.usecases.sign_in import sign_in
from tests import shopkit

HEADER = (
    "maker,part_no,name_en,name_zh,unit,pack_qty,price_per,weight_kg,core_deposit,returnable,serial_tracked,"
    "list_price,cost,abc"
)
MAKERS = ("Komatsu", "Caterpillar", "SANY", "Hitachi", "Doosan", "XCMG", "Yanmar", "Kobelco", "Volvo", "Hyundai")
THINGS = (
    ("Seal ring", "密封圈"), ("Fuel filter", "柴油滤芯"), ("Hydraulic hose", "液压软管"), ("Track shoe", "履带板"),
    ("Bucket tooth", "斗齿"), ("Main pump", "主泵"), ("Gear", "齿轮"), ("Bearing", "轴承"), ("Long bolt", "长螺栓"),
    ("Relief valve", "溢流阀"), ("Wire harness", "线束"), ("Cylinder rod", "缸杆"),
)  # fmt: skip
PLACES = (
    ("boom", "大臂"), ("stick", "斗杆"), ("swing", "回转"), ("travel", "行走"), ("engine", "发动机"), ("cab", "驾驶室"),
)  # fmt: skip
STEP = 10_000


def main() -> None:
    """Print one JSON object with the figures."""
    options = argparse.ArgumentParser()
    options.add_argument("--url", default="")
    options.add_argument("--rows", type=int, default=1_000_000)
    options.add_argument("--again", action="store_true")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        write_file(data / "parts.csv", asked.rows)
        shop, actor = workshop(asked.url or f"sqlite:///{data / 'shop.db'}", data)
        empty = data / "empty.db"
        if shop.backend.name == "sqlite":
            copy_empty(shop, empty)
        told: dict[str, Any] = {"backend": shop.backend.name, "rows": asked.rows} | take_in(shop, actor, data)
        if asked.again:
            told["again"] = take_in(shop, actor, data)
        if shop.backend.name == "sqlite":
            told["floor_s"] = round(floor(shop, empty), 1)
            told["ratio"] = round(told["store_s"] / told["floor_s"], 2)
        print(json.dumps(told))
        shop.close()


def write_file(path: Path, rows: int) -> None:
    """Write a parts file as makers send them."""
    chance = random.Random(20261124)
    with path.open("w", encoding="utf-8") as file:
        print(HEADER, file=file)
        for line in range(rows):
            (thing, zh), (place, place_zh) = chance.choice(THINGS), chance.choice(PLACES)
            number = f"{chance.randrange(1000):03}-{chance.randrange(100):02}-{line:07}"
            price = chance.randrange(100, 900_000)
            print(
                f"{MAKERS[line % len(MAKERS)]},{number},{thing} {place},{place_zh}{zh},EA,1,1,"
                f"{chance.randrange(1, 90_000) / 1000},0.00,Y,0,{price / 100:.2f},{price / 200:.2f},B",
                file=file,
            )


def workshop(url: str, data: Path) -> tuple[Shop, Actor]:
    """Make an empty house with an administrator."""
    shop = create_database(url, data, shopkit.settings_for(data), kind="test")
    first_administrator(shop, "ADM", "管理员")
    set_pins(shop, [("ADM", shopkit.PIN)])
    return shop, sign_in(shop, "ADM", shopkit.PIN, "bench")


def take_in(shop: Shop, actor: Actor, data: Path) -> dict[str, Any]:
    """Import the file; times in seconds, memory in MiB, the seconds of every ten thousand rows that were stored."""
    steps: list[float] = []
    start = time.perf_counter()
    with imports.check(shop, data / "parts.csv", "parts") as checked:
        judged = time.perf_counter()
        after_check = peak()

        def progress(done: int, total: int) -> None:
            if done % STEP == 0 or done == total:
                steps.append(time.perf_counter())
                print(f"{done} of {total}", end="\r", file=sys.stderr)

        done = imports.store(shop, actor, checked, "parts.csv", progress=progress)
    ended = time.perf_counter()
    each = [round(later - before, 2) for before, later in itertools.pairwise([judged, *steps])]
    return {
        "check_s": round(judged - start, 1), "store_s": round(ended - judged, 1), "added": done.added,
        "same": done.same, "peak_mib_after_check": after_check, "peak_mib": peak(),
        "s_per_10k": {"first": each[0], "middle": each[len(each) // 2], "last": each[-1], "worst": max(each)},
        "each": each,
    }  # fmt: skip


def peak() -> int:
    """Return the most memory this process has held, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def copy_empty(shop: Shop, path: Path) -> None:
    """Keep a copy of the empty house, with its indexes and triggers."""
    shop.db.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    shop.close()
    shutil.copy(shop.backend.path, path)  # type: ignore[union-attr]


def floor(shop: Shop, path: Path) -> float:
    """Return the seconds the bare driver takes for the same rows."""
    import apsw

    bare = apsw.Connection(str(path))
    for pragma in ("journal_mode=wal", "synchronous=full", "cache_size=-16000", "temp_store=memory"):
        bare.execute(f"PRAGMA {pragma}")
    seconds = 0.0
    for rows in _finished(shop):
        start = time.perf_counter()
        with bare:
            bare.executemany(f"INSERT INTO part VALUES ({', '.join('?' * len(rows[0]))})", rows)
        seconds += time.perf_counter() - start
    return seconds


def _finished(shop: Shop) -> Iterator[list[tuple[Any, ...]]]:
    with shop.reader() as db:
        cursor = db.execute_sql("SELECT * FROM part ORDER BY id")
        while rows := list(itertools.islice(cursor, imports.BATCH_ROWS)):
            yield rows


if __name__ == "__main__":
    main()
