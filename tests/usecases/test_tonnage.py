"""What a machine weighs is asked once at intake and kept on the machine; standards go by it (decision 27)."""

from typing import Any

import pytest

from shopterm.db.queries.prefill import prefill
from shopterm.db.session import Shop
from shopterm.domain.units import Quantity
from shopterm.domain.vocabulary import Doc
from shopterm.usecases.request import Done
from tests.rules.story import Story
from tests.shopkit import do, who
from tests.usecases.importing import lines, one, take_in

SERIAL = "KMT0021777"


@pytest.fixture
def order(shop: Shop) -> Done:
    """An order for a machine that came from a file, which says nothing of its tonnage."""
    take_in(shop, "machines", lines("serial,maker,model,customer_no", f"{SERIAL},Komatsu,PC130-8,K00001"))
    return do(shop, "A1", "open_order", serial=SERIAL, customer="K00001", complaints=[{"text": "漏油"}])


def tonnage(shop: Shop) -> int | None:
    found: int | None = one(shop, "SELECT tonnage FROM machine WHERE serial = ?", SERIAL)[0]
    return found


def walk(shop: Shop, order: Done, **values: Any) -> None:
    marks = Story(shop, order=order.number).marks("inspect_intake")
    do(shop, "A1", "inspect_intake", order.number, marks=marks, fuel="1/2", **values)


def start(shop: Shop, order: Done) -> dict[str, object]:
    return prefill(shop, "inspect_intake", Doc.ORDER, order.id, who(shop, "A1"))


def test_it_is_asked_at_intake_and_kept(shop: Shop, order: Done) -> None:
    assert (tonnage(shop), start(shop, order)) == (None, {})
    walk(shop, order)
    assert tonnage(shop) is None
    walk(shop, order, tonnage="13.2")
    assert tonnage(shop) == 13_200
    assert start(shop, order)["tonnage"] == Quantity(13_200)
    walk(shop, order)
    assert tonnage(shop) == 13_200


def test_it_is_kept_when_it_is_told_at_the_counter(shop: Shop, order: Done) -> None:
    complaints = [{"text": "漏油"}]
    do(shop, "A1", "open_order", serial=SERIAL, customer="K00001", complaints=complaints, tonnage="13.2")
    assert tonnage(shop) == 13_200
    do(shop, "A1", "open_order", serial=SERIAL, customer="K00001", complaints=complaints)
    assert tonnage(shop) == 13_200


def test_an_import_leaves_it_as_it_is(shop: Shop, order: Done) -> None:
    walk(shop, order, tonnage="13.2")
    take_in(shop, "machines", lines("serial,maker,model,hours", f"{SERIAL},Komatsu,PC130-8,4100"))
    assert tonnage(shop) == 13_200


@pytest.mark.parametrize(("tons", "minutes"), [("5.999", 20), ("6", 40), ("13.2", 40), ("90", 20)])
def test_the_standard_of_its_class_is_taken(shop: Shop, order: Done, tons: str, minutes: int) -> None:
    """A machine heavier than every class takes the first standard: the foreman sees it and may change the time."""
    header = "code,class,name_zh,standard_minutes,tons_from,tons_to"
    take_in(shop, "standards", lines(header, "EN101,mini,换机油,20,0,6", "EN101,small,换机油,40,6,15"))
    walk(shop, order, tonnage=tons)
    number = order.number
    do(shop, "A1", "read_back", number, confirmed_by="客户")
    do(shop, "A1", "sign_intake", number, signed_by="客户")
    do(shop, "A1", "fit_covers", number)
    do(shop, "A1", "hand_to_foreman", number, second="F1", purpose="保养")
    do(shop, "F1", "assign_job", f"{number}/1", lead="M1")
    do(shop, "M1", "joint_inspection", number, second="A1")
    do(shop, "F1", "take_in", number, bay="3")
    do(shop, "M1", "report_labour", f"{number}/1", lines=[{"standard": "EN101"}])
    assert one(shop, "SELECT minutes FROM labour_line WHERE sheet_id IS NOT NULL") == (minutes,)
