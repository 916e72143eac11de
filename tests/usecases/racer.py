"""One clerk at a terminal of its own: opens the shop, says so, waits for the word, does a verb and tells the outcome.

Run by the race tests as ``python -m tests.usecases.racer``; the call is JSON on the command line.
"""

import json
import sys
from pathlib import Path

from shopterm.domain.errors import ShopError
from tests.shopkit import do, reopen


def main() -> None:
    """Do one verb when told, and print ``done``, ``replayed`` or the kind of error."""
    call = json.loads(sys.argv[1])
    shop = reopen(call["url"], Path(call["data_dir"]))
    with shop.reader():
        print("ready", flush=True)
    sys.stdin.readline()
    try:
        done = do(shop, call["person"], call["action"], call["ref"], second=call.get("second"),
                  op_id=call.get("op_id"), **call["values"])  # fmt: skip
        print("replayed" if done.replayed else "done")
    except ShopError as error:
        print(error.code)
    shop.close()


if __name__ == "__main__":
    main()
