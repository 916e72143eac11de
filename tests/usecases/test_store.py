import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shopterm.db import models as m
from shopterm.db import sql
from shopterm.db.invariants.stock import stock_violations
from shopterm.db.session import Shop
from shopterm.domain.errors import Invalid, Refused
from shopterm.domain.facts import Actor
from shopterm.domain.vocabulary import MoveKind
from shopterm.usecases.bins import bin_named
from shopterm.usecases.stock_ledger import Ledger, Reason
from shopterm.usecases.store import Opening, opening
from tests.rules.story import agreed_sheet
from tests.shopkit import KIT, OIL, PUMP, RING, TOOTH, do, stock, who


@pytest.fixture(autouse=True)
def sound(shop: Shop) -> Iterator[None]:
    yield
    assert stock_violations(shop) == []


def balance(shop: Shop, number: str, code: str) -> m.Balance:
    with shop.reader():
        found: m.Balance = (
            m.Balance.select().join(m.Part).switch(m.Balance).join(m.Bin)
            .where((m.Part.number == number) & (m.Bin.code == code)).get())  # fmt: skip
    return found


def test_a_delivery_goes_into_its_bin_and_moves_the_average(shop: Shop) -> None:
    do(shop, "P1", "receive_parts", TOOTH, quantity="3", bin=" e-07-1 ", cost="90.00", reference="DN-1")
    assert (balance(shop, TOOTH, "E-07-1").on_hand, balance(shop, TOOTH, "E-07-1").unit_cost) == (3000, 9000)
    do(shop, "P1", "receive_parts", TOOTH, quantity="2", bin="E-07-1", cost="100.00")
    assert balance(shop, TOOTH, "E-07-1").unit_cost == 9400
    do(shop, "P1", "receive_parts", TOOTH, quantity="1", bin="E-07-1")
    assert (balance(shop, TOOTH, "E-07-1").on_hand, balance(shop, TOOTH, "E-07-1").unit_cost) == (6000, 9400)
    do(shop, "P1", "receive_parts", OIL, quantity="0.5", bin="T-01", cost="20")


@pytest.mark.allows("SHP-7.1")
def test_a_delivery_is_reserved_for_the_lines_that_wait(shop: Shop) -> None:
    first = agreed_sheet(shop, (TOOTH, "5"), prices=[{"line": 1, "source": "rush"}])
    second = agreed_sheet(shop, (TOOTH, "5"), prices=[{"line": 1, "source": "order"}])
    done = do(shop, "P1", "receive_parts", TOOTH, quantity="8", bin="E-1")
    assert stock(shop, TOOTH) == (8, 8)
    assert done.params["jobs"].count("C01-") == 2
    with pytest.raises(Refused):
        do(shop, "P1", "issue_parts", second, lines=[{"part": TOOTH, "quantity": "5"}])
    do(shop, "P1", "issue_parts", first, lines=[{"part": TOOTH, "quantity": "5"}])
    do(shop, "P1", "receive_parts", TOOTH, quantity="4", bin="E-2")
    do(shop, "P1", "issue_parts", second, lines=[{"part": TOOTH, "quantity": "5"}])
    assert stock(shop, TOOTH) == (2, 0)


def test_what_cannot_be_received_is_refused(shop: Shop) -> None:
    refused: tuple[dict[str, Any], ...] = (
        {"quantity": "1.5", "bin": "E-1"},
        {"quantity": "1", "bin": "LOAN"},
        {"quantity": "2000000", "bin": "E-1"},
        {"quantity": "1", "bin": "E-1", "cost": "99999999"},
    )
    for values in refused:
        with pytest.raises(Invalid):
            do(shop, "P1", "receive_parts", TOOTH, **values)
    assert stock(shop, TOOTH) == (0, 0)


def test_tracked_pieces_come_and_go_one_by_one(shop: Shop) -> None:
    unnamed: tuple[dict[str, Any], ...] = (
        {"quantity": "1"},
        {"quantity": "2", "serial": "SN-2"},
        {"quantity": "1", "serial": "SN-1001"},
    )
    for values in unnamed:
        with pytest.raises(Invalid):
            do(shop, "P1", "receive_parts", PUMP, bin="B-01-1", **values)
    do(shop, "P1", "receive_parts", PUMP, bin="B-01-2", quantity="1", serial="SN-2")
    elsewhere: tuple[dict[str, Any], ...] = (
        {"bin": "B-01-1", "serial": "SN-2"},
        {"bin": "B-01-2"},
        {"bin": "B-09", "serial": "SN-2"},
    )
    for values in elsewhere:
        with pytest.raises(Invalid):
            do(shop, "P1", "adjust_stock", PUMP, second="F1", change="-1", reason="盘亏", **values)
    do(shop, "P1", "adjust_stock", PUMP, second="F1", bin="B-01-2", change="-1", reason="盘亏", serial="SN-2")
    do(shop, "P1", "adjust_stock", PUMP, second="F1", bin="B-01-3", change="1", reason="盘盈", serial="SN-2")
    assert stock(shop, PUMP) == (2, 0)


def test_an_adjustment_takes_two_and_leaves_what_is_reserved(shop: Shop) -> None:
    agreed_sheet(shop, (KIT, "1"))
    with pytest.raises(Refused):
        do(shop, "P1", "adjust_stock", KIT, bin="A-02-3", change="-1", reason="盘亏")
    with pytest.raises(Refused) as refused:
        do(shop, "P1", "adjust_stock", KIT, second="F1", bin="A-02-3", change="-2", reason="盘亏")
    assert refused.value.guard == "not_promised"
    done = do(shop, "P1", "adjust_stock", KIT, second="F1", bin="A-02-3", change="-1", reason="盘亏")
    assert (done.params["change"], stock(shop, KIT)) == ("-1", (1, 1))
    for change in ("0", "-0.5"):
        with pytest.raises(Invalid):
            do(shop, "P1", "adjust_stock", KIT, second="F1", bin="A-02-3", change=change, reason="?")
    do(shop, "P1", "adjust_stock", KIT, second="F1", bin="N-1", change="2", reason="盘盈")
    assert stock(shop, KIT) == (3, 1)


@dataclass
class Writer:
    """Somebody who books outside a verb, as an import does."""

    actor: Actor
    at: int = 1
    keys: Iterator[int] = field(default_factory=lambda: itertools.count(10_000))

    @property
    def site(self) -> int:
        return self.actor.site

    def new_key(self) -> int:
        return next(self.keys)


def part(shop: Shop, number: str) -> int:
    with shop.reader():
        return int(sql.scalar("SELECT id FROM part WHERE number = ? AND maker = 'Komatsu'", number))


def test_opening_stock_is_booked_in_bulk(shop: Shop) -> None:
    ctx = Writer(who(shop, "P1"))
    entries = [Opening(part(shop, TOOTH), f"o-{place % 40:02}", 1000, 9_000) for place in range(1200)]
    entries += [Opening(part(shop, RING), "O-50", 0), Opening(part(shop, PUMP), "O-51", 2000, 1, "WEST", ("S1", "S2"))]
    assert shop.write(lambda: opening(ctx, entries)) == 1202
    assert (stock(shop, TOOTH), stock(shop, PUMP)) == ((1200, 0), (3, 0))
    assert balance(shop, RING, "O-50").on_hand == 0
    with shop.reader():
        assert sql.scalar("SELECT store FROM bin WHERE code = 'O-51'") == "WEST"


AMOUNTS = st.tuples(st.integers(1, 10**6), st.integers(0, 10**9))


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(receipts=st.lists(AMOUNTS, min_size=1, max_size=4))
def test_the_average_follows_each_receipt(shop: Shop, receipts: list[tuple[int, int]]) -> None:
    ctx = Writer(who(shop, "P1"), keys=itertools.count(int(next(NUMBERS))))
    tooth, code = part(shop, TOOTH), f"AV-{ctx.new_key()}"

    def book(quantity: int, cost: int) -> None:
        ledger = Ledger(ctx)
        ledger.put(tooth, bin_named(ctx, code), quantity, cost, Reason(MoveKind.RECEIVE))
        ledger.write()

    on_hand, average = 0, 0
    for quantity, cost in receipts:
        shop.write(lambda quantity=quantity, cost=cost: book(quantity, cost))  # type: ignore[misc]
        step, on_hand = (cost - average) * quantity, on_hand + quantity
        average += (1 if step >= 0 else -1) * ((2 * abs(step) + on_hand) // (2 * on_hand))
    found = balance(shop, TOOTH, code)
    assert (found.on_hand, found.unit_cost) == (on_hand, average)


NUMBERS = itertools.count(1_000_000, 1000)
