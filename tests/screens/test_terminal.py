"""What only a real terminal shows: bytes, signals, hang-ups, exit status."""

import os
import select
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pyte
import pytest
from ptyprocess import PtyProcess

from shopterm.db.session import Shop

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 20.0


class Terminal:
    """A program on a pseudo-terminal and what its screen shows."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        environ = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path]), "TERM": "xterm-256color"}
        command = [sys.executable, "-m", "tests.screens.at_desk", str(folder), *arguments]
        self.process = PtyProcess.spawn(command, cwd=str(ROOT), env=environ, dimensions=(24, 80))
        self.screen = pyte.Screen(80, 24)
        self._stream = pyte.ByteStream(self.screen)
        self.raw = b""

    def read(self, seconds: float) -> int:
        """Read what comes for so long; returns how many bytes that were."""
        before, end = len(self.raw), time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if select.select([self.process.fd], [], [], left)[0]:
                try:
                    data = os.read(self.process.fd, 65536)
                except OSError:
                    break
                if not data:
                    break
                self.raw += data
                self._stream.feed(data)
        return len(self.raw) - before

    def wait_for(self, text: str) -> None:
        """Wait until the screen shows a text."""
        end = time.monotonic() + PATIENCE
        while text not in "\n".join(self.screen.display):
            self.read(0.05)
            assert time.monotonic() < end, "\n".join(self.screen.display)

    def send(self, data: bytes) -> None:
        """Type bytes."""
        os.write(self.process.fd, data)

    def ended(self) -> int:
        """Wait for the end and return the exit status, negative for a signal."""
        end = time.monotonic() + PATIENCE
        while self.process.isalive():
            self.read(0.05)
            assert time.monotonic() < end, "the program does not end"
        self.read(0.1)
        status = self.process.exitstatus if self.process.signalstatus is None else -self.process.signalstatus
        return int(status)


@pytest.fixture
def desk(sqlite_shop: Shop) -> Iterator[Terminal]:
    terminal = Terminal(sqlite_shop.data_dir, "A1", "advisor")
    yield terminal
    terminal.process.close(force=True)


def test_a_keyboard_that_is_not_utf8_is_survived_and_named(desk: Terminal) -> None:
    desk.wait_for("?")
    desk.send("中文".encode("gbk") + b"\xe9\xff")
    desk.wait_for("UTF-8")
    desk.send(b"\x11")
    assert desk.ended() == 0


def test_noise_from_the_line_does_not_end_it(desk: Terminal) -> None:
    desk.wait_for("?")
    desk.send(b"\x1b[<9999999999;1;1M\x1b[48;99999;99999;1;1t\x1b[1114112;1u\x1b[\xff\x9b200~\x00\x1b\x1b[M")
    desk.read(0.5)
    desk.send(b"\x1b\x1b")
    desk.wait_for("?")
    assert desk.process.isalive()


def test_an_idle_desk_sends_nothing(desk: Terminal) -> None:
    desk.wait_for("?")
    desk.read(1.0)
    assert desk.read(2.0) == 0


def test_the_sign_in_screen_sends_nothing_either(sqlite_shop: Shop) -> None:
    terminal = Terminal(sqlite_shop.data_dir, "-", "")
    terminal.wait_for("F12")
    terminal.read(1.0)
    assert terminal.read(2.0) == 0
    terminal.process.close(force=True)


def test_a_term_signal_gives_the_terminal_back(desk: Terminal) -> None:
    desk.wait_for("?")
    desk.process.kill(signal.SIGTERM)
    assert desk.ended() == 128 + signal.SIGTERM
    assert b"\x1b[?1049l" in desk.raw and b"Traceback" not in desk.raw


def test_a_hang_up_ends_it_at_once(desk: Terminal) -> None:
    desk.wait_for("?")
    started = time.monotonic()
    desk.process.kill(signal.SIGHUP)
    assert desk.ended() == -signal.SIGHUP
    assert time.monotonic() - started < 2


def test_a_terminal_that_is_gone_leaves_no_process_behind(desk: Terminal) -> None:
    desk.wait_for("?")
    os.close(desk.process.fd)
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and os.waitpid(desk.process.pid, os.WNOHANG)[0] == 0:
        time.sleep(0.05)
    assert time.monotonic() < end
    desk.process.closed = desk.process.terminated = True


def test_a_fault_is_one_sentence_with_a_reference_and_status_9(sqlite_shop: Shop) -> None:
    terminal = Terminal(sqlite_shop.data_dir, "A1", "advisor", "fault")
    terminal.wait_for("?")
    terminal.send(b"\x0c")
    assert terminal.ended() == 9
    after = terminal.raw.rpartition(b"\x1b[?1049l")[2]
    assert b"administrator" in after
    assert b"Traceback" not in terminal.raw
    reference = after.split()[-1].decode()
    log = (sqlite_shop.data_dir / "log" / "faults.log").read_text()
    assert reference in log and "ZeroDivisionError" in log


def test_the_repaint_key_mends_a_screen_something_else_wrote_on(desk: Terminal) -> None:
    desk.wait_for("Why not?")
    desk.read(0.5)
    before = list(desk.screen.display)
    desk.screen.reset()
    desk.send(b"\x0c")
    desk.wait_for("Why not?")
    desk.read(0.5)
    assert list(desk.screen.display) == before
