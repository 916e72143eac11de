"""Takes in files: checks first, stores what is good, holds what is doubtful, names every line it leaves out."""

from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from shopterm.cli.base import Command, Group, argument, option
from shopterm.cli.context import Cli
from shopterm.cli.held_cmd import held
from shopterm.cli.import_told import tell
from shopterm.cli.progress import progress
from shopterm.domain.errors import NotFound, Usage
from shopterm.domain.text import clean
from shopterm.domain.words import _
from shopterm.i18n import tr

if TYPE_CHECKING:
    from shopterm.imports import Assignment, Check

SHOWS = ("person", "pin_file", "json", "csv", "bom")
KINDS = {
    "parts": _("Takes in parts of the catalogue"),
    "prices": _("Takes in a maker's prices"),
    "customers": _("Takes in customers"),
    "machines": _("Takes in customers' machines"),
    "stock": _("Takes in the stock a site begins with"),
    "people": _("Takes in people with their roles and sites"),
    "standards": _("Takes in labour standards"),
    "supersessions": _("Takes in which part numbers replace which"),
    "interchange": _("Takes in other makers' parts that fit"),
    "kits": _("Takes in the contents of kits"),
    "numbers": _("Takes in customers' own part numbers"),
    "models": _("Takes in makers' models with their pin sizes"),
}
"""As `shopterm.imports` knows them; named here so that a help page need not load it."""


class KindCommand(Command):
    """A command whose help page names the columns of its kind of file."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write which columns a file needs and which are read besides."""
        from shopterm.imports import KINDS as kinds

        columns = kinds[str(self.name)].columns
        with formatter.section(tr("Columns")):
            formatter.write_dl([
                (tr("needed"), ", ".join(column.name for column in columns if column.required)),
                (tr("also read"), ", ".join(column.name for column in columns if not column.required)),
            ])  # fmt: skip


import_ = Group(
    "import",
    help=_("""Takes in files of master data, prices and stock.

The file is checked as a whole first: good lines are stored, doubtful ones are held for “shopterm import held”, bad ones
are named. What is on file already stays as it is: import a file again to finish an import that was interrupted. Exit
status 4 when a line was refused or is held. With --dry-run nothing is stored, and nobody need sign in."""),
)
import_.add_command(held)


def _import_command(kind: str, help_text: str) -> Command:
    @argument("file")
    @option("--dry-run", is_flag=True, help=_("Check and count; store nothing."))
    @option("--encoding", metavar="ENCODING", help=_("Character set of the file, where it is not found out."))
    @option(
        "--map",
        "maps",
        multiple=True,
        metavar="THEIRS=OURS",
        help=_("A column by its header; “:VALUE=OURS” is one value for all lines. May be repeated."),
    )
    @click.pass_obj
    def callback(cli: Cli, file: str, dry_run: bool, encoding: str | None, maps: tuple[str, ...]) -> int:
        return take_in(cli, kind, Path(file).expanduser(), dry_run=dry_run, encoding=encoding, maps=maps)

    made = click.command(kind, cls=KindCommand, table=True, shows=SHOWS, help=help_text)
    command: Command = made(callback)
    return command


for _kind, _help in KINDS.items():
    import_.add_command(_import_command(_kind, _help))


def take_in(cli: Cli, kind: str, path: Path, *, dry_run: bool, encoding: str | None, maps: tuple[str, ...]) -> int:
    """Check a file and store it unless told otherwise; returns the exit status."""
    if not path.exists():
        raise NotFound(_("There is no file {path}."), path=path)
    signs_in = not dry_run or "person" in cli.given
    actor, shop = (cli.actor if signs_in else None), cli.shop
    from shopterm.usecases.import_kinds import allow
    from shopterm.usecases.imports import store

    if actor is not None:
        allow(actor, kind)
    with _checked(cli, kind, path, encoding, assignment(maps)) as check:
        done = None
        if actor is not None:
            with progress(cli, tr("Storing")) as show:
                done = store(shop, actor, check, path.name, dry_run=dry_run, progress=show)
        failed = not done.clean if done else check.verdict.value != "accept"
        tell(cli, path, check, done, failed=failed, dry_run=dry_run)
    return 4 if failed else 0


def assignment(maps: tuple[str, ...]) -> "Assignment":
    """Read what was said about the columns."""
    from shopterm.imports import Assignment

    try:
        return Assignment.of(maps)
    except ValueError as error:
        raise Usage(_("--map needs THEIRS=OURS, not “{given}”."), given=clean(str(error), 60)) from error


def _checked(
    cli: Cli,
    kind: str,
    path: Path,
    encoding: str | None,
    columns: "Assignment",
) -> "AbstractContextManager[Check]":
    from shopterm.usecases.imports import check

    with progress(cli, tr("Reading")) as show:
        return check(cli.shop, path, kind, encoding=encoding, assignment=columns, progress=show)
