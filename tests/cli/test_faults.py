"""Our own faults: a reference for the person, the traceback in a private log, status 9."""

import errno
import stat
from pathlib import Path

import pytest

from shopterm.cli.context import Cli
from shopterm.cli.errors import Outcome
from shopterm.domain.errors import ShopError
from tests.cli.conftest import Shopterm


def outcome_of(error: BaseException) -> int:
    with Outcome(Cli(), []) as outcome:
        raise error
    return outcome.status


def test_a_fault_is_logged_under_the_reference_that_is_told(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert outcome_of(ZeroDivisionError("the secret is 482913")) == 9
    told = capsys.readouterr().err
    assert "Traceback" not in told
    assert "482913" not in told
    log = home / ".local/share/shopterm/log/faults.log"
    reference = next(word for word in told.split() if word.startswith("E-")).rstrip(".")
    assert reference in log.read_text()
    assert "ZeroDivisionError" in log.read_text()
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    assert stat.S_IMODE(log.parent.stat().st_mode) == 0o700


def test_a_log_that_cannot_be_written_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("SHOPTERM_STORAGE__DATA_DIR", str(tmp_path / "file"))
    assert outcome_of(KeyError("x")) == 9
    assert "the log could not be written" in capsys.readouterr().err


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EFBIG])
def test_a_full_or_broken_disk_is_no_fault_of_ours(number: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert outcome_of(OSError(number, "No space left on device")) == 7
    assert "nothing was saved" in capsys.readouterr().err


def test_ctrl_c_ends_as_shells_expect(capsys: pytest.CaptureFixture[str]) -> None:
    assert outcome_of(KeyboardInterrupt()) == 130
    assert "Interrupted" in capsys.readouterr().err


def test_an_exit_that_was_asked_for_passes() -> None:
    with pytest.raises(SystemExit):
        outcome_of(SystemExit(3))


@pytest.mark.parametrize("kind", ShopError.__subclasses__())
def test_every_kind_of_error_has_a_status_of_its_own(kind: type[ShopError]) -> None:
    statuses = [other.exit_status for other in ShopError.__subclasses__()]
    assert sorted(statuses) == list(range(1, 9))
    assert kind.code
    assert kind.title


def test_text_in_an_error_is_cleaned(shopterm: Shopterm) -> None:
    told = shopterm("do", "x\x1b]0;owned\x07", "new")
    assert told.status == 6
    assert "\x1b" not in told.err
