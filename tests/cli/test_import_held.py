"""Held lines at the command line: listed, shown, accepted with corrections, discarded."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Shopterm, Told

HEADER = "serial,maker,model,purchase_date\n"
LINES = "KMT0021777,Komatsu,PC210-8,03/04/2025\nKMT0021778,Komatsu,PC210-8,2062-01-01\n"

Held = Callable[..., Told]


@pytest.fixture
def held(shopterm: Shopterm, workshop: Path, tmp_path: Path, pin_file: Path) -> Held:
    """Import a file with two doubtful lines; gives a way to work on them as somebody."""
    path = tmp_path / "machines.csv"
    path.write_text(HEADER + LINES)
    by = ("--pin-file", str(pin_file), "--lang", "en")
    assert shopterm("--as", "X1", *by, "import", "machines", str(path)).status == 4

    def run(*arguments: str, person: str = "A1") -> Told:
        return shopterm("--as", person, *by, "import", "held", *arguments)

    return run


@pytest.fixture
def numbers(held: Held, shopterm: Shopterm) -> list[str]:
    return [row["number"] for row in shopterm("import", "held", "list", "--json").json["held"]]


def waiting(shopterm: Shopterm) -> int:
    return len(shopterm("import", "held", "list", "--json").json["held"])


def test_the_list_names_what_is_in_doubt(held: Held, shopterm: Shopterm, numbers: list[str]) -> None:
    told = shopterm("import", "held", "list")
    assert told.status == 0
    assert "03/04/2025 may be more than one date" in told.out
    assert all(number in told.out for number in numbers)
    assert shopterm("import", "held").out == told.out
    rows = list(csv.DictReader(io.StringIO(shopterm("import", "held", "--csv").out)))
    assert [(row["number"], row["line"], row["field"]) for row in rows] == [
        (number, str(line), "purchase_date") for line, number in enumerate(numbers, 2)
    ]


def test_one_line_is_shown_with_its_values(held: Held, shopterm: Shopterm, numbers: list[str]) -> None:
    told = shopterm("import", "held", "show", numbers[1])
    assert told.status == 0
    for text in (numbers[1], "machines.csv", "KMT0021778", "2062-01-01 lies in the future"):
        assert text in told.out
    shown = shopterm("import", "held", "show", numbers[1], "--json").json
    assert shown["row"]["serial"] == "KMT0021778"
    assert [doubt["field"] for doubt in shown["doubts"]] == ["purchase_date"]
    assert shopterm("import", "held", "show", "C01-99-1").status == 6


def test_lines_are_accepted_and_leave_the_list(held: Held, shopterm: Shopterm, numbers: list[str]) -> None:
    told = held("accept", numbers[0], "--set", "purchase_date=2025-04-03", "--json")
    assert (told.status, told.json["answers"]) == (
        0, [{"held": numbers[0], "answer": "accept", "added": 1, "changed": 0}],
    )  # fmt: skip
    assert held("accept", numbers[1]).status == 0
    assert waiting(shopterm) == 0
    assert shopterm("machine", "show", "KMT0021778").status == 0
    assert held("accept", numbers[0]).status == 6
    assert "No line is held" in shopterm("import", "held", "--lang", "en").out
    assert shopterm("verify").status == 0


def test_several_lines_are_discarded(held: Held, shopterm: Shopterm, numbers: list[str]) -> None:
    assert held("discard", *numbers).status == 0
    assert waiting(shopterm) == 0
    assert shopterm("machine", "show", "KMT0021778").status == 6


def test_an_answered_line_does_not_fail_the_next_import(
    held: Held, shopterm: Shopterm, numbers: list[str], tmp_path: Path, pin_file: Path
) -> None:
    held("discard", *numbers)
    again = shopterm(
        "--as", "X1", "--pin-file", str(pin_file), "--lang", "en", "import", "machines", str(tmp_path / "machines.csv")
    )
    assert again.status == 0
    assert "2 held lines were answered before." in again.out


def test_what_cannot_be_stored_is_said_and_stays(held: Held, shopterm: Shopterm, numbers: list[str]) -> None:
    told = held("accept", numbers[0], "--json")
    assert (told.status, [one["field"] for one in told.error["problems"]]) == (4, ["purchase_date"])
    told = held("accept", numbers[0], "--set", "bought=2025-04-03")
    assert told.status == 4
    assert "has no field “bought”" in told.err
    assert held("accept", *numbers, "--set", "model=X").status == 2
    assert held("accept", numbers[0], "--set", "model").status == 2
    assert held("accept").status == 2
    assert waiting(shopterm) == 2


def test_who_does_not_answer_for_it_is_refused(held: Held, shopterm: Shopterm, numbers: list[str]) -> None:
    told = held("accept", numbers[1], person="M1")
    assert told.status == 3
    assert "[OPS-14]" in told.err
    assert "Who can: administrator, service advisor" in told.err
    assert held("discard", numbers[1], person="P1").status == 3
    assert waiting(shopterm) == 2
