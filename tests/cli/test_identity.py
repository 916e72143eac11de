"""PIN files and terminals."""

import os
from pathlib import Path

import pytest

from shopterm.cli.identity import secret, terminal_name
from shopterm.domain.errors import SignInFailed, Usage
from tests.cli.conftest import private_file


def test_a_private_file_gives_the_pin(tmp_path: Path) -> None:
    assert secret("PIN", str(private_file(tmp_path / "pin", "  482913 ")), "--pin-file") == "482913"


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o620])
def test_a_file_that_others_may_touch_is_refused(tmp_path: Path, mode: int) -> None:
    path = private_file(tmp_path / "pin", "482913", mode)
    with pytest.raises(SignInFailed, match="mode must be 0600"):
        secret("PIN", str(path), "--pin-file")


def test_a_missing_file_is_a_failed_sign_in(tmp_path: Path) -> None:
    with pytest.raises(SignInFailed, match="No such file"):
        secret("PIN", str(tmp_path / "none"), "--pin-file")


def test_a_pipe_is_no_private_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe", 0o600)
    with pytest.raises(SignInFailed):
        secret("PIN", str(tmp_path / "pipe"), "--pin-file")


@pytest.mark.parametrize("text", ["", "   ", "1" * 65])
def test_a_file_without_a_pin_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(SignInFailed, match="holds no PIN"):
        secret("PIN", str(private_file(tmp_path / "pin", text)), "--pin-file")


def test_the_terminal_is_named_by_the_host(monkeypatch: pytest.MonkeyPatch) -> None:
    assert terminal_name({"SHOPTERM_TERMINAL": " bay-3\x1b "}) == "bay-3\ufffd"
    assert terminal_name({}).startswith(os.uname().nodename)


def test_without_terminal_and_file_the_option_is_named() -> None:
    pid = os.fork()
    if pid == 0:  # a session of its own has no terminal
        os.setsid()
        try:
            secret("PIN", None, "--pin-file")
        except Usage as error:
            os._exit(17 if "--pin-file" in str(error) else 1)
        os._exit(2)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 17
