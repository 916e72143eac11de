"""Ten forms, and what may happen while somebody types: the draft is there, private, offered, and whole."""

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from shopterm.app import AWAY
from shopterm.db.session import NOTHING_SAVED
from tests.faults.at_form import BEHIND, begin, come_in, draft_of, go_on, save, wait_for_answer
from tests.faults.conftest import SOAK, Sit
from tests.faults.house import BY_NAME, FORMS, House
from tests.faults.line import LEAVES_SCREEN, Line, wait_until
from tests.journeys import terminal as keys


class End(NamedTuple):
    """A way in which the program ends, and its exit status."""

    strike: Callable[[Line], None]
    status: int


ENDS = {
    "closed": End(Line.hang_up, -signal.SIGHUP),
    "HUP": End(lambda line: os.kill(line.process.pid, signal.SIGHUP), -signal.SIGHUP),
    "TERM": End(lambda line: os.kill(line.process.pid, signal.SIGTERM), 128 + signal.SIGTERM),
    "KILL": End(lambda line: os.kill(line.process.pid, signal.SIGKILL), -signal.SIGKILL),
}
LOST = ("typing", "saving")


def each(kinds: list[str]) -> list[tuple[str, str]]:
    """Every form with every kind in a long run, else every form with one kind, so that each kind is there."""
    if SOAK:
        return [(form.name, kind) for form in FORMS for kind in kinds]
    return [(form.name, kinds[place % len(kinds)]) for place, form in enumerate(FORMS)]


TRIED = each([*ENDS, *LOST])


@pytest.mark.parametrize(("name", "end"), [pair for pair in TRIED if pair[1] in ENDS])
def test_a_program_that_is_ended_keeps_the_form(house: House, sit: Sit, name: str, end: str) -> None:
    form, line = BY_NAME[name], sit(house)
    begin(house, line, form)
    typed = draft_of(house, form)
    ENDS[end].strike(line)
    assert line.status() == ENDS[end].status
    assert line.shows_no_traceback()
    assert (LEAVES_SCREEN in line.raw) == (end == "TERM")
    assert house.done(name) == 0

    again = sit(house)
    hands = go_on(house, again, form)
    assert draft_of(house, form)["values"] == typed["values"]
    save(house, hands, form)
    assert again.quit() == 0


@pytest.mark.parametrize(("name", "when"), [pair for pair in TRIED if pair[1] in LOST])
def test_a_database_that_goes_away_loses_nothing(house: House, sit: Sit, name: str, when: str) -> None:
    form, line = BY_NAME[name], sit(house)
    hands = begin(house, line, form)
    away = move_away(house)
    if when == "saving":
        line.send(keys.F2)
        line.expect(hands.word(NOTHING_SAVED).partition("{")[0])
    else:
        line.expect(hands.word(AWAY)[:20])
    draft_of(house, form)
    away.rename(house.program.data_dir / "shop.db")
    wait_for_answer(line, hands, form, sent=when == "saving")
    save(house, hands, form)
    assert line.quit() == 0


def test_a_note_that_is_being_written_on_a_checklist_is_kept(house: House, sit: Sit) -> None:
    form, line = BY_NAME["inspect_intake"], sit(house)
    hands = come_in(line, form)
    hands.choose(house.number(form))
    hands.press(form.action.key)
    hands.wait_for_form(form.action)
    line.send(keys.ENTER)
    line.until(lambda: hands.walked is not None, "the checklist")
    line.send("yn")  # the first item is fine, a note to the second
    line.until(lambda: hands.walked is not None and hands.walked[0] == 1, "one mark")
    line.send("漆面划伤 scratched")
    wait_until(lambda: any("scratched" in path.read_text() for path in house.drafts()), BEHIND, "the note in the draft")
    os.kill(line.process.pid, signal.SIGKILL)
    assert line.status() == -signal.SIGKILL

    again = sit(house)
    hands = go_on(house, again, form)
    again.send(keys.ENTER)
    again.until(lambda: hands.walked is not None and hands.walked[0] >= 1, "the checklist with its marks")
    again.expect("scratched")
    assert again.quit() == 0


def move_away(house: House) -> Path:
    """Move the database file to another name, as a careless administrator does."""
    return (house.program.data_dir / "shop.db").rename(house.program.data_dir / "elsewhere.db")
