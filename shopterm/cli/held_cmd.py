"""Lists and answers the lines an import held back."""

from typing import TYPE_CHECKING, Any

import click

from shopterm.cli.base import Command, option
from shopterm.cli.context import Cli
from shopterm.cli.output import Heading, answer, plain, table, write_csv
from shopterm.domain.errors import Usage
from shopterm.domain.text import clean
from shopterm.domain.words import _
from shopterm.i18n import tr

if TYPE_CHECKING:
    from shopterm.db.queries.held import HeldRow
COLUMNS = (
    Heading("id", _("Number")),
    Heading("kind", _("Kind")),
    Heading("file", _("File")),
    Heading("line", _("Line")),
    Heading("field", _("Field")),
    Heading("reason", _("Doubt")),
    Heading("values", _("Values")),
)


@click.command(
    "held",
    cls=Command,
    table=True,
    shows=("person", "pin_file", "json", "csv", "bom"),
    help=_("""Lists the lines an import held back; with NUMBER it answers one.

“shopterm import held NUMBER accept” stores the line as it is or with corrections (--set FIELD=VALUE), “discard” drops
it."""),
)
@click.argument("number", type=int, required=False)
@click.argument("verdict", type=click.Choice(["accept", "discard"]), required=False)
@option("--set", "pairs", multiple=True, metavar="FIELD=VALUE", help=_("A corrected value; may be repeated."))
@click.pass_obj
def held(cli: Cli, number: int | None, verdict: str | None, pairs: tuple[str, ...]) -> None:
    """List the held lines, or answer one."""
    if number is None:
        _list(cli)
        return
    if verdict is None:
        raise Usage(_("Answer “accept” or “discard”."))
    corrections = dict(_pair(pair) for pair in pairs)
    actor, shop = cli.actor, cli.shop
    from shopterm.usecases.imports import answer_held

    done = answer_held(shop, actor, number, verdict, corrections)
    answer(
        cli,
        {"held": number, "answer": verdict, "added": done.added, "changed": done.changed},
        lambda: [tr("Stored.") if verdict == "accept" else tr("Discarded.")],
    )


def _pair(pair: str) -> tuple[str, str]:
    name, equals, value = pair.partition("=")
    if not equals:
        raise Usage(_("--set needs FIELD=VALUE, not “{given}”."), given=clean(pair, 60))
    return name.strip(), value


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
        lambda: table(COLUMNS, [_cells(row) for row in found], cli.zone) if found else [tr("No line is held.")],
    )


def _cells(row: "HeldRow") -> tuple[Any, ...]:
    values = " ".join(f"{name}={value}" for name, value in row.row.items())
    return row.id, row.kind, row.file, row.line, row.field, row.reason, values


def _described(cli: Cli, row: "HeldRow") -> dict[str, Any]:
    return {
        "id": row.id,
        "kind": row.kind,
        "file": row.file,
        "line": row.line,
        "field": row.field,
        "reason": row.reason,
        "at": plain(row.at, cli.zone),
        "row": {name: clean(value) for name, value in row.row.items()},
    }
