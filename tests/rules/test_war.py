"""Warranty work waits for the maker."""

import pytest

from shopterm.db.session import Shop
from shopterm.domain.vocabulary import Doc, JobState
from tests.rules.refusal import refusing, unusable
from tests.rules.story import Stage, to
from tests.shopkit import do

BOTH = ({"standard": "HY201"}, {"standard": "OS301"})
SECOND_WORK = ({"line": 3},)
"""Line of the quote that is warranty: diagnosis, removal, then machining."""


@pytest.mark.refuses("WAR-4.1")
@pytest.mark.allows("WAR-4.1")
def test_warranty_work_starts_when_the_maker_has_agreed(shop: Shop) -> None:
    story = to(shop, Stage.CONFIRMED, payer="warranty", warranty=({"line": 2},))
    with refusing(shop, "WAR-4.1", "maker_agreed") as caught:
        do(shop, "M1", "clock_on", story.job)
    assert caught.value.who == ("warranty_clerk", "warranty_supervisor")
    story.go(Stage.IN_WORK)
    assert story.state(Doc.JOB) is JobState.IN_WORK


@pytest.mark.refuses("WAR-4.1")
def test_warranty_work_is_not_signed_done_either(shop: Shop) -> None:
    story = to(shop, Stage.CONFIRMED, work=BOTH, parts=(), warranty=SECOND_WORK)
    do(shop, "M1", "clock_on", story.job)
    do(shop, "M1", "clock_off", story.job)
    with refusing(shop, "WAR-4.1", "maker_agreed"):
        do(shop, "M1", "finish_line", story.job, line=3)
    with refusing(shop, "WAR-4.1", "maker_agreed"):
        do(shop, "M1", "self_check", story.job, marks=story.marks("self_check"))


def test_the_makers_agreement_has_a_date_and_serves_once(shop: Shop) -> None:
    first, second = to(shop, Stage.IN_SHOP), to(shop, Stage.IN_SHOP)
    with unusable(shop, "date"):
        do(shop, "W1", "approve_warranty", first.job, reference="R-1", date="+2d")
    do(shop, "W1", "approve_warranty", first.job, reference="R-1", date="today")
    with unusable(shop, "reference"):
        do(shop, "W1", "approve_warranty", second.job, reference="R-1", date="today")
