"""A real terminal of 80 by 24: the program on a pseudo-terminal, its screen by an emulator, keys as bytes."""

import os
import select
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

import pyte
from ptyprocess import PtyProcess

from shopterm.domain.text import width

COLUMNS, LINES = 80, 24
PATIENCE = 20.0
"""Seconds after which a screen that does not come is a failure."""
QUIET = 0.01
"""Seconds without a byte after which what was sent is taken as drawn."""

ENTER, TAB, BACK_TAB, ESCAPE = "\r", "\t", "\x1b[Z", "\x1b"
UP, DOWN = "\x1b[A", "\x1b[B"
F1, F2, F3, F4, F5, F6, F7, F8, F9, F10, F12 = (
    "\x1bOP", "\x1bOQ", "\x1bOR", "\x1bOS", "\x1b[15~", "\x1b[17~", "\x1b[18~", "\x1b[19~", "\x1b[20~", "\x1b[21~",
    "\x1b[24~")  # fmt: skip
OTHER_PERSON, QUIT = "\x0f", "\x11"
EMPTIED = "\x05\x15"
"""To the end of a field, and all of it deleted."""


class Host(Protocol):
    """Where a terminal's program runs."""

    @property
    def environ(self) -> dict[str, str]:
        """The environment of its programs."""

    @property
    def folder(self) -> Path:
        """The directory in which they start."""


class Terminal:
    """One terminal of the workshop, with the program running on it."""

    module = "shopterm"
    kind = "xterm-256color"
    """Which terminal it says it is."""

    def __init__(self, host: Host, name: str, *arguments: str) -> None:
        """Start the program."""
        environ = host.environ | {"SHOPTERM_TERMINAL": name, "TERM": self.kind}
        command, folder = self.command(arguments), str(host.folder)
        self.process = PtyProcess.spawn(command, cwd=folder, env=environ, dimensions=(LINES, COLUMNS))
        self.screen = pyte.Screen(COLUMNS, LINES)
        self._stream = pyte.ByteStream(self.screen)
        self.name = name
        self._lines: list[str] = []

    def command(self, arguments: Sequence[str]) -> list[str]:
        """What is started on it."""
        return [sys.executable, "-m", self.module, *arguments]

    # ── typing ───────────────────────────────────────────────────────────────────────────────────────

    def send(self, keys: str) -> None:
        """Type keys, all at once, as a fast hand or a scanner does."""
        os.write(self.process.fd, keys.encode())

    # ── looking ──────────────────────────────────────────────────────────────────────────────────────

    @property
    def lines(self) -> list[str]:
        """The screen's lines."""
        if not self._lines:
            self._lines = ["".join(self._drawn(y)).rstrip() for y in range(LINES)]
        return self._lines

    def _drawn(self, y: int) -> Iterator[str]:
        """Yield what stands in a line; the emulator keeps the second half of a wide character that was overwritten."""
        wide = False
        for x in range(COLUMNS):
            data = self.screen.buffer[y][x].data
            yield data or ("" if wide else " ")
            wide = bool(data) and width(data) == 2

    @property
    def text(self) -> str:
        """The whole screen."""
        return "\n".join(self.lines)

    def read(self, seconds: float) -> bool:
        """Draw what comes within so long; says whether anything came."""
        if not select.select([self.process.fd], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self.process.fd, 65536)
        except OSError:  # the other side is closed: the program has ended
            return False
        self._stream.feed(data)
        self._lines = []
        return bool(data)

    def settle(self) -> None:
        """Draw until nothing more comes for a moment."""
        while self.read(QUIET):
            pass

    def until(self, holds: Callable[[], bool], what: str, seconds: float = PATIENCE) -> float:
        """Wait until something holds on the screen; returns how many seconds that took."""
        begun = time.monotonic()
        while not (holds() and not self.read(QUIET)):  # what came in pieces is looked at when it is whole
            left = begun + seconds - time.monotonic()
            ended = not (holds() or self.read(min(max(left, 0), 0.1)) or self.process.isalive())
            if left <= 0 or ended:
                raise AssertionError(f"{self.name}: {what} did not come:\n{self.picture()}")
        return time.monotonic() - begun

    def expect(self, *texts: str, seconds: float = PATIENCE) -> float:
        """Wait until the screen shows all these texts; returns how many seconds that took."""
        return self.until(lambda: all(text in self.text for text in texts), " + ".join(map(repr, texts)), seconds)

    def gone(self, text: str, seconds: float = PATIENCE) -> float:
        """Wait until the screen does not show a text any more."""
        return self.until(lambda: text not in self.text, f"the end of {text!r}", seconds)

    def background(self, y: int, x: int) -> str:
        """The colour behind a cell."""
        return str(self.screen.buffer[y][x].bg)

    def starts(self, y: int) -> list[int]:
        """The cells of a line where something begins after two blanks."""
        row = [self.screen.buffer[y][x].data for x in range(COLUMNS)]
        return [x for x in range(2, COLUMNS) if row[x].strip() and not (row[x - 1] + row[x - 2]).strip()
                and row[x - 1] and row[x - 2]]  # fmt: skip

    def picture(self) -> str:
        """The screen in a frame, for a failure's report."""
        edge = f"+{'-' * COLUMNS}+"
        return "\n".join([edge, *(f"|{line}" for line in self.lines), edge])

    # ── ending ───────────────────────────────────────────────────────────────────────────────────────

    def quit(self) -> int:
        """Leave the program and return its exit status."""
        self.send(QUIT)
        return self.ended()

    def ended(self) -> int:
        """Wait for the program's end and return its exit status, negative for a signal."""
        end = time.monotonic() + PATIENCE
        while self.process.isalive():
            self.read(0.05)
            assert time.monotonic() < end, f"{self.name} does not end:\n{self.picture()}"
        status = self.process.exitstatus if self.process.signalstatus is None else -self.process.signalstatus
        self.close()
        return int(status)

    def close(self) -> None:
        """Close the terminal, whatever runs on it."""
        self.process.close(force=True)
