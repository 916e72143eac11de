from collections.abc import Iterator
from typing import Any

import pytest

from shopterm.db import models as m
from shopterm.db import sql
from shopterm.db.invariants.stock import stock_violations
from shopterm.db.session import Shop
from shopterm.domain.errors import Invalid, NotFound, Refused
from shopterm.domain.vocabulary import Source
from tests.rules.refusal import refusing
from tests.rules.story import Stage, agreed_sheet, signed_sheet, to
from tests.shopkit import FILTER, KIT, OIL, PUMP, RING, TOOTH, do, stock, traced
from tests.shopkit import material_lines as lines


def issue(shop: Shop, sheet: str, *parts: tuple[str, str], **more: Any) -> None:
    do(shop, "P1", "issue_parts", sheet, lines=[{"part": p, "quantity": q} for p, q in parts], **more)


def scan(part: str, quantity: str = "1", **more: str) -> dict[str, str]:
    return {"part": part, "quantity": quantity, **more}


def out(shop: Shop, sheet: str) -> list[int]:
    return [(line.issued - line.returned) // 1000 for line in lines(shop, sheet)]


@pytest.fixture(autouse=True)
def sound(shop: Shop) -> Iterator[None]:
    yield
    assert stock_violations(shop) == []


@pytest.mark.allows("SHP-6.5")
def test_consent_reserves_and_issue_uses_it_up(shop: Shop) -> None:
    sheet = agreed_sheet(shop, (FILTER, "2"), (RING, "4"), (OIL, "12.5"))
    assert (stock(shop, FILTER), stock(shop, RING), stock(shop, OIL, "STD-OIL")) == ((10, 2), (55, 4), (400, 12))
    issue(shop, sheet, (FILTER, "2"), (RING, "3"))
    assert (stock(shop, FILTER), stock(shop, RING)) == ((8, 0), (52, 1))
    issue(shop, sheet, (RING, "1"), (OIL, "12.5"), receiver="M1")
    assert (stock(shop, RING), stock(shop, OIL, "STD-OIL")) == ((51, 0), (387, 0))
    assert out(shop, sheet) == [2, 4, 12]


@pytest.mark.refuses("SHP-6.5")
def test_nothing_is_issued_before_consent(shop: Shop) -> None:
    sheet = signed_sheet(shop, (FILTER, "1"))
    for state in ("approved", "priced"):
        with pytest.raises(Refused) as refused:
            issue(shop, sheet, (FILTER, "1"))
        assert refused.value.rule in {"SHP-6.5", "SHP-4.1"}
        if state == "approved":
            do(shop, "P1", "price_parts", sheet, lines=[{"line": 1}])
    assert stock(shop, FILTER) == (10, 0)


@pytest.mark.refuses("SHP-4.1")
def test_an_unsigned_sheet_is_not_issued_from(shop: Shop) -> None:
    sheet = to(shop, Stage.REPORTED, parts=[scan(FILTER)]).material
    with pytest.raises(Refused):
        issue(shop, sheet, (FILTER, "1"))


def test_more_than_was_signed_is_refused_over_the_whole_form(shop: Shop) -> None:
    sheet = agreed_sheet(shop, (FILTER, "2"), (FILTER, "1"))
    with pytest.raises(Refused) as refused:
        issue(shop, sheet, (FILTER, "2"), (FILTER, "2"))
    assert (refused.value.guard, refused.value.params["open"]) == ("more_than_signed", "3")
    issue(shop, sheet, (FILTER, "2"), (FILTER, "1"))
    assert out(shop, sheet) == [2, 1]


def test_a_part_that_is_not_on_the_sheet_is_refused(shop: Shop) -> None:
    sheet = agreed_sheet(shop, (FILTER, "2"))
    with pytest.raises(Refused) as refused:
        issue(shop, sheet, (RING, "1"))
    assert refused.value.guard == "not_on_sheet"
    with pytest.raises(Refused):
        issue(shop, sheet, (f"Huashen {FILTER}", "1"))
    with pytest.raises(NotFound):
        issue(shop, sheet, ("99-99-999", "1"))


def test_a_number_is_scanned_in_any_spelling(shop: Shop) -> None:
    sheet = agreed_sheet(shop, (FILTER, "2"))
    issue(shop, sheet, ("6003113750", "1"), (f"komatsu {FILTER}", "1"))
    assert out(shop, sheet) == [2]


def test_what_is_reserved_for_another_job_stays(shop: Shop) -> None:
    first = agreed_sheet(shop, (KIT, "2"))
    second = agreed_sheet(shop, (KIT, "1"), prices=[{"line": 1, "source": "rush"}])
    with pytest.raises(Refused) as refused:
        issue(shop, second, (KIT, "1"))
    assert refused.value.guard == "not_promised"
    assert refused.value.params["holders"] == job_number_of(shop, first)
    assert refused.value.params["bins"] == "A-02-3: 2"
    do(shop, "P1", "release_parts", first, lines=[{"line": 1, "reason": "不用"}])
    issue(shop, second, (KIT, "1"))
    assert stock(shop, KIT) == (1, 0)


def job_number_of(shop: Shop, sheet: str) -> str:
    with shop.reader():
        return str(
            sql.scalar("SELECT j.number FROM job j JOIN material_sheet s ON s.job_id = j.id WHERE s.number = ?", sheet)
        )


@pytest.mark.refuses("OPS-10")
@pytest.mark.allows("OPS-10")
def test_what_is_not_there_is_named(shop: Shop) -> None:
    sheet = agreed_sheet(shop, (TOOTH, "5"), (KIT, "3"), prices=[
        {"line": 1, "source": "order"}, {"line": 2, "lead_days": 3}])  # fmt: skip
    with refusing(shop, "OPS-10", "in_stock"):
        issue(shop, sheet, (TOOTH, "3"))
    with refusing(shop, "OPS-10", "enough_in_stock"):
        issue(shop, sheet, (KIT, "3"))
    issue(shop, sheet, (KIT, "2"))
    assert stock(shop, KIT) == (0, 0)


def test_a_line_the_customer_did_not_accept_is_not_issued(shop: Shop) -> None:
    job = to(shop, Stage.CONSENTED, parts=[scan(FILTER)]).job
    extra = do(shop, "M1", "supplement_parts", job, lines=[scan(RING)], finding="裂纹").made[0][2]
    do(shop, "M1", "submit_parts", extra)
    do(shop, "F1", "approve_parts", extra, old_parts_seen=True)
    do(shop, "P1", "price_parts", extra, lines=[{"line": 1}])
    with pytest.raises(Refused) as refused:
        issue(shop, extra, (RING, "1"))
    assert refused.value.guard == "sheet_consented"


def test_pieces_are_whole_and_litres_are_not(shop: Shop) -> None:
    sheet = agreed_sheet(shop, (FILTER, "2"), (OIL, "10"))
    with pytest.raises(Invalid):
        issue(shop, sheet, (FILTER, "0.5"))
    issue(shop, sheet, (OIL, "0.75"))


def test_a_tracked_part_goes_out_by_its_number(shop: Shop) -> None:
    sheet = agreed_sheet(shop, (PUMP, "1"))
    for line, field in (
        (scan(PUMP), "lines.serial"),
        (scan(PUMP, serial="SN-9"), "lines.serial"),
        (scan(PUMP, "2", serial="SN-1001"), "lines.serial"),
    ):
        with pytest.raises(Invalid) as refused:
            do(shop, "P1", "issue_parts", sheet, lines=[line])
        assert refused.value.problems[0].field == field
    with pytest.raises(Invalid):
        do(shop, "P1", "issue_parts", sheet, lines=[scan(PUMP, serial="SN-1001")] * 2)
    do(shop, "P1", "issue_parts", sheet, lines=[scan(PUMP, serial="SN-1001")])
    with shop.reader():
        place = m.Serial.get(m.Serial.serial == "SN-1001")
    assert (place.bin_id, place.material_line_id) == (None, lines(shop, sheet)[0].id)
    with pytest.raises(Invalid):
        do(shop, "P1", "take_back_parts", sheet, lines=[scan(PUMP, serial="SN-9")], reason="错")
    with pytest.raises(Invalid):
        do(shop, "P1", "exchange_parts", sheet, part=PUMP, quantity="1", reason="错")
    do(shop, "P1", "take_back_parts", sheet, lines=[scan(PUMP, serial="SN-1001", bin="q-1")], reason="错")
    assert stock(shop, PUMP) == (1, 0)


def test_what_comes_back_goes_where_it_came_from_or_is_told(shop: Shop) -> None:
    sheet = agreed_sheet(shop, (FILTER, "2"), (RING, "3"))
    issue(shop, sheet, (FILTER, "2"), (RING, "3"))
    do(shop, "P1", "take_back_parts", sheet, reason="没用上", lines=[
        scan(FILTER), scan(RING, bin="Q-1"), scan(RING, bin="Q-2")])  # fmt: skip
    assert out(shop, sheet) == [1, 1]
    assert (stock(shop, FILTER), stock(shop, RING)) == ((9, 0), (54, 0))
    with shop.reader():
        codes = [
            code
            for (code,) in sql.rows(
                "SELECT n.code FROM move v JOIN bin n ON n.id = v.bin_id WHERE v.kind = 'return' ORDER BY n.code"
            )
        ]
    assert codes == ["A-01-1", "Q-1", "Q-2"]
    with pytest.raises(Invalid) as refused:
        do(shop, "P1", "take_back_parts", sheet, lines=[scan(FILTER), scan(FILTER)], reason="?")
    assert refused.value.params["out"] == 1000
    with pytest.raises(Invalid):
        do(shop, "P1", "take_back_parts", sheet, lines=[scan(FILTER, bin="LOAN")], reason="?")


def test_a_wrong_part_is_exchanged_in_one_go(shop: Shop) -> None:
    sheet = agreed_sheet(shop, (FILTER, "2"))
    issue(shop, sheet, (FILTER, "2"))
    do(shop, "P1", "exchange_parts", sheet, part=FILTER, quantity="1", bin="WRONG", reason="装错盒")
    line = lines(shop, sheet)[0]
    assert (line.issued, line.returned) == (3000, 1000)
    with shop.reader():
        bins = dict(
            sql.rows(
                "SELECT n.code, b.on_hand FROM balance b JOIN bin n ON n.id = b.bin_id "
                "JOIN part p ON p.id = b.part_id WHERE p.number = ? AND p.maker = 'Komatsu'",
                FILTER,
            )
        )
    assert bins == {"A-01-1": 7000, "WRONG": 1000}
    with pytest.raises(Invalid):
        do(shop, "P1", "exchange_parts", sheet, part=FILTER, quantity="3", reason="?")


def test_a_part_not_needed_is_free_again_and_stays_in(shop: Shop) -> None:
    sheet = agreed_sheet(shop, (FILTER, "2"), (RING, "2"))
    do(shop, "F1", "release_parts", sheet, lines=[{"line": 1, "reason": "旧的还能用"}])
    assert stock(shop, FILTER) == (10, 0)
    for line in (1, 3):
        with pytest.raises(Invalid):
            do(shop, "P1", "release_parts", sheet, lines=[{"line": line, "reason": "?"}])
    with pytest.raises(Refused) as refused:
        issue(shop, sheet, (FILTER, "1"))
    assert refused.value.guard == "more_than_signed"


@pytest.mark.allows("SHP-9.1")
def test_old_parts_get_a_tag_that_nobody_else_has(shop: Shop) -> None:
    sheet = agreed_sheet(shop, (FILTER, "2"), (RING, "2"))
    issue(shop, sheet, (FILTER, "2"), (RING, "2"))
    do(shop, "M1", "tag_old_parts", sheet, lines=[{"line": 1, "tag": "t-1", "place": "旧件库 3"}])
    for line, tag in ((2, "T-1"), (1, "T-2"), (5, "T-3")):
        with pytest.raises(Invalid):
            do(shop, "P1", "tag_old_parts", sheet, lines=[{"line": line, "tag": tag, "place": "3"}])
    do(shop, "P1", "tag_old_parts", sheet, lines=[{"line": 2, "tag": "T-2", "place": "3"}])
    with refusing(shop, "SHP-9.1", "old_parts_due"):
        do(shop, "P1", "tag_old_parts", sheet, lines=[{"line": 2, "tag": "T-4", "place": "3"}])


def test_a_source_other_than_stock_reserves_nothing(shop: Shop) -> None:
    agreed_sheet(shop, (FILTER, "2"), prices=[{"line": 1, "source": Source.DEMO_MACHINE.value}])
    assert stock(shop, FILTER) == (10, 0)


def test_the_same_operation_is_done_once(shop: Shop) -> None:
    sheet = agreed_sheet(shop, (FILTER, "2"))
    for _turn in range(2):
        do(shop, "P1", "issue_parts", sheet, lines=[scan(FILTER)], op_id="one")
    assert out(shop, sheet) == [1]


def statements(shop: Shop, sheet: str, numbers: list[str]) -> list[str]:
    """Issue these parts and return the statements of that transaction."""
    with traced(shop) as seen:
        issue(shop, sheet, *[(number, "1") for number in numbers])
    return seen[len(seen) - 1 - seen[::-1].index("BEGIN") :]


def test_any_number_of_lines_costs_the_same_statements(sqlite_shop: Shop) -> None:
    numbers = [f"Komatsu {FILTER}", KIT, RING, f"Huashen {FILTER}", OIL]
    three = agreed_sheet(sqlite_shop, *[(number, "1") for number in numbers[:3]])
    five = agreed_sheet(sqlite_shop, *[(number, "1") for number in numbers])
    found = [statements(sqlite_shop, three, numbers[:3]), statements(sqlite_shop, five, numbers)]
    assert len(found[0]) == len(found[1]) <= 8 + 2 * 3
