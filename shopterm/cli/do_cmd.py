"""Does one action: signs the person in, reads the values, runs the use case, tells what happened."""

import json
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from shopterm.cli.base import ACTING, Command, argument, option
from shopterm.cli.context import Cli
from shopterm.cli.output import answer, plain
from shopterm.domain.action import Action
from shopterm.domain.actions import TABLE, action_named
from shopterm.domain.errors import NotFound, Unavailable, Usage, invalid
from shopterm.domain.fields import Kind
from shopterm.domain.text import clean
from shopterm.domain.words import _
from shopterm.i18n import tr
from shopterm.show import say, show

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from shopterm.usecases.request import Done

FROM_FILE = frozenset({Kind.LINES, Kind.CHECKLIST})
"""Kinds of field for which a value @FILE names a JSON file."""
LARGEST_FILE = 4 << 20
SAFE_TO_REPEAT = _("Repeat it with --op-id {op_id}: it happens once at most.")


def _action_names(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> "list[CompletionItem]":
    from click.shell_completion import CompletionItem

    return [CompletionItem(row.name, help=tr(row.label)) for row in TABLE if row.name.startswith(incomplete)]


def _field_names(ctx: click.Context, _param: click.Parameter, incomplete: str) -> "list[CompletionItem]":
    from click.shell_completion import CompletionItem

    fields = [field for row in TABLE if row.name == ctx.params.get("action") for field in row.form]
    return [
        CompletionItem(f"{field.name}=", help=tr(field.label)) for field in fields if field.name.startswith(incomplete)
    ]


@click.command(
    "do",
    cls=Command,
    shows=ACTING,
    help=_("""Does one ACTION to a DOCUMENT, or to a “new” one.

“shopterm actions ACTION” tells what it asks. Lines are JSON, or one text line each with the cells apart by “;”:
--set 'lines=[{"part":"207-30-00101","quantity":2}]' or --set lines=@FILE.json. The PIN is asked on the terminal, or
read from a file of mode 0600."""),
)
@argument("action", shell_complete=_action_names)
@argument("document")
@option(
    "--set",
    "pairs",
    multiple=True,
    metavar="FIELD=VALUE",
    shell_complete=_field_names,
    help=_("The value of one field; may be repeated."),
)
@option("--values", metavar="FILE", help=_("A JSON object with values; “-” reads standard input."))
@option("--op-id", type=click.UUID, metavar="UUID", help=_("Operation id: repeated, it takes effect once."))
@option("--if-version", type=int, metavar="N", help=_("Only if the document's version is N still."))
@click.pass_obj
def do(
    cli: Cli,
    action: str,
    document: str,
    pairs: tuple[str, ...],
    values: str | None,
    op_id: uuid.UUID | None,
    if_version: int | None,
) -> None:
    """Do one action and tell what happened."""
    row = action_named(action)
    given = read_values(row, pairs, values)
    person = cli.actor
    from shopterm.usecases.request import Request
    from shopterm.usecases.run import run

    operation = str(op_id or uuid.uuid4())
    request = Request(
        row.name,
        None if row.new else cli.number(document),
        given,
        operation,
        if_version,
        cli.pin if row.signs else None,
        cli.second if row.second else None,
    )
    try:
        done = run(cli.shop, person, request)
    except Unavailable as error:
        error.hint, error.params = SAFE_TO_REPEAT, error.params | {"op_id": operation}
        raise
    answer(cli, described(cli, row, done, operation), lambda: _told(cli, done))


def read_values(row: Action, pairs: tuple[str, ...], file: str | None) -> dict[str, Any]:
    """Return the values as given: those of the file first, then each --set over them."""
    values: dict[str, Any] = {}
    if file is not None:
        found = read_json(file)
        if not isinstance(found, dict):
            raise invalid("--values", _("{path} must hold one JSON object."), path=file)
        values |= found
    kinds = {field.name: field.kind for field in row.form}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals:
            raise Usage(_("--set needs FIELD=VALUE, not “{given}”."), given=clean(pair, 60))
        name = name.strip().replace("-", "_")
        from_file = value.startswith("@") and kinds.get(name) in FROM_FILE
        values[name] = read_json(value[1:]) if from_file else value
    return values


def read_json(name: str) -> Any:
    """Return what a JSON file holds; "-" is standard input."""
    try:
        if name == "-":
            text = sys.stdin.buffer.read(LARGEST_FILE + 1)
        else:
            with Path(name).expanduser().open("rb") as file:
                text = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise NotFound(_("{path} cannot be read: {reason}"), path=name, reason=error.strerror) from error
    if len(text) > LARGEST_FILE:
        raise invalid(name, _("{path} is too large."), path=name)
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise invalid(name, _("{path} is not JSON: {reason}"), path=name, reason=clean(str(error), 120)) from error


def described(cli: Cli, row: Action, done: "Done", operation: str) -> dict[str, Any]:
    """Return what happened as other programs read it."""
    return {
        "action": row.name,
        "document": {
            "doc": done.doc.value,
            "id": done.id,
            "number": done.number,
            "state": done.state.value if done.state else None,
            "version": done.version,
        },
        "made": [{"doc": doc.value, "id": key, "number": number} for doc, key, number in done.made],
        "message": say(done.message, done.params, cli.zone),
        "params": {name: plain(value, cli.zone) for name, value in done.params.items()},
        "seq": done.seq,
        "replayed": done.replayed,
        "op_id": operation,
        **({"secret": done.secret} if done.secret else {}),  # told once, kept nowhere
    }


def _in_state(told: str, done: "Done") -> str:
    """Add the state, unless the sentence says it."""
    state = show(done.state)
    return tr("{number}, {state}", number=told, state=state) if state and state not in told else told


def _told(cli: Cli, done: "Done") -> Iterator[str]:
    before = tr("was done before")
    again = f" ({before})" if done.replayed else ""
    told = f"{say(done.message, done.params, cli.zone)} {done.secret}".rstrip() + again
    if done.number in told:  # what was said names it
        yield _in_state(told, done)
    else:
        yield tr("{head}: {told}", head=_in_state(done.number, done), told=told)
    for doc, _key, number in done.made:
        if number != done.number:
            yield f"  {show(doc)} {number}"
