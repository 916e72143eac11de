"""Starts shopterm: the screens when nothing is asked, else one command; returns the exit status of the contract."""

import sys
from collections.abc import Sequence

from shopterm import __version__


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given == ["--version"]:  # asked by installers and monitors; needs nothing of the program
        print(f"shopterm {__version__}")
        return 0
    from shopterm.cli.root import run

    return run(given)


if __name__ == "__main__":
    sys.exit(main())
