"""The pages written from the table are those of the table."""

import re
import runpy
from pathlib import Path

import pytest

from shopterm.domain.actions import TABLE
from shopterm.domain.diagrams import ELSEWHERE, LATER, actions_page, places, rules_listed, states_page, with_places
from shopterm.domain.guards import GUARDS
from shopterm.domain.vocabulary import STATES
from shopterm.usecases.registry import use_case

DOCS = Path(__file__).parent.parent.parent / "docs"
PAGES: dict[str, str] = runpy.run_path(str(DOCS / "generate.py"))["pages"]()


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_that_of_the_table(page: str) -> None:
    assert (DOCS / page).read_text(encoding="utf-8") == PAGES[page], "run make docs"


def test_every_state_and_verb_is_on_a_page() -> None:
    diagrams, actions = states_page(), actions_page()
    assert diagrams.count("```mermaid") == len(STATES)
    assert all(f"| `{action.name}` |" in actions for action in TABLE)
    assert all(f"| `{guard.name}` | {guard.rule} |" in actions for guard in GUARDS.values())


def test_an_arrow_is_written_as_mermaid_reads_it() -> None:
    arrows = [line for line in states_page().splitlines() if "-->" in line]
    assert all(re.fullmatch(r" {4}(\[\*]|\w+) --> (\[\*]|\w+)(: [^:;\"]+)?", line) for line in arrows)


def test_only_the_place_of_a_rule_is_filled_in() -> None:
    text = "Before | it\n| SHP-4.1 | own words | must | old |\n| SHP-2.1x | no rule | – |\n"
    filled = with_places(text)
    assert filled.splitlines()[0::2] == text.splitlines()[0::2]
    assert filled.splitlines()[1] == f"| SHP-4.1 | own words | must | {', '.join(places('SHP-4.1'))} |"
    assert with_places(filled) == filled
    assert rules_listed(filled) == {"SHP-4.1": "own words | must"}


def test_a_clause_without_a_verb_of_its_own_is_done_in_another_or_comes_later() -> None:
    assert with_places("| SHP-5.2 | delivery time | records | |") == (
        "| SHP-5.2 | delivery time | records | in `price_parts` |")  # fmt: skip
    assert with_places("| EMG-1.1 | the call | records | |") == f"| EMG-1.1 | the call | records | {LATER} |"
    own = {action.rule for action in TABLE} | {guard.rule for guard in GUARDS.values()}
    assert not own & ELSEWHERE.keys(), "has a verb or a guard of its own by now"


@pytest.mark.parametrize("rule", ELSEWHERE)
def test_the_verb_that_does_another_rule_too_says_so(rule: str) -> None:
    for verb in re.findall(r"in `(\w+)`", ", ".join(ELSEWHERE[rule])):
        (action,) = [action for action in TABLE if action.name == verb]
        assert rule in (use_case(action).__doc__ or "")
