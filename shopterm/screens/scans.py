"""Tells a scanner from fingers: a code that comes in one go and ends is one message, not a row of keys.

A hand scanner types. On a desk its letters would be verbs; so keys that may begin a code wait a moment for the next.
Whoever types is slower than that, and gets every key as it is, a moment later.
"""

import re
from collections.abc import Iterable, Iterator

from textual import events
from textual.message import Message

HOLD = 0.03
"""Seconds in which a scanner's next character comes; a person's does not."""
SHORTEST = 5
"""A code has at least so many characters; fewer are keys."""
LONGEST = 200
BEGINS = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")
"""What a code begins with, unless the scanner announces it with STX."""
STX, ETX = "ctrl+b", "ctrl+c"
ENDS = frozenset({"enter", "ctrl+j", ETX})
DOCUMENT = re.compile(r"[A-Z][A-Z0-9]{1,7}-[A-Z]{2,3}-\d{4}-\d{4}(/\d+)?")
"""How a document's number looks."""
TYPED_DOCUMENT = re.compile(rf"{DOCUMENT.pattern}|[A-Z]{{2,3}}-\d{{4}}-\d{{4}}(/\d+)?", re.IGNORECASE)
"""How a person may type it: the house's own site is left away, as the queues do."""


class Scanned(Message):
    """A code came in one go; its keys are kept for where a person types."""

    def __init__(self, code: str, keys: tuple[events.Key, ...]) -> None:
        """Carry the code, and the keys it came as, its end included."""
        super().__init__()
        self.code, self.keys = code, keys


class Scans:
    """Gathers keys that follow each other without a pause."""

    def __init__(self) -> None:
        """Begin with nothing gathered."""
        self._held: list[events.Key] = []

    @property
    def waits(self) -> bool:
        """Whether keys are held back until the next one comes, or the moment is over."""
        return bool(self._held)

    def feed(self, messages: Iterable[Message]) -> Iterator[Message]:
        """Yield messages, a gathered code in place of its keys."""
        for message in messages:
            if isinstance(message, events.Key):
                yield from self._take(message)
            else:
                yield from self.release()
                yield message

    def release(self) -> Iterator[Message]:
        """Yield the keys that were held back: nothing more came."""
        held, self._held = self._held, []
        yield from held

    def _take(self, key: events.Key) -> Iterator[Message]:
        if not self._held:
            if key.key == STX or key.character in BEGINS:
                self._held.append(key)
            else:
                yield key
        elif key.key in ENDS:
            yield from self._end(key)
        elif key.character and "!" <= key.character <= "~" and len(self._held) < LONGEST:
            self._held.append(key)
        else:
            yield from self.release()
            yield key

    def _end(self, end: events.Key) -> Iterator[Message]:
        code = "".join(key.character or "" for key in self._held if key.key != STX)
        if len(code) < SHORTEST:
            yield from self.release()
            yield end
            return
        keys, self._held = (*self._held, end), []
        yield Scanned(code, keys)


def is_badge(code: str, form: str) -> bool:
    """Say whether a code looks like a badge: # stands for a digit, * for any characters, the rest for itself."""
    parts = {"#": "[0-9]", "*": ".+"}
    return bool(form) and re.fullmatch("".join(parts.get(sign, re.escape(sign)) for sign in form), code) is not None
