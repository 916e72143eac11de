"""A machine comes in: whose it is follows from the file unless somebody says otherwise."""

from typing import Any

import pytest

from shopterm.db import sql
from shopterm.db.session import Shop
from shopterm.domain.errors import Invalid
from tests.rules.story import CUSTOMER
from tests.shopkit import do

COMPLAINTS = [{"text": "大臂下沉"}]


def opened(shop: Shop, **values: Any) -> tuple[str, str, bool]:
    """Open an order; return its customer's name and phone, and whether it has a customer's file."""
    number = do(shop, "A1", "open_order", "new", complaints=COMPLAINTS, **values).number
    with shop.reader():
        name, phone, customer = sql.row(
            "SELECT customer_name, phone, customer_id FROM work_order WHERE number = ?", number
        ) or ("", "", None)
    return name, phone, customer is not None


def test_who_only_names_the_machine_means_its_owner(shop: Shop) -> None:
    assert opened(shop, serial="kmt0021001") == (CUSTOMER, "10003447795", True)


def test_a_name_that_is_given_is_another_customer(shop: Shop) -> None:
    assert opened(shop, serial="KMT0021001", customer_name="新车主", phone="139") == ("新车主", "139", False)


@pytest.mark.parametrize("maker", ["", "SANY"])
def test_of_an_unknown_machine_nobody_is_the_owner(shop: Shop, maker: str) -> None:
    with pytest.raises(Invalid) as caught:
        opened(shop, serial="ZZ-1", maker=maker)
    assert [problem.field for problem in caught.value.problems] == ["customer_name"]
