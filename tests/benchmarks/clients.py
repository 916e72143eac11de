"""S5: 32 clients, each submits every half second, against as many bare clients that send the same statements.

    python -m tests.benchmarks.clients [--url URL_OF_AN_EMPTY_DATABASE] [--clients N] [--seconds N] [--rounds N]

Both kinds are processes of their own and work in turn, several windows each, in one run; printed are the median and
the 99th percentile of the time until the answer, and their ratios.
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
    options.add_argument("--seconds", type=float, default=6)
    options.add_argument("--rounds", type=int, default=3)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = prepare(asked.url or f"sqlite:///{folder}/shop.db", Path(folder))
        told = measure(place, Plan(asked.clients, asked.seconds, asked.rounds, EVERY))
    product, bare = figures(told[PRODUCT]), figures(told[BARE])
    print(json.dumps({
        "database": "postgres" if asked.url else "sqlite", "clients": asked.clients, "product": product, "bare": bare,
        "p50_ratio": round(product["p50_ms"] / bare["p50_ms"], 2),
        "p99_ratio": round(product["p99_ms"] / bare["p99_ms"], 2), "goal": {"p99_ratio": 2.0},
    }))  # fmt: skip


def figures(clients: list[Told]) -> dict[str, Any]:
    """Return failures and percentiles over all clients."""
    waits = sorted(wait * 1000 for one in clients for wait in one.waits)
    return {
        "failures": sum(len(one.failures) for one in clients),
        "p50_ms": round(statistics.median(waits), 2),
        "p99_ms": round(waits[len(waits) * 99 // 100], 2),
        "longest_ms": round(waits[-1], 1),
        "done": len(waits),
    }


if __name__ == "__main__":
    main()
