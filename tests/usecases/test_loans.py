from collections.abc import Iterator
from typing import Any

import pytest

from shopterm.db import models as m
from shopterm.db import sql
from shopterm.db.invariants.stock import stock_violations
from shopterm.db.session import Shop
from shopterm.domain.errors import Invalid, NotFound, Refused
from shopterm.domain.vocabulary import LoanState
from tests.rules.refusal import refusing
from tests.rules.story import Stage, agreed_sheet, signed_sheet, to
from tests.shopkit import FILTER, KIT, PUMP, RING, do, stock
from tests.shopkit import material_lines as lines


def scan(part: str, quantity: str = "1", **more: str) -> dict[str, str]:
    return {"part": f"Komatsu {part}" if part == FILTER else part, "quantity": quantity, **more}


def lend(shop: Shop, *parts: dict[str, str], borrower: str = "M1", **more: Any) -> str:
    return do(shop, "P1", "lend_parts", "new", second=borrower, lines=list(parts), purpose="试装", **more).number


def on_loan(shop: Shop, number: str) -> int:
    with shop.reader():
        found = sql.scalar(
            "SELECT SUM(b.on_hand) FROM balance b JOIN bin n ON n.id = b.bin_id AND n.virtual = 1 "
            "JOIN part p ON p.id = b.part_id WHERE p.number = ? AND p.maker = 'Komatsu'",
            number,
        )
    return int(found or 0) // 1000


def clock(shop: Shop, loan: str) -> m.Clock:
    with shop.reader():
        row = m.Loan.get(m.Loan.number == loan)
        found: m.Clock = m.Clock.get((m.Clock.doc_id == row.id) & (m.Clock.kind == "loan"))
    return found


@pytest.fixture(autouse=True)
def sound(shop: Shop) -> Iterator[None]:
    yield
    assert stock_violations(shop) == []


def test_a_loan_leaves_the_bins_on_the_borrowers_signature(shop: Shop) -> None:
    loan = lend(shop, scan(FILTER, "2"), scan(RING, "52"), due="+3d")
    assert (stock(shop, FILTER), on_loan(shop, FILTER)) == ((8, 0), 2)
    assert (stock(shop, RING), on_loan(shop, RING)) == ((3, 0), 52)  # out of two bins
    with shop.reader():
        row = m.Loan.get(m.Loan.number == loan)
        signers = {
            person
            for (person,) in sql.rows(
                "SELECT p.number FROM signature g JOIN person p ON p.id = g.person "
                "WHERE g.doc = 'loan' AND g.doc_id = ?",
                row.id,
            )
        }
    assert (row.borrower.number, row.state, signers) == ("M1", LoanState.OUT, {"P1", "M1"})
    assert clock(shop, loan).due == row.due and clock(shop, loan).stopped is None


def test_a_loan_without_a_day_is_due_as_the_house_says(shop: Shop) -> None:
    loan = lend(shop, scan(FILTER))
    days = (clock(shop, loan).due - clock(shop, loan).started) / 86_400_000_000
    assert shop.settings.loan.due_days <= days < shop.settings.loan.due_days + 1


@pytest.mark.refuses("OPS-10")
def test_what_cannot_be_lent_is_refused(shop: Shop) -> None:
    sheet = agreed_sheet(shop, (KIT, "2"))
    with refusing(shop, "OPS-10", "not_promised"):
        lend(shop, scan(KIT))
    with refusing(shop, "OPS-10", "enough_in_stock"):
        lend(shop, scan(FILTER, "6"), scan(FILTER, "6"), scan(f"Huashen {FILTER}"))
    with pytest.raises(NotFound):
        lend(shop, scan("99-99-99"))
    with pytest.raises(Invalid):
        lend(shop, scan(PUMP))
    with pytest.raises(Invalid):
        lend(shop, scan(RING), due="2020-01-01")
    with pytest.raises(NotFound):
        lend(shop, scan(RING), order="C01-WO-0000-0000")
    with pytest.raises(Refused):
        do(shop, "P1", "lend_parts", "new", lines=[scan(RING)], purpose="试装")
    assert stock(shop, KIT) == (2, 2)
    assert lines(shop, sheet)[0].issued == 0


def test_what_comes_back_settles_piece_by_piece(shop: Shop) -> None:
    loan = lend(shop, scan(FILTER, "3"), scan(RING, "2"))
    first = do(shop, "P1", "return_loan", loan, lines=[scan(FILTER, "2"), scan(RING, "2", bin="Q-1")])
    assert first.state is LoanState.OUT
    with pytest.raises(Invalid) as refused:
        do(shop, "P1", "return_loan", loan, lines=[scan(FILTER), scan(FILTER)])
    assert refused.value.params["out"] == 1000
    with pytest.raises(Invalid):
        do(shop, "P1", "return_loan", loan, lines=[scan(KIT)])
    last = do(shop, "P2", "return_loan", loan, lines=[scan(FILTER)])
    assert last.state is LoanState.SETTLED
    assert clock(shop, loan).stopped is not None
    assert (stock(shop, FILTER), on_loan(shop, FILTER), stock(shop, RING)) == ((10, 0), 0, (55, 0))
    with pytest.raises(Refused):
        do(shop, "P1", "return_loan", loan, lines=[scan(FILTER)])


@pytest.mark.allows("FLD-11.1")
def test_a_loan_becomes_an_issue_and_frees_the_reservation(shop: Shop) -> None:
    loan = lend(shop, scan(FILTER, "3"))
    sheet = agreed_sheet(shop, (FILTER, "2"), (FILTER, "1"))
    assert stock(shop, FILTER) == (7, 3)
    do(shop, "P1", "issue_loan", loan, sheet=sheet, lines=[scan(FILTER, "2")])
    assert [line.issued for line in lines(shop, sheet)] == [2000, 0]
    assert (stock(shop, FILTER), on_loan(shop, FILTER)) == ((7, 1), 1)
    done = do(shop, "P1", "issue_loan", loan, sheet=sheet, lines=[scan(FILTER)])
    assert done.state is LoanState.SETTLED
    assert stock(shop, FILTER) == (7, 0)
    do(shop, "P1", "take_back_parts", sheet, lines=[scan(FILTER, "3")], reason="没用上")
    assert stock(shop, FILTER) == (10, 0)


def test_a_loan_is_issued_only_to_signed_and_agreed_lines(shop: Shop) -> None:
    loan = lend(shop, scan(FILTER, "3"), scan(RING))
    sheet = signed_sheet(shop, (FILTER, "2"))
    for guard in ("sheet_priced", "line_consented"):
        with pytest.raises(Refused) as refused:
            do(shop, "P1", "issue_loan", loan, sheet=sheet, lines=[scan(FILTER)])
        assert refused.value.guard == guard
        do(shop, "P1", "price_parts", sheet, lines=[{"line": 1}])
    agreed = agreed_sheet(shop, (FILTER, "2"))
    for line, guard in ((scan(RING), "not_on_sheet"), (scan(FILTER, "3"), "more_than_signed")):
        with pytest.raises(Refused) as refused:
            do(shop, "P1", "issue_loan", loan, sheet=agreed, lines=[line])
        assert refused.value.guard == guard


def test_a_piece_on_loan_is_nowhere_else(shop: Shop) -> None:
    loan = lend(shop, scan(PUMP, serial="SN-1001"))
    with pytest.raises(Invalid):
        lend(shop, scan(PUMP, serial="SN-1001"))
    sheet = agreed_sheet(shop, (PUMP, "1"), prices=[{"line": 1, "lead_days": 1}])
    with pytest.raises(Invalid):
        do(shop, "P1", "issue_parts", sheet, lines=[scan(PUMP, serial="SN-1001")])
    with pytest.raises(Invalid):
        do(shop, "P1", "issue_loan", loan, sheet=sheet, lines=[scan(PUMP)])
    do(shop, "P1", "issue_loan", loan, sheet=sheet, lines=[scan(PUMP, serial="SN-1001")])
    with shop.reader():
        place = m.Serial.get(m.Serial.serial == "SN-1001")
    assert (place.bin_id, place.material_line_id, place.loan_line) == (None, lines(shop, sheet)[0].id, None)


@pytest.mark.refuses("OPS-9")
@pytest.mark.allows("OPS-9")
def test_the_borrower_does_not_write_off_the_own_loan(shop: Shop) -> None:
    loan = lend(shop, scan(FILTER, "2"), borrower="F1")
    with refusing(shop, "OPS-9", "not_borrower"):
        do(shop, "F1", "write_off_loan", loan, lines=[scan(FILTER, "2")], reason="丢失")
    do(shop, "P1", "return_loan", loan, lines=[scan(FILTER)])
    done = do(shop, "F2", "write_off_loan", loan, lines=[scan(FILTER)], reason="丢失")
    assert done.state is LoanState.SETTLED
    assert (stock(shop, FILTER), on_loan(shop, FILTER)) == ((9, 0), 0)


@pytest.mark.refuses("SHP-9.1")
def test_a_loan_for_a_closed_order_is_refused(shop: Shop) -> None:
    order = to(shop, Stage.IN_SHOP).order
    lend(shop, scan(FILTER), order=order)
    with shop.reader():
        m.WorkOrder.update(state="checked").where(m.WorkOrder.number == order).execute()
    with pytest.raises(Invalid):
        lend(shop, scan(FILTER), order=order)
