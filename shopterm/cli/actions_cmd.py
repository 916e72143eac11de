"""Prints the table of actions: what every verb is called, who may do it and when, and what it asks."""

from collections.abc import Iterable, Iterator
from datetime import UTC
from typing import Any

import click

from shopterm.cli.base import TABLE as TABLE_FORMS
from shopterm.cli.base import Command, argument, option
from shopterm.cli.context import Cli
from shopterm.cli.output import Heading, answer, table, write_csv
from shopterm.domain.action import Action
from shopterm.domain.actions import TABLE, action_named
from shopterm.domain.errors import Usage
from shopterm.domain.fields import Field
from shopterm.domain.vocabulary import Doc, Role, Word
from shopterm.domain.words import _
from shopterm.i18n import tr
from shopterm.show import show

COLUMNS = (
    Heading("name", _("Name")),
    Heading("document", _("Document")),
    Heading("rule", _("Rule")),
    Heading("key", _("Key")),
    Heading("label", _("Label")),
    Heading("roles", _("Roles")),
    Heading("states", _("In state")),
    Heading("guards", _("Conditions")),
    Heading("fields", _("Fields")),
)
"""What CSV has; on paper the columns that fit."""
SHORT = ("name", "document", "key", "label", "rule", "roles")


@click.command(
    cls=Command,
    table=True,
    shows=("person", "pin_file", *TABLE_FORMS),
    help=_("""The table of actions: who may do what, when, and what is asked.

With the name of an ACTION it prints everything about that one, with the fields for “shopterm do”. With a NUMBER too,
what it asks of that document: the values its form starts from, the checklist it walks and, for the person of --as,
why it cannot be done yet."""),
)
@argument("action", required=False)
@argument("number", required=False)
@option("--doc", "document", type=click.Choice([doc.value for doc in Doc]), help=_("Only actions on this document."))
@option("--role", type=click.Choice([role.value for role in Role]), help=_("Only actions this role may do."))
@click.pass_obj
def actions(cli: Cli, action: str | None, number: str | None, document: str | None, role: str | None) -> None:
    """Print the whole table, a part of it, one action, or one action as it stands for a document."""
    if action is not None:
        _print_one(cli, action_named(action), number)
        return
    found = [row for row in TABLE if document in (None, row.doc) and (role is None or Role(role) in row.by)]
    if cli.csv:
        write_csv(COLUMNS, [_cells(row) for row in found], UTC, bom=cli.bom)
        return
    shown = [column for column in COLUMNS if column.key in SHORT]
    answer(
        cli,
        {"actions": [described(row) for row in found]},
        lambda: table(
            shown, [[dict(zip(COLUMNS, _cells(row), strict=True))[column] for column in shown] for row in found], UTC
        ),
    )


def _print_one(cli: Cli, row: Action, number: str | None) -> None:
    if number is None:
        answer(cli, described(row), lambda: _page(row))
        return
    if row.new:
        raise Usage(_("“{action}” makes a document; it is done to none."), action=row.name)
    from shopterm.cli.asked import asked_lines, read_asked

    asked = read_asked(cli, row, number)
    answer(cli, described(row) | asked, lambda: [*_page(row), *asked_lines(asked)])


def described(row: Action) -> dict[str, Any]:
    """Return everything about an action as other programs read it."""
    return {
        "name": row.name,
        "document": row.doc.value,
        "rule": row.rule,
        "key": row.key,
        "label": tr(row.label),
        "hint": tr(row.hint),
        "roles": _values(row.by),
        "states": _values(row.when),
        "becomes": _values(row.then),
        "new": row.new,
        "makes": row.makes.value if row.makes else None,
        "signs": row.signs,
        "second": _values(row.second),
        "guards": [
            {"name": guard.name, "rule": guard.rule, "sentence": tr(guard.sentence), "who": _values(guard.who)}
            for guard in row.guards
        ],
        "fields": [_field(field) for field in row.form],
    }


def _field(field: Field) -> dict[str, Any]:
    choices = [str(choice) for choice in field.choices] if field.choices else None
    told = {
        "name": field.name,
        "label": tr(field.label),
        "kind": field.kind.value,
        "required": field.required,
        "help": tr(field.help),
        "choices": choices,
        "minimum": field.minimum,
        "maximum": field.maximum,
        "max_length": field.max_length,
        "columns": [_field(column) for column in field.columns],
    }
    return {name: value for name, value in told.items() if value not in (None, "", [])}


def _cells(row: Action) -> tuple[Any, ...]:
    return (
        row.name,
        row.doc,
        row.rule,
        row.key,
        tr(row.label),
        _in_order(row.by),
        _in_order(row.when),
        tuple(guard.name for guard in row.guards),
        tuple(field.name for field in row.form),
    )


def _in_order(words: Iterable[Word]) -> tuple[Word, ...]:
    return tuple(sorted(words))


def _values(words: Iterable[Word]) -> list[str]:
    return sorted(word.value for word in words)


def _page(row: Action) -> Iterator[str]:
    """Yield one action as a page, ending with the command that does it."""
    yield f"{row.name}  {tr(row.label)}  [{row.rule}]"
    yield from _line(tr("Document"), show(row.doc))
    yield from _line(tr("Roles"), show(_in_order(row.by)))
    yield from _line(tr("In state"), show(_in_order(row.when)))
    yield from _line(tr("Then"), show(_in_order(row.then)))
    yield from _line(tr("Second signer"), show(_in_order(row.second)))
    yield from _line(tr("Remember"), tr(row.hint))
    for guard in row.guards:
        sentence = f"{tr(guard.sentence)} [{guard.rule}]"
        yield from _line(tr("Only if"), tr("{head}: {told}", head=guard.name, told=sentence))
    for field in row.form:
        yield from _field_lines(field, 1)
    ref = "new" if row.new else show(row.doc).upper().replace(" ", "-")
    signs = f" --pin-file {tr('FILE')}" if row.signs else ""
    person = tr("PERSON")
    yield ""
    yield f"shopterm --as {person} do {row.name} {ref}{_example(row)}{signs}"


def _field_lines(field: Field, depth: int) -> Iterator[str]:
    optional = tr("optional")
    need = "" if field.required else f" ({optional})"
    choices = f" {{{'|'.join(map(str, field.choices))}}}" if field.choices else ""
    line = f"{field.name}  {tr(field.label)}, {field.kind.value}{choices}{need}"
    yield "  " * depth + (tr("{head}: {told}", head=line, told=tr(field.help)) if field.help else line)
    for column in field.columns:
        yield from _field_lines(column, depth + 1)


def _line(label: str, text: str) -> Iterator[str]:
    if text:
        yield "  " + tr("{head}: {told}", head=label, told=text)


def _example(row: Action) -> str:
    needed = [field for field in row.form if field.required]
    return "".join(f" --set '{field.name}={_sample(field)}'" for field in needed)


def _sample(field: Field) -> str:
    if not field.columns:
        return "…"
    needed = [column for column in field.columns if column.required] or field.columns[:1]
    cells = ",".join(f'"{column.name}":"…"' for column in needed)
    return "[{" + cells + "}]"
