"""Invariants 7 and 20: an operation takes effect once and whole; what is refused changes nothing."""

from collections.abc import Callable
from typing import Any

import pytest

from shopterm.db.session import Shop
from shopterm.domain.errors import Conflict, Invalid, NotFound, Refused, ShopError, SignInFailed
from tests.rules.story import LATER, Stage, Story, asked, to
from tests.shopkit import RING, do, unchanged


def test_the_same_operation_takes_effect_once(shop: Shop) -> None:
    sheet = to(shop, Stage.APPROVED).material
    once = do(shop, "P1", "price_parts", sheet, op_id="the-same", lines=[])
    with unchanged(shop) as noted:
        again = do(shop, "P1", "price_parts", sheet, op_id="the-same", lines=[])
    assert not noted
    assert again.replayed and not once.replayed
    assert (again.id, again.number, again.state, again.version, again.seq) == (
        once.id, once.number, once.state, once.version, once.seq)  # fmt: skip


def test_an_operation_means_one_thing_only(shop: Shop) -> None:
    order = to(shop, Stage.IN_SHOP).order
    do(shop, "A1", "promise", order, op_id="the-same", promised=LATER)
    others: tuple[tuple[str, str, dict[str, Any]], ...] = (
        ("A1", "promise", {"promised": "+4d 16:00"}),
        ("A1", "ask_question", {"question": "?"}),
        ("F1", "add_found_job", {"text": "漏油"}),
    )
    for person, action, values in others:
        with unchanged(shop) as noted, pytest.raises(Conflict):
            do(shop, person, action, order, op_id="the-same", **values)
        assert not noted


def wrong_role(shop: Shop, story: Story) -> None:
    do(shop, "M1", "promise", story.order, promised=LATER)


def wrong_state(shop: Shop, story: Story) -> None:
    do(shop, "A1", "sign_intake", story.order, signed_by="客户")


def guard(shop: Shop, story: Story) -> None:
    do(shop, "F1", "close_shop", story.order)


def wrong_pin(shop: Shop, story: Story) -> None:
    do(shop, "F1", "approve_parts", story.material, pin="999111", old_parts_seen=True)


def no_second(shop: Shop, _story: Story) -> None:
    do(shop, "P1", "lend_parts", None, lines=asked((RING, "1")), purpose="试")


def found_while_doing_it(shop: Shop, _story: Story) -> None:
    loan: dict[str, Any] = {"purpose": "试", "order": "C01-WO-0000-0000"}
    do(shop, "P1", "lend_parts", None, second="M1", lines=asked((RING, "1")), **loan)


def second_line_is_wrong(shop: Shop, story: Story) -> None:
    do(shop, "F1", "return_parts", story.material, lines=[{"line": 1, "reason": "多"}, {"line": 7, "reason": "少"}])


def other_version(shop: Shop, story: Story) -> None:
    do(shop, "F1", "approve_parts", story.material, version=99, old_parts_seen=True)


REFUSALS: tuple[tuple[Callable[[Shop, Story], None], type[ShopError], list[str]], ...] = (
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
    shop: Shop, attempt: Callable[[Shop, Story], None], error: type[ShopError], noted: list[str]
) -> None:
    story = to(shop, Stage.REPORTED)
    with unchanged(shop) as found, pytest.raises(error):
        attempt(shop, story)
    assert found == noted
