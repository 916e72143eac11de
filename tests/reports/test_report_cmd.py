"""`shopterm report`: what programs rely on, and what a person at a terminal sees."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import ptyprocess
import pytest

from shopterm.db import sql
from shopterm.domain.text import width
from tests import shopkit
from tests.cli.conftest import Shopterm
from tests.reports.evening import DAY, work_a_day
from tests.reports.golden import same_as

ROOT = Path(__file__).parents[2]
LABOR = ("report", "labor", "--date", DAY)
HEAVY = ("textual", "rich.console", "rich.table", "peewee", "pypinyin", "argon2", "psycopg2", "shopterm.db.models")
COLOUR = re.compile(r"\x1b\[[\d;]*m")


@pytest.fixture
def evening(workshop: Path) -> Path:
    """The workshop after the day."""
    shop = shopkit.reopen(f"sqlite:///{workshop / 'shopterm.db'}", workshop)
    work_a_day(shop)
    shop.close()
    return workshop


def test_the_reports_are_listed(shopterm: Shopterm) -> None:
    assert "labor  Labour summary" in shopterm("report").out
    assert shopterm("report", "--json").json["reports"][0]["aliases"] == ["labour"]


@pytest.mark.parametrize("by", ["mechanic", "order", "kind"])
def test_comma_separated_values(shopterm: Shopterm, evening: Path, by: str) -> None:
    told = shopterm(*LABOR, "--by", by, "--format", "csv")

    assert told.status == 0
    same_as(f"{by}.csv", told.out)
    assert shopterm(*LABOR, "--by", by, "--csv").out == told.out
    assert shopterm(*LABOR, "--by", by, "--csv", "--bom").out == "\ufeff" + told.out


@pytest.mark.parametrize("by", ["mechanic", "order", "kind"])
def test_json(shopterm: Shopterm, evening: Path, by: str) -> None:
    told = shopterm(*LABOR, "--by", by, "--format", "json")

    same_as(f"{by}.json", json.dumps(told.json, ensure_ascii=False, indent=1) + "\n")
    assert shopterm("--json", *LABOR, "--by", by).out == told.out


def test_without_a_terminal_the_table_is_plain_and_whole(shopterm: Shopterm, evening: Path) -> None:
    same_as("plain.txt", shopterm(*LABOR).out)


def test_the_other_name_and_the_other_language(shopterm: Shopterm, evening: Path) -> None:
    assert shopterm("report", "labour", "--date", DAY).out == shopterm(*LABOR).out
    assert shopterm(*LABOR, "--csv", "--lang", "zh").out.splitlines()[1].startswith("M1,金戊,610,")


def test_days_are_named_one_by_one_or_from_and_to(shopterm: Shopterm, evening: Path) -> None:
    whole = shopterm("report", "labor", "--from", "2030-03-01", "--to", DAY, "--json").json

    assert (whole["from"], whole["to"]) == ("2030-03-01", DAY)
    assert whole["rows"] == shopterm(*LABOR, "--json").json["rows"]
    today = shopterm("report", "labor", "--json").json
    assert today["from"] == today["to"] and today["rows"] == [] and "total" not in today


def test_all_sites_or_one(shopterm: Shopterm, evening: Path) -> None:
    one = shopterm(*LABOR, "--site", "C01", "--json").json
    everywhere = shopterm(*LABOR, "--all-sites", "--json").json

    assert (one["site"], everywhere["site"]) == ("C01", None)
    assert one["rows"] == everywhere["rows"]


@pytest.mark.parametrize(
    ("arguments", "status", "sentence"),
    [
        (("--date", "13.3.2030"), 4, "“13.3.2030” is no date: write it as 2026-11-24."),
        (("--date", DAY, "--from", DAY), 2, "Say either --date or --from and --to."),
        (("--to", DAY), 2, "--to needs --from."),
        (("--from", DAY, "--to", "2030-03-12"), 4, "The last day lies before the first."),
        (("--format", "csv"), 2, "Say either JSON or CSV."),
        (("--site", "R09"), 6, "There is no site “R09”."),
        (("--db", "sqlite:////nowhere/shop.db"), 7, "There is no database at /nowhere/shop.db;"),
    ],
)
def test_what_cannot_be_told(
    shopterm: Shopterm, workshop: Path, arguments: tuple[str, ...], status: int, sentence: str
) -> None:
    told = shopterm("report", "labor", *arguments, "--json")

    assert told.status == status
    assert told.error["sentence"].startswith(sentence)


def test_errors_are_told_in_the_format_that_was_asked_for(shopterm: Shopterm, workshop: Path) -> None:
    assert shopterm("report", "labor", "--date", "x", "--format", "json").error["problems"][0]["field"] == "--date"


def test_a_name_that_looks_like_a_formula_is_none(shopterm: Shopterm, evening: Path) -> None:
    shop = shopkit.reopen(f"sqlite:///{evening / 'shopterm.db'}", evening)
    shop.write(lambda: sql.change("UPDATE customer SET name = '=HYPERLINK(1)'"))
    shop.close()

    row = shopterm(*LABOR, "--by", "order", "--csv").out.splitlines()[1]
    assert row == "C01-WO-3003-0001,Komatsu PC210-8,'=HYPERLINK(1),620,40,0,360,0.621"


@pytest.mark.parametrize("form", ["csv", "json"])
def test_what_a_report_does_not_load(evening: Path, form: str) -> None:
    code = (
        "import sys; from shopterm.__main__ import main; status = main(sys.argv[1:])\n"
        f"print([name for name in {HEAVY!r} if sys.modules.get(name)], status, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *LABOR, "--format", form],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )

    assert done.stderr == "[] 0\n"


def on_terminal(*arguments: str, columns: int = 80, **environ: str) -> str:
    """Run the program on a terminal and return what it sent."""
    process = ptyprocess.PtyProcess.spawn(
        [sys.executable, "-m", "shopterm", *arguments],
        dimensions=(24, columns),
        env=os.environ | {"PYTHONPATH": str(ROOT)} | environ,
    )
    told = b""
    while True:
        try:
            told += process.read()
        except EOFError:
            process.wait()
            return told.decode()


def test_on_a_terminal_it_is_coloured_and_fits(evening: Path) -> None:
    told = on_terminal(*LABOR)
    lines = COLOUR.sub("", told).splitlines()

    assert "\x1b[1;31m" in told  # unexplained time
    assert any(line.startswith("  ███") for line in lines)
    assert max(map(width, lines)) <= 80
    same_as("terminal.txt", "\n".join(line.rstrip() for line in lines) + "\n")


def test_without_colours_nothing_is_lost(evening: Path) -> None:
    told = on_terminal(*LABOR, NO_COLOR="1")

    assert COLOUR.sub("", on_terminal(*LABOR)) == COLOUR.sub("", told)
    assert "31m" not in told
