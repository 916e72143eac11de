"""Records with the line numbers an editor shows; a bad one does not hide the next."""

from io import BytesIO

import pytest

from shopterm.imports import State, Verdict
from shopterm.imports.reader import BadRecord, Table, split_loosely
from tests.imports.conftest import Checking
from tests.imports.findings import told

HEADER = "customer_no,kind,name,note\n"


def read(content: str, width: int = 0) -> list[tuple[int, object]]:
    table = Table(BytesIO(content.encode()), "utf-8")
    table.width = width
    return [
        (line, cells.finding.reason.value if isinstance(cells, BadRecord) else cells) for line, cells in table.records()
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_counts(end: str) -> None:
    content = end.join(["a,b", "", "1,2", ",", "3,4"])
    assert read(content) == [(1, ["a", "b"]), (3, ["1", "2"]), (5, ["3", "4"])]


def test_line_breaks_between_quotes_count_too() -> None:
    assert read('a,b\n1,"x\r\ny\rz"\n2,3\n') == [(1, ["a", "b"]), (2, ["1", "x\r\ny\rz"]), (5, ["2", "3"])]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_separators_are_recognised(delimiter: str) -> None:
    content = f'a{delimiter}"x,x;x"{delimiter}c\n'
    assert read(content) == [(1, ["a", "x,x;x", "c"])]


def test_a_spreadsheet_may_name_the_separator() -> None:
    assert read("sep=;\na,x;b,y;c\n") == [(2, ["a,x", "b,y", "c"])]


def test_a_single_column_is_a_table() -> None:
    assert read("a\n1\n") == [(1, ["a"]), (2, ["1"])]


def test_a_bad_quote_costs_its_own_line_only() -> None:
    content = 'a,b\n"3/4" SEAL,x\n1,2\n"open,x'
    assert read(content) == [(1, ["a", "b"]), (2, "unbalanced_quote"), (3, ["1", "2"]), (4, "unbalanced_quote")]


def test_a_quotation_mark_inside_a_text_is_an_inch() -> None:
    assert read('a,b\n3CX 9" Narrow,x\n') == [(1, ["a", "b"]), (2, ['3CX 9" Narrow', "x"])]


@pytest.mark.parametrize(
    "content",
    [
        'a,b,c\n1,"open,3\n4,5,6\n',
        'a,b,c\n1,"open,3\n4,5,6\n7,"8,9\n',
        'a,b,c\n1,"open,3\n4,5,6\n7,8",9\n',
        'a,b,c\n"open,2,3\n4,9",6\n',
        'a,b,c\n1,"open' + "\n4,5,6" * 60_000,
    ],
)
def test_rows_swallowed_by_an_open_quote_are_lost_and_said_so(content: str) -> None:
    with pytest.raises(BadRecord) as caught:
        read(content, 3)
    assert (caught.value.line, caught.value.finding.reason.value) == (2, "unbalanced_quote")


def test_a_note_may_hold_commas_and_lines() -> None:
    content = 'a,b,c\n1,2,"one, two, three\nfour, five\nsix"\n'
    assert read(content, 3)[1] == (2, ["1", "2", "one, two, three\nfour, five\nsix"])


def test_a_line_without_end_is_no_table() -> None:
    with pytest.raises(BadRecord) as caught:
        read("a,b\n1," + "x" * (5 << 20))
    assert (caught.value.line, caught.value.place, caught.value.finding.reason.value) == (2, 1, "too_long")


def test_splitting_what_csv_cannot() -> None:
    assert split_loosely('a;"b;c";"d;e\n', ";") == ["a", '"b;c"', '"d;e']


def test_a_broken_row_is_put_together(checked: Checking) -> None:
    check = checked("customers", HEADER + "K1,company,北岭\n公司,\nK2,person,Li,x\n")
    assert told(check) == [(2, "normalise", "line_break", "name")]
    assert [row.values["name"] for row in check.rows()] == ["北岭 公司", "Li"]


def test_short_rows_that_stand_alone_stay_alone(checked: Checking) -> None:
    check = checked("customers", HEADER + "K1,company,A\nK2,person,B\nK3,person,C,x\nK4,person,D\n")
    assert check.verdict is Verdict.ACCEPT
    assert [row.values["name"] for row in check.rows()] == ["A", "B", "C", "D"]


def test_pieces_that_make_no_row_are_refused(checked: Checking) -> None:
    check = checked("customers", HEADER + "K1,company\nK2\nK3,person,C,x\n")
    assert [row.state for row in check.rows()] == [State.REFUSED, State.REFUSED, State.GOOD]


def test_a_row_with_more_values_than_columns_is_refused(checked: Checking) -> None:
    check = checked("customers", HEADER + "K1,company,Smith,Sons,x\nK2,person,B,,,\n")
    assert told(check) == [(2, "reject", "too_many_values", "")]
