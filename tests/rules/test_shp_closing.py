"""The shop side closes when everything is accounted for, and stays as it was; on both databases."""

import pytest

from shopterm.db.session import Shop
from shopterm.domain.vocabulary import Doc, JobState, OrderState
from tests.rules.refusal import refusing
from tests.rules.story import WORK, Stage, Story, to
from tests.shopkit import do

FILTER = {"part": "Komatsu 600-311-3750", "quantity": "1"}


@pytest.mark.refuses("SHP-9.1")
def test_the_shop_side_stays_open_while_a_job_is_not_finished(shop: Shop) -> None:
    story = to(shop, Stage.QC_PASSED)
    with refusing(shop, "SHP-9.1", "jobs_finished"):
        do(shop, "F1", "close_shop", story.order)


@pytest.mark.refuses("SHP-9.1")
def test_the_shop_side_stays_open_while_an_old_part_has_no_tag(shop: Shop) -> None:
    story = to(shop, Stage.QC_PASSED)
    do(shop, "M1", "report_washed", story.order)
    with refusing(shop, "SHP-9.1", "old_parts_tagged"):
        do(shop, "F1", "close_shop", story.order)


@pytest.mark.refuses("SHP-9.1")
def test_the_shop_side_stays_open_while_a_loan_is_out(shop: Shop) -> None:
    story = to(shop, Stage.WASHED)
    do(shop, "P1", "lend_parts", second="M1", lines=[FILTER], purpose="试装", order=story.order)
    with refusing(shop, "SHP-9.1", "loans_settled"):
        do(shop, "F1", "close_shop", story.order)


@pytest.mark.refuses("SHP-9.1")
def test_the_shop_side_stays_open_while_a_part_is_neither_issued_nor_released(shop: Shop) -> None:
    story = to(shop, Stage.WASHED)
    do(shop, "P1", "take_back_parts", story.material, lines=[FILTER], reason="多领")
    with refusing(shop, "SHP-9.1", "parts_settled"):
        do(shop, "F1", "close_shop", story.order)
    do(shop, "P1", "release_parts", story.material, lines=[{"line": 1, "reason": "未用"}])
    story.go(Stage.CLOSED)


def declined(shop: Shop) -> Story:
    story = to(shop, Stage.QUOTED)
    do(shop, "A1", "sign_quote", story.quote, answers=[{"job": 1, "accepted": False}], signed_by="客户")
    return story


@pytest.mark.refuses("SHP-9.1")
def test_the_shop_side_stays_open_while_a_sheet_is_not_signed(shop: Shop) -> None:
    story = declined(shop)
    do(shop, "M1", "revise_labour", story.labour, reason="拆检工时")
    do(shop, "M1", "close_declined", story.job, reassembled=True)
    do(shop, "M1", "report_washed", story.order)
    with refusing(shop, "SHP-9.1", "sheets_signed"):
        do(shop, "F1", "close_shop", story.order)
    do(shop, "M1", "withdraw_labour", story.labour, reason="不修")
    story.stage = Stage.WASHED
    story.go(Stage.CHECKED)


@pytest.mark.refuses("SHP-8.2", "SHP-9.1")
def test_a_machine_not_repaired_is_washed_too(shop: Shop) -> None:
    story = declined(shop)
    do(shop, "F1", "close_declined", story.job, reassembled=True)
    with refusing(shop, "SHP-8.2", "washed"):
        do(shop, "F1", "close_shop", story.order)


@pytest.mark.refuses("SHP-9.1")
def test_what_is_closed_stays_as_it_was(shop: Shop) -> None:
    story = to(shop, Stage.CLOSED)
    with refusing(shop, "SHP-9.1", "shop_open"):
        do(shop, "P1", "take_back_parts", story.material, lines=[FILTER], reason="多领")
    with refusing(shop, "SHP-9.1", "shop_open"):
        do(shop, "P1", "exchange_parts", story.material, part=FILTER["part"], quantity="1", reason="发错")
    with refusing(shop, "SHP-9.1", "shop_open"):
        do(shop, "M1", "revise_labour", story.labour, reason="补工时")


@pytest.mark.refuses("SHP-9.1")
def test_only_the_foreman_closes_the_shop_side(shop: Shop) -> None:
    story = to(shop, Stage.WASHED)
    with refusing(shop, "SHP-9.1", "role"):
        do(shop, "M1", "close_shop", story.order)


@pytest.mark.allows("SHP-8.2", "SHP-9.1")
@pytest.mark.parametrize("parts", [True, False], ids=["with parts", "no parts needed"])
def test_the_shop_side_closes_when_all_is_accounted_for(shop: Shop, parts: bool) -> None:
    story = to(shop, Stage.CLOSED) if parts else to(shop, Stage.CLOSED, parts=(), work=WORK)
    assert story.state(Doc.ORDER) is OrderState.SHOP_CLOSED
    assert story.state(Doc.JOB) is JobState.DONE
