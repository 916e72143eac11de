"""Fills in forms as people do: by the kinds of their fields, better where a verb's own form says how."""

import random
from collections.abc import Callable, Mapping
from typing import Any

from shopterm.db import sql
from shopterm.db.queries.checklist_to_walk import checklist_of
from shopterm.db.queries.prefill import prefill
from shopterm.domain.action import Action
from shopterm.domain.fields import Field, Kind
from tests.rules.story import all_in_order
from tests.shopkit import PARTS
from tests.stateful.world import Paper, World

Values = dict[str, Any]
WORDS = (
    "漏油", "检查后更换", "seal [/", "[@click=app.bell()]x[/]", "O'Brien; --", "Pumpe geprüft", "=1+1", "\x1b[2J",
    "　全角　",
)  # fmt: skip
BINS = ("A-01-1", "A-02-3", "C-04-2", "C-04-3", "T-01", "B-01-1", "新-9")
PICTURES = ("a.png", "b.png")
SERIALS = ("SN-1001", "SN-2001", "SN-2002", "SN-2003")
STANDARDS = ("LM101", "HY201", "OS301")
TYPED_PARTS = (*(f"{maker} {number}" for maker, number, *_rest in PARTS), "6003113750", "07000-12011", "无件号 密封")


class Typist:
    """Somebody at a form; what is typed depends on the dice and on what the database says, on nothing else."""

    def __init__(self, world: World, dice: random.Random, forms: "Mapping[str, Form]") -> None:
        """Remember where to type, and which forms are known better."""
        self.world, self.dice, self.forms = world, dice, forms
        self.person = ""

    def fill(self, action: Action, paper: Paper | None, person: str) -> Values:
        """Return sensible values for a form, started from what it is filled in with."""
        self.person = person
        start = self._start(action, paper)
        values = {
            field.name: self._typed(action, field, paper, start)
            for field in action.form
            if field.required or field.name in start or self.dice.random() < 0.4
        }
        form = self.forms.get(action.name)
        return values | form(self, paper.id if paper else 0) if form else values

    def _start(self, action: Action, paper: Paper | None) -> Values:
        if paper is None:
            return {}
        start = prefill(self.world.shop, action.name, paper.doc, paper.id, self.world.actor(self.person))
        return {name: value for name, value in start.items() if value not in ("", (), None)}

    def _typed(self, action: Action, field: Field, paper: Paper | None, start: Values) -> Any:
        if field.name in start and self.dice.random() < 0.9:
            return start[field.name]
        if field.kind is Kind.CHECKLIST and paper is not None:
            return all_in_order(checklist_of(self.world.shop, action.name, paper.doc, paper.id))
        if field.kind is Kind.LINES:
            return [self._line(field) for _row in range(self.dice.choice((1, 1, 2, 3)))]
        return self.one(field)

    def _line(self, field: Field) -> Values:
        asked = (column for column in field.columns if column.required or self.dice.random() < 0.5)
        return {column.name: self.one(column) for column in asked}

    def one(self, field: Field) -> Any:
        """Return something sensible for one field."""
        if field.kind is Kind.CHOICE and field.choices is not None:
            return self.dice.choice([str(choice) for choice in field.choices])
        if field.kind is Kind.TEXT:
            return self.dice.choice([word for word in WORDS if len(word) <= field.max_length])
        return TYPED.get(field.kind, TYPED[Kind.TEXT])(self.dice)

    def rows(self, query: str, *params: Any) -> list[tuple[Any, ...]]:
        """Read something a person would see on the screen."""
        with self.world.reading():
            return sql.rows(query, *params)

    def share(self, quantity: int) -> str:
        """Return the whole of a quantity in thousandths, now and then only a piece of it, as it is typed."""
        some = self.dice.choice((quantity, quantity, min(quantity, 1000)))
        return f"{some // 1000}.{some % 1000:03d}"

    def some(self, found: list[Any]) -> list[Any]:
        """Return all of a list, or one of it."""
        return found if self.dice.random() < 0.7 or not found else [self.dice.choice(found)]


Form = Callable[[Typist, int], Values]
"""Fills in the form of one verb for the document with this key (0 for none)."""
TYPED: dict[Kind, Callable[[random.Random], Any]] = {
    Kind.TEXT: lambda dice: dice.choice(WORDS),
    Kind.LONG_TEXT: lambda dice: dice.choice(WORDS),
    Kind.INTEGER: lambda dice: dice.choice((1, 1, 2)),
    Kind.QUANTITY: lambda dice: dice.choice(("1", "1", "2", "4")),
    Kind.MONEY: lambda dice: dice.choice(("120", "99.90", "0.01")),
    Kind.MINUTES: lambda dice: dice.choice(("45", "1.5h", "2:20")),
    Kind.INSTANT: lambda dice: dice.choice(("+3d 17:00", "+4d 09:30")),
    Kind.DATE: lambda _dice: "today",
    Kind.YES_NO: lambda dice: dice.random() < 0.9,
    Kind.PERSON: lambda dice: dice.choice(("M1", "M2", "Z1")),
    Kind.PEOPLE: lambda dice: dice.choice(("M3", "M1 M3", "M2, Z1", "M2")),
    Kind.PART: lambda dice: dice.choice(TYPED_PARTS),
    Kind.CUSTOMER: lambda _dice: "K00001",
    Kind.MACHINE: lambda dice: dice.choice(("KMT0021001", "NEW-1", "NEW-2")),
    Kind.LINES: lambda _dice: [],
    Kind.CHECKLIST: lambda _dice: {},
    Kind.PHOTOS: lambda dice: dice.choice((PICTURES, PICTURES[:1])),
}
"""What is typed into a field of a kind; text into those that are not here."""
