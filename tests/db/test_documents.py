"""A document is found by its number as it is stored, and as the screens of its site show it."""

import pytest

from shopterm.db import models as m
from shopterm.db.documents import find
from shopterm.db.session import Shop
from shopterm.domain.errors import NotFound
from shopterm.domain.vocabulary import Doc
from tests.rules.story import Stage, to


def test_the_own_sites_code_may_be_left_away(shop: Shop) -> None:
    story = to(shop, Stage.FOREMAN)
    short = story.order.partition("-")[2]
    with shop.reader():
        assert find(Doc.ORDER, f" {short.lower()} ").number == story.order
        assert find(Doc.JOB, f"{short}/1").number == story.job
        with pytest.raises(NotFound):
            find(Doc.ORDER, "")


def test_a_number_that_two_sites_have_is_written_out(shop: Shop) -> None:
    story, twin = to(shop, Stage.FOREMAN), to(shop, Stage.FOREMAN)
    short = story.order.partition("-")[2]
    with shop.reader():
        m.Site.insert(id=7, code="N07").execute()
        m.WorkOrder.update(number=f"N07-{short}").where(m.WorkOrder.number == twin.order).execute()
        with pytest.raises(NotFound):
            find(Doc.ORDER, short)
        assert find(Doc.ORDER, f"N07-{short}").number == f"N07-{short}"
