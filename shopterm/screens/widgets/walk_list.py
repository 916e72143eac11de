"""A checklist being walked, as a list; and in words what has been found so far."""

from collections.abc import Mapping

from shopterm.domain.checklist import FINE, Checklist, Group, Item, ItemKind, Mark, Verdict
from shopterm.domain.text import clean
from shopterm.i18n import language, tr
from shopterm.screens.lines import Line, Tone, fit, spread, text
from shopterm.screens.walk import Walk
from shopterm.screens.widgets.line_widget import LineWidget
from shopterm.show import show

SIGNS: dict[str, tuple[str, Tone]] = {
    "fine": ("√", "good"),
    "wrong": ("×", "bad"),
    "none": ("-", "dim"),
    "open": ("·", "dim"),
}
RESULT = 26
"""Cells for mark, value and limits at the end of a line."""


class WalkList(LineWidget):
    """The whole list by groups, the current item always in view."""

    def __init__(self, walk: Walk) -> None:
        """Show this walk."""
        super().__init__()
        self.walk = walk
        items = iter(range(len(walk.checklist.items)))
        self._entries: list[tuple[Group | None, int]] = []
        """Groups (with -1) and places of items, in the order they are drawn."""
        for group in walk.checklist.groups:
            self._entries += [(group, -1), *((None, next(items)) for _item in group.items)]

    @property
    def _top(self) -> int:
        """Keep the current item in the middle, and no empty lines at the end."""
        here = self._entries.index((None, self.walk.place))
        return max(0, min(here - self.size.height // 2, len(self._entries) - self.size.height))

    def is_marked(self, y: int) -> bool:
        """Mark the current item."""
        index = self._top + y
        return index < len(self._entries) and self._entries[index][1] == self.walk.place

    def line(self, y: int) -> Line:
        """Draw a group's name or an item."""
        index = self._top + y
        if index >= len(self._entries):
            return ()
        group, place = self._entries[index]
        if group is not None:
            return text(f" {group.text(language())}", "title")
        item = self.walk.checklist.items[place]
        sign, tone = SIGNS[state(self.walk, item)]
        mark = ">" if place == self.walk.place else " "
        left: Line = ((f"{mark}{sign} ", tone), (item.text(language()), ""))
        note = text(f"  {clean(self.walk.said(item, 'note'))}", "dim")
        return spread(left, fit((*result(self.walk, item), *note), RESULT), self.size.width)


def state(walk: Walk, item: Item) -> str:
    """Return how an item stands: open, fine, wrong, or none (not applicable)."""
    mark, verdict = walk.mark_of(item), walk.verdict(item)
    if mark is Mark.NOT_APPLICABLE:
        return "none"
    if verdict is Verdict.OUTSIDE or (mark and mark not in FINE):
        return "wrong"
    return "fine" if mark or walk.said(item, "value") else "open"


def result(walk: Walk, item: Item) -> Line:
    """Return what is said about an item, shortly."""
    if item.kind is ItemKind.MEASURE and walk.said(item, "value"):
        return measure(walk, item)
    tone = SIGNS[state(walk, item)][1]
    mark = walk.mark_of(item)
    said = " ".join(filter(None, [show(mark), clean(walk.said(item, "value"))]))
    return text(said, tone) if said else ()


def measure(walk: Walk, item: Item) -> Line:
    """Return a measured value with its unit and verdict, or the digits typed so far."""
    if walk.place < len(walk.checklist.items) and walk.item is item and walk.typed:
        return ((f"{walk.typed}▏", "key"), (f" {item.unit}", "dim"))
    verdict, mark = walk.verdict(item), walk.mark_of(item)
    if verdict is None:
        return text(f"{show(mark)} " if mark else "")
    tone: Tone = "bad" if verdict is Verdict.OUTSIDE else "good" if verdict is Verdict.WITHIN else ""
    word = "" if verdict is Verdict.NO_LIMITS else f" {show(verdict)}"
    return text(f"{walk.said(item, 'value')} {item.unit}{word} ", tone)


def limits(item: Item) -> str:
    """Return the limits of a measured item in words."""
    if not item.has_limits:
        return " " + tr("No limits are known for this machine: only recorded.")
    low, high = ("" if end is None else str(end) for end in (item.low, item.high))
    told = tr("limits {low} – {high}", low=low, high=high)
    return f"  {told} {item.unit}".rstrip()


def summary(checklist: Checklist, marks: Mapping[str, Mapping[str, str]]) -> Line:
    """Return how far an inspection is, for the form it belongs to."""
    walk = Walk(checklist, {item: dict(said) for item, said in marks.items()})
    total = len(checklist.items)
    line: Line = ((f"{walk.done}/{total}", "good" if walk.done == total else "strong"),)
    return (*line, (f"  {walk.wrong} " + tr("not in order"), "bad")) if walk.wrong else line
