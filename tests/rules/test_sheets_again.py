"""A sheet is written again only by who has not judged it, and a supplement or an answer never loses its sense."""

from typing import Any

import pytest

from shopterm.db import models as m
from shopterm.db.documents import find
from shopterm.db.session import Shop
from shopterm.domain.vocabulary import Doc, JobState, QuoteState, SheetState
from shopterm.usecases.quotes import JOB_TWICE
from shopterm.usecases.sheets import EMPTY_SUPPLEMENT
from tests.rules.refusal import refusing, unusable
from tests.rules.story import CUSTOMER, Lines, Stage, Story, grant, to
from tests.shopkit import RING, do, material_lines

LINES: dict[str, Lines] = {"parts": [{"part": RING, "quantity": "1"}], "labour": [{"standard": "OS301"}]}
OTHER: dict[str, Lines] = {"parts": [{"part": RING, "quantity": "3"}], "labour": [{"standard": "LM101"}]}
SHEETS = {"parts": Doc.MATERIAL_SHEET, "labour": Doc.LABOUR_SHEET}
SAID: dict[str, dict[str, Any]] = {
    "sign_quote": {"signed_by": CUSTOMER},
    "call_quote": {"spoke": CUSTOMER, "phone": "10003447795", "recording": "R-0917"},
}
both_kinds = pytest.mark.parametrize("kind", sorted(LINES))


def supplement(story: Story, kind: str) -> str:
    """Have the lead mechanic begin a supplement; returns its number."""
    done = do(story.shop, "M1", f"supplement_{kind}", story.job, lines=LINES[kind], finding="油封座磨损")
    return done.made[0][2]


def written(shop: Shop, kind: str, sheet: str) -> list[Any]:
    """Return what the lines of a sheet's present version ask for."""
    if kind == "parts":
        return [line.quantity for line in material_lines(shop, sheet)]
    with shop.reader():
        row = find(Doc.LABOUR_SHEET, sheet)
        lines = m.LabourLine.select().where((m.LabourLine.sheet == row.id) & (m.LabourLine.rev == row.rev))
        return [line.standard.code if line.standard else line.text for line in lines]


# SHP-8.1: who has inspected the order writes none of its sheets


def failed(shop: Shop) -> Story:
    """Return a visit whose job F2, foreman and inspector, has sent back to work; F2 now is a mechanic, too."""
    story = to(shop, Stage.SELF_CHECKED)
    do(shop, "F2", "fail_inspection", story.job, reason="漏油")
    grant(shop, "F2", "foreman quality_inspector mechanic")  # so that it is not the role that refuses
    return story


@pytest.mark.refuses("SHP-8.1")
@both_kinds
def test_who_failed_a_job_does_not_edit_a_sheet_of_the_order(shop: Shop, kind: str) -> None:
    sheet = supplement(failed(shop), kind)
    with refusing(shop, "SHP-8.1", "not_its_inspector"):
        do(shop, "F2", f"edit_{kind}", sheet, lines=OTHER[kind])


@pytest.mark.refuses("SHP-8.1")
@both_kinds
def test_who_failed_a_job_does_not_revise_a_sheet_of_the_order(shop: Shop, kind: str) -> None:
    sheet = supplement(failed(shop), kind)
    do(shop, "M1", f"submit_{kind}", sheet)
    with refusing(shop, "SHP-8.1", "not_its_inspector"):
        do(shop, "F2", f"revise_{kind}", sheet, reason="改报")


@pytest.mark.allows("SHP-8.1")
@both_kinds
def test_others_write_the_sheets_and_the_inspector_inspects_again(shop: Shop, kind: str) -> None:
    story = failed(shop)
    sheet = supplement(story, kind)
    do(shop, "M1", f"submit_{kind}", sheet)
    do(shop, "F1", f"revise_{kind}", sheet, reason="改报")
    do(shop, "M1", f"edit_{kind}", sheet, lines=OTHER[kind])
    assert written(shop, kind, sheet) == {"parts": [3_000], "labour": ["LM101"]}[kind]
    do(shop, "M1", f"withdraw_{kind}", sheet, reason="不需要")
    do(shop, "M1", "self_check", story.job, marks=story.marks("self_check"))
    do(shop, "F2", "pass_inspection", story.job, marks=story.marks("pass_inspection"))
    assert story.state(Doc.JOB) is JobState.QC_PASSED


@pytest.mark.allows("SHP-8.1")
@both_kinds
def test_an_inspector_who_has_not_inspected_yet_writes_as_any_other(shop: Shop, kind: str) -> None:
    story = to(shop, Stage.REPORTED)
    grant(shop, "F2", "foreman quality_inspector mechanic")
    sheet = story.material if kind == "parts" else story.labour
    do(shop, "F2", f"revise_{kind}", sheet, reason="改报")
    do(shop, "F2", f"edit_{kind}", sheet, lines=OTHER[kind])
    assert story.state(SHEETS[kind]) is SheetState.DRAFT
    assert written(shop, kind, sheet) == {"parts": [3_000], "labour": ["LM101"]}[kind]


# ADV-6.1: a supplement asks the customer something


@pytest.mark.parametrize("none", [True, False], ids=["none needed", "nothing said"])
@both_kinds
def test_a_supplement_is_not_edited_to_none(shop: Shop, kind: str, none: bool) -> None:
    sheet = supplement(to(shop, Stage.IN_WORK), kind)
    with unusable(shop, "lines") as caught:
        do(shop, "M1", f"edit_{kind}", sheet, lines=[], none=none)
    assert [problem.sentence for problem in caught.value.problems] == [EMPTY_SUPPLEMENT]


@both_kinds
def test_a_supplement_is_edited_to_other_lines_or_withdrawn(shop: Shop, kind: str) -> None:
    story = to(shop, Stage.IN_WORK)
    sheet = supplement(story, kind)
    do(shop, "M1", f"edit_{kind}", sheet, lines=OTHER[kind])
    assert written(shop, kind, sheet) == {"parts": [3_000], "labour": ["LM101"]}[kind]
    do(shop, "M1", f"withdraw_{kind}", sheet, reason="不需要")
    assert story.state(SHEETS[kind], sheet) is SheetState.WITHDRAWN


@both_kinds
def test_a_first_sheet_may_be_edited_to_none(shop: Shop, kind: str) -> None:
    story = to(shop, Stage.DRAFTED)
    sheet = story.material if kind == "parts" else story.labour
    do(shop, "M1", f"edit_{kind}", sheet, lines=[], none=True)
    do(shop, "M1", f"submit_{kind}", sheet)
    assert written(shop, kind, sheet) == []
    assert story.state(SHEETS[kind]) is SheetState.SUBMITTED


# SHP-6.4, ADV-6.2: one answer for each job


def asked_again(shop: Shop) -> tuple[Story, str]:
    """Return a visit and the number of its shown second quote, which may be answered on a call."""
    story = to(shop, Stage.IN_WORK)
    sheet = supplement(story, "labour")
    do(shop, "M1", "submit_labour", sheet)
    do(shop, "F1", "approve_labour", sheet)
    quote = do(shop, "A1", "make_quote", story.order).made[0][2]
    story.show_quote(quote)
    return story, quote


@pytest.mark.parametrize("second", [False, True], ids=["otherwise", "the same"])
@pytest.mark.parametrize("verb", sorted(SAID))
def test_a_job_answered_twice_is_no_answer(shop: Shop, verb: str, second: bool) -> None:
    story, quote = asked_again(shop)
    twice = [{"job": 1, "accepted": True}, {"job": 1, "accepted": second}]
    with unusable(shop, "answers") as caught:
        do(shop, "A1", verb, quote, answers=twice, **SAID[verb])
    (problem,) = caught.value.problems
    assert (problem.sentence, problem.params) == (JOB_TWICE, {"job": 1})
    do(shop, "A1", verb, quote, answers=twice[:1], **SAID[verb])
    assert story.state(Doc.QUOTE, quote) is QuoteState.ANSWERED


def test_nor_is_it_one_on_the_first_quote(shop: Shop) -> None:
    story = to(shop, Stage.QUOTED)
    twice = [{"job": 1, "accepted": True}, {"job": 1, "accepted": False}]
    with unusable(shop, "answers"):
        do(shop, "A1", "sign_quote", story.quote, answers=twice, signed_by=CUSTOMER)
    story.go(Stage.CONSENTED)
    assert story.state(Doc.JOB) is JobState.CONSENTED
