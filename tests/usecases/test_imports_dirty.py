"""Hostile and broken files through the storing side: what must not be stored is not, what is stored is as promised."""

from pathlib import Path
from typing import Any

import pytest

from shopterm.db.queries.held import held_rows
from shopterm.db.session import Shop
from shopterm.domain.text import has_control
from shopterm.domain.units import Money
from shopterm.imports import Check, State, Verdict
from shopterm.usecases.verify import verify
from tests.usecases.dirty import FILES, NEEDED, dirty_file, outcomes
from tests.usecases.importing import checked, everything, named, rows, searched, stored, take_in

COLUMNS = {
    "parts": ("part", ("maker", "number"), ("maker", "part_no")),
    "prices": ("part", ("maker", "number"), ("maker", "part_no")),
    "customers": ("customer", ("number",), ("customer_no",)),
    "machines": ("machine", ("maker", "serial"), ("maker", "serial")),
}
"""Where rows of a kind are stored, and the key there and in the file."""
STORED_AS = {"part_no": "number", "customer_no": "number", "stored": ""}


@pytest.fixture(params=sorted(FILES))
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def judged(shop: Shop, kind: str, path: Path) -> tuple[Check, list[Any]]:
    with checked(shop, kind, path) as (check, _name):
        return check, list(check.rows())


def keys(shop: Shop, kind: str) -> set[tuple[Any, ...]]:
    table, columns, _fields = COLUMNS[kind]
    return set(rows(shop, f"SELECT {', '.join(columns)} FROM {table}"))


def test_what_is_stored_is_what_may_be(shop: Shop, name: str, tmp_path: Path) -> None:
    path, kind, expected = dirty_file(name, tmp_path), FILES[name]["kind"], outcomes(name)
    take_in(shop, "parts", NEEDED)
    check, found = judged(shop, kind, path)
    before = keys(shop, kind) if kind in COLUMNS else set()
    done = take_in(shop, kind, path)

    assert done.verdict.value in {FILES[name]["verdict"], FILES[name].get("also_ok")}
    assert stored(done) + named(done) == (len(found) if check.verdict is not Verdict.REJECT else 0)
    assert [row.line for row in held_rows(shop)] == [
        line for line, said in sorted(expected.items()) if said == {"hold"}
    ]
    for row in found:
        if "reject" in expected.get(row.line, set()):
            assert row.state is State.REFUSED
    good = [row for row in found if row.state is State.GOOD]
    if kind in COLUMNS:
        fields = COLUMNS[kind][2]
        assert keys(shop, kind) - before == {tuple(row.values[field] for field in fields) for row in good} - before
    assert verify(shop) == []
    searched(shop)


def test_values_are_stored_as_promised_and_nothing_of_them_acts(shop: Shop, name: str, tmp_path: Path) -> None:
    path, kind = dirty_file(name, tmp_path), FILES[name]["kind"]
    take_in(shop, "parts", NEEDED)
    _check, found = judged(shop, kind, path)
    take_in(shop, kind, path)
    by_line = {row.line: row for row in found}
    for line in FILES[name]["lines"]:
        row = by_line.get(line["line"])
        if row and row.state is State.GOOD and "stored" in line and kind in COLUMNS:
            table, columns, fields = COLUMNS[kind]
            where = " AND ".join(f"{column} = ?" for column in columns)
            column = STORED_AS.get(line["field"], line["field"])
            ((value,),) = rows(
                shop, f"SELECT {column} FROM {table} WHERE {where}", *(row.values[field] for field in fields)
            )
            assert (str(Money(value)) if column == "list_price" else value) == line["stored"]
    for table in ("part", "customer", "machine", "held_line", "event"):
        for cells in rows(shop, f"SELECT * FROM {table}"):
            assert not any(isinstance(cell, str) and has_control(cell) for cell in cells)


def test_a_dry_run_changes_nothing(shop: Shop, name: str, tmp_path: Path) -> None:
    path, kind = dirty_file(name, tmp_path), FILES[name]["kind"]
    take_in(shop, "parts", NEEDED)
    before = everything(shop)
    tried = take_in(shop, kind, path, dry_run=True)
    assert everything(shop) == before
    done = take_in(shop, kind, path)
    assert (stored(tried), named(tried), tried.clean) == (stored(done), named(done), done.clean)
    after = everything(shop)
    again = take_in(shop, kind, path)
    assert (again.added, again.changed) == (0, 0)
    assert everything(shop) == after
