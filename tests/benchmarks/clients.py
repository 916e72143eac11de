"""S5: 32 clients, each submits every half second, against as many bare clients that send the same statements.

    python -m tests.benchmarks.clients [--url URL_OF_AN_EMPTY_DATABASE] [--clients N] [--seconds N] [--rounds N]

Both kinds are processes of their own and work in turn, several windows each, in one run; printed are the median and
the 99th percentile of the time until the answer, and their ratios: that of each window to the one before it, of which
the middle one counts, so that what else the machine does for a while does not.
"""

import argparse
import json
import statistics
import tempfile
from pathlib import Path
from typing import Any

from tests.benchmarks.crowd import BARE, PRODUCT, Plan, Told, measure, prepare

EVERY = 0.5
"""Seconds from one submit of a client to its next."""


def main() -> None:
    """Print one JSON object with the figures."""
    options = argparse.ArgumentParser()
    options.add_argument("--url", default="")
    options.add_argument("--clients", type=int, default=32)
    options.add_argument("--seconds", type=float, default=4)
    options.add_argument("--rounds", type=int, default=7)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = prepare(asked.url or f"sqlite:///{folder}/shop.db", Path(folder))
        told = measure(place, Plan(asked.clients, asked.seconds, asked.rounds, EVERY))
    product, bare = told[PRODUCT], told[BARE]
    ratios = {share: [ours / floor for ours, floor in zip(windows(product, share), windows(bare, share), strict=True)]
              for share in (50, 99)}  # fmt: skip
    print(json.dumps({
        "database": "postgres" if asked.url else "sqlite", "clients": asked.clients, "product": figures(product),
        "bare": figures(bare), "p50_ratio": round(statistics.median(ratios[50]), 2),
        "p99_ratio": round(statistics.median(ratios[99]), 2), "p99_ratios": [round(one, 2) for one in ratios[99]],
        "goal": {"p99_ratio": 2.0},
    }))  # fmt: skip


def windows(clients: list[Told], share: int) -> list[float]:
    """Return a percentile over all clients, in milliseconds, for each window."""
    found = []
    for turn in zip(*[one.rounds for one in clients], strict=True):
        waits = sorted(wait * 1000 for waits in turn for wait in waits)
        found.append(waits[len(waits) * share // 100])
    return found


def figures(clients: list[Told]) -> dict[str, Any]:
    """Return failures, percentiles of the middle window, and the longest wait of all."""
    return {
        "failures": sum(len(one.failures) for one in clients),
        "p50_ms": round(statistics.median(windows(clients, 50)), 2),
        "p99_ms": round(statistics.median(windows(clients, 99)), 2),
        "longest_ms": round(max(wait for one in clients for wait in one.waits) * 1000, 1),
        "done": sum(len(one.waits) for one in clients),
    }


if __name__ == "__main__":
    main()
