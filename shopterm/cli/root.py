"""The command `shopterm`: which command lives in which module, loaded when it is asked for."""

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import click

from shopterm import __version__, i18n
from shopterm.cli import click_words, identity
from shopterm.cli.base import Group, common_options, first_sentence
from shopterm.cli.context import Cli
from shopterm.cli.delivery import delivering
from shopterm.cli.errors import Outcome
from shopterm.domain.words import _
from shopterm.i18n import tr

COMPLETING = "_SHOPTERM_COMPLETE"
"""Set by a shell that asks how a word goes on."""


class Entry(NamedTuple):
    """Where a command is, and what the list of commands says of it."""

    module: str
    attribute: str
    help: str


COMMANDS: dict[str, Entry] = {
    "demo": Entry("demo_cmd", "demo", _("A living demo workshop in a database of its own; needs no set-up")),
    "init": Entry("admin_cmd", "init", _("First set-up: database, PIN secret, first administrator")),
    "actions": Entry("actions_cmd", "actions", _("The table of actions: who may do what, when, and what is asked")),
    "do": Entry("do_cmd", "do", _("Does one action to a document")),
    "order": Entry("lists_cmd", "order", _("Work orders")),
    "job": Entry("lists_cmd", "job", _("Jobs")),
    "sheet": Entry("lists_cmd", "sheet", _("Material and labour sheets")),
    "quote": Entry("lists_cmd", "quote", _("Quotes")),
    "part": Entry("lists_cmd", "part", _("Parts with stock and price")),
    "loan": Entry("lists_cmd", "loan", _("Loans")),
    "customer": Entry("lists_cmd", "customer", _("Customers")),
    "machine": Entry("lists_cmd", "machine", _("Machines")),
    "person": Entry("person_cmd", "person", _("People; sets a first PIN")),
    "report": Entry("report_cmd", "report", _("Reports, the labour summary first")),
    "import": Entry("import_cmd", "import_", _("Takes in files: parts, prices, customers, machines, stock …")),
    "verify": Entry("admin_cmd", "verify", _("Checks the evidence chain and everything that must hold")),
    "backup": Entry("admin_cmd", "backup", _("Writes a backup with its manifest")),
    "restore": Entry("admin_cmd", "restore", _("Puts a backup back into a new database")),
    "migrate": Entry("admin_cmd", "migrate", _("Brings the database to this program's schema, after a backup")),
    "doctor": Entry("doctor_cmd", "doctor", _("Checks this installation and says what to do")),
}
"""All commands in the order of the help page."""

HELP = _("""Runs a heavy-equipment dealer's service business from the terminal.

Without a command it opens the screens. Every option below may also stand after the command.

Exit status: 0 done, 1 a check failed, 2 wrong usage, 3 refused by a rule, 4 invalid input, 5 conflict,
6 not found, 7 database unavailable, 8 sign-in failed, 9 our own fault.""")


class Root(Group):
    """Loads a command's module only when the command is asked for: starting up fast is a feature."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the visit, not of the alphabet."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command's module and return the command."""
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        return getattr(import_module(f"shopterm.cli.{entry.module}"), entry.attribute)  # type: ignore[no-any-return]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or say which names are near."""
        if args[0] not in COMMANDS and not args[0].startswith("-") and not ctx.resilient_parsing:
            raise click.exceptions.NoSuchCommand(args[0], possibilities=COMMANDS, ctx=ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section(tr("Commands")):
            formatter.write_dl([(name, first_sentence(entry.help)) for name, entry in COMMANDS.items()])


def _screens(ctx: click.Context) -> int:
    """Open the screens when no command is given; returns their exit status."""
    cli = ctx.ensure_object(Cli)
    if ctx.invoked_subcommand is not None:
        return 0
    if cli.json or cli.csv:
        raise click.UsageError(tr("Name a command: the screens have no JSON and no CSV."), ctx)
    from shopterm.cli.screens import open_screens

    return open_screens(cli)


def _version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        click.echo(f"shopterm {__version__}")
        ctx.exit()


shopterm = Root(
    "shopterm",
    help=HELP,
    invoke_without_command=True,
    callback=click.pass_context(_screens),
    params=[
        *common_options(
            ("db", "site", "person", "pin_file", "second", "second_pin_file", "lang", "json", "csv", "bom")
        ),
        click.Option(["--version"], is_flag=True, is_eager=True, expose_value=False, callback=_version, hidden=True),
    ],
)


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit status; every error has become a sentence."""
    cli = Cli()
    with Outcome(cli, arguments) as outcome:
        _begin()
        if COMPLETING in os.environ:
            shopterm.main(list(arguments), prog_name="shopterm")
        outcome.status = _invoke(list(arguments), cli)
        with delivering():
            sys.stdout.flush()
    return outcome.status


def _invoke(arguments: list[str], cli: Cli) -> int:
    """Run the command; its own status, or that of an exit on the way, as after a help page."""
    try:
        with shopterm.make_context("shopterm", arguments, obj=cli) as context:
            status = shopterm.invoke(context)
    except click.exceptions.Exit as asked:
        return asked.exit_code
    return status if isinstance(status, int) else 0


def _begin() -> None:
    """Speak the locale's language until something better is known, and never fail over a character."""
    click_words.listen(Path(i18n.__file__).with_name("locale"))
    identity.speak(i18n.from_environment(os.environ))
    for stream in (sys.stdout, sys.stderr):
        reconfigure: Any = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
