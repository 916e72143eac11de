"""Spoils what was typed: what nobody should type, and the program must refuse in words and without a trace."""

import random
from typing import Any

from shopterm.domain.action import Action
from shopterm.domain.fields import Field, Kind

Values = dict[str, Any]
NUMBERS = ("0", "-1", "1.5", "999999999999", "9" * 30, "1e3", "½", "NaN", "")
TEXTS = ("", " ", "x" * 5000, "\x00", "?", "NOBODY", "\ud800", "'; DROP TABLE part; --")
SPOILT: dict[Kind, tuple[Any, ...]] = {
    Kind.INTEGER: (*NUMBERS, 10**20, True, 1.5),
    Kind.QUANTITY: (*NUMBERS, "0.0001", True, 0.5),
    Kind.MONEY: (*NUMBERS, "1.234", "-5", False),
    Kind.MINUTES: (*NUMBERS, "25:99", "1:"),
    Kind.INSTANT: ("yesterday", "31.02.", "-9d 08:00", "9999-99-99", 5.5),
    Kind.DATE: ("tomorrow", "0000-00-00", "-900d", "32"),
    Kind.YES_NO: ("perhaps", 7),
    Kind.LINES: ((), "lines", [[1]], [{}], [{"no": 1}], [None]),
    Kind.CHECKLIST: ({}, "all", {"no": {"mark": "ok"}}, {"cab.brake": {"mark": "?"}}, [1]),
    Kind.PHOTOS: (("../../pepper",), ("none.png",), "a.png" * 200, 5),
    Kind.PEOPLE: (("NOBODY",), "M1 M1", 5),
}
"""What is put in the place of a value, by the kind of its field; text for the others."""


def spoil(action: Action, values: Values, dice: random.Random) -> Values:
    """Return the values with one of them, or one cell of its lines, spoilt; or with a field too many or too few."""
    if not action.form or dice.random() < 0.1:
        return values | {"surprise": 1}
    field = dice.choice(action.form)
    rows = values.get(field.name)
    if field.kind is Kind.LINES and isinstance(rows, list | tuple) and rows and dice.random() < 0.8:
        return values | {field.name: _spoil_lines(field, [dict(row) for row in rows], dice)}
    if dice.random() < 0.2:
        return {name: value for name, value in values.items() if name != field.name}
    return values | {field.name: dice.choice(SPOILT.get(field.kind, TEXTS))}


def _spoil_lines(field: Field, rows: list[Values], dice: random.Random) -> list[Values]:
    how = dice.random()
    if how < 0.25:
        return [*rows, dict(dice.choice(rows))]
    if how < 0.35:
        return rows * 200
    column, row = dice.choice(field.columns), dice.choice(rows)
    row[column.name] = dice.choice(SPOILT.get(column.kind, TEXTS))
    return rows
