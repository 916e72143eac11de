"""Shows how far long work has come: on a terminal only, never between the lines of a result."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

import click

from shopterm.cli.context import Cli

Progress = Callable[[int, int], None]
"""Called with the work done and the work in all."""
Tell = Callable[[str, int, int], None]
"""The same, with what is being worked on first."""
EVERY = 0.1
"""Seconds between two numbers: a thin line carries them all."""


@contextmanager
def progress(cli: Cli, what: str) -> Iterator[Progress | None]:
    """Give a function that shows percents; None where nobody would see them. The line is gone afterwards."""
    if cli.json or not sys.stderr.isatty():
        yield None
        return
    last = 0.0

    def show(done: int, total: int) -> None:
        nonlocal last
        if monotonic() - last >= EVERY:
            last = monotonic()
            click.echo(f"\r{what} {100 * done // max(total, 1)} %", nl=False, err=True)

    try:
        yield show
    finally:
        click.echo("\r\x1b[K", nl=False, err=True)


def named(show: Progress | None) -> Tell | None:
    """Return what work calls that also names what it is at; only the percents are shown."""
    return None if show is None else lambda _what, done, total: show(done, total)
