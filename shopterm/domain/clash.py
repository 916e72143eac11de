"""What two people changed in the same form: per field, and per line of a field of lines, what was, theirs and mine."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from typing import Any, Literal

from shopterm.domain.errors import Conflict, Invalid
from shopterm.domain.fields import Field, Kind, Values
from shopterm.domain.parse import is_blank, parse_field
from shopterm.domain.policy import Refusal
from shopterm.domain.units import Instant, Minutes, Money, Quantity

_UNITS: dict[Kind, type[int]] = {
    Kind.QUANTITY: Quantity,
    Kind.MONEY: Money,
    Kind.MINUTES: Minutes,
    Kind.INSTANT: Instant,
}
Side = Literal["", "mine", "theirs"]
"""Whose value is taken; nothing while nobody has chosen."""


@dataclass(frozen=True)
class Difference:
    """One thing in which the document differs from what was typed; of a line, all its cells."""

    field: Field
    was: Any
    theirs: Any
    mine: Any
    line: str = ""
    """What the line is about; empty for a field that has no lines."""
    side: Side = ""
    """Whose value is taken unless somebody chooses otherwise: that of who alone changed it."""

    @property
    def is_line(self) -> bool:
        """Say whether this is one line of a field of lines; its values are a line's cells, or None for no line."""
        return bool(self.line)


@dataclass(frozen=True)
class Clash:
    """What met a form that was filled in on an older version of its document."""

    verb: str
    """Name of the action the form is of."""
    number: str
    version: int
    """The version there is now."""
    base: int
    """The version the person saw."""
    theirs: Values
    """What the form would start from now."""
    was: Values | None = None
    """What it started from, as far as the record tells."""
    mine: Values = field(default_factory=dict)
    by: str = ""
    """Who made the newer version."""
    at: int = 0
    action: str = ""
    """Label of what they did."""
    refused: Refusal | None = None
    """Why the action cannot be done to the newer version at all, if it cannot."""


class Overtaken(Conflict):
    """A form met a newer version of its document."""

    def __init__(self, sentence: str, clash: Clash) -> None:
        """Carry what the newer version holds."""
        super().__init__(sentence, number=clash.number)
        self.clash = clash


def understood(fields: Iterable[Field], raw: Values, zone: tzinfo, now: int) -> dict[str, Any]:
    """Return typed values as the form understands them; what it does not understand stays as it was typed."""
    return {one.name: normal(one, raw[one.name], zone, now) for one in fields if one.name in raw}


def differences(
    fields: Iterable[Field], was: Values | None, theirs: Values, mine: Values, *, merge: bool = True
) -> list[Difference]:
    """Return everything that differs between theirs and mine among the fields the document has a value for.

    What only one of the two changed is taken from them; what both changed is open. Without ``merge`` nothing is
    taken from anybody, and a field of lines is one thing: what is signed is chosen whole.
    """
    found: list[Difference] = []
    for one in fields:
        if one.name not in theirs:
            continue
        there, here = normal(one, theirs[one.name]), normal(one, mine.get(one.name))
        before = normal(one, was[one.name]) if was is not None and one.name in was else None
        known = was is not None and one.name in was
        if one.kind is Kind.LINES and merge:
            found += _lines(one, before if known else None, there, here)
        elif there != here:
            side = _side(before, there, here) if known and merge else ""
            found.append(Difference(one, before, there, here, side=side))
    return found


def merged(mine: Values, theirs: Values, chosen: Sequence[tuple[Difference, Side]]) -> dict[str, Any]:
    """Return my values with theirs where theirs were chosen; lines keep the order they have in the document."""
    result = dict(mine)
    lines: dict[str, dict[str, Side]] = {}
    for one, side in chosen:
        if one.is_line:
            lines.setdefault(one.field.name, {})[one.line] = side
        elif side == "theirs":
            result[one.field.name] = one.theirs
    for of in {one.field.name: one.field for one, _side in chosen if one.is_line}.values():
        there, here = (_keyed(of, normal(of, values.get(of.name))) for values in (theirs, mine))
        sides = lines[of.name]
        taken = [(there if sides.get(key) == "theirs" else here).get(key) for key in [*there, *_more(there, here)]]
        result[of.name] = tuple(line for line in taken if line is not None)
    return result


def normal(one: Field, value: object, zone: tzinfo = UTC, now: int | None = None) -> Any:
    """Return a value as the form understands it, so that two spellings of the same do not differ."""
    if is_blank(value):
        return () if one.kind in (Kind.LINES, Kind.PEOPLE, Kind.VERBS, Kind.PHOTOS) else one.default
    try:
        return parse_field(one, value, zone, now=now)
    except Invalid:
        return value


def in_units(one: Field, value: Any) -> Any:
    """Return a value of the record in its unit: a plain number there is of the smallest unit, typed it would not be."""
    if one.kind is Kind.LINES and isinstance(value, list | tuple):
        rows = [row for row in value if isinstance(row, Mapping)]
        return [{column.name: in_units(column, row.get(column.name)) for column in one.columns} for row in rows]
    plain = isinstance(value, int) and not isinstance(value, bool)
    return _UNITS[one.kind](value) if plain and one.kind in _UNITS else value


def _lines(one: Field, was: Any, theirs: Any, mine: Any) -> list[Difference]:
    there, here = _keyed(one, theirs), _keyed(one, mine)
    before = _keyed(one, was) if was is not None else {}
    found = []
    for key in [*there, *_more(there, here)]:
        values = (before.get(key), there.get(key), here.get(key))
        if values[1] != values[2]:
            side = _side(*values) if was is not None else ""
            found.append(Difference(one, *values, line=key, side=side))
    return found


def _more(there: Mapping[str, Any], here: Mapping[str, Any]) -> list[str]:
    return [key for key in here if key not in there]


def _side(was: Any, theirs: Any, mine: Any) -> Side:
    return "theirs" if mine == was else "mine" if theirs == was else ""


def _keyed(one: Field, rows: Any) -> dict[str, Mapping[str, Any]]:
    """Return lines by what they are about: the first cell that says something, counted where it says it twice."""
    found: dict[str, Mapping[str, Any]] = {}
    for row in rows if isinstance(rows, list | tuple) else ():
        if not isinstance(row, Mapping):
            continue
        about = next((str(row[column.name]) for column in one.columns if not is_blank(row.get(column.name))), "–")
        key, count = about, 1
        while key in found:
            count += 1
            key = f"{about} ({count})"
        found[key] = row
    return found
