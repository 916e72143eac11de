"""Walks a checklist with one key an item, and picks photos: what a form's fields open on screens of their own."""

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from tests.journeys import terminal as keys
from tests.journeys.eyes import MARK, Eyes
from tests.journeys.program import ROOT


class Walking(Eyes):
    """Hands that mark and pick."""

    def walk(self, found: Mapping[str, str]) -> None:
        """Find every item of the checklist fine, but press these keys for items in which these words occur."""
        self.terminal.send(keys.ENTER)
        self.terminal.until(lambda: self.walked is not None, "the checklist")
        while self.walked and self.walked[0] < self.walked[1]:
            self.terminal.until(lambda: self.item != "", "an item")
            item, marks = self.item, self.walked
            self.terminal.send(next((key for words, key in found.items() if words in item), "") or fine(item))
            self.terminal.until(self._went_on(item, marks), f"a mark for {item}")
        self.terminal.send(keys.F2)
        self.terminal.until(lambda: self.walked is None, "the form")

    @property
    def item(self) -> str:
        """The line of the item that is looked at."""
        return next((line for line in self.terminal.lines[2:] if line.startswith(MARK)), "")

    @property
    def walked(self) -> tuple[int, int] | None:
        """How many items of a checklist are marked, and of how many; None where there is none."""
        done, slash, total = self.title.rpartition(" ")[2].partition("/")
        return (int(done), int(total)) if slash and done.isdigit() and total.isdigit() else None

    def _went_on(self, item: str, marks: tuple[int, int]) -> Callable[[], bool]:
        """Return whether one more item is marked and another one is looked at."""
        return lambda: self.walked not in (marks, None) and self.item not in (item, "")

    def pick(self, names: Sequence[str]) -> None:
        """Pick photos from the drop folder."""
        self.terminal.send(keys.ENTER)
        for name in names:
            self.pick_one(name)
        self.terminal.send(keys.F2)
        self.terminal.until(lambda: ", ".join(names) in self.marked_line, "the picked photos")

    def pick_one(self, name: str) -> None:
        """Type a photo's name into the list, take what is found, and show the whole list again."""
        terminal = self.terminal
        terminal.expect(name, "F2")
        terminal.send(name)
        terminal.until(lambda: f"> {name}" in terminal.text, f"{name} found")
        terminal.send(keys.ENTER)
        terminal.expect(f"√ {name}")
        terminal.send(keys.EMPTIED)
        terminal.until(lambda: terminal.text.count(name) == 1, "the whole list")


def fine(line: str) -> str:
    """The keys that find nothing wrong with the item of a line: its mark, a value within the limits, a choice."""
    said = line[len(">· ") :].rstrip("…")
    item = next(item for text, item in _known_items() if text.startswith(said))
    if item.get("kind") == "measure":
        return f"{item.get('min', item.get('max', 1))}{keys.ENTER}"
    return "1" if item.get("kind") == "choice" else "y"


@cache
def _known_items() -> list[tuple[str, dict[str, Any]]]:
    """Every item of the shipped checklists with its text, in both languages."""
    return list(_items())


def _items() -> Iterator[tuple[str, dict[str, Any]]]:
    for file in sorted((ROOT / "config" / "checklists").glob("*.toml")):
        for group in tomllib.loads(file.read_text(encoding="utf-8"))["groups"]:
            yield from ((text, item) for item in group["items"] for text in item["text"].values())
