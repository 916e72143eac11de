"""What the service advisor's workflow forbids, refused; and the way through, on both databases."""

import json
from typing import Any

import pytest

from shopterm.db import models as m
from shopterm.db.session import Shop
from shopterm.domain.vocabulary import ConsentMeans, Doc, InspectionKind, JobState, OrderState, QuoteState
from shopterm.usecases.request import Done
from tests.rules.refusal import recorded, refusing, unusable
from tests.rules.story import CUSTOMER, LATER, PARTS, Lines, Stage, Story, photo, to
from tests.shopkit import do

RING = {"part": "07000-12011", "quantity": "2"}
CALL: dict[str, Any] = {"spoke": "张先生", "phone": "10003447795", "recording": "REC-20261124-017"}
YES = [{"job": 1, "accepted": True}]


# ADV-3 and ADV-4: complaint, walk-round, the customer's signature, photographs


@pytest.mark.refuses("ADV-3.1", "ADV-4.1")
@pytest.mark.allows("ADV-3.1", "ADV-4.1")
def test_the_customer_signs_what_was_read_back_and_walked(shop: Shop) -> None:
    story = Story(shop)
    story.order = do(shop, "A1", "open_order", "new", serial="KMT0021001", customer="K00001",
                     complaints=[{"text": "大臂下沉"}]).number  # fmt: skip
    with refusing(shop, "ADV-3.1", "read_back"):
        do(shop, "A1", "sign_intake", story.order, signed_by=CUSTOMER)
    do(shop, "A1", "read_back", story.order, confirmed_by=CUSTOMER)
    with refusing(shop, "ADV-4.1", "intake_done"):
        do(shop, "A1", "sign_intake", story.order, signed_by=CUSTOMER)
    do(shop, "A1", "inspect_intake", story.order, marks=story.marks("inspect_intake"), fuel="1/2")
    do(shop, "A1", "sign_intake", story.order, signed_by=CUSTOMER)
    assert story.state(Doc.ORDER) is OrderState.INTAKE_SIGNED


@pytest.mark.refuses("ADV-3.1")
def test_what_is_added_is_read_back_again(shop: Shop) -> None:
    story = to(shop, Stage.OPEN)
    do(shop, "A1", "inspect_intake", story.order, marks=story.marks("inspect_intake"), fuel="1/2")
    do(shop, "A1", "add_job", story.order, text="回转异响")
    with refusing(shop, "ADV-3.1", "read_back"):
        do(shop, "A1", "sign_intake", story.order, signed_by=CUSTOMER)


@pytest.mark.allows("ADV-4.1", "ADV-4.3")
def test_the_customer_signs_the_findings_of_the_last_walk(shop: Shop) -> None:
    story = to(shop, Stage.OPEN)
    for glass in ("missing", "damaged"):
        marks = story.marks("inspect_intake", doors__glass=glass)
        do(shop, "A1", "inspect_intake", story.order, marks=marks, fuel="1/2")
    do(shop, "A1", "sign_intake", story.order, signed_by=CUSTOMER)
    with shop.reader():
        event = m.Event.get(m.Event.action == "sign_intake")
    findings = json.loads(event.payload)["signed"]["content"]["stated"]["findings"]
    assert ["doors.glass", "damaged", "", ""] in findings
    assert len(findings) == len(marks)


@pytest.mark.allows("ADV-3.3", "ADV-3.4")
def test_an_open_question_is_answered_later(shop: Shop) -> None:
    story = to(shop, Stage.OPEN)
    do(shop, "A1", "ask_question", story.order, question="为何冒黑烟？")
    do(shop, "A1", "answer_question", story.order, question=1, answer="试车后：空滤堵塞")
    with unusable(shop, "question"):
        do(shop, "A1", "answer_question", story.order, question=1, answer="再答")


@pytest.mark.refuses("ADV-4.3")
def test_without_the_signature_the_order_does_not_go_to_the_foreman(shop: Shop) -> None:
    story = to(shop, Stage.OPEN)
    with refusing(shop, "ADV-4.3", "intake_signed") as caught:
        do(shop, "A1", "hand_to_foreman", story.order, second="F1", purpose="维修")
    assert caught.value.who == ("service_advisor",)
    assert recorded(shop) == 1
    with refusing(shop, "ADV-4.3", "order_in_house"):
        do(shop, "F1", "assign_job", story.job, lead="M1")


@pytest.mark.refuses("ADV-4.4")
def test_the_hand_over_needs_covers_and_both_signatures(shop: Shop) -> None:
    story = to(shop, Stage.OPEN)
    do(shop, "A1", "inspect_intake", story.order, marks=story.marks("inspect_intake"), fuel="1/4")
    do(shop, "A1", "sign_intake", story.order, signed_by=CUSTOMER)
    with refusing(shop, "ADV-4.4", "covers_fitted"):
        do(shop, "A1", "hand_to_foreman", story.order, second="F1", purpose="维修")
    do(shop, "A1", "fit_covers", story.order)
    for second in (None, "M1", "A1"):
        with refusing(shop, "ADV-4.4", "second"):
            do(shop, "A1", "hand_to_foreman", story.order, second=second, purpose="维修")


@pytest.mark.allows("ADV-4.3", "ADV-4.4")
def test_with_the_signature_the_order_goes_to_the_foreman(shop: Shop) -> None:
    story = to(shop, Stage.FOREMAN)
    assert story.state(Doc.ORDER) is OrderState.WITH_FOREMAN
    with shop.reader():
        signed = m.Signature.get(m.Signature.action == "sign_intake")
        handed = {row.person for row in m.Signature.select().where(m.Signature.action == "hand_to_foreman")}
    assert signed.customer == CUSTOMER
    assert len(handed) == 2


@pytest.mark.refuses("ADV-4.2")
@pytest.mark.parametrize("verb", ["start_teardown", "clock_on"])
def test_an_assembly_is_not_opened_without_photographs(shop: Shop, verb: str) -> None:
    story = without_photographs(shop)
    with refusing(shop, "ADV-4.2", "assembly_photos"):
        do(shop, "M1", verb, story.job)


@pytest.mark.allows("ADV-4.2")
def test_an_assembly_is_opened_once_photographs_are_on_file(shop: Shop) -> None:
    story = without_photographs(shop)
    with unusable(shop, "photos"):
        do(shop, "M1", "add_photos", story.order, photos=["没有.png"])
    do(shop, "M1", "add_photos", story.order, photos=[photo(shop)])
    do(shop, "M1", "start_teardown", story.job)
    assert story.state(Doc.JOB) is JobState.TEARDOWN


def without_photographs(shop: Shop) -> Story:
    """Bring an order whose job opens an assembly into the shop, unphotographed."""
    story = Story(shop, assembly=True, said={"inspect_intake": {"photos": []}})
    return story.go(Stage.IN_SHOP)


# ADV-5: the estimate and the job order


def draft(shop: Shop, **told: Any) -> Story:
    """Bring an order to a quote that is only a draft."""
    story = to(shop, Stage.PRICED, **told)
    story.quote = do(shop, "A1", "make_quote", story.order, promised=LATER).made[0][2]
    return story


def complete(story: Story) -> Done:
    return do(story.shop, "A1", "complete_quote", story.quote, file_checked=True, promised=LATER)


@pytest.mark.refuses("ADV-5.1")
def test_the_estimate_is_not_complete_without_the_warranty_clerk(shop: Shop) -> None:
    story = draft(shop)
    with refusing(shop, "ADV-5.1", "warranty_signed") as caught:
        complete(story)
    assert caught.value.who == ("warranty_clerk", "warranty_supervisor")
    with refusing(shop, "ADV-5.1", "warranty_signed"):
        do(shop, "A1", "show_quote", story.quote)


@pytest.mark.refuses("ADV-5.1")
def test_the_estimate_is_not_complete_without_the_work_plan(shop: Shop) -> None:
    story = to(shop, Stage.APPROVED)
    do(shop, "P1", "price_parts", story.material, lines=[{"line": 1}, {"line": 2}])
    story.quote = do(shop, "A1", "make_quote", story.order).made[0][2]
    do(shop, "W1", "sign_warranty", story.quote)
    with refusing(shop, "ADV-5.1", "plans_issued"):
        complete(story)


@pytest.mark.refuses("ADV-5.1")
@pytest.mark.parametrize("stage", [Stage.REPORTED, Stage.APPROVED], ids=["unsigned", "unpriced"])
def test_there_is_no_estimate_before_the_sheets_are_signed_and_priced(shop: Shop, stage: Stage) -> None:
    story = to(shop, stage)
    with refusing(shop, "ADV-5.1", "ready_for_quote"):
        do(shop, "A1", "make_quote", story.order)


@pytest.mark.refuses("ADV-5.1")
@pytest.mark.parametrize(
    ("stage", "rule", "guard"),
    [(Stage.QUOTED, "ADV-5.1", "not_quoted"), (Stage.CONSENTED, "ADV-6.1", "not_consented")],
    ids=["shown", "agreed"],
)
@pytest.mark.parametrize("parts", [PARTS, ()], ids=["parts", "none needed"])
def test_a_quoted_sheet_does_not_change_behind_the_quote(
    shop: Shop, stage: Stage, rule: str, guard: str, parts: Lines
) -> None:
    story = to(shop, stage, parts=parts)
    for kind, sheet in (("parts", story.material), ("labour", story.labour)):
        with refusing(shop, rule, guard):
            do(shop, "M1", f"revise_{kind}", sheet, reason="改报")


def test_the_estimate_is_complete_only_with_the_customer_file_checked(shop: Shop) -> None:
    story = draft(shop)
    do(shop, "W1", "sign_warranty", story.quote)
    with unusable(shop, "file_checked"):
        do(shop, "A1", "complete_quote", story.quote, file_checked=False, promised=LATER)


def test_no_time_is_promised_that_is_over(shop: Shop) -> None:
    story = draft(shop)
    do(shop, "W1", "sign_warranty", story.quote)
    with unusable(shop, "promised"):
        do(shop, "A1", "complete_quote", story.quote, file_checked=True, promised="2020-01-01 10:00")
    with unusable(shop, "promised"):
        do(shop, "A1", "promise", story.order, promised="2020-01-01 10:00")


@pytest.mark.allows("ADV-5.1")
def test_the_estimate_is_complete_with_prices_labour_plan_and_warranty(shop: Shop) -> None:
    story = draft(shop)
    story.show_quote(story.quote)
    assert story.state(Doc.QUOTE) is QuoteState.SHOWN
    with shop.reader():
        quote = m.Quote.get()
        lines = [line.amount for line in m.QuoteLine.select()]
    assert quote.total == sum(lines) == 15_000 + 72_000 + 12_000 + 4 * 800


@pytest.mark.allows("ADV-5.1")
def test_a_quote_taken_back_lets_the_sheets_change_and_counts_its_editions(shop: Shop) -> None:
    story = to(shop, Stage.QUOTED)
    do(shop, "A1", "replace_quote", story.quote, reason="客户要副厂件")
    assert story.state(Doc.JOB) is JobState.PRICED
    do(shop, "M1", "revise_parts", story.material, reason="改报")
    do(shop, "M1", "submit_parts", story.material)
    do(shop, "F1", "approve_parts", story.material, old_parts_seen=True)
    do(shop, "P1", "price_parts", story.material, lines=[{"line": 1}, {"line": 2}])
    do(shop, "A1", "make_quote", story.order)
    with shop.reader():
        editions = [quote.edition for quote in m.Quote.select().order_by(m.Quote.id)]
    assert editions == [1, 2]


@pytest.mark.refuses("ADV-5.3")
def test_work_waits_until_the_shop_confirms_the_job_order(shop: Shop) -> None:
    story = to(shop, Stage.CONSENTED)
    with refusing(shop, "ADV-5.3", "job_order_confirmed") as caught:
        do(shop, "M1", "clock_on", story.job)
    assert "foreman" in caught.value.who


@pytest.mark.refuses("ADV-5.3")
def test_only_the_shop_confirms_and_only_once(shop: Shop) -> None:
    story = to(shop, Stage.CONSENTED)
    with refusing(shop, "ADV-5.3", "quote_mechanic_or_foreman"):
        do(shop, "M2", "confirm_job_order", story.quote)
    with refusing(shop, "ADV-5.3", "role"):
        do(shop, "A1", "confirm_job_order", story.quote)
    story.go(Stage.CONFIRMED)
    with refusing(shop, "ADV-5.3", "not_confirmed"):
        do(shop, "M1", "confirm_job_order", story.quote)


@pytest.mark.allows("ADV-5.3")
@pytest.mark.parametrize("person", ["F1", "M1"], ids=["foreman", "mechanic"])
def test_work_starts_once_the_shop_has_confirmed(shop: Shop, person: str) -> None:
    story = to(shop, Stage.CONSENTED)
    do(shop, person, "confirm_job_order", story.quote)
    do(shop, "M1", "clock_on", story.job)
    assert story.state(Doc.JOB) is JobState.IN_WORK


# ADV-6: faults found later


def supplement(story: Story) -> str:
    """Report and approve further work, price further parts, and show the quote; returns its number."""
    shop = story.shop
    parts = do(shop, "M1", "supplement_parts", story.job, lines=[RING], finding="油封座磨损").made[0][2]
    work = do(shop, "M1", "supplement_labour", story.job, lines=[{"standard": "OS301"}], finding="缸筒拉伤").made[0][2]
    do(shop, "M1", "submit_parts", parts)
    do(shop, "F1", "approve_parts", parts, old_parts_seen=True)
    do(shop, "M1", "submit_labour", work)
    do(shop, "F1", "approve_labour", work)
    do(shop, "P1", "price_parts", parts, lines=[{"line": 1}])
    quote = do(shop, "A1", "make_quote", story.order).made[0][2]
    story.show_quote(quote)
    story.material = parts
    return quote


@pytest.mark.refuses("ADV-6.1")
def test_found_work_does_not_start_before_the_customer_agrees(shop: Shop) -> None:
    story = to(shop, Stage.IN_WORK)
    quote = supplement(story)
    with refusing(shop, "ADV-6.1", "line_consented"):
        do(shop, "M1", "clock_on", story.job, line=3)
    with refusing(shop, "ADV-6.1", "line_consented"):
        do(shop, "M1", "finish_line", story.job, line=3)
    with refusing(shop, "SHP-6.5", "sheet_consented"):
        do(shop, "P1", "issue_parts", story.material, lines=[RING])
    do(shop, "M1", "clock_off", story.job)
    with refusing(shop, "ADV-6.1", "no_open_supplement"):
        do(shop, "M1", "self_check", story.job, marks=story.marks("self_check"))
    do(shop, "A1", "sign_quote", quote, answers=YES, signed_by=CUSTOMER)
    with refusing(shop, "ADV-5.3", "job_order_confirmed"):
        do(shop, "M1", "clock_on", story.job, line=3)


@pytest.mark.refuses("ADV-6.1")
def test_a_sheet_the_customer_agreed_to_is_not_revised(shop: Shop) -> None:
    story = to(shop, Stage.IN_WORK)
    with refusing(shop, "ADV-6.1", "not_consented"):
        do(shop, "M1", "revise_parts", story.material, reason="多一件")
    with refusing(shop, "ADV-6.1", "not_consented"):
        do(shop, "P1", "price_parts", story.material, lines=[{"line": 1, "price": "1"}])


@pytest.mark.allows("ADV-6.1")
def test_found_work_starts_after_the_signature(shop: Shop) -> None:
    story = to(shop, Stage.IN_WORK)
    quote = supplement(story)
    do(shop, "A1", "sign_quote", quote, answers=YES, signed_by=CUSTOMER)
    starts(story, quote)


@pytest.mark.allows("ADV-6.1", "ADV-6.2")
def test_found_work_starts_after_a_recorded_call(shop: Shop) -> None:
    story = to(shop, Stage.IN_WORK)
    quote = supplement(story)
    do(shop, "A1", "call_quote", quote, answers=YES, **CALL)
    with shop.reader():
        consents = list(m.Consent.select().where(m.Consent.means == ConsentMeans.CALL))
    assert [(c.given_by, c.phone, c.recording) for c in consents] == [tuple(CALL.values())] * 2
    starts(story, quote)


def starts(story: Story, quote: str) -> None:
    """Let the shop confirm, then work on the found line and issue the found part."""
    do(story.shop, "F1", "confirm_job_order", quote)
    do(story.shop, "M1", "clock_on", story.job, line=3)
    do(story.shop, "P1", "issue_parts", story.material, lines=[RING])
    assert story.state(Doc.QUOTE, quote) is QuoteState.ANSWERED


@pytest.mark.allows("ADV-6.1")
def test_what_the_customer_declines_keeps_nobody_from_finishing_the_rest(shop: Shop) -> None:
    story = to(shop, Stage.IN_WORK)
    main, quote = story.material, supplement(story)
    do(shop, "A1", "sign_quote", quote, answers=[{"job": 1, "accepted": False}], signed_by=CUSTOMER)
    with refusing(shop, "ADV-6.1", "line_consented"):
        do(shop, "M1", "clock_on", story.job, line=3)
    story.material = main
    story.go(Stage.CHECKED)


@pytest.mark.refuses("ADV-6.2")
def test_a_call_does_not_serve_for_the_first_quote(shop: Shop) -> None:
    story = to(shop, Stage.QUOTED)
    with refusing(shop, "ADV-6.2", "calls_allowed"):
        do(shop, "A1", "call_quote", story.quote, answers=YES, **CALL)


@pytest.mark.refuses("ADV-6.2")
@pytest.mark.parametrize("missing", sorted(CALL))
def test_a_call_without_its_record_is_none(shop: Shop, missing: str) -> None:
    story = to(shop, Stage.QUOTED)
    with unusable(shop, missing):
        do(shop, "A1", "call_quote", story.quote, answers=YES, **(CALL | {missing: ""}))


# ADV-7.1: taken over from the shop


@pytest.mark.refuses("ADV-7.1")
@pytest.mark.parametrize("stage", [Stage.IN_SHOP, Stage.SELF_CHECKED], ids=lambda stage: stage.name)
def test_the_machine_is_not_taken_over_without_the_inspectors_signature(shop: Shop, stage: Stage) -> None:
    story = to(shop, stage)
    with refusing(shop, "ADV-7.1", "inspector_signed") as caught:
        do(shop, "A1", "final_check", story.order, marks=story.marks("final_check"))
    assert caught.value.who == ("quality_inspector",)


@pytest.mark.refuses("ADV-7.1")
def test_the_machine_is_not_taken_over_unwashed_or_before_the_shop_is_closed(shop: Shop) -> None:
    story = to(shop, Stage.QC_PASSED)
    with refusing(shop, "SHP-8.2", "washed"):
        do(shop, "A1", "final_check", story.order, marks=story.marks("final_check"))
    story.go(Stage.WASHED)
    with refusing(shop, "SHP-8.3", "state"):
        do(shop, "A1", "final_check", story.order, marks=story.marks("final_check"))


@pytest.mark.refuses("ADV-7.1")
def test_a_machine_that_does_not_pass_the_advisor_is_not_taken_over(shop: Shop) -> None:
    story = to(shop, Stage.CLOSED)
    with unusable(shop, "marks"):
        do(shop, "A1", "final_check", story.order, marks=story.marks("final_check", cab__clean="fail"))
    incomplete = story.marks("final_check")
    del incomplete["cab.clean"]
    with unusable(shop, "marks"):
        do(shop, "A1", "final_check", story.order, marks=incomplete)
    assert story.state(Doc.ORDER) is OrderState.SHOP_CLOSED


@pytest.mark.allows("SHP-8.3", "ADV-7.1")
def test_the_advisor_takes_over_what_is_inspected_clean_and_passed(shop: Shop) -> None:
    story = to(shop, Stage.CHECKED)
    assert story.state(Doc.ORDER) is OrderState.CHECKED
    with shop.reader():
        final = m.Inspection.get(m.Inspection.kind == InspectionKind.FINAL)
        checklist = m.Checklist.get_by_id(final.checklist_id)
    assert final.passed and checklist.code == "final_check"
