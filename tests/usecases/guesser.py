"""Somebody who guesses PINs at a terminal until the process is killed.

Run by the lock-out tests as ``python -m tests.usecases.guesser URL DATA_DIR PERSON TERMINAL``.
"""

import sys
from pathlib import Path

from shopterm.domain.errors import SignInFailed
from shopterm.usecases.sign_in import sign_in
from tests.shopkit import reopen


def main(url: str, data_dir: str, person: str, terminal: str) -> None:
    """Guess for ever; every answer is told."""
    shop = reopen(url, Path(data_dir))
    while True:
        try:
            sign_in(shop, person, "000000", terminal)
        except SignInFailed:
            print("wrong", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
