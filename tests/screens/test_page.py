"""A document laid out as lines."""

from datetime import UTC

from shopterm.db.queries.rows import Detail, Section, columns
from shopterm.domain.units import Instant, Money, Quantity
from shopterm.domain.vocabulary import Doc, OrderState
from shopterm.domain.words import Keyed
from shopterm.screens.lines import Line, cells, squeezed
from shopterm.screens.page import heading, numbered, page


def words(lines: list[Line]) -> list[str]:
    return ["".join(piece for piece, _tone in line).rstrip() for line in lines]


def detail(*sections: Section) -> Detail:
    return Detail(Doc.ORDER, 1, "C01-WO-2611-0001", OrderState.IN_SHOP, 1, "C01-WO-2611-0001 Li Co.", sections)


def test_the_heading_names_the_document_once_and_leaves_the_own_site_out() -> None:
    assert words([heading(detail(), "C01")]) == ["WO-2611-0001  in the shop  Li Co."]
    assert words([heading(detail(), "R02")])[0].startswith("C01-WO-2611-0001")


def test_named_values_stand_two_to_a_line_where_they_fit() -> None:
    section = Section(
        Keyed("order", "Order"), rows=(("Bay", "A3"), ("Machine", "PC210-8"), ("Note", "x" * 60), ("Empty", None))
    )
    lines = words(page(detail(section), 76))
    assert lines[1].startswith("Bay") and "Machine" in lines[1]
    assert "Empty" not in "".join(lines)
    assert all(cells(line) <= 76 for line in page(detail(section), 76))


def test_numbers_stand_right_words_left_and_own_numbers_short() -> None:
    section = Section(
        Keyed("parts", "Parts"),
        columns(line="No.", sheet="Sheet", quantity="Quantity", price="Price", at="When"),
        (
            (1, "C01-MS-2611-0001", Quantity(2500), Money(123_450), Instant(0)),
            (12, "R02-MS-2611-0002", Quantity(1000), None, None),
        ),
    )
    head, first, second = words(page(detail(section), 76, UTC, "C01"))[1:]
    assert first.startswith("  1  MS-2611-0001")
    assert second.startswith(" 12  R02-MS-2611-0002")
    assert head.index("Price") + len("Price") == first.index("1,234.50") + len("1,234.50")
    assert first.index("1970-01-01") == head.index("When")


def test_a_table_is_squeezed_where_it_is_widest() -> None:
    assert squeezed([4, 30, 8], 30) == [4, 14, 8]
    assert sum(squeezed([40, 40, 40], 20)) == 20 - 2 * 2


def test_an_empty_section_says_so() -> None:
    assert (
        words(page(detail(Section(Keyed("jobs", "Jobs"), columns(line="No."), (), "No jobs yet.")), 40))[1]
        == "No jobs yet."
    )


def test_related_documents_have_a_digit_each_up_to_nine() -> None:
    related = tuple((Doc.JOB, n, f"C01-WO-2611-0001/{n}") for n in range(1, 12))
    text = " ".join(words(numbered(related, 60, "C01")))
    assert "1 job WO-2611-0001/1" in text and "9 job" in text and "10" not in text
