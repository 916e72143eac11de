"""Lists, shows and answers the lines an import held back."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from shopterm.cli.base import TABLE, Command, Group, argument, common_options, option
from shopterm.cli.context import Cli
from shopterm.cli.output import Heading, answer, plain, table, write_csv
from shopterm.domain.errors import Usage
from shopterm.domain.text import clean
from shopterm.domain.words import _
from shopterm.i18n import tr

if TYPE_CHECKING:
    from shopterm.db.queries.held import Doubt, HeldRow
COLUMNS = (
    Heading("number", _("Number")),
    Heading("kind", _("Kind")),
    Heading("file", _("File")),
    Heading("line", _("Line")),
    Heading("field", _("Field")),
    Heading("sentence", _("Doubt")),
)
SHOWN = tuple(column for column in COLUMNS if column.key not in ("line", "field"))
"""For people: the sentence names line and field."""
OF_ROW = (Heading("field", _("Field")), Heading("value", _("As it stood")))
SIGNING = ("person", "pin_file", "json")
NUMBERS = argument("numbers", metavar="NUMBER...", nargs=-1, required=True)


def _by_itself(ctx: click.Context) -> None:
    """List what waits when nothing more is said."""
    if ctx.invoked_subcommand is None:
        _list(ctx.ensure_object(Cli))


held = Group(
    "held",
    invoke_without_command=True,
    callback=click.pass_context(_by_itself),
    params=common_options(TABLE),
    help=_("""Lists, shows and answers the lines an import held back.

A line is accepted as it is or with corrections, or it is discarded; then it leaves the list. The same line in another
import is not asked again."""),
)


@held.command("list", cls=Command, table=True, shows=TABLE, help=_("Prints the lines that wait, the oldest first."))
@click.pass_obj
def list_(cli: Cli) -> None:
    """List the held lines."""
    _list(cli)


@held.command("show", cls=Command, help=_("Prints one line: its values, and what is in doubt."))
@argument("number")
@click.pass_obj
def show(cli: Cli, number: str) -> None:
    """Show one held line."""
    row = _read(cli, number)
    answer(cli, _described(cli, row), lambda: _page(cli, row))


@held.command(
    "accept",
    cls=Command,
    shows=SIGNING,
    help=_("""Stores lines: what is in doubt counts as right.

With --set a value is corrected first; the corrected line is checked again."""),
)
@NUMBERS
@option("--set", "pairs", multiple=True, metavar="FIELD=VALUE", help=_("A corrected value; may be repeated."))
@click.pass_obj
def accept(cli: Cli, numbers: tuple[str, ...], pairs: tuple[str, ...]) -> None:
    """Store held lines."""
    corrections = dict(_pair(pair) for pair in pairs)
    if corrections and len(numbers) > 1:
        raise Usage(_("--set corrects one line; give one number."))
    actor, shop = cli.actor, cli.shop
    from shopterm.usecases.held_answers import accept_held

    told = []
    for row in [_read(cli, number) for number in numbers]:
        done = accept_held(shop, actor, row, corrections)
        told.append({"held": row.number, "answer": "accept", "added": done.added, "changed": done.changed})
    answer(cli, {"answers": told}, lambda: [tr("{number}: stored.", number=one["held"]) for one in told])


@held.command("discard", cls=Command, shows=SIGNING, help=_("Drops lines; nothing of them is stored."))
@NUMBERS
@click.pass_obj
def discard(cli: Cli, numbers: tuple[str, ...]) -> None:
    """Drop held lines."""
    actor, shop = cli.actor, cli.shop
    from shopterm.usecases.held_answers import discard_held

    rows = [_read(cli, number) for number in numbers]
    for row in rows:
        discard_held(shop, actor, row)
    told = [{"held": row.number, "answer": "discard"} for row in rows]
    answer(cli, {"answers": told}, lambda: [tr("{number}: discarded.", number=row.number) for row in rows])


def _pair(pair: str) -> tuple[str, str]:
    name, equals, value = pair.partition("=")
    if not equals:
        raise Usage(_("--set needs FIELD=VALUE, not “{given}”."), given=clean(pair, 60))
    return name.strip(), value


def _read(cli: Cli, number: str) -> "HeldRow":
    shop = cli.shop
    from shopterm.db.queries.held import held_row

    return held_row(shop, number)


def _list(cli: Cli) -> None:
    shop = cli.shop
    from shopterm.db.queries.held import held_rows

    found = held_rows(shop)
    if cli.csv:
        write_csv(COLUMNS, map(_cells, found), cli.zone, bom=cli.bom)
        return
    answer(
        cli,
        {"held": [_described(cli, row) for row in found]},
        lambda: table(SHOWN, list(map(_shown, found)), cli.zone) if found else [tr("No line is held.")],
    )


def _cells(row: "HeldRow") -> tuple[Any, ...]:
    return row.number, row.kind, row.file, row.line, row.field, _sentence(row, row.doubts[0])


def _shown(row: "HeldRow") -> tuple[Any, ...]:
    return row.number, row.kind, row.file, _sentence(row, row.doubts[0])


def _sentence(row: "HeldRow", doubt: "Doubt") -> str:
    from shopterm.imports import Issue, Outcome, Reason

    issue = Issue(row.line, Outcome.HOLD, Reason(doubt.reason), doubt.field, doubt.params, doubt.stored)
    return clean(tr(issue.sentence, **issue.arguments))


def _page(cli: Cli, row: "HeldRow") -> Iterator[str]:
    file = clean(row.file)
    yield tr("{number}: {kind}, line {line} of {file}", number=row.number, kind=row.kind, line=row.line, file=file)
    for doubt in row.doubts:
        yield f"  {_sentence(row, doubt)}"
    yield ""
    yield from (f"  {line}" for line in table(OF_ROW, _in_order(row), cli.zone, indent=2))


def _in_order(row: "HeldRow") -> list[tuple[str, str]]:
    """Return the cells in the order in which a file of the kind has them."""
    from shopterm.imports import KINDS

    return [(column.name, row.row[column.name]) for column in KINDS[row.kind].columns if column.name in row.row]


def _described(cli: Cli, row: "HeldRow") -> dict[str, Any]:
    return {
        "number": row.number,
        "id": row.id,
        "kind": row.kind,
        "file": row.file,
        "line": row.line,
        "field": row.field,
        "reason": row.reason,
        "at": plain(row.at, cli.zone),
        "row": {name: clean(value) for name, value in row.row.items()},
        "doubts": [
            {"field": one.field, "reason": one.reason, "sentence": _sentence(row, one), "proposed": one.stored}
            for one in row.doubts
        ],
    }
