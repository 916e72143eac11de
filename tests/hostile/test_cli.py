"""Every command that prints, on a database whose every text column is hostile: tables, JSON, CSV, in both languages."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from shopterm.db import models as m
from tests.cli.conftest import Shopterm, Told, english, private_file, shopterm
from tests.hostile.conftest import Place
from tests.hostile.texts import TEXTS, unsafe
from tests.shopkit import PIN

__all__ = ["english", "shopterm"]

NOUNS = {
    "order": m.WorkOrder, "job": m.Job, "sheet": m.MaterialSheet, "quote": m.Quote, "loan": m.Loan, "part": m.Part,
    "customer": m.Customer, "machine": m.Machine, "person": m.Person,
}  # fmt: skip
PRINTED = [
    *([noun, "list", "--limit", "60"] for noun in NOUNS),
    ["order", "find", "c01"], ["part", "find", "滤芯"], ["customer", "find", "k0"],
    ["actions"], ["report"], ["report", "labor", "--explain"],
    ["report", "labor", "--from", "2026-11-20", "--to", "2026-11-26", "--all-sites", "--by", "order"],
    ["report", "labor", "--from", "2026-11-20", "--to", "2026-11-26", "--by", "kind"],
    ["import", "held", "list"], ["verify"],
]  # fmt: skip
FORMS = ["", "--json", "--csv"]
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@pytest.fixture
def run(hostile: Place, shopterm: Shopterm, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Told]:
    """Run a command on the poisoned workshop; nothing it says may be obeyed by a terminal."""
    folder = hostile.shop.data_dir
    (folder / "shop.db").chmod(0o600)
    monkeypatch.setenv("SHOPTERM_DB", f"sqlite:///{folder}/shop.db")
    monkeypatch.setenv("SHOPTERM_STORAGE__DATA_DIR", str(folder))

    def told(*arguments: str, stdin: str | None = None) -> Told:
        found = shopterm(*arguments, stdin=stdin)
        assert not unsafe(found.err), f"{arguments}: {found.err!r}"
        wrong = [line for line in found.out.splitlines() if unsafe(line)]
        assert "--csv" in arguments or not unsafe(found.out), f"{arguments}: {wrong[:3]}"
        assert found.status != 9 and "Traceback" not in found.err, f"{arguments}: {found}"
        return found

    return told


@pytest.mark.parametrize("arguments", PRINTED, ids=" ".join)
def test_what_is_printed_is_text(arguments: list[str], run: Callable[..., Told]) -> None:
    for form in FORMS:
        if (form == "--csv" and arguments[0] == "verify") or (form == "--csv" and arguments == ["report"]):
            continue
        told = run(*arguments, *filter(None, [form]), "--lang", "en" if form else "zh")
        assert told.status in (0, 1) and told.out, told.err
        if form == "--json":
            assert json.loads(json.dumps(told.json)) == told.json
        if form == "--csv":
            check_csv(told.out)


def check_csv(text: str) -> None:
    """Assert that no cell of a spreadsheet is a formula and that its lines are whole."""
    head, *rows = csv.reader(io.StringIO(text))
    assert all(len(row) == len(head) for row in rows) and len(set(head)) == len(head)
    for cell in (cell for row in rows for cell in row):
        assert not unsafe(cell), cell
        assert not cell.startswith(FORMULA) or is_number(cell), cell


def is_number(cell: str) -> bool:
    """Tell whether a cell is a number as it was exported."""
    try:
        return float(cell) == float(cell)
    except ValueError:
        return False


@pytest.mark.parametrize("noun", NOUNS)
def test_what_is_shown_is_text(noun: str, hostile: Place, run: Callable[..., Told]) -> None:
    model: Any = NOUNS[noun]
    name = "serial" if noun == "machine" else "number"
    with hostile.shop.reader():
        refs = [ref for ref in (getattr(row, name) for row in model.select()) if ref == ref.strip().upper()][:8]
    shown = [run(noun, "show", *form, "--", ref) for ref in refs for form in ([], ["--json"])]
    assert any(told.status == 0 for told in shown)
    assert all(told.status in (0, 6) for told in shown)


def test_what_a_verb_asks_is_text(hostile: Place, run: Callable[..., Told], tmp_path: Path) -> None:
    pin = private_file(tmp_path / "pin", PIN)
    with hostile.shop.reader():
        sheets = [sheet.number for sheet in m.MaterialSheet.select().limit(3)]
        jobs = [job.number for job in m.Job.select().limit(2)]
        foreman = m.Person.get_by_id(hostile.people["E003"]).badge
    for verb, ref in (
        *(("edit_parts", ref) for ref in sheets),
        *((verb, ref) for verb in ("assign_job", "pass_inspection", "plan_job") for ref in jobs),
    ):
        for form in ([], ["--json"]):
            run("actions", verb, ref, *form)
            run("--as", foreman, "--pin-file", str(pin), "actions", verb, ref, *form)


def test_held_lines_are_text(run: Callable[..., Told]) -> None:
    (held,) = run("import", "held", "list", "--json").json["held"]
    told = run("import", "held", "show", held["number"])
    assert told.status == 0 and held["number"] in told.out
    assert run("import", "held", "show", held["number"], "--json").json["row"]


@pytest.mark.parametrize("form", FORMS)
def test_findings_of_an_import_are_text(form: str, run: Callable[..., Told], tmp_path: Path) -> None:
    path = tmp_path / "\x1b]0;owned\x07\u202e [b]=1.csv"
    with path.open("w", encoding="utf-8", newline="", errors="surrogatepass") as file:
        writer = csv.writer(file)
        writer.writerow(["customer_no", "name", "phone", "\x1b[31mnote"])
        writer.writerows([f"K9{i:04}{text[:30]}", text, text[:40], text] for i, text in enumerate(TEXTS.values()))
    told = run("import", "customers", str(path), "--dry-run", *filter(None, [form]))
    assert told.status in (0, 4) and told.out
    if form == "--csv":
        check_csv(told.out)
