"""A terminal whose line can break: hung up, resized, bytes sent raw; every byte that came is kept."""

import fcntl
import os
import struct
import termios
import time
from collections.abc import Callable

import pyte

from tests.journeys.terminal import PATIENCE, Host, Terminal

PIECES = 0.03
"""Seconds that may lie between two pieces of a picture."""
LEAVES_SCREEN = b"\x1b[?1049l"
TRACES = (b"Traceback", b'File "', b"Error:")
"""What a traceback would show."""


class Recording(pyte.ByteStream):
    """Draws, and keeps what it drew."""

    def __init__(self, screen: pyte.Screen) -> None:
        super().__init__(screen)
        self.raw = b""

    def feed(self, data: bytes) -> None:  # type: ignore[override]  # as its own base says
        """Draw bytes."""
        self.raw += data
        super().feed(data)


class Line(Terminal):
    """A terminal at the end of a line."""

    def __init__(self, host: Host, name: str = "bay-1", *arguments: str) -> None:
        """Start the program."""
        super().__init__(host, name, *arguments)
        self._stream = Recording(self.screen)

    @property
    def raw(self) -> bytes:
        """Every byte that came."""
        stream = self._stream
        assert isinstance(stream, Recording)
        return stream.raw

    def read(self, seconds: float) -> bool:
        """Draw what comes within so long, or within the pause between two pieces of one picture on a busy machine."""
        return super().read(max(seconds, PIECES))

    def send_bytes(self, data: bytes) -> None:
        """Type bytes that need not be UTF-8."""
        os.write(self.process.fd, data)

    @property
    def lines(self) -> list[str]:
        """The screen's lines, however many there are just now."""
        if not self._lines:
            size = self.screen.lines, self.screen.columns
            self._lines = ["".join(self._cells(y, size[1])).rstrip() for y in range(size[0])]
        return self._lines

    def _cells(self, y: int, columns: int) -> list[str]:
        row = self.screen.buffer[y]
        return [row[x].data for x in range(columns)]

    def resize(self, columns: int, lines: int) -> None:
        """Draw the window larger or smaller, as a hand at the mouse does."""
        self.settle()
        self.screen.resize(lines, columns)
        self._lines = []
        fcntl.ioctl(self.process.fd, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def hang_up(self) -> None:
        """Close the terminal's own end."""
        os.close(self.process.fd)
        self.process.closed = True

    def status(self, seconds: float = PATIENCE) -> int:
        """Wait for the end and return the exit status, negative for a signal; works without a terminal, too."""
        end = time.monotonic() + seconds
        while True:
            if not self.process.closed:
                self.read(0.02)
            pid, found = os.waitpid(self.process.pid, os.WNOHANG)
            if pid:
                break
            assert time.monotonic() < end, f"{self.name} does not end:\n{self.picture()}"
            time.sleep(0.01)
        while not self.process.closed and self.read(0.05):
            pass
        self.process.terminated = True
        return os.waitstatus_to_exitcode(found)

    def shows_no_traceback(self) -> bool:
        """Tell whether nothing of a traceback was ever sent."""
        return not any(trace in self.raw for trace in TRACES)


def wait_until(holds: Callable[[], bool], seconds: float, what: str) -> float:
    """Wait until something outside the screen holds; returns how many seconds that took."""
    begun = time.monotonic()
    while not holds():
        assert time.monotonic() - begun < seconds, f"{what} did not come within {seconds} s"
        time.sleep(0.01)
    return time.monotonic() - begun
