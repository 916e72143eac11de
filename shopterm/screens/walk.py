"""Walking a checklist: where one is, what has been found, what a key means. Pure, no terminal."""

from dataclasses import dataclass, field
from typing import Any

from shopterm.domain.checklist import Checklist, Group, Item, ItemKind, Mark, Verdict, measured, number
from shopterm.domain.text import clean
from shopterm.domain.units import plain

LETTERS: dict[Mark, str] = {
    Mark.PASS: "y",
    Mark.OK: "y",
    Mark.FAIL: "x",
    Mark.DAMAGED: "d",
    Mark.MISSING: "m",
    Mark.LEAKING: "l",
    Mark.ABNORMAL_NOISE: "a",
    Mark.OUT_OF_STANDARD: "o",
    Mark.NOT_WORKING: "w",
    Mark.NOT_APPLICABLE: "-",
}
"""Letter of every mark; its place in the checklist, from 1, is the other key."""
NUMBER_KEYS = frozenset("0123456789.")
MAX_NOTE = 200
UNFINISHED = "…"
"""Ends a number in a draft that was still being typed: it is taken up again, and no number before that."""


@dataclass
class Walk:
    """One inspection under way."""

    checklist: Checklist
    marks: dict[str, dict[str, str]] = field(default_factory=dict)
    place: int = 0
    """Index of the current item."""
    typed: str = ""
    """Digits of a measure typed so far."""

    def __post_init__(self) -> None:
        """Keep what was said about items of this list only, and begin at the first open one."""
        known = {item.id for item in self.checklist.items}
        self.marks = {name: dict(said) for name, said in self.marks.items() if name in known}
        self.to_unmarked()
        self._take_up()

    @property
    def item(self) -> Item:
        """The current item."""
        return self.checklist.items[self.place]

    @property
    def group(self) -> Group:
        """The group of the current item."""
        return next(group for group in self.checklist.groups if self.item in group.items)

    def said(self, item: Item, part: str) -> str:
        """Return mark, value or note of an item, or nothing."""
        return self.marks.get(item.id, {}).get(part, "")

    def mark_of(self, item: Item) -> Mark | None:
        """Return the mark of an item; a measure without one is judged by its limits."""
        return next((mark for mark in self.checklist.marks if mark == self.said(item, "mark")), None)

    def verdict(self, item: Item) -> Verdict | None:
        """Return what a measured value is against its limits."""
        return measured(item, self.marks)

    @property
    def done(self) -> int:
        """How many items something is said about."""
        return len(self.checklist.items) - len(self.checklist.unmarked(self.marks))

    @property
    def wrong(self) -> int:
        """How many items failed or are out of limits."""
        return len({*self.checklist.failed(self.marks), *self.checklist.out_of_limits(self.marks)})

    # ── keys ───────────────────────────────────────────────────────────────────────────────────────

    def press(self, key: str) -> bool:
        """Take a character key as a mark, a choice or a digit; says whether it was one."""
        key = plain(key)  # an input method may send full-width digits
        if self.item.kind is ItemKind.MEASURE and self._is_digit(key):
            self.typed = (self.typed + key)[:12]
            return True
        if self.item.kind is ItemKind.CHOICE and key.isdigit():
            return self._choose(int(key))
        mark = self._mark(key)
        if mark is None or self.lacks_figure(key):
            return False
        if mark is not Mark.NOT_APPLICABLE:
            self.settle()
        drops = mark is Mark.NOT_APPLICABLE or self.item.kind not in (ItemKind.LIST, ItemKind.MEASURE)
        self.say(mark=mark.value, value="" if drops else self.said(self.item, "value"))
        self.step(1)
        return True

    def erase(self) -> bool:
        """Take back the last digit, or what was said about the item."""
        if self.typed:
            self.typed = self.typed[:-1]
            return True
        return self.marks.pop(self.item.id, None) is not None

    def lacks_figure(self, key: str) -> bool:
        """Tell whether a key marks a measure of which there is no figure: a mark alone proves nothing."""
        mark = self._mark(key) if self.item.kind is ItemKind.MEASURE else None
        figure = self.typed or self.said(self.item, "value")
        return mark not in (None, Mark.NOT_APPLICABLE) and number(figure) is None

    def settle(self) -> bool:
        """Keep the typed number; says whether it was a number (or none was typed)."""
        if self.typed:
            value = number(self.typed)
            if value is None:
                return False
            self.say(mark=self._judged(self.item.verdict(value)), value=str(value).replace(",", ""))
            self.typed = ""
        return True

    def enter(self) -> bool:
        """Keep the typed number and go on; says whether it was a number (or none was typed)."""
        if not self.settle():
            return False
        self.step(1)
        return True

    def kept(self) -> dict[str, dict[str, str]]:
        """Return the marks for the draft, the number being typed among them."""
        marks = {item: dict(said) for item, said in self.marks.items()}
        if self.typed:
            said = {"note": ""} | marks.get(self.item.id, {})
            marks[self.item.id] = said | {"mark": "", "value": self.typed + UNFINISHED}
        return marks

    def step(self, by: int) -> None:
        """Go to the next or previous item."""
        self.typed = ""
        self.place = max(0, min(self.place + by, len(self.checklist.items) - 1))

    def to_unmarked(self) -> bool:
        """Go to the next item about which nothing is said, round the end; says whether there is one."""
        items, open_items = self.checklist.items, self.checklist.unmarked(self.marks)
        ahead = [*range(self.place + 1, len(items)), *range(self.place + 1)]
        if self.place == 0 and items[0] in open_items:
            ahead = [0]
        there = next((index for index in ahead if items[index] in open_items), None)
        if there is None:
            return False
        self.typed, self.place = "", there
        return True

    def say(self, **parts: str) -> None:
        """Set mark, value or note of the current item."""
        said = {"mark": "", "value": "", "note": ""} | self.marks.get(self.item.id, {})
        self.marks[self.item.id] = said | {name: clean(part, MAX_NOTE) for name, part in parts.items()}

    def _take_up(self) -> None:
        """Go on with a number that a draft kept while it was being typed."""
        for place, item in enumerate(self.checklist.items):
            value = self.said(item, "value")
            if item.kind is ItemKind.MEASURE and value.endswith(UNFINISHED):
                self.place, self.typed = place, value.removesuffix(UNFINISHED)
                self.marks[item.id]["value"] = ""

    def _is_digit(self, key: str) -> bool:
        """Tell whether a key belongs to a number; a minus only where the limits go below zero."""
        below = self.item.low is not None and self.item.low < 0
        return key in NUMBER_KEYS or (key == "-" and below and not self.typed)

    def _mark(self, key: str) -> Mark | None:
        marks = self.checklist.marks
        if key.isascii() and key.isdigit() and 0 < int(key) <= len(marks):
            return marks[int(key) - 1]
        return next((mark for mark in marks if LETTERS[mark] == key), None)

    def _choose(self, place: int) -> bool:
        if not 0 < place <= len(self.item.choices):
            return False
        self.say(value=self.item.choices[place - 1], mark="")
        self.step(1)
        return True

    def _judged(self, verdict: Verdict) -> str:
        """Return the mark a measured value earns: the list's first or second; without limits none."""
        if verdict is Verdict.NO_LIMITS:
            return ""
        known: dict[Verdict, tuple[Any, ...]] = {
            Verdict.WITHIN: (Mark.PASS, Mark.OK),
            Verdict.OUTSIDE: (Mark.FAIL, Mark.OUT_OF_STANDARD),
        }
        return next((mark.value for mark in self.checklist.marks if mark in known[verdict]), "")
