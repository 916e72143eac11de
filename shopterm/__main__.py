"""Starts shopterm: the screens when nothing is asked, else one command; returns the exit status of the contract."""

import gc
import os
import sys
from collections.abc import Sequence

from shopterm import __version__

SELDOM = 20_000, 10, 10
"""Starting up makes what stays: looking for garbage at every 700 new objects would take a tenth of a short command."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    _fill_standard_streams()
    if given == ["--version"]:  # asked by installers and monitors; needs nothing of the program
        print(f"shopterm {__version__}")
        return 0
    if arguments is None:
        gc.set_threshold(*SELDOM)
    from shopterm.cli.root import run

    status = run(given)
    if arguments is None:
        gc.freeze()  # or the interpreter would look for garbage once more on its way out
    return status


def _fill_standard_streams() -> None:
    """Open what was closed on purpose: else the next file, maybe the database, would be taken for standard output."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            handle = os.open(os.devnull, os.O_RDWR)  # the lowest number that is free: the stream's own
            setattr(sys, name, os.fdopen(handle, mode, encoding="utf-8"))


if __name__ == "__main__":
    sys.exit(main())
