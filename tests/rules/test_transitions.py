"""What happens is what the diagrams show."""

import json

from shopterm.db import models as m
from shopterm.db.session import Shop
from shopterm.domain.actions import action_named
from shopterm.domain.transitions import Transition, transitions
from shopterm.domain.vocabulary import STATES, Doc
from tests.rules.refusal import refusing
from tests.rules.story import CUSTOMER, Stage, to
from tests.shopkit import do


def happened(shop: Shop) -> list[Transition]:
    """Return every change of state on record, in its order."""
    found = []
    with shop.reader():
        for event in m.Event.select().order_by(m.Event.seq):
            for kind, _key, before, after in json.loads(event.payload).get("changes", []):
                doc = Doc(kind)
                state = STATES[doc]
                found.append(
                    Transition(doc, state(before) if before else None, state(after), action_named(event.action))
                )
    return found


def drawn() -> set[Transition]:
    return {step for doc in STATES for step in transitions(doc)}


def test_a_visit_with_its_turns_takes_only_steps_that_are_drawn(shop: Shop) -> None:
    story = to(shop, Stage.REPORTED)
    do(shop, "F1", "return_parts", story.material, lines=[{"line": 1, "reason": "旧件未见"}])
    do(shop, "M1", "submit_parts", story.material)
    story.go(Stage.PRICED)
    do(shop, "P1", "propose_part", story.material, line=1, part="Huashen 600-311-3750", reason="缺货")
    do(shop, "F1", "approve_parts", story.material, old_parts_seen=True)
    do(shop, "P1", "price_parts", story.material, lines=[{"line": 1}, {"line": 2}])
    quote = do(shop, "A1", "make_quote", story.order).made[0][2]
    do(shop, "A1", "replace_quote", quote, reason="客户改主意")
    story.parts = ({"part": "Huashen 600-311-3750", "quantity": "1"}, {"part": "07000-12011", "quantity": "4"})
    story.go(Stage.SELF_CHECKED)
    do(shop, "Q1", "fail_inspection", story.job, reason="漏油")
    do(shop, "M1", "self_check", story.job, marks=story.marks("self_check"))
    do(shop, "M1", "clock_out", "M1")
    story.go(Stage.CHECKED)
    steps = happened(shop)
    assert set(steps) <= drawn()
    assert len(set(steps)) >= 40


def test_a_visit_that_ends_early_takes_only_steps_that_are_drawn(shop: Shop) -> None:
    for stage in (Stage.OPEN, Stage.INTAKE, Stage.FOREMAN):
        do(shop, "A1", "cancel_order", to(shop, stage).order, reason="客户改期")
    story = to(shop, Stage.QUOTED, parts=())
    do(shop, "A1", "sign_quote", story.quote, answers=[{"job": 1, "accepted": False}], signed_by=CUSTOMER)
    do(shop, "M1", "close_declined", story.job, reassembled=False)
    do(shop, "M1", "report_washed", story.order)
    story.stage = Stage.WASHED
    story.go(Stage.CHECKED)
    assert set(happened(shop)) <= drawn()


def test_a_refusal_takes_no_step(shop: Shop) -> None:
    story = to(shop, Stage.OPEN)
    before = happened(shop)
    with refusing(shop, "ADV-4.3", "intake_signed"):
        do(shop, "A1", "hand_to_foreman", story.order, second="F1", purpose="维修")
    assert happened(shop) == before
