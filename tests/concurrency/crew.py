"""Real processes at work in one shop: started, sent off together, waited for or killed, and what each had seen."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from shopterm.db.backends import SqliteBackend
from shopterm.db.session import Shop
from tests.concurrency.house import Call

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 60
"""Seconds after which a process that does not get ready has failed."""


def url_of(shop: Shop) -> str:
    """Return the address of a shop's database."""
    return f"sqlite:///{shop.backend.path}" if isinstance(shop.backend, SqliteBackend) else shop.backend.url


@dataclass(frozen=True)
class Worker:
    """A process and the file it writes to: what stands there was seen, whatever happens to the process."""

    process: "subprocess.Popen[str]"
    log: Path

    def lines(self, *words: str) -> list[dict[str, Any]]:
        """Return the whole lines written so far that begin with one of these words."""
        whole, _newline, _half = self.log.read_text(encoding="utf-8").rpartition("\n")
        return [line for line in map(json.loads, whole.splitlines()) if line["word"] in words]

    def go(self) -> None:
        """Wait until it is ready and give the word."""
        deadline = time.monotonic() + PATIENCE
        while not self.lines("ready"):
            assert self.process.poll() is None and time.monotonic() < deadline, self.log.read_text()
            time.sleep(0.005)
        assert self.process.stdin
        self.process.stdin.write("go\n")
        self.process.stdin.flush()

    def finish(self) -> None:
        """Wait for its end, which must be a good one: a traceback is none."""
        assert self.process.wait(600) == 0, self.log.read_text()[-3000:]
        self._close()

    def kill(self) -> bool:
        """End it at once; says whether it was still at work."""
        self.process.kill()
        killed = self.process.wait(PATIENCE) != 0
        self._close()
        return killed

    def _close(self) -> None:
        assert self.process.stdin
        self.process.stdin.close()


@dataclass
class Crew:
    """All workers a test has started in a shop."""

    shop: Shop
    folder: Path
    retry: bool = False
    workers: list[Worker] = field(default_factory=list)
    calls: dict[str, Call] = field(default_factory=dict)
    """Every call that was given out, by operation id."""

    def start(self, calls: Sequence[Call]) -> Worker:
        """Start one process with its work; it waits for the word."""
        log = self.folder / f"worker-{len(self.workers):03}.log"
        work = {"url": url_of(self.shop), "data_dir": str(self.shop.data_dir), "calls": calls, "retry": self.retry}
        with log.open("w") as out:
            process = subprocess.Popen(
                [sys.executable, "-m", "tests.concurrency.worker"], cwd=ROOT, text=True,
                env=os.environ | {"PYTHONPATH": str(ROOT)}, stdin=subprocess.PIPE, stdout=out, stderr=out,
            )  # fmt: skip
        assert process.stdin
        process.stdin.write(json.dumps(work) + "\n")
        process.stdin.flush()
        self.workers.append(Worker(process, log))
        self.calls |= {call["op_id"]: call for call in calls}
        return self.workers[-1]

    def run(self, *plans: Sequence[Call]) -> list[dict[str, Any]]:
        """Let a process for each plan begin at the same moment, and return all answers."""
        workers = [self.start(plan) for plan in plans]
        for worker in workers:
            worker.go()
        for worker in workers:
            worker.finish()
        return self.answers()

    def answers(self) -> list[dict[str, Any]]:
        """Return all answers that were seen."""
        return [line for worker in self.workers for line in worker.lines("answered")]

    def unanswered(self) -> list[str]:
        """Return the operations that were asked for and whose answer nobody saw."""
        asked = {line["op_id"] for worker in self.workers for line in worker.lines("asked")}
        return sorted(asked - {answer["op_id"] for answer in self.answers()})

    def end(self) -> None:
        """Leave no process behind."""
        for worker in self.workers:
            if worker.process.poll() is None:
                worker.kill()
