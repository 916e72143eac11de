"""One terminal of its own: opens the shop, waits for the word, then does verb after verb and tells of each.

Run as ``python -m tests.concurrency.worker``; the first line of its input is the work as JSON, the second the word to
begin. Before each verb it says what it is about to do, after each reply how it went: a line that was written is what
a person at this terminal had seen when the process was killed.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

from shopterm.domain.errors import ShopError, Unsure
from tests.shopkit import PIN, do, reopen

NO_ANSWER = ("unavailable", "unsure")


def main() -> None:
    """Do the calls in turn; ``retry`` repeats a call, with its operation id, while the database does not answer."""
    work = json.loads(sys.stdin.readline())
    shop = reopen(work["url"], Path(work["data_dir"]))
    with shop.reader():
        say("ready")
    sys.stdin.readline()
    for call in work["calls"]:
        say("asked", op_id=call["op_id"])
        while (told := attempt(shop, call))["outcome"] in NO_ANSWER and work["retry"]:
            say("again", **told)
            time.sleep(0.05)
        say("answered", **told)
    shop.close()


def attempt(shop: Any, call: dict[str, Any]) -> dict[str, Any]:
    """Do one verb and return its outcome: ``done``, ``replayed``, or an error's code with its sentence."""
    begun = time.monotonic()
    try:
        done = do(shop, call["person"], call["action"], call["ref"], second=call.get("second"),
                  op_id=call["op_id"], pin=call.get("pin", PIN), **call["values"])  # fmt: skip
        told = {"outcome": "replayed" if done.replayed else "done", "sentence": done.message}
    except ShopError as error:
        told = {"outcome": "unsure" if isinstance(error, Unsure) else error.code, "sentence": str(error)}
    return told | {"op_id": call["op_id"], "took": time.monotonic() - begun, "at": time.time_ns() // 1000}


def say(word: str, **more: Any) -> None:
    """Write one line, at once and whole."""
    sys.stdout.write(json.dumps({"word": word} | more) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
