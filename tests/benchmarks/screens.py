"""S6, S8, S12, S14: keys, start, idleness and colleagues' changes, against the least Textual program with a DataTable.

    python -m tests.benchmarks.screens [--rounds N]

Both run in turn on pseudo-terminals of 80 by 24 over one database of 300 work orders. A screen is settled at the last
byte that is followed by a quiet moment; printed are ratios of medians, and the bytes sent while idle. Both programs
run from compiled modules, as installed ones do, and each is started once before the start that counts.
"""

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shopterm.db.session import Shop
from tests import shopkit
from tests.journeys import terminal as keys
from tests.journeys.program import ROOT
from tests.journeys.terminal import Terminal

ORDERS = 300
QUIET = 0.15
"""Seconds without a byte after which a screen is settled."""
IDLE = 10.0
PAGE_DOWN = "\x1b[6~"
ARROWS, PAGES, CHANGES = 20, 8, 10
ADVISOR = "A1"
Figures = defaultdict[str, list[float]]


@dataclass(frozen=True)
class House:
    """Where the programs run."""

    folder: Path

    @property
    def environ(self) -> dict[str, str]:
        """What a terminal of the workshop sets."""
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("PYTHONDONT")}
        return inherited | {
            "PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, sys.path)]),
            "SHOPTERM_DB": f"sqlite:///{self.folder / 'shop.db'}",
            "SHOPTERM_STORAGE__DATA_DIR": str(self.folder),
            "LANGUAGE": "en",
        }


class Bare(Terminal):
    """The floor's program on a terminal."""

    module = "tests.benchmarks.bare_table"


def main() -> None:
    """Print one JSON object with the figures."""
    options = argparse.ArgumentParser()
    options.add_argument("--rounds", type=int, default=5)
    rounds: int = options.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        shop = shopkit.build(f"sqlite:///{folder}/shop.db", Path(folder))
        for number in range(ORDERS):
            open_order(shop, number)
        print(json.dumps(measure(shop, House(Path(folder)), rounds)))
        shop.close()


def open_order(shop: Shop, number: int) -> None:
    """Let an advisor elsewhere open a work order."""
    shopkit.do(
        shop, ADVISOR, "open_order", customer="K00001", serial=f"B{number:05}", maker="Komatsu", model="PC210",
        complaints=[{"text": f"complaint {number}"}],
    )  # fmt: skip


def measure(shop: Shop, house: House, rounds: int) -> dict[str, Any]:
    """Run product and floor in turn; return ratios, and of the product what has no floor."""
    product, floor = Figures(list), Figures(list)
    first_desk(house, Figures(list), time.monotonic()).close()  # now all modules are compiled
    for number in range(rounds):
        begun = time.monotonic()
        use(desk := first_desk(house, product, begun), product)
        see_changes(desk, shop, product, ORDERS + number * CHANGES)
        desk.close()
        begun = time.monotonic()
        bare = Bare(house, "bare", str(house.folder / "shop.db"))
        floor["start"].append(settled(bare) - begun)
        use(bare, floor)
        bare.close()
    floor["desk"] = floor["start"]
    told: dict[str, Any] = {
        name: round(statistics.median(product[name]) / statistics.median(floor[name]), 2)
        for name in ("start", "desk", "arrow", "page", "idle_cpu", "memory")
    }
    told |= {f"{name}_p90": round(_p90(product[name]) / _p90(floor[name]), 2) for name in ("arrow", "page")}
    told |= {"idle_bytes": max(product["idle_bytes"]), "change_seen_s": _told(product["change"])}
    return told | {"floor_ms": {name: round(statistics.median(floor[name]) * 1000, 1) for name in ("start", "arrow")}}


def first_desk(house: House, figures: Figures, begun: float) -> Terminal:
    """Start the program and sign in; the time of fingers is not counted, and the test workshop's PINs hash at once."""
    desk = Terminal(house, "desk-1")
    start = settled(desk) - begun
    desk.send(ADVISOR + keys.ENTER)
    settled(desk)
    sent = time.monotonic()
    desk.send(shopkit.PIN + keys.ENTER)
    shown = settled(desk)
    while "WO-" not in desk.text:
        assert time.monotonic() < sent + keys.PATIENCE, desk.picture()
        shown = settled(desk)
    figures["start"].append(start)
    figures["desk"].append(start + shown - sent)
    return desk


def use(terminal: Terminal, figures: Figures) -> None:
    """Press arrows and pages, then leave the terminal alone."""
    for key, times, name in ((keys.DOWN, ARROWS, "arrow"), (PAGE_DOWN, PAGES, "page")):
        for _press in range(times):
            sent = time.monotonic()
            terminal.send(key)
            figures[name].append(settled(terminal) - sent)
    before, drawn = _cpu(terminal.process.pid), 0
    end = time.monotonic() + IDLE
    while (left := end - time.monotonic()) > 0:
        drawn += terminal.read(left)
    figures["idle_bytes"].append(drawn)
    figures["idle_cpu"].append(_cpu(terminal.process.pid) - before)
    figures["memory"].append(_private_memory(terminal.process.pid))


def see_changes(desk: Terminal, shop: Shop, figures: Figures, first: int) -> None:
    """Let a colleague open work orders; the desk shows one more each time."""
    for number in range(first, first + CHANGES):
        open_order(shop, number)
        figures["change"].append(desk.expect(f"/{number + 1} "))
        desk.settle()


def settled(terminal: Terminal) -> float:
    """Draw what comes, until nothing comes for a moment; return when the last byte came."""
    last, waiting = time.monotonic(), True
    while terminal.read(keys.PATIENCE if waiting else QUIET):
        last, waiting = time.monotonic(), False
    return last


def _cpu(pid: int) -> float:
    """Return seconds all threads of a process have run so far, from the scheduler's own count."""
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9


def _private_memory(pid: int) -> int:
    """Return the kibibytes only this process uses."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_"))


def _p90(values: list[float]) -> float:
    return statistics.quantiles(values, n=10)[-1]


def _told(seconds: list[float]) -> dict[str, float]:
    return {"p50": round(statistics.median(seconds), 3), "max": round(max(seconds), 3)}


if __name__ == "__main__":
    main()
