"""A database whose text is no UTF-8, as no driver of ours could have written it: a sentence, never a fault."""

from pathlib import Path

import pytest

from shopterm.app import AWAY
from shopterm.db import models as m
from shopterm.db.backends import NO_UTF8_STORED
from shopterm.db.session import Shop
from tests.cli.conftest import Shopterm, english, shopterm, workshop
from tests.screens.kit import orders, press, said, sitting, until
from tests.shopkit import reopen

__all__ = ["english", "shopterm", "workshop"]

PRINTED = [["customer", "list"], ["customer", "show", "K00001"], ["person", "list"], ["report", "labor"]]


def spoil(shop: Shop) -> None:
    """Write bytes that are no UTF-8 where names are."""
    with shop.reader() as db:
        for model, column in ((m.Customer, "name"), (m.Person, "name_zh"), (m.WorkOrder, "customer_name")):
            db.execute_sql(f"UPDATE {model._meta.table_name} SET {column} = CAST(x'ff9b336d80' AS TEXT)")


@pytest.mark.parametrize("arguments", PRINTED, ids=" ".join)
def test_commands_say_so(arguments: list[str], shopterm: Shopterm, workshop: Path) -> None:
    shop = reopen(f"sqlite:///{workshop}/shopterm.db", workshop)
    orders(shop, ["boom"])
    spoil(shop)
    shop.close()
    told = shopterm(*arguments)
    assert told.status == 7 and NO_UTF8_STORED in told.err, told


async def test_a_desk_goes_on(sqlite_shop: Shop) -> None:
    orders(sqlite_shop, ["boom"])
    async with sitting(sqlite_shop, "A1", "advisor") as pilot:
        spoil(sqlite_shop)
        desk = pilot.app.screen
        await until(pilot, lambda: said(pilot) == AWAY)
        await press(pilot, "question_mark", "escape", "enter", "escape", "slash")
        assert pilot.app.is_running and desk in pilot.app.screen_stack
