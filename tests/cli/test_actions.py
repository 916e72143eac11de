"""The action table as people and programs read it."""

import csv
import io

import pytest

from shopterm.domain.actions import TABLE
from tests.cli.conftest import Shopterm


def test_programs_get_every_row_whole(shopterm: Shopterm) -> None:
    rows = {row["name"]: row for row in shopterm("actions", "--json").json["actions"]}
    assert list(rows) == [row.name for row in TABLE]
    for row in TABLE:
        told = rows[row.name]
        assert told["roles"] == sorted(row.by)
        assert told["states"] == sorted(row.when)
        assert [guard["name"] for guard in told["guards"]] == [guard.name for guard in row.guards]
        assert [field["name"] for field in told["fields"]] == [field.name for field in row.form]
        assert (told["rule"], told["key"], told["signs"]) == (row.rule, row.key, row.signs)


def test_csv_has_one_line_for_each(shopterm: Shopterm) -> None:
    rows = list(csv.DictReader(io.StringIO(shopterm("actions", "--csv").out)))
    assert [row["name"] for row in rows] == [row.name for row in TABLE]
    assert set(rows[0]) >= {"name", "document", "rule", "key", "label", "roles", "states", "guards", "fields"}


def test_a_role_sees_its_own(shopterm: Shopterm) -> None:
    told = shopterm("actions", "--role", "quality_inspector", "--doc", "job", "--json").json["actions"]
    assert told
    assert all("quality_inspector" in row["roles"] and row["document"] == "job" for row in told)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
def test_every_action_has_a_page_with_its_command(row: object, shopterm: Shopterm) -> None:
    name = row.name  # type: ignore[attr-defined]
    told = shopterm("actions", name.replace("_", "-"))
    assert told.status == 0
    assert f" do {name} " in told.out


def test_an_unknown_action_is_not_found(shopterm: Shopterm) -> None:
    told = shopterm("actions", "no_such")
    assert told.status == 6
    assert "no_such" in told.err
