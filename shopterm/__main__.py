"""Starts shopterm: the screens when nothing is asked, else one command; returns the exit status of the contract."""

import gc
import sys
from collections.abc import Sequence

from shopterm import __version__

SELDOM = 20_000, 10, 10
"""Starting up makes what stays: looking for garbage at every 700 new objects would take a tenth of a short command."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
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


if __name__ == "__main__":
    sys.exit(main())
