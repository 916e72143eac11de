"""Turns a job and its sheets take on their way: sent back, withdrawn, waiting, advised on; on both databases."""

import pytest

from shopterm.db.documents import find
from shopterm.db.session import Shop
from shopterm.domain.vocabulary import Doc, JobState, SheetState
from tests.rules.refusal import refusing
from tests.rules.story import WORK, Stage, asked, to
from tests.shopkit import RING, do, material_lines

OTHER_WORK = ({"text": "活塞杆校直", "minutes": "1.5h"},)


@pytest.mark.refuses("SHP-2.2")
@pytest.mark.allows("SHP-2.2", "SHP-3.1")
def test_only_who_is_of_the_job_touches_its_sheets(shop: Shop) -> None:
    story = to(shop, Stage.DRAFTED)
    with refusing(shop, "SHP-2.2", "sheet_own_job"):
        do(shop, "M2", "edit_parts", story.material, lines=asked((RING, "2")))
    with refusing(shop, "SHP-2.2", "sheet_own_job"):
        do(shop, "M2", "edit_labour", story.labour, lines=OTHER_WORK)
    with refusing(shop, "SHP-2.2", "sheet_own_job"):
        do(shop, "M2", "withdraw_parts", story.material, reason="不修")
    do(shop, "M3", "edit_parts", story.material, lines=asked((RING, "2")))
    do(shop, "M3", "edit_labour", story.labour, lines=OTHER_WORK)
    assert [(line.text, line.quantity) for line in material_lines(shop, story.material)] == [(RING, 2000)]
    do(shop, "F1", "withdraw_parts", story.material, reason="不修")
    assert story.state(Doc.MATERIAL_SHEET) is SheetState.WITHDRAWN


@pytest.mark.refuses("SHP-3.1")
@pytest.mark.allows("SHP-3.1", "OPS-5")
def test_a_job_has_one_labour_sheet_that_stands(shop: Shop) -> None:
    story = to(shop, Stage.DRAFTED)
    with refusing(shop, "SHP-3.1", "no_labour_sheet"):
        do(shop, "M1", "report_labour", story.job, lines=WORK)
    do(shop, "M1", "withdraw_labour", story.labour, reason="报错")
    done = do(shop, "M1", "report_labour", story.job, lines=WORK)
    assert done.made[0][2] != story.labour


@pytest.mark.allows("SHP-3.2", "SHP-4.2")
def test_a_labour_sheet_is_sent_back_edited_and_signed(shop: Shop) -> None:
    story = to(shop, Stage.REPORTED)
    do(shop, "F1", "return_labour", story.labour, lines=[{"line": 1, "reason": "工时过高"}])
    assert (story.state(Doc.LABOUR_SHEET), story.state(Doc.JOB)) == (SheetState.RETURNED, JobState.TEARDOWN)
    do(shop, "M1", "edit_labour", story.labour, lines=OTHER_WORK)
    do(shop, "M1", "submit_labour", story.labour)
    do(shop, "F1", "approve_labour", story.labour)
    assert story.state(Doc.LABOUR_SHEET) is SheetState.APPROVED


@pytest.mark.refuses("OPS-13", "SHP-1.1")
@pytest.mark.allows("OPS-13", "SHP-1.1")
def test_a_job_waits_and_waits_no_more(shop: Shop) -> None:
    story = to(shop, Stage.IN_SHOP)
    with refusing(shop, "SHP-1.1", "own_job_or_foreman"):
        do(shop, "M2", "wait_job", story.job, reason="part")
    with refusing(shop, "OPS-13", "waiting"):
        do(shop, "F1", "resume_job", story.job)
    do(shop, "M3", "wait_job", story.job, reason="part", due="+2d 08:00")
    with refusing(shop, "OPS-13", "not_waiting"):
        do(shop, "F1", "wait_job", story.job, reason="bay")
    do(shop, "F1", "resume_job", story.job)
    do(shop, "F1", "wait_job", story.job, reason="bay")
    with shop.reader():
        assert find(Doc.JOB, story.job).waits_for == "bay"


@pytest.mark.allows("SHP-2.3")
@pytest.mark.parametrize("person", ["M1", "A1"], ids=["mechanic", "advisor"])
def test_advice_and_the_customers_decision_are_kept(shop: Shop, person: str) -> None:
    story = to(shop, Stage.IN_SHOP)
    do(shop, person, "advise", story.job, advice="回转马达渗油，建议同修", decision="下次再修")
    with shop.reader():
        job = find(Doc.JOB, story.job)
    assert (job.advice, job.decision) == ("回转马达渗油，建议同修", "下次再修")


@pytest.mark.allows("ADV-4.3")
def test_an_engineer_is_called_before_the_customer_signs(shop: Shop) -> None:
    story = to(shop, Stage.OPEN)
    do(shop, "A1", "call_engineer", story.order)
    with shop.reader():
        assert find(Doc.ORDER, story.order).engineer_called
    story.go(Stage.INTAKE)
    with refusing(shop, "ADV-4.3", "state"):
        do(shop, "A1", "call_engineer", story.order)
