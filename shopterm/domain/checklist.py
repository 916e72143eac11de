"""A checklist as data, and what its marks say: what is open, what failed, what is out of limits."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from shopterm.domain.errors import Problem
from shopterm.domain.units import Quantity
from shopterm.domain.vocabulary import Word
from shopterm.domain.words import _


class Mark(Word):
    """What can be found about an item."""

    PASS = "pass", _("pass")
    FAIL = "fail", _("fail")
    OK = "ok", _("in order")
    DAMAGED = "damaged", _("damaged")
    MISSING = "missing", _("missing")
    LEAKING = "leaking", _("leaking")
    ABNORMAL_NOISE = "abnormal_noise", _("abnormal noise")
    OUT_OF_STANDARD = "out_of_standard", _("out of standard")
    NOT_WORKING = "not_working", _("not working")
    NOT_APPLICABLE = "not_applicable", _("not applicable")


FINE = frozenset({Mark.PASS, Mark.OK, Mark.NOT_APPLICABLE})
"""Marks that find nothing wrong."""


class ItemKind(Word):
    """What an item asks for."""

    MARK = "mark", _("mark")
    MEASURE = "measure", _("measure")
    CHOICE = "choice", _("choice")
    LIST = "list", _("list")


class Verdict(Word):
    """What a measured value is, against its limits."""

    WITHIN = "within", _("in")
    OUTSIDE = "outside", _("OUT")
    NO_LIMITS = "no_limits", _("no limits known for this machine")


Marks = Mapping[str, Mapping[str, str]]
"""Mark, value and note by item id, as text: what the checklist field of a form holds."""


@dataclass(frozen=True)
class Limits:
    """Lowest and highest value, and the machines they hold for."""

    low: Quantity | None = None
    high: Quantity | None = None
    machine_kind: str = ""
    tonnage: tuple[int, int] | None = None
    """First and last tonnage of the class, in thousandths of a ton."""

    def fit(self, machine_kind: str, tonnage: int | None) -> bool:
        """Tell whether they hold for this machine; an unknown tonnage is in no class."""
        if self.machine_kind and self.machine_kind != machine_kind:
            return False
        if self.tonnage is None:
            return True
        return tonnage is not None and self.tonnage[0] <= tonnage <= self.tonnage[1]


@dataclass(frozen=True)
class Item:
    """One point to look at."""

    id: str
    text_zh: str
    text_en: str
    kind: ItemKind = ItemKind.MARK
    unit: str = ""
    limits: tuple[Limits, ...] = ()
    choices: tuple[str, ...] = ()
    low: Quantity | None = None
    """Lower limit for the machine at hand, see `Checklist.fitted`."""
    high: Quantity | None = None

    def text(self, language: str) -> str:
        """Return what the item says in this language."""
        return self.text_zh if language == "zh" else self.text_en

    @property
    def has_limits(self) -> bool:
        """Tell whether a limit is known for the machine at hand."""
        return self.low is not None or self.high is not None

    def verdict(self, value: Quantity) -> Verdict:
        """Judge a measured value."""
        if not self.has_limits:
            return Verdict.NO_LIMITS
        too_low = self.low is not None and value < self.low
        too_high = self.high is not None and value > self.high
        return Verdict.OUTSIDE if too_low or too_high else Verdict.WITHIN


@dataclass(frozen=True)
class Group:
    """Items that are looked at together."""

    id: str
    text_zh: str
    text_en: str
    items: tuple[Item, ...]

    def text(self, language: str) -> str:
        """Return the group's name in this language."""
        return self.text_zh if language == "zh" else self.text_en


@dataclass(frozen=True)
class Checklist:
    """What an inspection looks at, in its order, and the marks it knows."""

    id: str
    version: int
    text_zh: str
    text_en: str
    marks: tuple[Mark, ...]
    groups: tuple[Group, ...]
    rules: tuple[str, ...] = ()
    machine_kind: str = ""
    """Kind of machine the whole list is for; empty for any."""

    def text(self, language: str) -> str:
        """Return the checklist's name in this language."""
        return self.text_zh if language == "zh" else self.text_en

    @property
    def items(self) -> tuple[Item, ...]:
        """Return all items in their order."""
        return tuple(item for group in self.groups for item in group.items)

    def fitted(self, machine_kind: str, tonnage: int | None) -> "Checklist":
        """Return the list with the limits that hold for this machine; where none does, an item has none."""
        groups = tuple(
            replace(group, items=tuple(_fitted(item, machine_kind, tonnage) for item in group.items))
            for group in self.groups
        )
        return replace(self, groups=groups)

    def unmarked(self, marks: Marks) -> tuple[Item, ...]:
        """Return the items about which nothing is said yet."""
        return tuple(item for item in self.items if not _said(marks, item))

    def failed(self, marks: Marks) -> tuple[Item, ...]:
        """Return the items whose mark finds something wrong."""
        wrong = {mark.value for mark in self.marks if mark not in FINE}
        return tuple(item for item in self.items if _part(marks, item, "mark") in wrong)

    def out_of_limits(self, marks: Marks) -> tuple[Item, ...]:
        """Return the measured items whose value is outside its limits."""
        return tuple(item for item in self.items if measured(item, marks) is Verdict.OUTSIDE)

    def problems(self, marks: Marks, field: str) -> list[Problem]:
        """Return what is unusable in a form field: unknown items, marks, choices, no numbers."""
        known = {item.id: item for item in self.items}
        found = [
            Problem(field, _("There is no checklist item “{item}”."), {"item": name})
            for name in marks
            if name not in known
        ]
        return found + [
            problem
            for name, item in known.items()
            if name in marks
            for problem in self._item_problems(item, marks, field)
        ]

    def _item_problems(self, item: Item, marks: Marks, field: str) -> Iterator[Problem]:
        mark, value, named = _part(marks, item, "mark"), _part(marks, item, "value"), {"item": item.id}
        if mark and mark not in {known.value for known in self.marks}:
            yield Problem(field, _("Item “{item}”: the mark “{mark}” is not one of this list."), named | {"mark": mark})
        if value and item.kind is ItemKind.MEASURE and number(value) is None:
            yield Problem(field, _("Item “{item}”: a number is expected."), named)
        if value and item.kind is ItemKind.CHOICE and value not in item.choices:
            yield Problem(
                field,
                _("Item “{item}”: one of these is expected: {choices}."),
                named | {"choices": ", ".join(item.choices)},
            )


def number(value: str) -> Quantity | None:
    """Return a measured value, or None if the text is no number."""
    try:
        return Quantity.read(value)
    except ValueError:
        return None


def measured(item: Item, marks: Marks) -> Verdict | None:
    """Return the verdict about a measured item; None while it has no value, or is no measure."""
    value = number(_part(marks, item, "value")) if item.kind is ItemKind.MEASURE else None
    return None if value is None else item.verdict(value)


def _part(marks: Marks, item: Item, part: str) -> str:
    return marks.get(item.id, {}).get(part) or ""


def _said(marks: Marks, item: Item) -> bool:
    mark, value = _part(marks, item, "mark"), _part(marks, item, "value")
    if item.kind is ItemKind.MEASURE:  # a "pass" without the figure proves nothing
        return bool(value) or mark == Mark.NOT_APPLICABLE.value
    return bool(mark or value)


def _fitted(item: Item, machine_kind: str, tonnage: int | None) -> Item:
    limits = next((one for one in item.limits if one.fit(machine_kind, tonnage)), Limits())
    return replace(item, low=limits.low, high=limits.high)
