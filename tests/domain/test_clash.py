"""Was, theirs, mine: what is taken by itself, what is asked, and what comes out."""

from typing import Any

import pytest

from shopterm.domain.actions import action_named
from shopterm.domain.clash import Difference, Side, differences, merged

FORM = action_named("edit_parts").form


def line(part: str, quantity: str = "1", reason: str = "") -> dict[str, Any]:
    return {"part": part, "quantity": quantity, "reason": reason, "old_part": "y"}


def sheet(*lines: dict[str, Any], note: str = "") -> dict[str, Any]:
    return {"lines": list(lines), "none": False, "note": note}


def told(found: list[Difference]) -> list[tuple[str, str, Side]]:
    return [(one.field.name, one.line, one.side) for one in found]


def chosen(found: list[Difference], side: Side) -> list[tuple[Difference, Side]]:
    return [(one, one.side or side) for one in found]


def test_what_nobody_changed_is_no_difference_whatever_the_spelling() -> None:
    typed = {"lines": [line("A", "2.000")], "none": "n", "note": ""}
    assert differences(FORM, sheet(line("A", "2")), sheet(line("A", "2")), typed) == []


def test_what_one_alone_changed_is_taken_and_what_both_changed_is_asked() -> None:
    was = sheet(line("A"), line("B"), line("C"), note="old")
    theirs = sheet(line("A", "2"), line("B"), line("C", "5"), note="old")
    mine = sheet(line("A"), line("B", "3"), line("C", "7"), note="mine")
    found = differences(FORM, was, theirs, mine)
    assert told(found) == [
        ("lines", "A", "theirs"),
        ("lines", "B", "mine"),
        ("lines", "C", ""),
        ("note", "", "mine"),
    ]


@pytest.mark.parametrize(("side", "quantity"), [("mine", 7000), ("theirs", 5000)])
def test_the_choice_is_what_comes_out_line_by_line(side: Side, quantity: int) -> None:
    was, theirs = sheet(line("A"), line("C")), sheet(line("A", "2"), line("C", "5"), line("D"))
    mine = sheet(line("A"), line("C", "7"), line("E"))
    after = merged(mine, theirs, chosen(differences(FORM, was, theirs, mine), side))
    assert [(row["part"], row["quantity"]) for row in after["lines"]] == [
        ("A", 2000),
        ("C", quantity),
        ("D", 1000),
        ("E", 1000),
    ]


def test_a_line_taken_out_by_one_and_changed_by_the_other_is_asked() -> None:
    was, theirs, mine = sheet(line("A"), line("B")), sheet(line("A")), sheet(line("A"), line("B", "4"))
    (one,) = found = differences(FORM, was, theirs, mine)
    assert (one.line, one.theirs, one.side) == ("B", None, "")
    assert [row["part"] for row in merged(mine, theirs, chosen(found, "theirs"))["lines"]] == ["A"]
    assert [row["part"] for row in merged(mine, theirs, chosen(found, "mine"))["lines"]] == ["A", "B"]


def test_the_same_part_on_two_lines_stays_two_lines() -> None:
    was = sheet(line("A", reason="left"), line("A", reason="right"))
    mine = sheet(line("A", reason="left"), line("A", "3", reason="right"))
    theirs = sheet(line("A", "2", reason="left"), line("A", reason="right"))
    after = merged(mine, theirs, chosen(differences(FORM, was, theirs, mine), "mine"))
    assert [(row["quantity"], row["reason"]) for row in after["lines"]] == [(2000, "left"), (3000, "right")]


def test_what_is_signed_is_never_merged() -> None:
    form = action_named("issue_parts").form
    was = {"lines": [{"part": "A", "quantity": "2"}, {"part": "B", "quantity": "1"}]}
    theirs = {"lines": [{"part": "B", "quantity": "1"}]}
    mine = {"lines": [{"part": "A", "quantity": "2"}], "receiver": "M1"}
    (one,) = differences(form, was, theirs, mine, merge=False)
    assert (one.field.name, one.line, one.side) == ("lines", "", "")


def test_where_the_record_does_not_know_what_was_everything_is_asked() -> None:
    found = differences(FORM, None, sheet(line("A", "2")), sheet(line("A")))
    assert told(found) == [("lines", "A", "")]
