"""Takes bracketed pastes out of what a terminal sends: whole, without control sequences, and never waiting for ever.

Textual 8.2 reads keys out of a paste that holds an ESC, and takes everything typed after a paste whose end got lost
for a part of it. A paste that is cut off ends when nothing more comes.
"""

import re
from collections.abc import Iterator
from time import monotonic

from textual.events import Paste

START, END = "\x1b[200~", "\x1b[201~"
QUIET = 0.5
"""Seconds without a byte after which a paste that has not ended is taken as it is."""
TORN = 0.1
"""Seconds a marker's second half may be late."""
MOST = 100_000
"""Characters of a paste that are kept; no field takes more."""
_CONTROL = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]"
_SEQUENCE = re.compile(rf"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[NO].|.)?|{_CONTROL}")


class Pastes:
    """Splits what comes into keys and pastes; markers may be torn between reads."""

    def __init__(self) -> None:
        """Begin outside a paste."""
        self._held = ""
        """The beginning of what may become a marker."""
        self._pasted: str | None = None
        self._came_at = 0.0

    @property
    def is_open(self) -> bool:
        """Whether something is waited for."""
        return self._pasted is not None or bool(self._held)

    def feed(self, text: str) -> Iterator[str | Paste]:
        """Yield text of keys, and pastes."""
        self._came_at = monotonic()
        text, self._held = self._held + text, ""
        while text:
            if self._pasted is None:
                keys, mark, text = text.partition(START)
                self._pasted = "" if mark else None
                torn = 0 if mark else _torn(keys)
                self._held = keys[len(keys) - torn :]
                if keys := keys[: len(keys) - torn]:
                    yield keys
            else:
                pasted, mark, text = (self._pasted + text).partition(END)
                self._pasted = None if mark else pasted[:MOST] + pasted[max(len(pasted) - len(END), MOST) :]
                if mark:
                    yield Paste(plain(pasted))

    def tick(self) -> Iterator[str | Paste]:
        """Yield what is no longer waited for."""
        if self._held and monotonic() - self._came_at >= TORN:
            held, self._held = self._held, ""
            yield held
        if self._pasted is not None and monotonic() - self._came_at >= QUIET:
            pasted, self._pasted = self._pasted, None
            yield Paste(plain(pasted))


def plain(pasted: str) -> str:
    """Return pasted text without control sequences, its lines ended as usual."""
    return _SEQUENCE.sub("", pasted[:MOST]).replace("\r\n", "\n").replace("\r", "\n")


def _torn(text: str) -> int:
    """Return how many characters at the end begin a marker: two at least, for ESC alone is a key."""
    return next((size for size in range(len(START) - 1, 1, -1) if text.endswith(START[:size])), 0)
