"""How the rows of a file relate to each other and to what is on file."""

from collections.abc import Collection

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopterm.imports import Key, Reason, State, Verdict, check_row
from shopterm.imports.chains import circles
from shopterm.imports.row import House
from tests.imports.conftest import Checking
from tests.imports.findings import HOUSE, told

STOCK = "site,bin,maker,part_no,qty,serials\n"
PEOPLE = "person_no,name_zh,roles,sites,badge\n"
MACHINES = "serial,maker,model,customer_no,purchase_date\n"
CHAIN = "maker,old_part_no,new_part_no\n"


class OnFile:
    """What is on file by entity; counts how often it is asked."""

    def __init__(self, **keys: set[Key]) -> None:
        self.keys, self.asked = keys, 0

    def __call__(self, entity: str, keys: Collection[Key]) -> Collection[Key]:
        self.asked += 1
        return self.keys.get(entity, set()) & set(keys)


def test_a_serial_number_is_in_one_place(checked: Checking) -> None:
    rows = "C01,A,M,P1,1,SN1\nC01,B,M,P1,1,sn1\nC01,C,M,P1,2,SN2|SN3\nC01,D,M,P1,2,SN4\n"
    assert told(checked("stock", STOCK + rows)) == [
        (2, "reject", "duplicate_key", "serials"),
        (3, "reject", "duplicate_key", "serials"),
        (5, "reject", "serial_count", "serials"),
    ]


def test_the_same_row_twice_is_stored_once(checked: Checking) -> None:
    check = checked("stock", STOCK + "C01,A,M,P1,1,SN1\nC01,A,m,P1,1,SN1\n" + "C01,A,M,P1,1,SN1\n")
    assert check.verdict is Verdict.PARTIAL, "the maker is spelt in two ways"
    check = checked("stock", STOCK + "C01,A,M,P1,1,SN1\n" * 3)
    assert [row.state for row in check.rows()] == [State.GOOD, State.REPEATED, State.REPEATED]
    assert check.states == {State.GOOD: 1, State.REPEATED: 2}


def test_a_badge_belongs_to_one_person(checked: Checking) -> None:
    check = checked("people", PEOPLE + "E1,甲,foreman,C01,B1\nE2,乙,mechanic|lead_mechanic,C01,B1\nE3,丙,king,C01,\n")
    assert told(check) == [
        (2, "reject", "duplicate_key", "badge"),
        (3, "reject", "duplicate_key", "badge"),
        (4, "reject", "bad_choice", "roles"),
    ]


def test_serials_that_look_alike_are_asked_about_within_a_maker(checked: Checking) -> None:
    rows = "SYO0000O17,Sany,SY1,,\nSY00000017,Sany,SY1,,\nSY00000O17,Kubota,KX1,,\n"
    check = checked("machines", MACHINES + rows)
    assert [row.state for row in check.rows()] == [State.HELD, State.HELD, State.GOOD]
    assert {(issue.line, issue.outcome.value) for issue in check.issues()} >= {(2, "hold"), (3, "hold"), (4, "keep")}
    assert [row.raw for row in check.rows()][0] == {
        "serial": "SYO0000O17", "maker": "Sany", "model": "SY1", "customer_no": "", "purchase_date": "",
    }  # fmt: skip


def test_what_is_not_on_file_is_named(checked: Checking) -> None:
    known = OnFile(part={("M", "P1")}, site={("C01",)})
    check = checked("stock", STOCK + "C01,A,M,P1,1,\nC01,A,M,P2,1,\nC09,A,M,P1,1,\n", known=known)
    assert told(check) == [(3, "reject", "unknown_part", "part_no"), (4, "reject", "unknown_site", "site")]


def test_an_unknown_owner_is_left_out_with_a_warning(checked: Checking) -> None:
    check = checked("machines", MACHINES + "S1,Komatsu,PC200,K9,\n", known=OnFile())
    assert told(check) == [(2, "warn", "unknown_customer", "customer_no")]
    assert [row.values["customer_no"] for row in check.rows()] == [None]
    assert check.verdict is Verdict.ACCEPT


def test_lookups_are_asked_for_many_rows_at_once(checked: Checking) -> None:
    known = OnFile(part={("M", f"P{number}") for number in range(2000)}, site={("C01",)})
    rows = "".join(f"C01,A{number},M,P{number},1,\n" for number in range(2000))
    assert checked("stock", STOCK + rows, known=known).verdict is Verdict.ACCEPT
    assert known.asked < 20


def test_a_lost_zero_is_held_not_refused(checked: Checking) -> None:
    known = OnFile(part={("M", "01010-1")}, site={("C01",)})
    check = checked("stock", STOCK + "C01,A,M,1010-1,1,\n", known=known)
    assert told(check) == [(2, "hold", "leading_zero", "part_no")]
    assert [issue.stored for issue in check.issues()] == ["01010-1"]


def test_answered_doubts_let_a_row_pass() -> None:
    known = OnFile(part={("M", "01010-1")})
    raw = {"maker": "M", "part_no": "1010-1", "list_price": "1.00"}
    assert check_row("prices", raw, HOUSE, known).state is State.HELD
    accepted = House(HOUSE.today, accepted={Reason.LEADING_ZERO})
    assert check_row("prices", raw, accepted, known).state is State.GOOD
    assert check_row("prices", raw | {"part_no": "01010-1"}, HOUSE, known).state is State.GOOD
    mangled = raw | {"part_no": "=708-2L"}
    assert (
        check_row("prices", mangled, House(HOUSE.today, accepted={Reason.EXCEL_MANGLED})).values["part_no"] == "708-2L"
    )


def test_a_doubt_without_a_proposal_cannot_be_waved_through() -> None:
    raw = {"serial": "S1", "maker": "M", "model": "X", "purchase_date": "03/04/2025"}
    accepted = House(HOUSE.today, accepted=set(Reason))
    assert check_row("machines", raw, accepted).state is State.HELD
    assert check_row("machines", raw | {"purchase_date": "2031-01-01"}, accepted).state is State.GOOD
    assert check_row("machines", raw | {"purchase_date": "2031-01-01"}, HOUSE).state is State.HELD


def test_circles_of_supersessions_are_held(checked: Checking) -> None:
    rows = "M,A1,B1\nM,B1,C1\nM,C1,A1\nM,X1,A1\nM,C1,Y1\nM,S1,S1\nN,A1,Z1\n"
    check = checked("supersessions", CHAIN + rows)
    assert told(check) == [
        (2, "hold", "cycle", "new_part_no"),
        (3, "hold", "cycle", "new_part_no"),
        (4, "hold", "cycle", "new_part_no"),
        (7, "reject", "self_reference", "new_part_no"),
    ]


@pytest.mark.parametrize(
    ("edges", "ring"),
    [
        ([], ""),
        (["AB", "BC"], ""),
        (["AA"], ""),
        (["AB", "BA"], "AB"),
        (["AB", "BC", "CA", "CD", "XA"], "ABC"),
        (["AB", "BA", "BC", "CD", "DC"], "ABCD"),
        (["AB", "BA", "BX", "XC", "CD", "DC"], "ABCD"),
    ],
)
def test_circles(edges: list[str], ring: str) -> None:
    assert circles((edge[0], edge[1]) for edge in edges) == set(ring)


@given(st.sets(st.tuples(st.integers(0, 30), st.integers(0, 30))))
def test_numbers_that_only_grow_make_no_circle(pairs: set[tuple[int, int]]) -> None:
    rising = [(str(min(pair)), str(max(pair))) for pair in pairs]
    assert circles(rising) == set()


def test_values_that_contradict_each_other_are_told(checked: Checking) -> None:
    standards = "code,class,standard_minutes,standard_hours\nL1,mini,54,0.90\nL1,small,54,9.00\n"
    assert told(checked("standards", standards)) == [(3, "warn", "disagree", "standard_hours")]
    models = "maker,model,pin_centers_mm,pin_centers_inch\nA,1,675.0,26.57\nA,2,275.0,10.846\nA,2,,\n"
    assert told(checked("models", models)) == [
        (3, "warn", "disagree", "pin_centers_inch"),
        (3, "keep", "near_duplicate", "model"),
        (4, "keep", "near_duplicate", "model"),
    ]
    parts = "maker,part_no,unit,list_price,cost\nA,1,EA,5.00,6.00\n"
    assert told(checked("parts", parts)) == [(2, "warn", "cost_above_list", "cost")]
