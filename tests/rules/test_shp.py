"""What the repair centre must not do, refused; and the way through, on both databases."""

from typing import Any

import pytest

from shopterm.db import models as m
from shopterm.db import sql
from shopterm.db.documents import find
from shopterm.db.session import Shop
from shopterm.domain.errors import Invalid
from shopterm.domain.vocabulary import Doc, InspectionKind, JobState, SheetState
from tests.rules.refusal import recorded, refusing, unusable
from tests.rules.story import Stage, Story, bare_material_line, grant, to
from tests.shopkit import do

FILTER = {"part": "Komatsu 600-311-3750", "quantity": "1"}
"""Two makers have this number."""


def standing_signatures(shop: Shop, doc: Doc, number: str, action: str) -> int:
    with shop.reader():
        row = find(doc, number)
        return int(
            m.Signature.select()
            .where(
                (m.Signature.doc == doc)
                & (m.Signature.doc_id == row.id)
                & (m.Signature.action == action)
                & m.Signature.voided.is_null()
            )
            .count()
        )


def reserved(shop: Shop) -> int:
    with shop.reader():
        return sum(row.reserved for row in m.Balance.select())


# SHP-4.1: an unsigned sheet is neither priced nor issued from


@pytest.mark.refuses("SHP-4.1")
@pytest.mark.parametrize("stage", [Stage.DRAFTED, Stage.REPORTED], ids=["draft", "submitted"])
def test_an_unsigned_sheet_is_not_priced(shop: Shop, stage: Stage) -> None:
    story = to(shop, stage)
    with refusing(shop, "SHP-4.1", "sheet_signed") as caught:
        do(shop, "P1", "price_parts", story.material, lines=[{"line": 1}])
    assert caught.value.who == ("foreman",)


@pytest.mark.refuses("SHP-4.1")
def test_a_sheet_sent_back_is_not_priced(shop: Shop) -> None:
    story = to(shop, Stage.REPORTED)
    do(shop, "F1", "return_parts", story.material, lines=[{"line": 1, "reason": "旧件未见"}])
    with refusing(shop, "SHP-4.1", "sheet_signed"):
        do(shop, "P1", "price_parts", story.material, lines=[{"line": 1}])


@pytest.mark.refuses("SHP-4.1")
@pytest.mark.parametrize("stage", [Stage.DRAFTED, Stage.REPORTED], ids=["draft", "submitted"])
def test_nothing_is_issued_from_an_unsigned_sheet(shop: Shop, stage: Stage) -> None:
    story = to(shop, stage)
    with refusing(shop, "SHP-4.1", "sheet_signed"):
        do(shop, "P1", "issue_parts", story.material, lines=[FILTER])
    assert recorded(shop) == 1


@pytest.mark.refuses("SHP-4.1")
def test_a_revision_makes_the_signature_fall(shop: Shop) -> None:
    story = to(shop, Stage.PRICED)
    assert standing_signatures(shop, Doc.MATERIAL_SHEET, story.material, "approve_parts") == 1
    do(shop, "M1", "revise_parts", story.material, reason="多报一件")
    assert standing_signatures(shop, Doc.MATERIAL_SHEET, story.material, "approve_parts") == 0
    assert story.state(Doc.JOB) is JobState.TEARDOWN
    with refusing(shop, "SHP-4.1", "sheet_signed"):
        do(shop, "P1", "price_parts", story.material, lines=[{"line": 1}])


@pytest.mark.refuses("SHP-4.1")
def test_a_loan_is_not_issued_to_a_sheet_that_is_not_signed_and_priced(shop: Shop) -> None:
    story = to(shop, Stage.REPORTED)
    loan = do(shop, "P1", "lend_parts", second="M1", lines=[FILTER], purpose="试装", order=story.order)
    with refusing(shop, "SHP-4.1", "sheet_priced"):
        do(shop, "P1", "issue_loan", loan.number, sheet=story.material, lines=[FILTER])


@pytest.mark.refuses("SHP-4.1")
def test_not_more_is_issued_than_was_signed_and_nothing_else(shop: Shop) -> None:
    story = to(shop, Stage.CONFIRMED)
    with refusing(shop, "SHP-4.1", "more_than_signed"):
        do(shop, "P1", "issue_parts", story.material, lines=[FILTER | {"quantity": "2"}])
    with refusing(shop, "SHP-4.1", "not_on_sheet"):
        do(shop, "P1", "issue_parts", story.material, lines=[{"part": "707-98-45230", "quantity": "1"}])


def test_a_sheet_is_signed_only_after_a_look_at_the_old_parts(shop: Shop) -> None:
    story = to(shop, Stage.REPORTED)
    with unusable(shop, "old_parts_seen"):
        do(shop, "F1", "approve_parts", story.material, old_parts_seen=False)


@pytest.mark.allows("SHP-4.1")
def test_a_signed_sheet_is_priced_and_issued_from(shop: Shop) -> None:
    story = to(shop, Stage.PRICED)
    assert story.state(Doc.MATERIAL_SHEET) is SheetState.PRICED
    story.go(Stage.IN_WORK)
    assert bare_material_line(shop, story.material).issued == 1000


# SHP-4.2: who reported does not approve


@pytest.mark.refuses("SHP-4.2")
@pytest.mark.parametrize("kind", ["parts", "labour"])
def test_a_mechanic_does_not_approve_the_own_sheet(shop: Shop, kind: str) -> None:
    story = to(shop, Stage.REPORTED)
    sheet = story.material if kind == "parts" else story.labour
    values: dict[str, Any] = {"old_parts_seen": True} if kind == "parts" else {}
    with refusing(shop, "SHP-4.1" if kind == "parts" else "SHP-4.2", "role"):
        do(shop, "M1", f"approve_{kind}", sheet, **values)
    grant(shop, "M1", "lead_mechanic foreman")
    with refusing(shop, "SHP-4.2", "not_reporter"):
        do(shop, "M1", f"approve_{kind}", sheet, **values)


@pytest.mark.refuses("SHP-4.2")
@pytest.mark.allows("SHP-4.2")
def test_a_foreman_who_revised_a_sheet_leaves_the_signature_to_another(shop: Shop) -> None:
    story = to(shop, Stage.REPORTED)
    do(shop, "F1", "revise_labour", story.labour, reason="工时过高")
    do(shop, "M1", "submit_labour", story.labour)
    with refusing(shop, "SHP-4.2", "not_reporter"):
        do(shop, "F1", "approve_labour", story.labour)
    do(shop, "F2", "approve_labour", story.labour)
    assert story.state(Doc.LABOUR_SHEET) is SheetState.APPROVED


@pytest.mark.refuses("SHP-4.2")
def test_handing_a_sheet_in_is_reporting_it(shop: Shop) -> None:
    story = to(shop, Stage.DRAFTED)
    grant(shop, "M3", "mechanic foreman")
    do(shop, "M3", "submit_parts", story.material)
    with refusing(shop, "SHP-4.2", "not_reporter"):
        do(shop, "M3", "approve_parts", story.material, old_parts_seen=True)


@pytest.mark.refuses("SHP-4.2")
def test_no_work_plan_before_the_labour_sheet_is_signed(shop: Shop) -> None:
    story = to(shop, Stage.REPORTED)
    plan: dict[str, Any] = {
        "people": "M1",
        "bay": "3",
        "start": "+1d 08:00",
        "finish": "+1d 17:00",
        "instruction": "按标准",
    }
    with refusing(shop, "SHP-4.2", "state"):
        do(shop, "F1", "plan_job", story.job, **plan)


@pytest.mark.allows("SHP-4.2")
def test_the_foreman_approves_what_a_mechanic_reported(shop: Shop) -> None:
    story = to(shop, Stage.APPROVED)
    assert story.state(Doc.MATERIAL_SHEET) is story.state(Doc.LABOUR_SHEET) is SheetState.APPROVED
    assert story.state(Doc.JOB) is JobState.APPROVED
    assert standing_signatures(shop, Doc.LABOUR_SHEET, story.labour, "approve_labour") == 1


# SHP-6.5: parts are promised and work starts by the customer's signature


@pytest.mark.refuses("SHP-6.5")
@pytest.mark.parametrize("stage", [Stage.REPORTED, Stage.APPROVED, Stage.PRICED, Stage.QUOTED], ids=lambda s: s.name)
def test_no_work_before_consent(shop: Shop, stage: Stage) -> None:
    story = to(shop, stage)
    with refusing(shop, "SHP-6.5", "job_consented"):
        do(shop, "M1", "clock_on", story.job)


@pytest.mark.refuses("SHP-6.5")
def test_no_part_is_promised_or_issued_before_consent(shop: Shop) -> None:
    story = to(shop, Stage.QUOTED)
    assert reserved(shop) == 0
    with refusing(shop, "SHP-6.5", "sheet_consented"):
        do(shop, "P1", "issue_parts", story.material, lines=[FILTER])


@pytest.mark.refuses("SHP-6.5")
def test_a_declined_job_is_not_worked_on(shop: Shop) -> None:
    story = to(shop, Stage.QUOTED)
    do(shop, "A1", "sign_quote", story.quote, answers=[{"job": 1, "accepted": False}], signed_by="客户")
    assert (story.state(Doc.JOB), reserved(shop)) == (JobState.DECLINED, 0)
    with refusing(shop, "SHP-6.5", "job_consented"):
        do(shop, "M1", "clock_on", story.job)
    with refusing(shop, "SHP-6.5", "sheet_consented"):
        do(shop, "P1", "issue_parts", story.material, lines=[FILTER])


@pytest.mark.allows("SHP-6.5")
def test_the_signature_promises_the_parts_and_starts_the_work(shop: Shop) -> None:
    story = to(shop, Stage.CONSENTED)
    assert reserved(shop) == 5000
    story.go(Stage.IN_WORK)
    assert (story.state(Doc.JOB), reserved(shop)) == (JobState.IN_WORK, 0)


# SHP-7: checked by the lead, with everything issued


@pytest.mark.refuses("SHP-7.3")
def test_only_the_lead_signs_the_self_check(shop: Shop) -> None:
    story = to(shop, Stage.IN_WORK)
    with refusing(shop, "SHP-7.3", "lead_of_job"):
        do(shop, "M3", "self_check", story.job, marks=story.marks("self_check"))
    with refusing(shop, "SHP-7.3", "nobody_clocked_on"):
        do(shop, "M1", "self_check", story.job, marks=story.marks("self_check"))


@pytest.mark.refuses("SHP-7.1")
@pytest.mark.allows("SHP-7.1", "SHP-7.3")
def test_parts_are_issued_or_released_before_the_self_check(shop: Shop) -> None:
    story = to(shop, Stage.CONFIRMED)
    do(shop, "M1", "clock_on", story.job)
    do(shop, "M1", "clock_off", story.job)
    with refusing(shop, "SHP-7.1", "parts_issued"):
        do(shop, "M1", "self_check", story.job, marks=story.marks("self_check"))
    do(shop, "P1", "issue_parts", story.material, lines=[FILTER])
    do(shop, "F1", "release_parts", story.material, lines=[{"line": 2, "reason": "未用"}])
    do(shop, "M1", "self_check", story.job, marks=story.marks("self_check"))
    assert story.state(Doc.JOB) is JobState.SELF_CHECKED


@pytest.mark.refuses("SHP-7.3")
def test_a_leak_is_mended_before_the_self_check_is_signed(shop: Shop) -> None:
    story = to(shop, Stage.IN_WORK)
    do(shop, "M1", "clock_off", story.job)
    leak = story.marks("self_check")
    leak[next(item for item in leak if item.startswith("leaks."))] = {"mark": "fail"}
    with unusable(shop, "marks"):
        do(shop, "M1", "self_check", story.job, marks=leak)


# SHP-8.1: the inspector is no mechanic of the order


def inspect(story: Story, person: str, verb: str) -> None:
    marks = {"marks": story.marks("pass_inspection")} if verb == "pass_inspection" else {"reason": "漏油"}
    do(story.shop, person, verb, story.job, **marks)


@pytest.mark.refuses("SHP-8.1")
@pytest.mark.parametrize("verb", ["pass_inspection", "fail_inspection"])
@pytest.mark.parametrize("person", ["M1", "M3"], ids=["lead", "helper"])
def test_who_worked_on_the_order_does_not_inspect_it(shop: Shop, person: str, verb: str) -> None:
    story = to(shop, Stage.SELF_CHECKED)
    grant(shop, person, "lead_mechanic quality_inspector")
    with refusing(shop, "SHP-8.1", "not_a_mechanic_of_order") as caught:
        inspect(story, person, verb)
    assert caught.value.who == ("quality_inspector",)


@pytest.mark.refuses("SHP-8.1")
def test_who_wrote_a_sheet_does_not_inspect_the_order(shop: Shop) -> None:
    story = to(shop, Stage.REPORTED)
    do(shop, "F2", "revise_labour", story.labour, reason="改工时")
    do(shop, "M1", "submit_labour", story.labour)
    story.go(Stage.SELF_CHECKED)
    with refusing(shop, "SHP-8.1", "not_a_mechanic_of_order"):
        inspect(story, "F2", "pass_inspection")


@pytest.mark.refuses("SHP-8.1")
def test_who_was_clocked_on_once_does_not_inspect_the_order(shop: Shop) -> None:
    story = to(shop, Stage.IN_WORK)
    do(shop, "M3", "clock_on", story.job)
    do(shop, "M3", "clock_off", story.job)
    do(shop, "F1", "assign_job", story.job, lead="M1")
    story.go(Stage.SELF_CHECKED)
    grant(shop, "M3", "quality_inspector")
    with refusing(shop, "SHP-8.1", "not_a_mechanic_of_order"):
        inspect(story, "M3", "pass_inspection")


@pytest.mark.refuses("SHP-8.1")
def test_who_inspected_the_order_does_not_work_on_it_afterwards(shop: Shop) -> None:
    story = to(shop, Stage.QC_PASSED)
    found = do(shop, "F1", "add_found_job", story.order, text="回转异响").made[0][2]
    grant(shop, "Q1", "lead_mechanic quality_inspector")
    for crew in ({"lead": "Q1"}, {"lead": "M1", "helpers": "Q1"}):
        with refusing(shop, "SHP-8.1", "not_its_inspector"):
            do(shop, "F1", "assign_job", found, **dict[str, Any](crew))
    do(shop, "F1", "assign_job", found, lead="M1")


@pytest.mark.refuses("SHP-8.1")
def test_nobody_else_passes_a_job(shop: Shop) -> None:
    story = to(shop, Stage.SELF_CHECKED)
    with refusing(shop, "SHP-8.1", "role"):
        inspect(story, "F1", "pass_inspection")


@pytest.mark.allows("SHP-8.1")
def test_a_fail_sends_the_job_back_and_a_pass_lets_it_go(shop: Shop) -> None:
    story = to(shop, Stage.SELF_CHECKED)
    inspect(story, "Q1", "fail_inspection")
    assert story.state(Doc.JOB) is JobState.IN_WORK
    assert standing_signatures(shop, Doc.JOB, story.job, "self_check") == 0
    do(shop, "M1", "clock_on", story.job)
    with shop.reader():
        rework = m.LabourEntry.get(m.LabourEntry.end.is_null())
        failed = m.Inspection.get(m.Inspection.kind == InspectionKind.QC)
    assert rework.rework
    assert (failed.passed, failed.note) == (False, "漏油")
    do(shop, "M1", "clock_off", story.job)
    do(shop, "M1", "self_check", story.job, marks=story.marks("self_check"))
    inspect(story, "Q1", "pass_inspection")
    assert story.state(Doc.JOB) is JobState.QC_PASSED
    assert standing_signatures(shop, Doc.JOB, story.job, "pass_inspection") == 1


def test_the_reasons_of_a_fail_are_points_of_the_checklist(shop: Shop) -> None:
    story = to(shop, Stage.SELF_CHECKED)
    with unusable(shop, "marks"):
        do(shop, "Q1", "fail_inspection", story.job, reason="漏油", marks={"no.such": {"mark": "fail"}})
    do(shop, "Q1", "fail_inspection", story.job, reason="漏油", marks={"work.lines": {"mark": "fail"}})
    with shop.reader():
        inspection = m.Inspection.get(m.Inspection.kind == InspectionKind.QC)
        items = [(item.item, item.mark) for item in m.InspectionItem.select() if item.inspection_id == inspection.id]
    assert items == [("work.lines", "fail")]
    assert inspection.checklist_id


@pytest.mark.allows("SHP-4.2")
def test_planned_people_help_on_the_job(shop: Shop) -> None:
    story = to(shop, Stage.APPROVED)
    plan: dict[str, Any] = {"bay": "3", "start": "+1d 08:00", "finish": "+1d 17:00", "instruction": "按标准"}
    with pytest.raises(Invalid):
        do(shop, "F1", "plan_job", story.job, people="M1 A1", **plan)
    do(shop, "F1", "plan_job", story.job, people="M1 M2", **plan)
    with shop.reader():
        found = sql.rows(
            "SELECT p.number FROM job_helper h JOIN person p ON p.id = h.person_id JOIN job j ON j.id = h.job_id "
            "WHERE j.number = ? ORDER BY p.number",
            story.job,
        )
    assert ("M2",) in found and ("M1",) not in found
