"""Reads the bytes a program sends to a terminal: which sequences they are, and which characters stand between them."""

from collections.abc import Iterator
from typing import NamedTuple

STRINGS = {"]": "OSC", "P": "DCS", "X": "SOS", "^": "PM", "_": "APC"}


class Sent(NamedTuple):
    """One control sequence by its shape (numbers left out where they only say where or in which colour)."""

    kind: str
    shape: str


class Wire:
    """A state machine over decoded output: text, escape sequences, control strings."""

    def __init__(self, data: bytes) -> None:
        """Take everything that was sent; bytes that are no UTF-8 raise."""
        self._text = data.decode("utf-8")
        self.printed: list[str] = []
        """The characters between the sequences, one string for each stretch."""
        self.sent = set(self._sequences())
        """Every sequence there was."""

    def _sequences(self) -> Iterator[Sent]:
        text, at = self._text, 0
        while (escape := text.find("\x1b", at)) >= 0:
            self.printed.append(text[at:escape])
            at, found = self._sequence(escape + 1)
            yield found
        self.printed.append(text[at:])

    def _sequence(self, at: int) -> tuple[int, Sent]:
        """Read one sequence after its ESC; return where it ends and what it was."""
        first = self._text[at : at + 1]
        if first in STRINGS:
            return self._string(at + 1, STRINGS[first])
        if first != "[":
            end = at
            while self._text[end : end + 1] and " " <= self._text[end] <= "/":
                end += 1
            return end + 1, Sent("ESC", self._text[at : end + 1])
        end = at + 1
        while self._text[end : end + 1] and " " <= self._text[end] <= "?":
            end += 1
        parameters, final = self._text[at + 1 : end], self._text[end : end + 1]
        return end + 1, Sent("CSI", final if final in ("m", "H") and "?" not in parameters else parameters + final)

    def _string(self, at: int, kind: str) -> tuple[int, Sent]:
        """Read a control string to its end: BEL or ST."""
        ends = [(self._text.find(end, at), len(end)) for end in ("\x07", "\x1b\\")]
        end, size = min([pair for pair in ends if pair[0] >= 0], default=(len(self._text), 0))
        return end + size, Sent(kind, self._text[at:end])
