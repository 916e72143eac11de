"""A window drawn smaller and larger while somebody works: nothing typed is lost, everything is there again."""

import pytest

from shopterm.domain.text import width
from tests.faults.at_form import DRAFTS, begin, draft_of, save
from tests.faults.conftest import Sit, tried
from tests.faults.house import BY_NAME, FORMS, House
from tests.faults.line import Line
from tests.journeys import terminal as keys
from tests.journeys.hands import Hands

NARROW, WIDE, USUAL = (60, 20), (200, 60), (80, 24)

DESKS = [("A1", "WO-"), ("F1", "WO-"), ("P1", "MS-"), ("M1", "WO-"), ("W1", "QU-"), ("X1", "M1")]


def sane(line: Line) -> bool:
    """Tell whether every line fits, and the last ones show keys."""
    return all(width(row) <= line.screen.columns for row in line.lines) and any(line.lines[-3:])


def through_sizes(line: Line, seen: str) -> None:
    """Go through all sizes and back; a text is seen in each."""
    for size in (NARROW, WIDE, USUAL, WIDE, NARROW, USUAL):
        line.resize(*size)
        line.until(lambda: seen in line.text and sane(line), f"{seen} at {size}")


@pytest.mark.parametrize("name", tried([form.name for form in FORMS], "report_parts"))
def test_a_form_is_typed_on_at_every_size(house: House, sit: Sit, name: str) -> None:
    form, line = BY_NAME[name], sit(house)
    hands = begin(house, line, form)
    through_sizes(line, hands.word(form.action.label))
    line.resize(*NARROW)
    line.settle()
    draft_of(house, form)
    line.resize(*USUAL)
    save(house, hands, form)
    assert line.quit() == 0


@pytest.mark.parametrize(("person", "wait_for"), tried(DESKS, ("A1", "WO-"), ("P1", "MS-")))
def test_a_desk_and_what_is_opened_over_it(house: House, sit: Sit, person: str, wait_for: str) -> None:
    line = sit(house)
    hands = Hands(line)
    hands.sign_in(person)
    line.expect(wait_for)
    through_sizes(line, wait_for)
    for opened in (keys.F1, "\x10", DRAFTS):  # help, all actions, drafts
        line.send(opened)
        line.until(lambda: not hands.title.startswith("1 "), "another screen")
        through_sizes(line, "Esc")
        line.send(keys.ESCAPE)
        line.until(lambda: hands.title.startswith("1 "), "the desk")
    assert line.quit() == 0


def test_signing_in_in_a_small_window(house: House, sit: Sit) -> None:
    line = sit(house)
    line.expect("shopterm")
    through_sizes(line, "shopterm")
    line.resize(*NARROW)
    hands = Hands(line)
    hands.sign_in("A1")
    line.resize(*USUAL)
    line.expect("WO-")
    assert line.quit() == 0
