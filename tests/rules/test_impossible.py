"""What no verb brings about is refused all the same: here a row was changed behind the program's back."""

from typing import Any

import pytest

from shopterm.db import models as m
from shopterm.db.session import Shop
from shopterm.domain.vocabulary import Doc, JobState, OrderState, QuoteState, SheetState
from tests.rules.refusal import refusing
from tests.rules.story import CUSTOMER, LATER, Stage, to
from tests.shopkit import do

PLAN: dict[str, Any] = {"people": "M1", "bay": "3", "start": "+1d 08:00", "finish": LATER, "instruction": "按标准"}


def spoil(shop: Shop, model: Any, **columns: Any) -> None:
    """Write columns of every row of a table."""
    with shop.reader():
        model.update(**columns).execute()


@pytest.mark.refuses("SHP-1.1")
@pytest.mark.allows("SHP-1.1")
def test_no_plan_for_a_job_that_nobody_leads(shop: Shop) -> None:
    story = to(shop, Stage.APPROVED)
    spoil(shop, m.Job, lead=None)
    with refusing(shop, "SHP-1.1", "has_lead"):
        do(shop, "F1", "plan_job", story.job, **PLAN)
    do(shop, "F1", "assign_job", story.job, lead="M1")
    do(shop, "F1", "plan_job", story.job, **PLAN)


@pytest.mark.refuses("SHP-4.2")
@pytest.mark.allows("SHP-4.2")
def test_no_plan_without_a_signed_labour_sheet(shop: Shop) -> None:
    story = to(shop, Stage.APPROVED)
    spoil(shop, m.LabourSheet, state=SheetState.SUBMITTED)
    with refusing(shop, "SHP-4.2", "labour_approved"):
        do(shop, "F1", "plan_job", story.job, **PLAN)
    do(shop, "F1", "approve_labour", story.labour)
    do(shop, "F1", "plan_job", story.job, **PLAN)


@pytest.mark.refuses("SHP-6.4")
@pytest.mark.allows("SHP-6.4")
def test_a_quote_whose_sheets_have_changed_is_not_signed(shop: Shop) -> None:
    story = to(shop, Stage.QUOTED)
    answer: dict[str, Any] = {"answers": [{"job": 1, "accepted": True}], "signed_by": CUSTOMER}
    spoil(shop, m.LabourSheet, state=SheetState.SUBMITTED)
    with refusing(shop, "SHP-6.4", "quote_current"):
        do(shop, "A1", "sign_quote", story.quote, **answer)
    do(shop, "A1", "replace_quote", story.quote, reason="工时改了")
    do(shop, "F1", "approve_labour", story.labour)
    again = do(shop, "A1", "make_quote", story.order, promised=LATER).made[0][2]
    story.show_quote(again)
    do(shop, "A1", "sign_quote", again, **answer)
    assert story.state(Doc.JOB) is JobState.CONSENTED


@pytest.mark.refuses("SHP-9.1")
@pytest.mark.allows("SHP-9.1")
def test_the_shop_side_stays_open_while_somebody_is_clocked_on(shop: Shop) -> None:
    story = to(shop, Stage.WASHED)
    spoil(shop, m.LabourEntry, end=None)
    with refusing(shop, "SHP-9.1", "hours_booked"):
        do(shop, "F1", "close_shop", story.order)
    do(shop, "M1", "clock_off", story.job)
    do(shop, "F1", "close_shop", story.order)
    assert story.state(Doc.ORDER) is OrderState.SHOP_CLOSED


@pytest.mark.refuses("SHP-9.1")
@pytest.mark.allows("SHP-9.1")
def test_the_shop_side_stays_open_while_a_quote_is_not_answered(shop: Shop) -> None:
    story = to(shop, Stage.WASHED)
    spoil(shop, m.Quote, state=QuoteState.SHOWN)
    with refusing(shop, "SHP-9.1", "quotes_answered"):
        do(shop, "F1", "close_shop", story.order)
    do(shop, "A1", "replace_quote", story.quote, reason="错开")
    do(shop, "F1", "close_shop", story.order)
    assert story.state(Doc.ORDER) is OrderState.SHOP_CLOSED
