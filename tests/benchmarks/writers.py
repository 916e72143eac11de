"""S4: 32 writers on one SQLite file, as fast as each can, against the same with SQLite's busy_timeout alone.

    python -m tests.benchmarks.writers [--clients N] [--seconds N] [--rounds N]

Both kinds are processes of their own and work in turn in one run; printed are what failed, the longest wait of each,
their ratio, and the fairness: what the slowest writer got done, divided by the fastest one's.
"""

import argparse
import json
import tempfile
from pathlib import Path
from typing import Any

from tests.benchmarks.crowd import BARE, PRODUCT, Plan, Told, measure, prepare


def main() -> None:
    """Print one JSON object with the figures."""
    options = argparse.ArgumentParser()
    options.add_argument("--clients", type=int, default=32)
    options.add_argument("--seconds", type=float, default=12)
    options.add_argument("--rounds", type=int, default=1)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = prepare(f"sqlite:///{folder}/shop.db", Path(folder))
        told = measure(place, Plan(asked.clients, asked.seconds, asked.rounds))
    product, bare = figures(told[PRODUCT]), figures(told[BARE])
    print(json.dumps({
        "clients": asked.clients, "seconds": asked.seconds * asked.rounds, "product": product, "busy_timeout": bare,
        "longest_ratio": round(product["longest_ms"] / bare["longest_ms"], 3), "goal": {"longest_ratio": 0.25,
        "fairness": 0.5, "failures": 0},
    }))  # fmt: skip


def figures(clients: list[Told]) -> dict[str, Any]:
    """Return failures, the longest wait, the fairness and what was done altogether."""
    done = [len(one.waits) - len(one.failures) for one in clients]
    return {
        "failures": sum(len(one.failures) for one in clients),
        "longest_ms": round(max(wait for one in clients for wait in one.waits) * 1000, 1),
        "fairness": round(min(done) / max(done), 2),
        "done": sum(done),
        "first_failure": next((failure for one in clients for failure in one.failures), ""),
    }


if __name__ == "__main__":
    main()
