"""What a key opens: the program and nothing else, spoken as the server's side says, whatever the client sends."""

from pathlib import Path

import pytest

from shopterm.terminal import CONSOLE, NO_SCREENS
from tests.faults.at_form import begin, save
from tests.faults.house import BY_NAME, House
from tests.journeys import terminal as keys
from tests.journeys.hands import Hands
from tests.ssh.conftest import Connect
from tests.ssh.door import SENT, Door
from tests.ssh.test_line import terminals_of

PROMISE = BY_NAME["promise"]
WRONG_USE = 2
REFUSED_BY_SSH = 255
SIGN_IN = " shopterm"
SHELL_KEYS = "\x03\x1a\x1c\x04\x1d"
"""What would stop, suspend or leave a program that lets the terminal listen to them."""


def test_neither_locale_nor_names_come_from_the_client(house: House, door: Door, connect: Connect) -> None:
    """The client says GBK and another database, and calls its terminal “boss”; Chinese is typed all the same."""
    terminal = connect(door)
    terminal.expect(SIGN_IN)
    hands = begin(house, terminal, PROMISE)
    terminal.expect("客户急用")
    save(house, hands, PROMISE)
    assert terminal.quit() == 0
    assert terminals_of(house, PROMISE.name) == ["counter-1"]


def test_a_command_that_is_asked_for_is_not_run(house: House, door: Door, connect: Connect, tmp_path: Path) -> None:
    escaped = tmp_path / "escaped"
    terminal = connect(door, f"touch {escaped}; sh")
    terminal.expect(SIGN_IN)
    Hands(terminal).sign_in("A1")
    assert terminal.quit() == 0
    door.until_ended()
    assert not escaped.exists()


def test_no_key_leads_to_a_shell(door: Door, connect: Connect) -> None:
    terminal = connect(door)
    terminal.expect(SIGN_IN)
    (program,) = door.programs()
    terminal.send(SHELL_KEYS)
    hands = Hands(terminal)
    hands.sign_in("A1")
    terminal.send(SHELL_KEYS + "id" + keys.ENTER)
    terminal.settle()
    assert door.programs() == [program]
    assert "uid=" not in terminal.text
    assert terminal.quit() == 0
    door.until_ended()  # and with the program the line is over: nothing waits behind it


def test_files_cannot_be_fetched_nor_ports_reached(door: Door) -> None:
    fetched = door.run(["-s"], "sftp")  # the program is run instead, and has no screen
    assert (fetched.returncode, fetched.stdout) == (WRONG_USE, b"")
    reached = door.run(["-W", f"127.0.0.1:{door.server.port}"])
    assert reached.returncode == REFUSED_BY_SSH
    assert b"SSH-2.0" not in reached.stdout
    assert b"prohibited" in reached.stderr


def test_without_a_terminal_the_commands_are_named(door: Door) -> None:
    ended = door.run(["-T", *SENT])
    assert ended.returncode == WRONG_USE
    assert NO_SCREENS in " ".join(ended.stderr.decode().split())
    assert b"\x1b" not in ended.stdout + ended.stderr


@pytest.mark.parametrize("kind", ["dumb", "unknown"])
def test_a_terminal_that_shows_no_screens_is_told_so(door: Door, connect: Connect, kind: str) -> None:
    terminal = connect(door, kind=kind)
    assert terminal.ended() == WRONG_USE
    assert NO_SCREENS in " ".join(terminal.text.split())
    assert b"\x1b[" not in terminal.raw


def test_a_console_without_chinese_characters_speaks_english(door: Door, connect: Connect) -> None:
    terminal = connect(door, kind="linux")
    hands = Hands(terminal)
    hands.sign_in("F1", language="en")
    terminal.expect("WO-", hands.word("All actions"))
    assert CONSOLE.encode() in terminal.raw
    assert b"38;5;" not in terminal.raw
    assert terminal.quit() == 0


@pytest.mark.parametrize("kind", ["xterm-ghostty", "screen-256color", "vt220"])
def test_a_terminal_of_any_name_shows_the_desk(door: Door, connect: Connect, kind: str) -> None:
    """Also one that the server's terminfo has never heard of."""
    terminal = connect(door, kind=kind)
    hands = Hands(terminal)
    hands.sign_in("F1", language="en" if kind == "vt220" else "zh")
    terminal.expect("WO-", hands.word("All actions"))
    assert terminal.quit() == 0
