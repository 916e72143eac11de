"""`shopterm report day`: one person's day by the command line, for people and for programs."""

import csv
import io
from pathlib import Path

import pytest

from tests import shopkit
from tests.cli.conftest import Shopterm
from tests.reports.evening import DAY, work_a_day

ASKED = ("report", "day", "--person", "M1", "--date", DAY)


@pytest.fixture
def evening(workshop: Path) -> Path:
    """The workshop after the day."""
    shop = shopkit.reopen(f"sqlite:///{workshop / 'shopterm.db'}", workshop)
    work_a_day(shop)
    shop.close()
    return workshop


def test_the_day_adds_up_line_by_line(shopterm: Shopterm, evening: Path) -> None:
    data = shopterm(*ASKED, "--json").json
    gaps = [row["minutes"] for row in data["rows"] if row["what"] == "unexplained"]

    assert (data["report"], data["person"], data["date"]) == ("day", "M1", DAY)
    assert data["attendance"] == 610 == sum(data[name] for name in ("direct", "indirect", "break", "unexplained"))
    assert (data["rework"], data["unexplained"], sum(gaps), data["corrections"]) == (40, 195, 195, [])
    assert data["rows"][0]["began"] == f"{DAY}T08:00:00+08:00"
    rows = list(csv.DictReader(io.StringIO(shopterm(*ASKED, "--format", "csv").out)))
    assert [row["minutes"] for row in rows] == [str(row["minutes"] or "") for row in data["rows"]]


def test_people_read_the_clock(shopterm: Shopterm, evening: Path) -> None:
    told = shopterm(*ASKED, "--lang", "zh").out

    assert told.startswith(f"当日工时  M1 金戊, {DAY}")
    assert "08:00 08:05 未说明" in told
    assert shopterm("report", "day", "--person", "BM1", "--date", DAY, "--lang", "zh").out == told


@pytest.mark.parametrize("by", ["day", "site"])
def test_the_summary_by_day_and_by_site(shopterm: Shopterm, evening: Path, by: str) -> None:
    data = shopterm("report", "labor", "--from", "2030-03-12", "--to", DAY, "--by", by, "--json").json

    assert [row["date" if by == "day" else "code"] for row in data["rows"]] == [DAY if by == "day" else "C01"]
    assert data["rows"][0]["attendance"] == data["total"]["attendance"] == 1470


def test_nobody_and_a_day_without_work(shopterm: Shopterm, evening: Path) -> None:
    assert shopterm("report", "day", "--person", "M99").status == 6
    assert shopterm("report", "day", "--person", "M1", "--date", "yesterday").status == 4
    assert "has no labour on this day" in shopterm("report", "day", "--person", "M1", "--date", "2030-03-12").out
