"""Takes a machine through the house as far as a test needs it, by the verbs people use."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from shopterm.db import models as m
from shopterm.db import sql
from shopterm.db.queries.checklists import checklist_for
from shopterm.db.session import Shop
from shopterm.domain.checklist import FINE, ItemKind
from shopterm.domain.vocabulary import InspectionKind
from tests.shopkit import do

FILTER, KIT, PUMP, RING, OIL, TOOTH = (
    "600-311-3750", "707-98-45230", "708-2L-00300", "07000-12011", "HM46", "205-70-19570")  # fmt: skip
LATER = "+2d 16:00"


def marks(shop: Shop, kind: InspectionKind) -> dict[str, dict[str, str]]:
    """Return a walked checklist on which everything is in order."""
    checklist = checklist_for(shop, kind, "excavator", 21_000)
    fine = next(mark.value for mark in checklist.marks if mark in FINE)
    found = {}
    for item in checklist.items:
        value = str(item.low or item.high or 1) if item.kind is ItemKind.MEASURE else ""
        value = item.choices[0] if item.kind is ItemKind.CHOICE else value
        found[item.id] = {"mark": "" if value else fine, "value": value}
    return found


def in_shop(shop: Shop, *, jobs: int = 1) -> str:
    """Receive a machine and drive it into the shop; returns the order's number."""
    complaints = [{"text": f"大臂无力 {line}"} for line in range(1, jobs + 1)]
    order = do(shop, "A1", "open_order", "new", customer="K00001", serial="KMT0021001", complaints=complaints).number
    do(shop, "A1", "read_back", order, confirmed_by="客户")
    do(shop, "A1", "inspect_intake", order, marks=marks(shop, InspectionKind.INTAKE), fuel="1/2")
    do(shop, "A1", "sign_intake", order, signed_by="客户")
    do(shop, "A1", "fit_covers", order)
    do(shop, "A1", "hand_to_foreman", order, second="F1", purpose="维修")
    for job in job_numbers(shop, order):
        do(shop, "F1", "assign_job", job, lead="M1", helpers="M2")
    do(shop, "M1", "joint_inspection", order, second="A1")
    do(shop, "F1", "take_in", order, bay="3")
    return order


def job_numbers(shop: Shop, order: str) -> list[str]:
    """Return the numbers of an order's jobs."""
    with shop.reader():
        return [number for (number,) in sql.rows(
            "SELECT j.number FROM job j JOIN work_order o ON o.id = j.order_id WHERE o.number = ? ORDER BY j.line",
            order)]  # fmt: skip


def signed_sheet(shop: Shop, job: str, *lines: tuple[str, str]) -> str:
    """Report parts and labour for a job and have both signed; returns the material sheet's number."""
    sheet = do(shop, "M1", "report_parts", job, lines=[{"part": p, "quantity": q} for p, q in lines]).made[0][2]
    labour = do(shop, "M1", "report_labour", job, lines=[{"standard": "HY201"}]).made[0][2]
    do(shop, "M1", "submit_parts", sheet)
    do(shop, "M1", "submit_labour", labour)
    do(shop, "F1", "approve_parts", sheet, old_parts_seen=True)
    do(shop, "F1", "approve_labour", labour)
    return sheet


def agreed(shop: Shop, order: str) -> str:
    """Quote everything that is priced and have the customer sign all of it; returns the quote's number."""
    for job in job_numbers(shop, order):
        do(shop, "F1", "plan_job", job, people="M1", bay="3", start="+1d 08:00", finish=LATER, instruction="按标准")
    quote = do(shop, "A1", "make_quote", order, promised=LATER).made[0][2]
    do(shop, "W1", "sign_warranty", quote)
    do(shop, "A1", "complete_quote", quote, file_checked=True, promised=LATER)
    do(shop, "A1", "show_quote", quote)
    answers = [{"job": line, "accepted": True} for line in range(1, len(job_numbers(shop, order)) + 1)]
    do(shop, "A1", "sign_quote", quote, answers=answers, signed_by="客户")
    return quote


def agreed_sheet(shop: Shop, *lines: tuple[str, str], prices: list[dict[str, Any]] | None = None) -> str:
    """Return a sheet with these parts that is signed, priced and agreed to."""
    order = in_shop(shop)
    sheet = signed_sheet(shop, job_numbers(shop, order)[0], *lines)
    do(shop, "P1", "price_parts", sheet, lines=prices or [{"line": 1}])
    agreed(shop, order)
    return sheet


def stock(shop: Shop, number: str, maker: str = "Komatsu") -> tuple[int, int]:
    """Return pieces on hand and reserved in the site's bins, what is on loan left out."""
    with shop.reader():
        found = sql.row(
            "SELECT COALESCE(SUM(b.on_hand), 0), COALESCE(SUM(b.reserved), 0) FROM balance b "
            "JOIN bin n ON n.id = b.bin_id AND n.virtual = 0 JOIN part p ON p.id = b.part_id "
            "WHERE p.number = ? AND p.maker = ?", number, maker)  # fmt: skip
    assert found is not None
    return int(found[0]) // 1000, int(found[1]) // 1000


@contextmanager
def traced(shop: Shop) -> Iterator[list[str]]:
    """Collect the statements a SQLite shop carries out meanwhile, BEGIN and COMMIT among them."""
    seen: list[str] = []

    def note(_cursor: object, statement: str, _values: object) -> bool:
        seen.append(statement.split()[0].upper().rstrip(";"))
        return True

    connection = shop.db.connection()
    connection.exec_trace = note
    yield seen
    connection.exec_trace = None


def lines(shop: Shop, sheet: str) -> list[m.MaterialLine]:
    """Return the present lines of a sheet."""
    with shop.reader():
        row = m.MaterialSheet.get(m.MaterialSheet.number == sheet)
        return list(
            m.MaterialLine.select()
            .where((m.MaterialLine.sheet == row.id) & (m.MaterialLine.rev == row.rev))
            .order_by(m.MaterialLine.line)
        )
