"""Checks this installation and says what to do."""

import click

from shopterm.cli.base import Command
from shopterm.cli.checkup import BAD, Finding, checkup
from shopterm.cli.context import Cli
from shopterm.cli.output import answer
from shopterm.domain.text import clean, width
from shopterm.domain.words import _
from shopterm.i18n import tr

MARKS = {"ok": _("ok"), "warn": _("warn"), "bad": _("bad")}


@click.command(
    cls=Command,
    help=_("""Checks versions, rights, disk, clock, database and backups of this installation.

Each line is ok, warn or bad, with what to do. Exit status 1 when one is bad."""),
)
@click.pass_obj
def doctor(cli: Cli) -> int:
    """Print every finding."""
    found = list(checkup(cli))
    answer(
        cli,
        {"ok": all(one.level != BAD for one in found), "findings": [one._asdict() for one in found]},
        lambda: [_line(one, found) for one in found],
    )
    return 1 if any(one.level == BAD for one in found) else 0


def _line(one: Finding, found: list[Finding]) -> str:
    marks = max(width(tr(mark)) for mark in MARKS.values())
    names = max(width(other.what) for other in found)
    mark = tr(MARKS[one.level])
    advice = f"  -> {one.advice}" if one.advice else ""
    return clean(
        f"{mark}{' ' * (marks - width(mark))}  {one.what}{' ' * (names - width(one.what))}  {one.found}{advice}"
    )
