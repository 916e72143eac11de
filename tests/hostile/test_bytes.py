"""The bytes on the wire of a real terminal: with hostile data the same sequences as with harmless, and no others."""

import os
import select
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pyte
import pytest
from ptyprocess import PtyProcess

from shopterm.db.session import Shop
from tests.hostile.conftest import SOAK, Workshop
from tests.hostile.seat import DESKS
from tests.hostile.texts import TEXTS, unsafe
from tests.hostile.wire import Sent, Wire
from tests.screens.living import open_copy

ROOT = Path(__file__).parents[2]
PATIENCE = 20.0
KEYS = [
    "\x1b[B",
    "\x1b[B",
    "?",
    "\x1b",
    "\r",
    "\x1b[6~",
    "\x1b[24~",
    "\x1b",
    "\x10",
    "\x1b",
    ".",
    "2611\r",
    "\x1b",
    "\x0c",
]
"""Down twice, why not, a document and a page further, the other language, the palette, a jump, paint again."""


class Desk:
    """The program at one desk on a pseudo-terminal, and every byte it has sent."""

    def __init__(self, folder: Path, now: int, person: int, desk: str) -> None:
        environ = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path]), "TERM": "xterm-256color"}
        arguments = [str(folder), str(now), str(person), desk, "zh"]
        command = [sys.executable, "-m", "tests.hostile.at_desk", *arguments]
        self.process = PtyProcess.spawn(command, cwd=str(ROOT), env=environ, dimensions=(24, 80))
        self.screen = pyte.Screen(80, 24)
        self._stream = pyte.ByteStream(self.screen)
        self.sent = b""

    def quiet(self, seconds: float = 0.12) -> None:
        """Read until nothing came for so long."""
        while select.select([self.process.fd], [], [], seconds)[0]:
            try:
                data = os.read(self.process.fd, 65536)
            except OSError:
                return
            if not data:
                return
            self.sent += data
            self._stream.feed(data)

    def walk(self) -> Wire:
        """Press all keys, quit, and return what was sent."""
        end = time.monotonic() + PATIENCE
        while "F1" not in "\n".join(self.screen.display):
            assert time.monotonic() < end and self.process.isalive(), self.sent
            self.quiet(0.05)
        for key in KEYS:
            os.write(self.process.fd, key.encode())
            self.quiet()
        os.write(self.process.fd, b"\x11")
        self.quiet(1)
        self.process.wait()
        assert self.process.exitstatus == 0
        return Wire(self.sent)


@pytest.fixture
def copies(workshop: Workshop, tmp_path: Path) -> Iterator[tuple[Shop, Shop]]:
    """A harmless and a hostile workshop."""
    harmless = open_copy(workshop.harmless, tmp_path / "harmless", workshop.now)
    hostile = open_copy(workshop.poisoned, tmp_path / "hostile", workshop.now)
    yield harmless, hostile
    harmless.close()
    hostile.close()


@pytest.mark.parametrize("desk", DESKS if SOAK else ["foreman"])
def test_the_same_sequences_with_hostile_data(copies: tuple[Shop, Shop], workshop: Workshop, desk: str) -> None:
    person = workshop.people[DESKS[desk]]
    harmless, hostile = (Desk(shop.data_dir, workshop.now, person, desk).walk() for shop in copies)
    assert "[@click" in "".join(hostile.printed) and "[@click" not in "".join(harmless.printed)
    assert hostile.sent - harmless.sent == set()
    assert not [stretch for stretch in hostile.printed if unsafe(stretch.replace("\r", ""))]


@pytest.mark.parametrize(
    "name", ["title", "clipboard", "hyperlink", "clear", "device control", "reset", "C1 CSI", "nul"]
)
def test_the_reader_of_bytes_would_see_a_hostile_text(name: str) -> None:
    wire = Wire(b"\x1b[1;1Hname: " + TEXTS[name].encode() + b"\x1b[0m")
    assert wire.sent - {Sent("CSI", "H"), Sent("CSI", "m")} or any(map(unsafe, wire.printed))
