"""The table of actions is sound: every row can be read, reached, done and refused."""

import re
from collections.abc import Iterator
from dataclasses import fields, replace
from itertools import combinations, product
from pathlib import Path
from typing import Any

import pytest

from shopterm.domain.action import Action, Guard
from shopterm.domain.actions import TABLE, action_named, actions_for
from shopterm.domain.actions.keys import SENSES
from shopterm.domain.diagrams import rules_listed
from shopterm.domain.facts import (
    Actor,
    DayFacts,
    Facts,
    JobFacts,
    LoanFacts,
    OrderFacts,
    PartFacts,
    PersonFacts,
    QuoteFacts,
    SheetFacts,
)
from shopterm.domain.fields import Field, Kind
from shopterm.domain.guards import CLERK, GUARDS
from shopterm.domain.policy import offered, refusal
from shopterm.domain.transitions import FIRST, LAST, transitions
from shopterm.domain.vocabulary import STATES, Doc, JobState, OrderState, Role, SheetState, Word
from shopterm.usecases.registry import family

ROOT = Path(__file__).parent.parent.parent
USE_CASES = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "shopterm" / "usecases").glob("*.py"))
QUOTED = re.compile(r'"((?:ADV|EMG|FLD|WAR|SHP|OPS)-\d+(?:\.\d+)?)"')
UNUSED_STATES = {(Doc.LABOUR_SHEET, SheetState.PRICED)}
"""Labour sheets share the states of material sheets, but are never priced: their rates are signed."""
ME = 1


def name(value: Action | Guard | Doc) -> str:
    return value.value if isinstance(value, Doc) else value.name


def listed(file: str) -> dict[str, str]:
    return rules_listed((ROOT / "docs" / file).read_text(encoding="utf-8"))


# Rows


@pytest.mark.parametrize("action", TABLE, ids=name)
def test_a_row_has_one_use_case(action: Action) -> None:
    found = [module.__name__ for module in family(action.doc) if action.name in vars(module)]
    assert len(found) == 1


@pytest.mark.parametrize("action", TABLE, ids=name)
def test_a_row_is_complete(action: Action) -> None:
    states = frozenset(STATES.get(action.doc, ()))
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", action.name)
    assert action.label.strip()
    assert action.by
    assert action.when <= states
    assert action.then <= states
    assert not (action.new and action.when)
    assert action.signs or not action.second, "a second signer signs what nobody signs"


def test_names_are_given_once() -> None:
    assert len({action.name for action in TABLE}) == len(TABLE)


def test_every_rule_is_in_a_list_and_every_house_rule_is_used() -> None:
    rules, house = listed("rules.md"), listed("ops-rules.md")
    used = {row.rule for row in TABLE} | {guard.rule for guard in GUARDS.values()}
    told = {rule for path in (ROOT / "shopterm").rglob("*.py") for rule in QUOTED.findall(path.read_text("utf-8"))}
    assert used | told <= rules.keys() | house.keys()
    assert house.keys() <= used | told
    assert all((rules | house).values())


# Keys


@pytest.mark.parametrize("action", TABLE, ids=name)
def test_a_key_has_the_sense_it_has_everywhere(action: Action) -> None:
    assert action.key in SENSES
    if re.fullmatch(r"f\d+", action.key):
        assert action.by <= CLERK, "function keys belong to the counter"


def test_no_two_verbs_of_a_document_share_a_key() -> None:
    assert not [
        (one.name, other.name)
        for one, other in combinations(TABLE, 2)
        if one.doc is other.doc and one.key == other.key and one.by & other.by and at_once(one, other)
    ]


def at_once(one: Action, other: Action) -> bool:
    """Tell whether two verbs can be offered together."""
    if one.new or other.new:
        return one.new and other.new
    return not one.when or not other.when or bool(one.when & other.when)


def test_the_labour_day_has_keys_of_its_own_on_every_desk() -> None:
    day = {action.key: action.by for action in actions_for(Doc.DAY)}
    others = [action for action in TABLE if action.doc not in (Doc.DAY, Doc.PERSON)]
    assert not [action.name for action in others if action.by & day.get(action.key, frozenset())]


# States


@pytest.mark.parametrize("doc", STATES, ids=name)
def test_every_state_is_reached_and_left(doc: Doc) -> None:
    states = {state for state in STATES[doc] if (doc, state) not in UNUSED_STATES}
    steps = transitions(doc)
    reached: set[Word] = {FIRST[doc]}
    while more := {step.after for step in steps if step.before in reached} - reached:
        reached |= more
    assert reached == states
    assert {step.before for step in steps if step.before} >= states - LAST[doc]


def test_what_is_made_is_made_in_its_first_state() -> None:
    for action in TABLE:
        if action.new:
            assert action.then == {FIRST[action.doc]}
        if action.makes:
            assert any(step.action is action and step.before is None for step in transitions(action.makes))


# Guards


@pytest.mark.parametrize("guard", GUARDS.values(), ids=name)
def test_a_guard_says_why_and_who_can_lift_it(guard: Guard) -> None:
    assert guard.sentence.strip().endswith(".")
    assert guard.who
    rows = [row for row in TABLE if guard in (*row.guards, *row.before)]
    judged = re.search(rf"\b(?:g|guards)\.{guard.name.upper()}\b", USE_CASES)
    assert rows or judged, "nobody asks this guard"
    if guard.holds.__name__ == "_judged_by_line":
        assert judged, "judged by line, but in no use case"


# Forms


def all_fields(columns: tuple[Field, ...]) -> Iterator[Field]:
    for field in columns:
        yield field
        yield from all_fields(field.columns)


@pytest.mark.parametrize("action", [row for row in TABLE if row.form], ids=name)
def test_a_form_can_be_filled_in(action: Action) -> None:
    for columns in (action.form, *(field.columns for field in all_fields(action.form) if field.columns)):
        names = [field.name for field in columns]
        assert len(set(names)) == len(names)
    for field in all_fields(action.form):
        assert field.label.strip(), field.name
        assert (field.kind is Kind.LINES) == bool(field.columns), field.name
        assert (field.kind is Kind.CHOICE) == bool(field.choices), field.name
        assert field.minimum is None or field.maximum is None or field.minimum <= field.maximum, field.name
        if field.kind is Kind.CHOICE and field.default is not None:
            assert field.default in list(field.choices or ()), field.name


# The policy: table × roles × states

Variants = dict[Doc, list[Facts]]
EASY: Variants = {
    Doc.ORDER: [
        OrderFacts(read_back=True, intake_done=True, covers_fitted=True, joint_signed=True, washed=True,
                   job_states=(JobState.DONE,), mechanics=frozenset({ME}), priced_unquoted=1, inspector_signed=True),
    ],
    Doc.JOB: [
        JobFacts(order_state=OrderState.IN_SHOP, lead=ME, labour_approved=True, own_open_entry=True, waiting=waiting)
        for waiting in (False, True)
    ],
    Doc.MATERIAL_SHEET: [
        SheetFacts(order_state=OrderState.IN_SHOP, lines=1, editors=frozenset({2}), lead=ME, consented_lines=consented,
                   issued_lines=1, old_parts_due=1)
        for consented in (0, 1)
    ],
    Doc.LABOUR_SHEET: [SheetFacts(order_state=OrderState.IN_SHOP, lines=1, editors=frozenset({2}), lead=ME)],
    Doc.QUOTE: [QuoteFacts(supplement=True, lines=1, warranty_signed=True, expired=expired, mechanics=frozenset({ME}))
                for expired in (False, True)],
    Doc.LOAN: [LoanFacts(borrower=2, outstanding=1)],
    Doc.PERSON: [PersonFacts(person=2, lent_by=frozenset({ME}))],
    Doc.PART: [PartFacts()],
    Doc.DAY: [DayFacts(person=ME, open_kind="direct"), DayFacts(person=2)],
}  # fmt: skip
"""Facts under which the guards of a kind of document hold, all but those that exclude each other."""
BARE: Variants = {doc: [type(variants[0])()] for doc, variants in EASY.items()}
"""Facts of which nothing is known."""


def states_of(doc: Doc) -> list[Word | None]:
    return [*STATES[doc]] if doc in STATES else [None]


def actor(*roles: Role) -> Actor:
    return Actor(ME, "M1", "", frozenset(roles), 1, "C01")


@pytest.mark.parametrize("action", TABLE, ids=name)
def test_a_wrong_role_and_a_wrong_state_are_refused_whatever_the_facts(action: Action) -> None:
    early = {guard.name for guard in action.before}
    for role, state, facts in product(Role, states_of(action.doc), (*BARE[action.doc], *EASY[action.doc])):
        refused = refusal(action, actor(role), replace(facts, state=state))
        if role not in action.by:
            assert refused and refused.guard == "role"
        elif action.when and state not in action.when:
            assert refused and refused.guard in {"state"} | early
        assert refused is None or (refused.rule and refused.sentence and refused.who)


def saying(guard: str, holds: bool) -> Guard:
    return Guard(guard, "OPS-1", "No.", frozenset({Role.FOREMAN}), lambda _actor, _facts: holds)


@pytest.mark.parametrize(
    ("role", "state", "early", "first", "second", "said"),
    [
        (Role.MECHANIC, OrderState.IN_SHOP, True, True, True, None),
        (Role.MECHANIC, OrderState.IN_SHOP, False, True, True, None),
        (Role.MECHANIC, OrderState.IN_SHOP, False, True, False, "second"),
        (Role.MECHANIC, OrderState.IN_SHOP, True, False, False, "first"),
        (Role.MECHANIC, OrderState.RECEIVED, True, False, False, "state"),
        (Role.MECHANIC, OrderState.RECEIVED, False, True, True, "early"),
        (Role.FOREMAN, OrderState.RECEIVED, False, False, False, "role"),
        (Role.FOREMAN, OrderState.IN_SHOP, True, True, True, "role"),
    ],
)
def test_a_refusal_names_role_then_state_then_guard(
    role: Role, state: OrderState, early: bool, first: bool, second: bool, said: str | None
) -> None:
    action = Action(
        "try", Doc.ORDER, "OPS-1", "z", "Try", frozenset({Role.MECHANIC}), frozenset({OrderState.IN_SHOP}),
        guards=(saying("first", first), saying("second", second)), before=(saying("early", early),),
    )  # fmt: skip
    refused = refusal(action, actor(role), OrderFacts(state))
    assert (refused.guard if refused else None) == said


@pytest.mark.parametrize("action", TABLE, ids=name)
def test_every_row_can_be_done_in_every_state_it_names(action: Action) -> None:
    for state, role in product(action.when or [None], action.by):
        assert any(refusal(action, actor(role), replace(facts, state=state)) is None for facts in EASY[action.doc])


@pytest.mark.parametrize("doc", Doc, ids=name)
def test_a_desk_offers_what_role_and_state_allow(doc: Doc) -> None:
    rows = [action for action in actions_for(doc) if not action.new]
    for role, state in product(Role, states_of(doc)):
        shown = offered(actions_for(doc), actor(role), state)
        assert shown == [row for row in rows if role in row.by and (not row.when or state in row.when)]
        assert len({row.key for row in shown}) == len(shown)


def test_facts_know_nothing_by_default() -> None:
    for variants in BARE.values():
        for facts in variants:
            assert not any(getattr(facts, field.name) for field in fields(facts))


# What cannot come about by any way through the verbs is refused all the same

(FINISHED,) = (facts for facts in EASY[Doc.ORDER] if isinstance(facts, OrderFacts))


@pytest.mark.refuses("SHP-9.1")
@pytest.mark.parametrize(
    ("open_thing", "guard"),
    [
        ({"job_states": (JobState.DONE, JobState.IN_WORK)}, "jobs_finished"),
        ({"job_states": ()}, "jobs_finished"),
        ({"washed": False}, "washed"),
        ({"unsigned_sheets": 1}, "sheets_signed"),
        ({"open_quotes": 1}, "quotes_answered"),
        ({"open_entries": 1}, "hours_booked"),
        ({"unissued_lines": 1}, "parts_settled"),
        ({"open_loans": 1}, "loans_settled"),
        ({"untagged_old_parts": 1}, "old_parts_tagged"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_shop_side_does_not_close_over_anything_open(open_thing: dict[str, Any], guard: str) -> None:
    close = action_named("close_shop")
    facts = replace(FINISHED, state=OrderState.IN_SHOP)
    assert refusal(close, actor(Role.FOREMAN), facts) is None
    refused = refusal(close, actor(Role.FOREMAN), replace(facts, **open_thing))
    assert refused
    assert refused.guard == guard


@pytest.mark.refuses("ADV-7.1")
def test_a_closed_order_whose_inspection_was_voided_is_not_taken_over() -> None:
    facts = replace(FINISHED, state=OrderState.SHOP_CLOSED, inspector_signed=False)
    refused = refusal(action_named("final_check"), actor(Role.SERVICE_ADVISOR), facts)
    assert refused
    assert (refused.rule, refused.guard) == ("ADV-7.1", "inspector_signed")
