"""Lines an import holds: asked once, answered by somebody who may, in one transaction with the event that tells who."""

import json
from typing import Any

import pytest

from shopterm.db.queries.held import HeldRow, held_row, held_rows
from shopterm.db.session import Shop
from shopterm.domain.errors import Conflict, Invalid, NotFound, Refused
from shopterm.usecases.held_answers import accept_held, discard_held
from shopterm.usecases.verify import verify
from tests.shopkit import who
from tests.usecases.importing import everything, lines, one, rows, take_in

MACHINES = "serial,maker,model,purchase_date,hours_read_on"
AMBIGUOUS = "KMT9,Komatsu,PC210-8,03/04/2025,"
FUTURE = "KMT8,Komatsu,PC210-8,2062-01-01,"
STOCK = "site,bin,maker,part_no,qty"
DOUBTFUL_STOCK = 'C01,Z-01,STD-OIL,HM46,"1,000"'


def held(shop: Shop, kind: str, header: str, *entries: str) -> HeldRow:
    """Import lines of which one is held, and return it."""
    done = take_in(shop, kind, lines(header, *entries))
    assert done.held == 1
    (row,) = held_rows(shop)
    return row


def last_event(shop: Shop) -> tuple[int, Any]:
    actor, action, payload = rows(shop, "SELECT actor, action, payload FROM event ORDER BY at, id")[-1]
    assert action == "answer_held"
    return actor, json.loads(payload)


def test_a_doubtful_line_waits_and_is_not_stored(shop: Shop) -> None:
    row = held(shop, "machines", MACHINES, AMBIGUOUS, "KMT7,Komatsu,PC210-8,,")
    assert (row.kind, row.file, row.line, row.field) == ("machines", "machines.csv", 2, "purchase_date")
    assert row.row["purchase_date"] == "03/04/2025"
    assert [(doubt.field, doubt.reason) for doubt in row.doubts] == [("purchase_date", "ambiguous_date")]
    assert rows(shop, "SELECT serial FROM machine WHERE serial LIKE 'KMT_'") == [("KMT7",)]


def test_the_same_line_is_asked_once(shop: Shop) -> None:
    held(shop, "machines", MACHINES, AMBIGUOUS)
    before = everything(shop)
    again = take_in(shop, "machines", lines(MACHINES, AMBIGUOUS))
    assert (again.held, again.clean) == (1, False)
    assert everything(shop) == before


@pytest.mark.parametrize("answer", ["accept", "discard"])
def test_an_answered_line_is_not_asked_again(shop: Shop, answer: str) -> None:
    row = held(shop, "machines", MACHINES, FUTURE)
    if answer == "accept":
        accept_held(shop, who(shop, "X1"), row, {})
    else:
        discard_held(shop, who(shop, "X1"), row)
    before = everything(shop)
    again = take_in(shop, "machines", lines(MACHINES, FUTURE))
    assert (again.held, again.answered, again.clean) == (0, 1, True)
    assert held_rows(shop) == ()
    assert everything(shop) == before


def test_a_number_people_can_type(shop: Shop) -> None:
    row = held(shop, "machines", MACHINES, AMBIGUOUS)
    assert row.number.startswith("C01-")
    for number in (row.number, row.number.lower(), row.number.removeprefix("C01-"), str(row.id)):
        assert held_row(shop, number) == row
    for wrong in ("C01-99-1", "R99-1-1", "1-99999", "12", "x", ""):
        with pytest.raises(NotFound):
            held_row(shop, wrong)


@pytest.mark.allows("OPS-14")
def test_a_line_is_accepted_as_it_is(shop: Shop) -> None:
    row = held(shop, "machines", MACHINES, FUTURE)
    assert accept_held(shop, who(shop, "A1"), row, {}).added == 1
    assert one(shop, "SELECT purchase_date FROM machine WHERE serial = 'KMT8'") == ("2062-01-01",)
    assert one(shop, "SELECT answer, answered_by FROM held_line") == ("accept", who(shop, "A1").person)
    actor, told = last_event(shop)
    assert actor == who(shop, "A1").person
    assert (told["held_line"], told["answer"], told["values"]["serial"]) == (row.number, "accept", "KMT8")
    assert verify(shop) == []


def test_a_line_is_corrected(shop: Shop) -> None:
    row = held(shop, "machines", MACHINES, AMBIGUOUS)
    accept_held(shop, who(shop, "X1"), row, {"purchase_date": "2025-04-03", "model": "PC210-8M0"})
    found = one(shop, "SELECT purchase_date, model FROM machine WHERE serial = 'KMT9'")
    assert found == ("2025-04-03", "PC210-8M0")
    assert last_event(shop)[1]["corrections"] == {"purchase_date": "2025-04-03", "model": "PC210-8M0"}
    assert verify(shop) == []


def test_what_cannot_be_guessed_must_be_corrected(shop: Shop) -> None:
    row = held(shop, "machines", MACHINES, AMBIGUOUS)
    refused(shop, row, {}, "purchase_date")


def test_a_correction_is_checked_like_a_line(shop: Shop) -> None:
    row = held(shop, "machines", MACHINES, AMBIGUOUS)
    refused(shop, row, {"purchase_date": "2025-02-30"}, "purchase_date")
    refused(shop, row, {"purchase_date": "2062-01-01"}, "purchase_date")  # a doubt of its own, not the one answered
    refused(shop, row, {"purchase_date": "2025-04-03", "serial": ""}, "serial")
    refused(shop, row, {"bought": "2025-04-03"}, "bought")


def refused(shop: Shop, row: HeldRow, corrections: dict[str, str], field: str) -> None:
    before = everything(shop)
    with pytest.raises(Invalid) as found:
        accept_held(shop, who(shop, "X1"), row, corrections)
    assert [problem.field for problem in found.value.problems] == [field]
    assert everything(shop) == before


def test_every_doubt_of_a_line_is_told_and_answered(shop: Shop) -> None:
    row = held(shop, "machines", MACHINES, "KMT6,Komatsu,PC210-8,2062-01-01,2063-01-01")
    assert [doubt.field for doubt in row.doubts] == ["purchase_date", "hours_read_on"]
    accept_held(shop, who(shop, "X1"), row, {"hours_read_on": "2025-01-01"})
    found = one(shop, "SELECT purchase_date, hours_read_on FROM machine WHERE serial = 'KMT6'")
    assert found == ("2062-01-01", "2025-01-01")


def test_a_line_is_dropped(shop: Shop) -> None:
    row = held(shop, "machines", MACHINES, AMBIGUOUS)
    discard_held(shop, who(shop, "A1"), row)
    assert rows(shop, "SELECT 1 FROM machine WHERE serial = 'KMT9'") == []
    actor, told = last_event(shop)
    assert (actor, told["answer"], told["values"]) == (who(shop, "A1").person, "discard", None)
    with pytest.raises(NotFound):
        held_row(shop, row.number)


@pytest.mark.refuses("OPS-14")
def test_who_may_not_import_may_not_answer(shop: Shop) -> None:
    row = held(shop, "machines", MACHINES, FUTURE)
    before = everything(shop)
    with pytest.raises(Refused, match="Importing machines") as found:
        accept_held(shop, who(shop, "P1"), row, {})
    assert found.value.rule == "OPS-14"
    with pytest.raises(Refused, match="Importing machines"):
        discard_held(shop, who(shop, "M1"), row)
    assert everything(shop) == before


def test_two_people_do_not_answer_one_line(shop: Shop) -> None:
    row = held(shop, "machines", MACHINES, FUTURE)
    discard_held(shop, who(shop, "A1"), row)
    before = everything(shop)
    with pytest.raises(Conflict):
        accept_held(shop, who(shop, "X1"), row, {})
    assert everything(shop) == before


def test_stock_is_booked_when_the_doubt_is_gone(shop: Shop) -> None:
    row = held(shop, "stock", STOCK, DOUBTFUL_STOCK)
    accept_held(shop, who(shop, "P1"), row, {"qty": "1000"})
    assert one(shop, "SELECT on_hand FROM balance b JOIN bin n ON n.id = b.bin_id WHERE n.code = 'Z-01'") == (
        1_000_000,
    )
    assert verify(shop) == []


def test_what_stands_against_it_on_file_keeps_the_line_waiting(shop: Shop) -> None:
    row = held(shop, "stock", STOCK, DOUBTFUL_STOCK)
    take_in(shop, "stock", lines(STOCK, "C01,Z-01,STD-OIL,HM46,5"))
    before = everything(shop)
    with pytest.raises(Invalid, match="has moved in bin"):
        accept_held(shop, who(shop, "P1"), row, {"qty": "1000"})
    assert everything(shop) == before
    assert held_rows(shop) == (row,)


def test_a_lost_zero_is_a_question(shop: Shop) -> None:
    prices = ("maker,part_no,list_price", "Komatsu,7000-12011,9.00")
    row = held(shop, "prices", *prices)
    assert row.doubts[0].stored == "07000-12011"
    accept_held(shop, who(shop, "P1"), row, {"part_no": "07000-12011"})
    found = rows(shop, "SELECT number, list_price FROM part WHERE compact LIKE '%700012011'")
    assert found == [("07000-12011", 900)]


def test_a_circle_of_supersessions_is_a_question(shop: Shop) -> None:
    header = "maker,old_part_no,new_part_no"
    done = take_in(shop, "supersessions", lines(header, "Komatsu,A1-11,B1-11", "Komatsu,B1-11,A1-11"))
    assert (done.added, done.held) == (0, 2)
    right, wrong = held_rows(shop)
    accept_held(shop, who(shop, "P1"), right, {})
    discard_held(shop, who(shop, "P1"), wrong)
    assert rows(shop, "SELECT old_number, new_number FROM supersession") == [("A1-11", "B1-11")]
    assert held_rows(shop) == ()


def test_nothing_a_file_holds_is_kept_as_it_could_act(shop: Shop) -> None:
    take_in(shop, "machines", lines(MACHINES, "KMT9,Komatsu,PC\x1b[2J\x9b\u202e210,03/04/2025,"))
    ((text, doubts),) = rows(shop, "SELECT row, doubts FROM held_line")
    assert (text + doubts).isascii()
    assert (text + doubts).isprintable()
