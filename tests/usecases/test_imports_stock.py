"""The opening stock: booked once, in the chain of its site; what does not fit the books is named, never doubled."""

import pytest

from shopterm.db.keys import site_of
from shopterm.db.session import Shop
from shopterm.usecases.import_stock import MOST_SERIALS
from shopterm.usecases.verify import verify
from tests.shopkit import do
from tests.usecases.importing import everything, lines, one, reasons, rows, take_in

HEADER = "site,store,bin,maker,part_no,qty,unit_cost,serials"
TOOTH = "Komatsu,205-70-19570"
PUMP = "Komatsu,708-2L-00300"
ON_HAND = """
    SELECT b.on_hand, b.unit_cost FROM balance b JOIN bin n ON n.id = b.bin_id JOIN part p ON p.id = b.part_id
    JOIN site s ON s.id = n.site WHERE s.code = ? AND n.store = ? AND n.code = ? AND p.number = ?"""


def stock(shop: Shop, *entries: str, person: str = "X1") -> list[tuple[int, str]]:
    """Import an opening stock and return what was left out."""
    return reasons(take_in(shop, "stock", lines(HEADER, *entries), actor=person))


def second_site(shop: Shop) -> None:
    take_in(shop, "people", lines("person_no,name_zh,roles,sites", "R1,孙一,parts_clerk,R02"))


def test_a_part_lies_where_the_file_says(shop: Shop) -> None:
    assert stock(shop, f"C01,oil,z-01,{TOOTH},4,90.00,", f"C01,,Z-02,{TOOTH},0,,") == []
    assert one(shop, ON_HAND, "C01", "OIL", "Z-01", "205-70-19570") == (4_000, 9_000)
    assert one(shop, ON_HAND, "C01", "MAIN", "Z-02", "205-70-19570") == (0, 0)
    assert verify(shop) == []


def test_a_piece_without_a_cost_is_worth_what_the_catalogue_says(shop: Shop) -> None:
    assert stock(shop, f"C01,,Z-01,{TOOTH},4,,") == []
    assert one(shop, ON_HAND, "C01", "MAIN", "Z-01", "205-70-19570") == (4_000, 9_300)


def test_a_bin_with_movements_is_left_out_and_named(shop: Shop) -> None:
    entry = f"C01,,Z-01,{TOOTH},4,90.00,"
    stock(shop, entry)
    do(shop, "P1", "receive_parts", "205-70-19570", quantity="1", bin="Z-01", cost="90.00")
    before = everything(shop)
    begun = "Komatsu 205-70-19570 has moved in bin Z-01 already: correct what lies there by adjusting."
    assert stock(shop, entry, f"C01,,Z-09,{TOOTH},1,,") == [(2, begun)]
    assert one(shop, ON_HAND, "C01", "MAIN", "Z-01", "205-70-19570") == (5_000, 9_000)
    assert before["event"] != everything(shop)["event"]
    assert verify(shop) == []


@pytest.mark.parametrize(
    "entry", [f"C01,,Z-01,{TOOTH},5,90.00,", f"C01,,Z-01,{TOOTH},4,91.00,", f"C01,,Z-01,{TOOTH},0,,"]
)
def test_an_opening_that_says_otherwise_is_left_out(shop: Shop, entry: str) -> None:
    stock(shop, f"C01,,Z-01,{TOOTH},4,90.00,")
    before = everything(shop)
    assert [line for line, _reason in stock(shop, entry)] == [2]
    assert everything(shop) == before


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        (f"C01,,LOAN,{TOOTH},1,,", "“LOAN” is the place for loans, not a bin."),
        (f"C01,,Z-01,{TOOTH},2.5,,", "Komatsu 205-70-19570 comes in whole pieces: 2.5 is none."),
        (f"C01,,Z-01,{TOOTH},1000001,,", "1,000,001 pieces at 93.00 are more than the books can hold."),
        (f"C01,,Z-01,{TOOTH},1,10000001.00,", "1 pieces at 10,000,001.00 are more than the books can hold."),
        (
            f"C01,,Z-01,{PUMP},1,,",
            "Komatsu 708-2L-00300: every piece has a serial number; the line must name them all.",
        ),
        (f"C01,,Z-01,{PUMP},1,,SN-1001", "Serial number “SN-1001” of Komatsu 708-2L-00300 is on record already."),
        (
            f"C01,,Z-01,{TOOTH},1,,SN-1",
            "Komatsu 205-70-19570 is kept without serial numbers: leave them out, or change the part first.",
        ),
    ],
)
def test_what_the_books_cannot_hold_is_named(shop: Shop, entry: str, reason: str) -> None:
    before = everything(shop)
    assert stock(shop, entry) == [(2, reason)]
    assert everything(shop) == before


def test_serial_numbers_lie_in_the_bin(shop: Shop) -> None:
    entry = f"C01,,Z-01,{PUMP},2,45000.00,SN-7|SN-8"
    assert stock(shop, entry) == []
    found = rows(shop, "SELECT serial FROM serial r JOIN bin n ON n.id = r.bin_id WHERE n.code = 'Z-01' ORDER BY 1")
    assert found == [("SN-7",), ("SN-8",)]
    before = everything(shop)
    assert stock(shop, entry) == []
    assert everything(shop) == before
    assert verify(shop) == []


def test_more_serial_numbers_than_one_transaction_can_make(shop: Shop) -> None:
    many = [
        f"C01,,Y-{bin_number:02},{PUMP},{count},1.00," + "|".join(f"S{bin_number}-{number}" for number in range(count))
        for bin_number, count in enumerate([MOST_SERIALS, 9, MOST_SERIALS - 9, MOST_SERIALS + 1])
    ]
    assert stock(shop, *many) == [(5, "4001 serial numbers are too many for one line; at most 4000.")]
    assert one(shop, "SELECT COUNT(*) FROM serial WHERE serial LIKE 'S%-%' AND serial <> 'SN-1001'") == (
        2 * MOST_SERIALS,
    )
    assert len(rows(shop, "SELECT 1 FROM event WHERE action = 'import_stock'")) == 2
    assert verify(shop) == []


def test_a_site_that_is_not_there_is_refused_and_not_made(shop: Shop) -> None:
    done = take_in(shop, "stock", lines(HEADER, f"R09,,Z-01,{TOOTH},1,,"))
    assert (done.added, done.refused) == (0, 1)
    assert rows(shop, "SELECT 1 FROM site WHERE code = 'R09'") == []


def test_stock_of_another_site_stands_in_that_sites_chain(shop: Shop) -> None:
    second_site(shop)
    assert stock(shop, f"C01,,Z-01,{TOOTH},4,90.00,", f"r02,,Z-01,{TOOTH},7,95.00,") == []
    assert one(shop, ON_HAND, "R02", "MAIN", "Z-01", "205-70-19570") == (7_000, 9_500)
    found = rows(
        shop,
        "SELECT v.site, v.id, e.site, e.role FROM move v JOIN event e ON e.id = v.id - v.id % 16384 "
        "WHERE e.action = 'import_stock' ORDER BY 1",
    )
    assert [(site, site_of(key), chain, role) for site, key, chain, role in found] == [
        (1, 1, 1, "administrator"), (2, 2, 2, "administrator"),
    ]  # fmt: skip
    assert verify(shop) == []


def test_a_clerk_imports_the_own_sites_stock_only(shop: Shop) -> None:
    second_site(shop)
    left_out = stock(shop, f"R02,,Z-01,{TOOTH},7,95.00,", f"C01,,Z-01,{TOOTH},4,90.00,", person="P1")
    assert left_out == [(2, "Stock of site R02 is imported by a parts clerk of that site, or by an administrator.")]
    assert rows(shop, ON_HAND, "R02", "MAIN", "Z-01", "205-70-19570") == []
    assert one(shop, ON_HAND, "C01", "MAIN", "Z-01", "205-70-19570") == (4_000, 9_000)


def test_a_line_without_a_cost_is_as_it_was_whatever_the_catalogue_says_now(shop: Shop) -> None:
    entry = f"C01,,Z-01,{TOOTH},4,,"
    stock(shop, entry)
    take_in(shop, "parts", lines("maker,part_no,unit,cost", f"{TOOTH},EA,95.00"))
    before = everything(shop)
    assert stock(shop, entry) == []
    assert everything(shop) == before
