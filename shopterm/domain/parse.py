"""Turns what was typed into values: every problem at once, each with its field and line."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, tzinfo
from typing import Any

from shopterm.domain.errors import Invalid, Problem
from shopterm.domain.fields import Field, Kind
from shopterm.domain.moments import read_day, read_instant
from shopterm.domain.readers import (
    BadValue,
    read_choice,
    read_integer,
    read_marks,
    read_minutes,
    read_money,
    read_names,
    read_quantity,
    read_rows,
    read_text,
    read_yes_no,
)
from shopterm.domain.units import Minutes, Money, Quantity
from shopterm.domain.words import _

MAX_LINES = 500
_UNITS: dict[Kind, type[int]] = {Kind.QUANTITY: Quantity, Kind.MONEY: Money, Kind.MINUTES: Minutes}
_EMPTY: dict[Kind, Any] = {Kind.LINES: (), Kind.PEOPLE: (), Kind.VERBS: (), Kind.PHOTOS: (), Kind.CHECKLIST: {}}


@dataclass(frozen=True)
class Context:
    """Where and when the form is filled in, for dates and times."""

    zone: tzinfo
    now: int | None = None
    """Instant for which "16:30" means today; without it only full dates are understood."""


def parse_form(
    fields: Sequence[Field], raw: Mapping[str, Any], zone: tzinfo = UTC, *, now: int | None = None
) -> dict[str, Any]:
    """Return the values of a form by field name, or raise Invalid with all that is wrong.

    Accepts typed text as well as JSON types and values parsed before. A missing optional field gets its
    default, or None (lists and checklists: empty).
    """
    values, problems = _parse_all(fields, raw, Context(zone, now))
    if problems:
        raise Invalid(problems)
    return values


def parse_field(field: Field, raw: object, zone: tzinfo = UTC, *, now: int | None = None) -> Any:
    """Return the value of one field, or raise Invalid."""
    value, problems = _parse_one(field, raw, Context(zone, now))
    if problems:
        raise Invalid(problems)
    return value


def is_blank(raw: object) -> bool:
    """Tell whether nothing was typed."""
    return (
        raw is None or (isinstance(raw, str) and not raw.strip()) or (isinstance(raw, list | tuple | dict) and not raw)
    )


def _parse_all(
    fields: Sequence[Field], raw: Mapping[str, Any], context: Context
) -> tuple[dict[str, Any], list[Problem]]:
    values: dict[str, Any] = {}
    known = {field.name for field in fields}
    problems = [Problem(str(name), _("There is no such field.")) for name in raw if name not in known]
    for field in fields:
        values[field.name], found = _parse_one(field, raw.get(field.name), context)
        problems += found
    return values, problems


def _parse_one(field: Field, raw: object, context: Context) -> tuple[Any, list[Problem]]:
    if is_blank(raw):
        return _missing(field)
    if field.kind is Kind.LINES:
        return _parse_lines(field, raw, context)
    try:
        return _READERS[field.kind](field, raw, context), []
    except BadValue as bad:
        return None, [Problem(field.name, bad.sentence, bad.params)]


def _missing(field: Field) -> tuple[Any, list[Problem]]:
    if field.default is not None:
        return _UNITS.get(field.kind, lambda same: same)(field.default), []
    problems = [Problem(field.name, _("This is missing."))] if field.required else []
    return _EMPTY.get(field.kind), problems


def _parse_lines(field: Field, raw: object, context: Context) -> tuple[Any, list[Problem]]:
    try:
        rows = read_rows(field, raw)
    except BadValue as bad:
        return (), [Problem(field.name, bad.sentence, bad.params)]
    if len(rows) > MAX_LINES:
        return (), [Problem(field.name, _("More than {limit} lines."), {"limit": MAX_LINES})]
    lines: list[dict[str, Any]] = []
    problems: list[Problem] = []
    for number, row in enumerate(rows, start=1):
        if all(is_blank(cell) for cell in row.values()):
            continue
        line, found = _parse_all(field.columns, row, context)
        lines.append(line)
        problems += [Problem(f"{field.name}.{p.field}", p.sentence, p.params, number) for p in found]
    if not lines and field.required:
        problems.append(Problem(field.name, _("At least one line is needed.")))
    return tuple(lines), problems


_READERS: dict[Kind, Callable[[Field, object, Context], Any]] = {
    Kind.TEXT: lambda field, raw, context: read_text(field, raw),
    Kind.LONG_TEXT: lambda field, raw, context: read_text(field, raw, multiline=True),
    Kind.INTEGER: lambda field, raw, context: read_integer(field, raw),
    Kind.QUANTITY: lambda field, raw, context: read_quantity(field, raw),
    Kind.MONEY: lambda field, raw, context: read_money(field, raw),
    Kind.MINUTES: lambda field, raw, context: read_minutes(field, raw),
    Kind.INSTANT: lambda field, raw, context: read_instant(raw, context.zone, context.now),
    Kind.DATE: lambda field, raw, context: read_day(raw, context.zone, context.now),
    Kind.CHOICE: lambda field, raw, context: read_choice(field, raw),
    Kind.YES_NO: lambda field, raw, context: read_yes_no(raw),
    Kind.PERSON: lambda field, raw, context: read_text(field, raw),
    Kind.PEOPLE: lambda field, raw, context: read_names(field, raw, blanks=True),
    Kind.VERBS: lambda field, raw, context: read_names(field, raw, blanks=True),
    Kind.PART: lambda field, raw, context: read_text(field, raw),
    Kind.ROLES: lambda field, raw, context: read_text(field, raw),
    Kind.CODE: lambda field, raw, context: read_text(field, raw),
    Kind.STANDARD: lambda field, raw, context: read_text(field, raw),
    Kind.CUSTOMER: lambda field, raw, context: read_text(field, raw),
    Kind.MACHINE: lambda field, raw, context: read_text(field, raw),
    Kind.CHECKLIST: lambda field, raw, context: read_marks(field, raw),
    Kind.PHOTOS: lambda field, raw, context: read_names(field, raw, blanks=False),
}
