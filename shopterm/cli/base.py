"""What all commands share: help in both languages and the options every command understands in any place."""

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import click

from shopterm.cli.context import Cli
from shopterm.cli.helptext import Formatter
from shopterm.domain.words import _
from shopterm.i18n import tr


class Context(click.Context):
    """A context whose help pages wrap by terminal cells."""

    formatter_class = Formatter


class Common(NamedTuple):
    """An option every command takes, before or after the command's name."""

    flags: tuple[str, ...]
    help: str
    metavar: str | None = None
    """None for a switch."""


COMMON: Mapping[str, Common] = {
    "db": Common(("--db",), _("The database: sqlite:///path or postgresql://… (also SHOPTERM_DB)."), "URL"),
    "site": Common(("--site",), _("The site that acts, when it is not that of the settings."), "CODE"),
    "person": Common(("--as",), _("Who acts: number, badge or name."), "PERSON"),
    "pin_file": Common(("--pin-file",), _("File with the PIN, mode 0600 (also SHOPTERM_PIN_FILE)."), "FILE"),
    "second": Common(("--with",), _("A second signer in the same verb."), "PERSON"),
    "second_pin_file": Common(("--with-pin-file",), _("File with the second signer's PIN, mode 0600."), "FILE"),
    "lang": Common(("--lang",), _("Language: zh or en."), "LANGUAGE"),
    "json": Common(("--json",), _("One JSON object on standard output, errors included.")),
    "csv": Common(("--csv",), _("Comma-separated values in UTF-8.")),
    "bom": Common(("--bom",), _("Begin CSV with a byte order mark, for spreadsheets.")),
}
TABLE = ("json", "csv", "bom")
"""Options that a command with a table shows in its help."""
PLACE = re.compile(r"[A-Z]{3,}")
"""A word for what is to be typed in its place."""
ACTING = ("person", "pin_file", "second", "second_pin_file", "json")
"""Options that a command which signs shows in its help."""


def spoken(places: str) -> str:
    """Return the words in capitals, which stand for what is to be typed, in the spoken language."""
    return PLACE.sub(lambda word: tr(word[0]), places)


class Argument(click.Argument):
    """An argument whose place is named in the spoken language."""

    def make_metavar(self, ctx: click.Context) -> str:
        """Return the name of its place."""
        return spoken(super().make_metavar(ctx))


class Option(click.Option):
    """An option whose help is a message id."""

    def make_metavar(self, ctx: click.Context) -> str:
        """Return the name of its value's place."""
        return spoken(super().make_metavar(ctx))

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return the option with its help in the spoken language."""
        told, self.help = self.help, tr(self.help) if self.help else ""
        try:
            return super().get_help_record(ctx)
        finally:
            self.help = told


class Command(click.Command):
    """A command whose help is a message id and which takes the common options."""

    context_class = Context

    def __init__(self, *args: Any, shows: tuple[str, ...] = ("json",), table: bool = False, **kwargs: Any) -> None:
        """Add the common options; those in ``shows`` stand in the help, ``table`` allows CSV."""
        super().__init__(*args, **kwargs)
        self.table = table
        self.params += common_options(TABLE if table and shows == ("json",) else shows)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return what may be typed after the command's name, in the spoken language."""
        return [spoken(piece) for piece in super().collect_usage_pieces(ctx)]

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help in the spoken language."""
        _format_help_text(self, formatter)

    def get_short_help_str(self, limit: int = 45) -> str:
        """Return the first sentence of the help in the spoken language."""
        return first_sentence(self.help or "")

    def invoke(self, ctx: click.Context) -> Any:
        """Refuse CSV before anything is done where there is no table."""
        if ctx.ensure_object(Cli).csv and not self.table:
            raise click.UsageError(tr("This command has no table to print as CSV."), ctx)
        return super().invoke(ctx)


class Group(click.Group):
    """A group whose help is a message id."""

    context_class = Context
    command_class = Command

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return what may be typed after the group's name, in the spoken language."""
        return [spoken(piece) for piece in super().collect_usage_pieces(ctx)]

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the help option in the spoken language: the parser keeps it from before the language was known."""
        found = super().get_help_option(ctx)
        if found is not None:
            found.help = tr("Show this message and exit.")
        return found

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help in the spoken language."""
        _format_help_text(self, formatter)

    def get_short_help_str(self, limit: int = 45) -> str:
        """Return the first sentence of the help in the spoken language."""
        return first_sentence(self.help or "")


def common_options(shown: tuple[str, ...]) -> list[click.Parameter]:
    """Make the common options; those not shown work all the same."""
    return [_common_option(name, name not in shown) for name in COMMON]


def argument(*names: str, **attrs: Any) -> Callable[[Any], Any]:
    """Declare an argument whose place is named in the spoken language."""
    return click.argument(*names, cls=Argument, **attrs)


def option(*flags: str, **attrs: Any) -> Callable[[Any], Any]:
    """Declare an option whose help is a message id."""
    return click.option(*flags, cls=Option, **attrs)


def first_sentence(message: str) -> str:
    """Return the first sentence of a help text in the spoken language, without its full stop."""
    paragraph = tr(message).partition("\n\n")[0]
    sentence = " ".join(paragraph.split())
    for end in (". ", "。"):
        sentence = sentence.partition(end)[0]
    return sentence.rstrip(".。")


def _common_option(name: str, hidden: bool) -> Option:
    common = COMMON[name]
    return Option(
        [*common.flags, name],
        help=common.help,
        metavar=common.metavar,
        is_flag=common.metavar is None,
        expose_value=False,
        hidden=hidden,
        is_eager=name == "lang",
        callback=_remember,
    )


def _remember(ctx: click.Context, param: click.Parameter, value: Any) -> Any:
    """Keep a common option that was given; the place nearest to the command wins."""
    if param.name and ctx.get_parameter_source(param.name) is click.core.ParameterSource.COMMANDLINE:
        ctx.ensure_object(Cli).take(param.name, value)
    return value


def _format_help_text(command: click.Command, formatter: click.HelpFormatter) -> None:
    if command.help:
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(tr(command.help))
