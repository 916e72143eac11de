"""A disk that takes nothing more: one sentence, nothing half saved, and it goes on when there is room again."""

import resource
import stat
from pathlib import Path

import pytest

from shopterm.db.session import NOTHING_SAVED
from shopterm.screens.faults import SENTENCE, UNLOGGED, report
from tests.faults.at_form import come_in, draft_of, open_and_type, save, wait_for_answer
from tests.faults.conftest import Sit, tried
from tests.faults.house import BY_NAME, FORMS, House
from tests.faults.line import Line
from tests.journeys import terminal as keys
from tests.journeys.hands import Hands

FULL = "The draft cannot be kept: {reason}"


def fill_up(line: Line, room: int = 0) -> None:
    """Let no file of a running program grow beyond this; without a number there is room again."""
    most = resource.prlimit(line.process.pid, resource.RLIMIT_FSIZE)[1]
    resource.prlimit(line.process.pid, resource.RLIMIT_FSIZE, (room, most))


@pytest.mark.parametrize("name", tried([form.name for form in FORMS], "lend_parts"))
def test_a_full_disk_saves_nothing_and_says_so(house: House, sit: Sit, name: str) -> None:
    form, line = BY_NAME[name], sit(house)
    hands = come_in(line, form)
    fill_up(line)
    open_and_type(house, hands, form)
    line.expect(hands.word(FULL).partition("{")[0][:8])
    assert house.drafts() == []
    line.send(keys.F2)
    line.expect(hands.word(NOTHING_SAVED).partition("{")[0][:6])
    assert house.done(name) == 0
    fill_up(line, resource.RLIM_INFINITY)
    draft_of(house, form)
    wait_for_answer(line, hands, form, sent=True)
    save(house, hands, form)
    assert line.quit() == 0
    assert line.shows_no_traceback()


def test_nobody_is_thrown_out_by_a_full_disk(house: House, sit: Sit) -> None:
    line = sit(house)
    hands = Hands(line)
    hands.sign_in("M2")
    fill_up(line)
    line.send("\x1b[24~\x1b[24~\x14")  # language twice, colours: both are remembered in files
    line.send("I")  # to come in is done at once
    line.expect(hands.word(NOTHING_SAVED).partition("{")[0][:6])
    assert house.done("clock_in") == 0
    fill_up(line, resource.RLIM_INFINITY)
    line.send("I")
    line.until(lambda: house.done("clock_in") == 1, "that it was done")
    assert line.quit() == 0


def test_a_fault_is_told_with_its_reference_and_the_log_is_private(tmp_path: Path) -> None:
    told = report(ZeroDivisionError("the secret is 482913"), tmp_path / "log").plain
    assert told.startswith(SENTENCE.partition("{")[0])
    log = tmp_path / "log" / "faults.log"
    assert told.split()[-1] in log.read_text()
    assert (stat.S_IMODE(log.stat().st_mode), stat.S_IMODE(log.parent.stat().st_mode)) == (0o600, 0o700)


def test_a_fault_whose_log_cannot_be_written_is_told_too(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("a file where the folder should be")
    told = report(ZeroDivisionError("the secret is 482913"), tmp_path / "log").plain
    assert told.startswith(UNLOGGED.partition("{")[0])
    assert "482913" not in told
