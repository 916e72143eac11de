"""What the front desk's forms start from: nothing is typed twice, and a phone is shown to those who call."""

from typing import Any

from shopterm.db.documents import find
from shopterm.db.queries.prefill import prefill
from shopterm.db.session import Shop
from shopterm.domain.vocabulary import Doc
from tests.rules.story import CUSTOMER, LATER, Stage, Story, asked, to
from tests.shopkit import KIT, RING, TOOTH, do, who


def start(story: Story, action: str, doc: Doc = Doc.ORDER, person: str = "A1") -> dict[str, Any]:
    """Return what a form of the story's order or quote starts from."""
    with story.shop.reader():
        key = find(doc, story.quote if doc is Doc.QUOTE else story.order).id
    return prefill(story.shop, action, doc, key, who(story.shop, person))


def test_who_confirmed_the_complaint_is_proposed_for_the_intake_signature(shop: Shop) -> None:
    story = to(shop, Stage.OPEN)
    do(shop, "A1", "read_back", story.order, confirmed_by="钱女士")
    assert start(story, "sign_intake") == {"signed_by": "钱女士"}
    assert start(story, "read_back") == {"confirmed_by": "钱女士"}


def test_before_anybody_confirmed_the_customer_is_proposed(shop: Shop) -> None:
    order = do(shop, "A1", "open_order", "new", serial="KMT0021001", customer="K00001", complaints=[{"text": "漏油"}])
    story = Story(shop, order=order.number)
    assert start(story, "read_back") == {"confirmed_by": CUSTOMER}
    assert start(story, "sign_intake") == {}


def test_the_purpose_of_the_visit_is_what_was_complained_of(shop: Shop) -> None:
    story = to(shop, Stage.INTAKE)
    assert start(story, "hand_to_foreman") == {"purpose": "大臂下沉"}


def test_a_second_walk_starts_from_what_the_first_noted(shop: Shop) -> None:
    story = to(shop, Stage.OPEN)
    marks = story.marks("inspect_intake")
    do(shop, "A1", "inspect_intake", story.order, marks=marks, fuel="1/2", valuables="充电器")
    found = start(story, "inspect_intake")
    assert (found["fuel"], found["valuables"]) == ("1/2", "充电器")


def test_a_new_promise_starts_from_the_old_one(shop: Shop) -> None:
    story = to(shop, Stage.IN_SHOP)
    assert start(story, "promise") == start(story, "make_quote") == {}
    do(shop, "A1", "promise", story.order, promised=LATER)
    assert start(story, "promise") == start(story, "make_quote") != {}


def test_a_quote_proposes_to_be_ready_when_the_work_is_planned_to_be(shop: Shop) -> None:
    story = to(shop, Stage.PRICED)
    with shop.reader():
        finish = find(Doc.JOB, story.job).plan_finish
    assert start(story, "make_quote") == {"promised": finish}


def test_the_machine_is_driven_into_the_bay_its_job_was_given(shop: Shop) -> None:
    story = to(shop, Stage.FOREMAN)
    do(shop, "F1", "assign_job", story.job, lead="M1", bay="7")
    assert start(story, "take_in", person="F1") == {"bay": "7"}


def test_the_number_to_call_is_for_those_who_call(shop: Shop) -> None:
    story = to(shop, Stage.QUOTED)
    assert start(story, "call_quote", Doc.QUOTE)["phone"] == "10003447795"
    assert "phone" not in start(story, "call_quote", Doc.QUOTE, person="F1")


def test_only_what_is_here_is_proposed_for_issue(shop: Shop) -> None:
    prices = [{"line": 1, "source": "stock"}, {"line": 2, "source": "order"}, {"line": 3, "source": "order"}]
    lines = asked((RING, "4"), (KIT, "3"), (TOOTH, "2"))
    story = to(shop, Stage.CONSENTED, parts=lines, said={"price_parts": {"lines": prices}})
    with shop.reader():
        sheet = find(Doc.MATERIAL_SHEET, story.material).id
    rows = prefill(shop, "issue_parts", Doc.MATERIAL_SHEET, sheet, who(shop, "P1"))["lines"]
    assert [(row["part"], row["quantity"]) for row in rows] == [(f"Komatsu {RING}", 4_000), (f"Komatsu {KIT}", 2_000)]


def test_a_loan_is_taken_back_and_issued_from_what_is_still_out(shop: Shop) -> None:
    story = to(shop, Stage.CONSENTED, parts=asked((RING, "4")))
    lent = [{"part": RING, "quantity": "4"}, {"part": KIT, "quantity": "1"}]
    loan = do(shop, "P1", "lend_parts", "new", second="M1", lines=lent, purpose="试装", order=story.order).number
    do(shop, "P1", "return_loan", loan, lines=[{"part": RING, "quantity": "1"}])
    with shop.reader():
        key = find(Doc.LOAN, loan).id
    back, issue = (prefill(shop, verb, Doc.LOAN, key, who(shop, "P1")) for verb in ("return_loan", "issue_loan"))
    assert [(row["part"], row["quantity"]) for row in back["lines"]] == [
        (f"Komatsu {RING}", 3_000), (f"Komatsu {KIT}", 1_000),
    ]  # fmt: skip
    assert issue == {"lines": back["lines"], "sheet": story.material}
