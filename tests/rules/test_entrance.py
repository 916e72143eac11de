"""From the gate into the bay: what must be there before the next step, and who does it."""

import pytest

from shopterm.db.session import Shop
from shopterm.domain.vocabulary import Doc, OrderState
from tests.rules.refusal import refusing, unusable
from tests.rules.story import CUSTOMER, LATER, Stage, Story, to
from tests.shopkit import do


@pytest.mark.refuses("SHP-1.1", "SHP-1.2", "SHP-1.4")
@pytest.mark.allows("SHP-1.1", "SHP-1.2", "SHP-1.4")
def test_a_machine_is_driven_in_with_a_lead_and_a_joint_inspection(shop: Shop) -> None:
    story = Story(shop).go(Stage.INTAKE)
    do(shop, "A1", "hand_to_foreman", story.order, second="F1", purpose="维修")
    with refusing(shop, "SHP-1.1", "all_assigned"):
        do(shop, "F1", "take_in", story.order, bay="3")
    do(shop, "F1", "assign_job", story.job, lead="M1")
    with refusing(shop, "SHP-1.1", "order_mechanic"):
        do(shop, "M2", "joint_inspection", story.order, second="A1")
    with refusing(shop, "SHP-1.4", "order_mechanic_or_foreman"):
        do(shop, "M2", "take_in", story.order, bay="3")
    with refusing(shop, "SHP-1.2", "joint_signed"):
        do(shop, "M1", "take_in", story.order, bay="3")
    with refusing(shop, "SHP-1.4", "order_in_shop"):
        do(shop, "M1", "start_teardown", story.job)
    do(shop, "M1", "joint_inspection", story.order, second="A1")
    do(shop, "M1", "take_in", story.order, bay="3")
    assert story.state(Doc.ORDER) is OrderState.IN_SHOP


def test_only_a_lead_mechanic_leads(shop: Shop) -> None:
    story = to(shop, Stage.FOREMAN)
    with unusable(shop, "lead"):
        do(shop, "F1", "assign_job", story.job, lead="M3")
    with unusable(shop, "helpers"):
        do(shop, "F1", "assign_job", story.job, lead="M1", helpers="P1")
    with unusable(shop, "lead"):
        do(shop, "F1", "assign_job", story.job, lead="没有此人")


@pytest.mark.refuses("SHP-1.1")
def test_only_who_is_assigned_reports(shop: Shop) -> None:
    story = to(shop, Stage.IN_SHOP)
    with refusing(shop, "SHP-1.1", "own_job"):
        do(shop, "M2", "report_parts", story.job, none=True)
    do(shop, "M3", "report_parts", story.job, none=True)
    with refusing(shop, "SHP-2.2", "no_material_sheet"):
        do(shop, "M1", "report_parts", story.job, none=True)


@pytest.mark.allows("SHP-2.2")
@pytest.mark.refuses("SHP-2.2")
def test_an_empty_sheet_says_none_before_it_is_handed_in(shop: Shop) -> None:
    story = to(shop, Stage.IN_SHOP)
    sheet = do(shop, "M1", "report_parts", story.job).made[0][2]
    with refusing(shop, "SHP-2.2", "has_lines"):
        do(shop, "M1", "submit_parts", sheet)
    do(shop, "M1", "edit_parts", sheet, none=True)
    do(shop, "M1", "submit_parts", sheet)


@pytest.mark.refuses("SHP-8.2")
def test_nobody_washes_before_the_inspection_has_passed(shop: Shop) -> None:
    story = to(shop, Stage.SELF_CHECKED)
    with refusing(shop, "SHP-8.2", "jobs_passed"):
        do(shop, "M1", "report_washed", story.order)


@pytest.mark.allows("OPS-2")
def test_a_job_the_foreman_finds_is_looked_at_for_nothing_and_quoted_with_the_rest(shop: Shop) -> None:
    story = to(shop, Stage.IN_SHOP)
    found = do(shop, "F1", "add_found_job", story.order, text="回转异响").made[0][2]
    do(shop, "F1", "assign_job", found, lead="M2")
    do(shop, "M2", "clock_on", found)
    do(shop, "M2", "clock_off", found)
    story.go(Stage.PRICED)
    story.quote = do(shop, "A1", "make_quote", story.order, promised=LATER).made[0][2]
    story.show_quote(story.quote)
    with unusable(shop, "answers"):
        do(shop, "A1", "sign_quote", story.quote, answers=[{"job": 2}], signed_by=CUSTOMER)
    story.stage = Stage.QUOTED
    story.go(Stage.QC_PASSED)
    with refusing(shop, "SHP-8.2", "jobs_passed"):
        do(shop, "M1", "report_washed", story.order)
