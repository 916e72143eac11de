"""Invariants 7 and 20: an operation takes effect once and whole; what is refused changes nothing."""

from collections.abc import Callable, Collection
from typing import Any

import pytest

from shopterm.db import models as m
from shopterm.db import sql
from shopterm.db.session import Shop
from shopterm.domain.canonical import digest
from shopterm.domain.errors import Conflict, Invalid, NotFound, Refused, ShopError, SignInFailed
from tests.shopkit import do
from tests.usecases import walk

BESIDE = {m.Event, m.ChainHead, m.Attempts}
"""What a refusal may write: its own event, and the count of wrong PINs."""


def stored(shop: Shop, *, leave_out: Collection[Any] = ()) -> dict[str, str]:
    """Return a hash of the content of every table."""
    with shop.reader():
        tables = [model._meta.table_name for model in m.MODELS if model not in leave_out]
        return {table: digest(sorted(map(repr, sql.rows(f"SELECT * FROM {table}")))) for table in tables}


def events(shop: Shop) -> list[str]:
    with shop.reader():
        return [action for (action,) in sql.rows("SELECT action FROM event ORDER BY site, seq")]


def test_the_same_operation_takes_effect_once(shop: Shop) -> None:
    order = walk.in_shop(shop)
    sheet = walk.signed_sheet(shop, walk.job_numbers(shop, order)[0], (walk.RING, "4"))
    once = do(shop, "P1", "price_parts", sheet, op_id="the-same", lines=[])
    before = stored(shop)
    again = do(shop, "P1", "price_parts", sheet, op_id="the-same", lines=[])
    assert again.replayed and not once.replayed
    assert (again.id, again.number, again.state, again.version, again.seq) == (
        once.id, once.number, once.state, once.version, once.seq)  # fmt: skip
    assert stored(shop) == before


def test_an_operation_means_one_thing_only(shop: Shop) -> None:
    order = walk.in_shop(shop)
    do(shop, "A1", "promise", order, op_id="the-same", promised=walk.LATER)
    before = stored(shop)
    others: tuple[tuple[str, str, dict[str, Any]], ...] = (
        ("A1", "promise", {"promised": "+3d 16:00"}),
        ("A1", "ask_question", {"question": "?"}),
        ("F1", "add_found_job", {"text": "漏油"}),
    )
    for person, action, values in others:
        with pytest.raises(Conflict):
            do(shop, person, action, order, op_id="the-same", **values)
    assert stored(shop) == before


def wrong_role(shop: Shop, order: str, _sheet: str) -> None:
    do(shop, "M1", "promise", order, promised=walk.LATER)


def wrong_state(shop: Shop, order: str, _sheet: str) -> None:
    do(shop, "A1", "sign_intake", order, signed_by="客户")


def guard(shop: Shop, order: str, _sheet: str) -> None:
    do(shop, "F1", "close_shop", order)


def wrong_pin(shop: Shop, _order: str, sheet: str) -> None:
    do(shop, "F1", "approve_parts", sheet, pin="999111", old_parts_seen=True)


def no_second(shop: Shop, _order: str, _sheet: str) -> None:
    do(shop, "P1", "lend_parts", None, lines=[{"part": walk.RING, "quantity": "1"}], purpose="试")


def found_while_doing_it(shop: Shop, order: str, _sheet: str) -> None:
    do(shop, "M1", "clock_on", walk.job_numbers(shop, order)[0], line=2)


def second_line_is_wrong(shop: Shop, _order: str, sheet: str) -> None:
    do(shop, "F1", "return_parts", sheet, lines=[{"line": 1, "reason": "多"}, {"line": 7, "reason": "少"}])


def other_version(shop: Shop, _order: str, sheet: str) -> None:
    do(shop, "F1", "approve_parts", sheet, version=99, old_parts_seen=True)


REFUSALS: tuple[tuple[Callable[[Shop, str, str], None], type[ShopError], list[str]], ...] = (
    (wrong_role, Refused, []),
    (wrong_state, Refused, ["refused"]),
    (guard, Refused, ["refused"]),
    (wrong_pin, SignInFailed, ["signing_failed"]),
    (no_second, Refused, []),
    (found_while_doing_it, NotFound, []),
    (second_line_is_wrong, Invalid, []),
    (other_version, Conflict, []),
)


@pytest.mark.parametrize(("attempt", "error", "noted"), REFUSALS, ids=lambda case: getattr(case, "__name__", ""))
def test_what_is_refused_changes_nothing(
    shop: Shop, attempt: Callable[[Shop, str, str], None], error: type[ShopError], noted: list[str]
) -> None:
    order = walk.in_shop(shop)
    job = walk.job_numbers(shop, order)[0]
    sheet = do(shop, "M1", "report_parts", job, lines=[{"part": walk.RING, "quantity": "4"}]).made[0][2]
    do(shop, "M1", "submit_parts", sheet)
    before, happened = stored(shop, leave_out=BESIDE), events(shop)
    with pytest.raises(error):
        attempt(shop, order, sheet)
    assert stored(shop, leave_out=BESIDE) == before
    assert events(shop) == happened + noted
