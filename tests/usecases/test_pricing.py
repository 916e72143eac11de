from typing import Any

import pytest

from shopterm.db import models as m
from shopterm.db import sql
from shopterm.db.documents import find
from shopterm.db.invariants.stock import stock_violations
from shopterm.db.queries.prefill import prefill
from shopterm.db.session import Shop
from shopterm.domain.errors import Invalid, Refused
from shopterm.domain.partnumber import compact
from shopterm.domain.vocabulary import Doc, SheetState, Source
from tests.rules.refusal import refusing
from tests.rules.story import signed_sheet as sheet_of
from tests.shopkit import FILTER, KIT, OIL, RING, TOOTH, do, who
from tests.shopkit import material_lines as lines


def prices(shop: Shop, sheet: str) -> list[m.LinePrice]:
    found = [line.id for line in lines(shop, sheet)]
    with shop.reader():
        return list(m.LinePrice.select().where(m.LinePrice.line.in_(found)).order_by(m.LinePrice.line))


def supersede(shop: Shop, old: str, new: str, *, kind: str = "replaced", ratio: int = 1000) -> None:
    with shop.reader():
        m.Supersession.insert(
            id=sql.scalar("SELECT COALESCE(MAX(id), 900) + 1 FROM supersession"),
            maker="Komatsu",
            old_number=old,
            old_compact=compact(old),
            new_number=new,
            new_compact=compact(new),
            kind=kind,
            ratio=ratio,
        ).execute()


def new_part(shop: Shop, key: int, number: str, price: int | None = 5_000) -> None:
    with shop.reader():
        m.Part.insert(id=key, maker="Komatsu", number=number, compact=compact(number), list_price=price).execute()


def start(shop: Shop, sheet: str) -> list[dict[str, Any]]:
    """Return the lines the price form starts from."""
    with shop.reader():
        key = find(Doc.MATERIAL_SHEET, sheet).id
    lines: list[dict[str, Any]] = prefill(shop, "price_parts", Doc.MATERIAL_SHEET, key, who(shop, "P1"))["lines"]
    return lines


def state_of_job(shop: Shop) -> str:
    with shop.reader():
        return str(sql.scalar("SELECT state FROM job"))


@pytest.mark.allows("SHP-5.1", "SHP-5.2")
def test_lines_that_are_not_named_are_priced_at_list_from_stock(shop: Shop) -> None:
    sheet = sheet_of(shop, (FILTER, "2"), (RING, "4"), (OIL, "12.5"))
    done = do(shop, "P1", "price_parts", sheet, lines=[{"line": 2, "price": "9.50"}])
    assert done.state is SheetState.PRICED
    assert state_of_job(shop) == "priced"
    found = prices(shop, sheet)
    assert [(row.price, row.amount, row.source, row.available) for row in found] == [
        (12_000, 24_000, Source.STOCK, 2_000),
        (950, 3_800, Source.STOCK, 4_000),
        (2_600, 32_500, Source.STOCK, 12_500),
    ]


def test_the_form_starts_from_the_list_price_then_from_the_price_given(shop: Shop) -> None:
    sheet = sheet_of(shop, (FILTER, "2"), (RING, "4"))
    assert [row["price"] for row in start(shop, sheet)] == [12_000, 800]
    do(shop, "P1", "price_parts", sheet, lines=[{"line": 2, "price": "9.50"}])
    assert [row["price"] for row in start(shop, sheet)] == [12_000, 950]


def test_a_successor_is_not_sold_at_the_price_of_what_it_replaces(shop: Shop) -> None:
    sheet = sheet_of(shop, (FILTER, "2"), (RING, "4"))
    supersede(shop, FILTER, "600-311-3760")
    new_part(shop, 990, "600-311-3760", 14_000)
    rows = start(shop, sheet)
    rows[0] |= {"part": "600-311-3760", "source": Source.ORDER}
    do(shop, "P1", "price_parts", sheet, lines=rows)
    assert [row.price for row in prices(shop, sheet)] == [14_000, 800]
    rows[0] |= {"price": "130.00"}
    do(shop, "P1", "price_parts", sheet, lines=rows)
    assert [row.price for row in prices(shop, sheet)] == [13_000, 800]


def test_a_part_that_is_not_here_needs_a_source_or_days(shop: Shop) -> None:
    sheet = sheet_of(shop, (TOOTH, "5"), (KIT, "3"))
    with pytest.raises(Invalid) as refused:
        do(shop, "P1", "price_parts", sheet, lines=[{"line": 1}])
    assert [(problem.field, problem.line) for problem in refused.value.problems] == [
        ("lines.source", 1),
        ("lines.source", 2),
    ]
    do(shop, "P1", "price_parts", sheet, lines=[{"line": 1, "source": "rush"}, {"line": 2, "lead_days": 2}])
    assert [(row.source, row.lead_days, row.available) for row in prices(shop, sheet)] == [
        (Source.RUSH, 3, 0),
        (Source.STOCK, 2, 2_000),
    ]


def test_stock_is_counted_for_the_whole_sheet(shop: Shop) -> None:
    sheet = sheet_of(shop, (FILTER, "6"), (FILTER, "6"))
    with pytest.raises(Invalid) as refused:
        do(shop, "P1", "price_parts", sheet, lines=[{"line": 1}])
    assert [problem.line for problem in refused.value.problems] == [2]


def test_a_part_without_price_needs_one(shop: Shop) -> None:
    new_part(shop, 9_001, "11-22-33", price=0)
    sheet = sheet_of(shop, ("11-22-33", "1"))
    for typed in ({"line": 1, "source": "order"}, {"line": 1, "source": "order", "price": "0"}):
        with pytest.raises(Invalid) as refused:
            do(shop, "P1", "price_parts", sheet, lines=[typed])
        assert refused.value.problems[0].field == "lines.price"
    do(shop, "P1", "price_parts", sheet, lines=[{"line": 1, "source": "order", "price": "88"}])
    assert prices(shop, sheet)[0].amount == 8_800


def test_a_price_is_for_as_many_pieces_as_the_catalogue_says(shop: Shop) -> None:
    with shop.reader():
        m.Part.update(price_per=100, list_price=12_345).where(m.Part.number == RING).execute()
    sheet = sheet_of(shop, (RING, "4"))
    do(shop, "P1", "price_parts", sheet, lines=[{"line": 1}])
    assert (prices(shop, sheet)[0].price, prices(shop, sheet)[0].amount) == (12_345, 494)


def test_an_unknown_number_is_named_by_the_clerk_beside_the_signed_line(shop: Shop) -> None:
    sheet = sheet_of(shop, ("那个大垫圈", "1"))
    with pytest.raises(Invalid) as refused:
        do(shop, "P1", "price_parts", sheet, lines=[{"line": 1}])
    assert refused.value.problems[0].field == "lines.part"
    with pytest.raises(Invalid):
        do(shop, "P1", "price_parts", sheet, lines=[{"line": 1, "part": "99-99-9999"}])
    do(shop, "P1", "price_parts", sheet, lines=[{"line": 1, "part": "0700012011"}])
    line = lines(shop, sheet)[0]
    assert (line.part_id, line.text) == (None, "那个大垫圈")
    assert prices(shop, sheet)[0].part.number == RING


def test_the_line_of_a_sheet_is_named_once_and_must_be_there(shop: Shop) -> None:
    sheet = sheet_of(shop, (FILTER, "1"))
    with pytest.raises(Invalid) as refused:
        do(shop, "P1", "price_parts", sheet, lines=[{"line": 1}, {"line": 1}, {"line": 2}])
    assert [problem.line for problem in refused.value.problems] == [2, 3]


def test_a_supersession_goes_in_place_over_several_steps(shop: Shop) -> None:
    new_part(shop, 9_001, "600-311-3751")
    supersede(shop, FILTER, "600-311-3750A")
    supersede(shop, "600-311-3750A", "600-311-3751", kind="either")
    supersede(shop, "600-311-3751", FILTER)  # the makers' data has cycles
    sheet = sheet_of(shop, (FILTER, "2"))
    do(shop, "P1", "price_parts", sheet, lines=[{"line": 1, "part": "600-311-3751", "source": "order"}])
    assert prices(shop, sheet)[0].part.number == "600-311-3751"


@pytest.mark.refuses("SHP-5.1")
@pytest.mark.parametrize("typed", [RING, "Huashen 600-311-3750", "600-311-3752", "600-311-3753"])
def test_another_part_goes_back_to_the_foreman(shop: Shop, typed: str) -> None:
    new_part(shop, 9_001, "600-311-3752")
    new_part(shop, 9_002, "600-311-3753")
    supersede(shop, FILTER, "600-311-3752", kind="split")
    supersede(shop, FILTER, "600-311-3753", ratio=2000)
    sheet = sheet_of(shop, (FILTER, "2"))
    with refusing(shop, "SHP-5.1", "other_part"):
        do(shop, "P1", "price_parts", sheet, lines=[{"line": 1, "part": typed, "source": "order"}])


def test_a_proposed_part_makes_a_version_that_is_signed_again(shop: Shop) -> None:
    new_part(shop, 9_002, "600-311-3753")
    supersede(shop, FILTER, "600-311-3753", ratio=2000)
    sheet = sheet_of(shop, (RING, "1"), (FILTER, "2"))
    do(shop, "P1", "price_parts", sheet, lines=[{"line": 1}])
    done = do(shop, "P1", "propose_part", sheet, line=2, part="600-311-3753", reason="停产")
    assert done.state is SheetState.SUBMITTED
    assert state_of_job(shop) == "reported"
    found = lines(shop, sheet)
    assert [(line.rev, line.text, line.quantity) for line in found] == [(2, RING, 1000), (2, "600-311-3753", 4000)]
    assert found[1].entered_by.number == "P1"
    with shop.reader():
        standing = sql.scalar("SELECT COUNT(*) FROM signature WHERE doc = 'material_sheet' AND voided IS NULL")
    assert standing == 0
    with pytest.raises(Refused):
        do(shop, "P1", "price_parts", sheet, lines=[{"line": 1}])
    do(shop, "F1", "approve_parts", sheet, old_parts_seen=True)
    do(shop, "P1", "price_parts", sheet, lines=[{"line": 2, "source": "order"}])
    assert state_of_job(shop) == "priced"
    assert stock_violations(shop) == []


def test_the_same_part_is_no_proposal(shop: Shop) -> None:
    sheet = sheet_of(shop, (FILTER, "2"))
    with pytest.raises(Invalid):
        do(shop, "P1", "propose_part", sheet, line=1, part=f"Komatsu {FILTER}", reason="?")
    with pytest.raises(Invalid):
        do(shop, "P1", "propose_part", sheet, line=4, part=RING, reason="?")


def test_pricing_again_replaces_the_prices(shop: Shop) -> None:
    sheet = sheet_of(shop, (FILTER, "1"))
    first = do(shop, "P1", "price_parts", sheet, lines=[{"line": 1}])
    second = do(shop, "P2", "price_parts", sheet, lines=[{"line": 1, "price": "100"}])
    assert second.version == first.version + 1
    assert [(row.price, row.priced_by.number) for row in prices(shop, sheet)] == [(10_000, "P2")]
