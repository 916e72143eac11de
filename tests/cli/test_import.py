"""Files taken in from the command line: what is stored, held, refused, and what a dry run leaves alone."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Shopterm, Told
from tests.cli.test_terminal_prompts import PROGRAM, talk

GOOD = "maker,part_no,name_zh,unit,list_price\nKomatsu,600-319-3750,柴油滤芯,EA,120.00\nSTD-OIL,HM68,液压油,L,30.00\n"
BAD = GOOD + "Komatsu,,无件号,EA,1.00\n"
DOUBTFUL = "serial,maker,model,purchase_date\nKMT0021777,Komatsu,PC210-8,03/04/2025\n"
DIRTY = sorted((Path(__file__).parent.parent / "data" / "dirty").glob("*.csv"))
EXPECTED = {
    one["file"]: one
    for one in json.loads((Path(__file__).parent.parent / "data" / "dirty" / "expected.json").read_text())["files"]
}


@pytest.fixture
def take_in(shopterm: Shopterm, workshop: Path, tmp_path: Path, pin_file: Path) -> Shopterm:
    """Import a text as an administrator."""

    def run(kind: str, text: str, *options: str) -> Told:
        (tmp_path / "file.csv").write_text(text)
        return shopterm(
            "--as",
            "X1",
            "--pin-file",
            str(pin_file),
            "--lang",
            "en",
            "import",
            kind,
            str(tmp_path / "file.csv"),
            *options,
        )

    return run


def test_good_lines_are_stored(take_in: Shopterm, shopterm: Shopterm) -> None:
    told = take_in("parts", GOOD, "--json")
    assert told.status == 0, told.out
    assert told.json["stored"] == {"added": 2, "changed": 0, "same": 0}
    assert shopterm("part", "show", "600-319-3750").status == 0
    again = take_in("parts", GOOD)
    assert again.status == 0
    assert "2 as they were" in again.out


def test_a_dry_run_stores_nothing_and_needs_nobody(shopterm: Shopterm, workshop: Path, tmp_path: Path) -> None:
    (tmp_path / "file.csv").write_text(GOOD)
    before = shopterm("part", "list", "--json").json["total"]
    told = shopterm("import", "parts", str(tmp_path / "file.csv"), "--dry-run")
    assert told.status == 0
    assert "nothing was stored" in told.out
    assert shopterm("part", "list", "--json").json["total"] == before


def test_a_bad_line_is_named_and_the_status_is_4(take_in: Shopterm) -> None:
    told = take_in("parts", BAD, "--json")
    assert told.status == 4
    assert told.json["stored"]["added"] == 2
    assert [(one["line"], one["field"]) for one in told.error["problems"]] == [(4, "part_no")]
    assert "Line 4" in take_in("parts", BAD).out


def test_all_issues_come_as_csv(take_in: Shopterm) -> None:
    told = take_in("parts", BAD, "--csv")
    (row,) = [row for row in csv.DictReader(io.StringIO(told.out)) if row["outcome"] == "reject"]
    assert (row["line"], row["field"]) == ("4", "part_no")


def test_a_missing_column_refuses_the_file(take_in: Shopterm) -> None:
    told = take_in("parts", "maker,unit\nKomatsu,EA\n", "--json")
    assert told.status == 4
    assert told.json["verdict"] == "reject"
    assert "part_no" in told.error["problems"][0]["field"]


def test_columns_are_named_by_hand(take_in: Shopterm) -> None:
    text = "teile,einheit\n600-319-3751,EA\n"
    told = take_in("parts", text, "--map", "teile=part_no", "--map", "einheit=unit", "--map", ":Komatsu=maker")
    assert told.status == 0, told.out
    assert take_in("parts", text, "--map", "nonsense").status == 2


def test_the_wrong_role_may_not_import(shopterm: Shopterm, workshop: Path, tmp_path: Path, pin_file: Path) -> None:
    (tmp_path / "file.csv").write_text(GOOD)
    told = shopterm("--as", "M1", "--pin-file", str(pin_file), "import", "parts", str(tmp_path / "file.csv"), "--json")
    assert told.status == 3
    assert told.error["rule"] == "OPS-14"


def test_a_missing_file_is_not_found(shopterm: Shopterm, workshop: Path) -> None:
    assert shopterm("import", "parts", "no-such-file.csv", "--dry-run").status == 6


def test_nobody_imports_without_a_name(shopterm: Shopterm, workshop: Path, tmp_path: Path) -> None:
    (tmp_path / "file.csv").write_text(GOOD)
    assert shopterm("import", "parts", str(tmp_path / "file.csv")).status == 2


def test_held_lines_are_listed_and_answered(take_in: Shopterm, shopterm: Shopterm, pin_file: Path) -> None:
    told = take_in("machines", DOUBTFUL, "--json")
    assert told.status == 4
    (held,) = shopterm("import", "held", "--json").json["held"]
    assert (held["line"], held["field"], held["kind"]) == (2, "purchase_date", "machines")
    number = held["number"]
    assert number in shopterm("import", "held").out
    assert "03/04/2025" in shopterm("import", "held", "show", number).out
    accept = ("import", "held", "accept", number, "--set", "purchase_date=2025-03-04", "--json")
    assert shopterm(*accept).status == 2, "somebody must answer for it"
    told = shopterm("--as", "X1", "--pin-file", str(pin_file), *accept)
    assert told.status == 0, told.out
    assert shopterm("machine", "show", "KMT0021777").status == 0
    assert shopterm("import", "held", "--json").json["held"] == []
    assert shopterm("--as", "X1", "--pin-file", str(pin_file), *accept).status == 6


def test_a_held_line_can_be_dropped(take_in: Shopterm, shopterm: Shopterm, pin_file: Path) -> None:
    take_in("machines", DOUBTFUL)
    (held,) = shopterm("import", "held", "--json").json["held"]
    told = shopterm("--as", "X1", "--pin-file", str(pin_file), "import", "held", "discard", held["number"])
    assert told.status == 0
    assert shopterm("machine", "show", "KMT0021777").status == 6


@pytest.mark.parametrize("path", DIRTY, ids=lambda path: path.stem)
def test_hostile_files_end_with_a_sentence(path: Path, shopterm: Shopterm, workshop: Path) -> None:
    expected = EXPECTED[path.name]
    told = shopterm("import", expected["kind"], str(path), "--dry-run")
    assert told.status in {0, 4}
    assert told.err == ""
    assert not any(char < " " and char != "\n" or "\x7f" <= char <= "\x9f" for char in told.out)
    if expected["verdict"] == "reject" and "also_ok" not in expected:
        assert told.status == 4


def test_who_can_is_said_to_whom_it_is_refused(
    shopterm: Shopterm, workshop: Path, tmp_path: Path, pin_file: Path
) -> None:
    (tmp_path / "file.csv").write_text(GOOD)
    by = ("--as", "M1", "--pin-file", str(pin_file))
    told = shopterm(*by, "--lang", "en", "import", "parts", str(tmp_path / "file.csv"))
    assert told.status == 3
    assert "Importing parts is done by: administrator, parts clerk. [OPS-14]" in told.err
    assert "Who can: administrator, parts clerk" in told.err
    assert "配件" in shopterm(*by, "--lang", "zh", "import", "parts", str(tmp_path / "file.csv")).err


def test_good_lines_that_are_left_out_are_named(take_in: Shopterm) -> None:
    stock = "site,bin,maker,part_no,qty\nC01,A-01-1,Komatsu,600-311-3750,3\nC01,Z-01,Komatsu,600-311-3750,3\n"
    told = take_in("stock", stock)
    assert told.status == 4
    assert "Line 2 was left out: Komatsu 600-311-3750 has moved in bin A-01-1 already" in told.out
    (row,) = [row for row in csv.DictReader(io.StringIO(take_in("stock", stock, "--csv").out))]
    assert (row["line"], row["outcome"]) == ("2", "left_out")
    assert "has moved in bin" in row["sentence"]
    body = take_in("stock", stock, "--json").json
    assert [one["line"] for one in body["left_out"]] == [2]
    assert [one["line"] for one in body["error"]["problems"]] == [2]


def test_new_sites_are_told(take_in: Shopterm) -> None:
    told = take_in("people", "person_no,name_zh,roles,sites\nN1,王一,mechanic,C01|R02\n")
    assert told.status == 0
    assert "New sites: R02." in told.out


def test_an_import_shows_how_far_it_has_come(workshop: Path, tmp_path: Path) -> None:
    rows = "".join(f"Komatsu,600-319-{number:05},滤芯,EA,1.00\n" for number in range(12_000))
    (tmp_path / "big.csv").write_text("maker,part_no,name_zh,unit,list_price\n" + rows)
    status, shown = talk(f"{PROGRAM} import parts {tmp_path / 'big.csv'} --dry-run --lang en")
    assert status == 0
    assert "Reading " in shown
    assert " %" in shown
    assert "12000 good" in shown
