"""Every dirty file meets its contract: `expected.json`, kept beside the files."""

import json
import re
from collections.abc import Collection
from pathlib import Path
from typing import Any

import pytest

from shopterm.domain.text import has_control
from shopterm.imports import KINDS, Check, Key, State, Verdict, check_file
from tests.imports.findings import HOUSE

FOLDER = Path(__file__).parent.parent / "data" / "dirty"
EXPECTED: dict[str, Any] = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))
FILES: list[dict[str, Any]] = EXPECTED["files"]
HUGE = "12_huge_field.csv"
ON_FILE = {
    ("Komatsu", "01010-10802"),
    ("Komatsu", "01010-14608"),
    ("Komatsu", "01010-14770"),
    ("Komatsu", "01010-15862"),
    ("STD-OIL", "OIL-BF-DOT4-18L"),
}


def known(entity: str, keys: Collection[Key]) -> Collection[Key]:
    """Of the parts the files name, those that are on file; every customer and site is."""
    return ON_FILE & set(keys) if entity == "part" else keys


def check(name: str, folder: Path) -> Check:
    file = next(file for file in FILES if file["file"] == name)
    path = FOLDER / name
    if name == HUGE:
        path = folder / name
        header = (FOLDER / "20_header_only.csv").read_text(encoding="utf-8").strip()
        row = "Komatsu,{},{},密封圈,EA,1,1,0.1,0.00,Y,0,12.50,8.00,B"
        names = ["SEAL RING", "A" * 200_000, "SEAL RING"]
        rows = [row.format(f"95{place}-1D-15000", text) for place, text in enumerate(names)]
        path.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    return check_file(path, file["kind"], HOUSE, known=known if file.get("needs") else None)


@pytest.fixture(params=FILES, ids=lambda file: file["file"])
def file(request: pytest.FixtureRequest) -> dict[str, Any]:
    return dict(request.param)


def as_ruled(line: dict[str, Any]) -> str:
    """The outcome we chose where the contract leaves two: price 0 is stored as no price, with a warning."""
    return "warn" if line["reason"] == "price_zero" else str(line["outcome"])


def test_verdict(file: dict[str, Any], tmp_path: Path) -> None:
    with check(file["file"], tmp_path) as found:
        assert found.verdict.value in {file["verdict"], file.get("also_ok")}
        if found.verdict is Verdict.REJECT:
            assert list(found.rows()) == []
            assert [issue.reason.value for issue in found.file_issues] == [file["reason"]]


def test_lines_are_named(file: dict[str, Any], tmp_path: Path) -> None:
    with check(file["file"], tmp_path) as found:
        told = {(issue.line, issue.reason.value, issue.field): issue for issue in found.issues()}
    for line in file["lines"]:
        issue = told[line["line"], line["reason"], line["field"]]
        assert issue.outcome.value == as_ruled(line)
        assert "stored" not in line or issue.stored == line["stored"]


def test_other_lines_are_good(file: dict[str, Any], tmp_path: Path) -> None:
    outcomes: dict[int, set[str]] = {}
    for line in file["lines"]:
        outcomes.setdefault(line["line"], set()).add(as_ruled(line))
    with check(file["file"], tmp_path) as found:
        for row in found.rows():
            expected = outcomes.get(row.line, set())
            if "reject" in expected:
                assert row.state is State.REFUSED
            elif "hold" in expected:
                assert row.state is State.HELD
                assert row.raw
            else:
                assert row.state in {State.GOOD, State.REPEATED}


def test_what_is_stored_is_what_was_promised(file: dict[str, Any], tmp_path: Path) -> None:
    promised = {(line["line"], line["field"]): line.get("stored") for line in file["lines"]}
    with check(file["file"], tmp_path) as found:
        for row in found.rows():
            for name, value in row.values.items():
                stored = promised.get((row.line, name))
                if stored and isinstance(value, str):
                    assert value == stored
                assert not isinstance(value, str) or not has_control(value)


def test_sentences_are_whole_and_harmless(file: dict[str, Any], tmp_path: Path) -> None:
    with check(file["file"], tmp_path) as found:
        for issue in found.issues():
            assert set(re.findall(r"\{(\w+)\}", issue.sentence)) <= set(issue.arguments)
            for text in issue.arguments.values():
                assert not has_control(text)
                assert len(text) < 200
            assert issue.line is None or "{line}" in issue.sentence


def test_required_columns_are_those_of_the_contract() -> None:
    for name, columns in EXPECTED["contract"]["required_columns"].items():
        if name != "note":
            assert sorted(columns) == sorted(column.name for column in KINDS[name].columns if column.required)
