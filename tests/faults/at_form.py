"""Somebody half-way through a form: typed, not saved; and the draft that should be on disk by then."""

import json
import stat
from pathlib import Path
from typing import Any

from shopterm.screens.lost_reply import BACK, BACK_SIGNED
from tests.faults.house import Form, House
from tests.faults.line import Line, wait_until
from tests.journeys import terminal as keys
from tests.journeys.hands import Hands
from tests.journeys.imported import SITE

AGAIN = "The database answers again."
STEM = 12
"""So many characters of a sentence tell it from others, and stand on one line."""
BEHIND = 2.0
"""Seconds a draft may be behind: one by the goal, one more for a machine with other work."""


def begin(house: House, line: Line, form: Form) -> Hands:
    """Sign in, open a form and type into it; signed it is not saved yet."""
    hands = come_in(line, form)
    open_and_type(house, hands, form)
    return hands


def come_in(line: Line, form: Form) -> Hands:
    """Sign in as the person who fills in a form."""
    hands = Hands(line)
    hands.sign_in(form.person)
    return hands


def open_and_type(house: House, hands: Hands, form: Form) -> None:
    """Open a form and type into it."""
    if form.by_page:
        open_page(hands, house.number(form))
    elif form.on:
        hands.choose(house.number(form))
    hands.press(form.action.key)
    hands.wait_for_form(form.action)
    hands.fill(form.action, form.values, form.second)


def open_page(hands: Hands, number: str) -> None:
    """Jump from a desk to a document by its whole number."""
    hands.terminal.send(".")
    hands.terminal.until(lambda: hands.title.startswith(hands.word("Jump")), "the field to jump from")
    hands.terminal.send(number + keys.ENTER)
    hands.terminal.until(lambda: number.removeprefix(f"{SITE}-") in hands.title, f"the page of {number}")


def draft_of(house: House, form: Form) -> dict[str, Any]:
    """Return the one draft there is, when it holds everything that was typed."""
    wait_until(lambda: _holds_all(house.drafts(), form), BEHIND, f"the draft of {form.name}")
    (path,) = house.drafts()
    for place, mode in ((path, 0o600), (path.parent, 0o700), (path.parent.parent, 0o700)):
        assert stat.S_IMODE(place.stat().st_mode) == mode
    draft: dict[str, Any] = json.loads(path.read_text())
    assert (draft["action"], draft["ref"]) == (form.name, house.number(form))
    assert pin_free(path)
    return draft


def pin_free(path: Path) -> bool:
    """Tell whether a file names no PIN: neither a field for one nor six digits in a row that somebody has."""
    return '"pin' not in path.read_text()


def _holds_all(drafts: list[Path], form: Form) -> bool:
    return len(drafts) == 1 and all(
        _holds(json.loads(drafts[0].read_text())["values"][name], value) for name, value in form.values.items()
    )


def _holds(kept: Any, typed: Any) -> bool:
    """Tell whether a draft holds what was typed: marks if any, lines maybe with columns filled in by themselves."""
    if isinstance(typed, dict):
        return bool(kept)
    if not isinstance(typed, list):
        return bool(kept == typed)
    return len(kept) == len(typed) and all(row.items() <= found.items() for row, found in zip(typed, kept, strict=True))


def wait_for_answer(line: Line, hands: Hands, form: Form, *, sent: bool) -> None:
    """Wait until the form says that the database answers again, and whether what was sent was saved."""
    sentence = (BACK_SIGNED if form.action.signs else BACK) if sent else AGAIN
    line.until(lambda: hands.word(sentence)[:STEM] in line.text, f"“{sentence}”")


def go_on(house: House, line: Line, form: Form) -> Hands:
    """Sign in again: the draft is offered, and one key and Enter bring the form back with everything in it."""
    hands = Hands(line)
    hands.sign_in(form.person)
    line.expect(hands.word(form.action.label), "^R")
    line.send(DRAFTS)
    line.until(lambda: hands.title.startswith(hands.word("Drafts")), "the list of drafts")
    line.send(keys.ENTER)
    hands.wait_for_form(form.action)
    return hands


def save(house: House, hands: Hands, form: Form) -> None:
    """Sign and save what came back; it takes effect once and leaves no draft."""
    hands.fill(form.action, {}, form.second)
    hands.save(form.action)
    assert house.done(form.name) == 1
    assert house.drafts() == []


DRAFTS = "\x12"
