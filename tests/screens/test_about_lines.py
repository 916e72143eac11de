"""Lines that are named by their numbers only say beside them what they are about."""

from dataclasses import replace
from pathlib import Path

from shopterm.db.queries.rows import Detail, Section, columns
from shopterm.domain.text import width
from shopterm.domain.units import Money, Quantity
from shopterm.domain.vocabulary import Doc, Payer, QuoteState
from shopterm.domain.words import Keyed
from shopterm.screens.about_lines import about_lines
from shopterm.screens.form import FormScreen
from shopterm.screens.widgets.lines_editor import LinesEditor
from tests.screens.form_host import Host, settle

JOBS = Section(
    Keyed("jobs", "Jobs"),
    columns(job="Job", complaint="Complaint", amount="Amount", customer_pays="Customer pays"),
    ((1, "大臂下沉", Money(90_000), Money(0)),),
)
LINES = Section(
    Keyed("lines", "Quoted"),
    columns(line="No.", job="Job", text="Text", quantity="Quantity", price="Unit price", amount="Amount"),
    ((1, 1, "大臂下沉", Quantity(1000), Money(15_000), Money(15_000)),
     (2, 1, "600-311-3750 [b]柴油滤芯\x1b[31m", Quantity(2000), Money(12_000), Money(24_000))),
)  # fmt: skip
QUOTE = Detail(Doc.QUOTE, 5, "SH1-QU-2611-0007", QuoteState.DRAFT, 3, "", (JOBS, LINES))


def drawn(form: FormScreen, row: int) -> str:
    """Return a row of the form's table as it is drawn."""
    return "".join(piece for piece, _tone in form.query_one(LinesEditor).table.line(row))


async def opened(host: Host, name: str, rows: dict[str, list[dict[str, object]]]) -> tuple[str, ...]:
    """Return the first rows of a form opened over the quote."""
    async with host.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        form = host.form(name, prefill=rows)
        form.opening = replace(form.opening, detail=QUOTE)
        host.push_screen(form)
        await settle(pilot)
        return drawn(form, 1), drawn(form, 2)


def test_a_table_is_found_by_the_name_of_its_first_column() -> None:
    assert about_lines(QUOTE, "job") == {"1": "大臂下沉 · 0.00"}
    assert about_lines(QUOTE, "line")["1"] == "大臂下沉 · 150.00"
    assert about_lines(QUOTE, "part") == about_lines(None, "line") == {}


async def test_the_warranty_clerk_sees_which_lines_are_meant(tmp_path: Path) -> None:
    rows = {"lines": [{"line": 2, "payer": Payer.WARRANTY}, {"line": 9, "payer": Payer.HOUSE}]}
    known, strange = await opened(Host(tmp_path), "sign_warranty", rows)
    assert "600-311-3750 [b]柴油滤芯" in known
    assert known.rstrip().endswith("240.00") and "\x1b" not in known
    assert "240.00" not in strange
    assert width(known) <= 80


async def test_the_customer_is_asked_about_jobs_by_name_and_what_they_pay(tmp_path: Path) -> None:
    first, _second = await opened(Host(tmp_path), "sign_quote", {"answers": [{"job": 1, "accepted": True}]})
    assert "大臂下沉 · 0.00" in first
