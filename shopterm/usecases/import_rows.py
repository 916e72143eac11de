"""Writes a batch of checked rows of the catalogue, of customers, machines and labour standards."""

from collections.abc import Mapping, Sequence
from typing import Any

from shopterm.db import models as m
from shopterm.db import sql
from shopterm.db.search import index_parts, search_text
from shopterm.domain.partnumber import compact
from shopterm.domain.words import _
from shopterm.imports import Row
from shopterm.imports.reasons import Reason
from shopterm.usecases import makers
from shopterm.usecases.import_batch import Batch, Site
from shopterm.usecases.import_table import CLEAR, Columns, Table, chunks, upsert

PARTS = Table(m.Part, ("maker", "number"), "compact")
CUSTOMERS = Table(m.Customer, ("number",), "number")
MACHINES = Table(m.Machine, ("maker", "serial"), "serial")
STANDARDS = Table(m.LabourStandard, ("code", "tonnage_class"), "code")

IN_STOCK = _("{part} is in stock: whether its pieces have serial numbers is changed when none is left.")
SEARCHED = {"name_zh", "name_en"}
NO_PRICE = {Reason.PRICE_ZERO, Reason.NO_PRICE}
OF_CUSTOMERS = (
    "kind", "name", "name_en", "contact", "phone", "email", "address", "tax_no", "price_group", "terms",
    "credit_limit", "language", "note",
)  # fmt: skip
OF_MACHINES = (
    "model", "year", "purchase_date", "warranty_months", "warranty_hours", "hours", "hours_read_on", "engine_no",
    "note", "sold_by_us", "demo",
)  # fmt: skip


def parts(batch: Batch, rows: Sequence[Row]) -> None:
    """Store parts of the catalogue, or a price file as plain prices; its new numbers are added.

    A part that is said to have no price loses the one it had (docs/decisions.md, 26); an empty cell changes nothing.
    """
    house = makers.house_spelling(makers.PARTS, [str(row.values["maker"]) for row in rows])
    said = [(row.line, _part(row, house)) for row in rows]
    written = upsert(batch, PARTS, _without_flips(batch, said), born=_searchable)
    index_parts([key for key, columns in written.changed.items() if SEARCHED & columns.keys()])


def _part(row: Row, house: Mapping[str, str]) -> Columns:
    values = row.values
    unpriced = any(issue.reason in NO_PRICE for issue in row.issues)
    return {
        "maker": house[str(values["maker"])], "number": values["part_no"], "compact": compact(str(values["part_no"])),
        "name_en": values["name_en"], "name_zh": values["name_zh"], "unit": values["unit"],
        "pack_qty": values["pack_qty"], "price_per": values["price_per"], "weight_g": values["weight_kg"],
        "core_deposit": values["core_deposit"], "returnable": values["returnable"],
        "serial_tracked": values["serial_tracked"], "list_price": CLEAR if unpriced else values["list_price"],
        "cost": values["cost"], "abc": values.get("abc"),
    }  # fmt: skip


def _without_flips(batch: Batch, rows: Sequence[tuple[int, Columns]]) -> list[tuple[int, Columns]]:
    """Leave out lines by which pieces in stock would gain or lose their serial numbers."""
    tracked: dict[tuple[str, str], int] = {}
    for some in chunks(dict.fromkeys(part["compact"] for _line, part in rows if part["serial_tracked"] is not None)):
        for maker, number, flag in sql.rows(
            f"SELECT p.maker, p.number, p.serial_tracked FROM part p WHERE p.compact IN ({sql.marks(len(some))}) "
            "AND EXISTS (SELECT 1 FROM balance b WHERE b.part_id = p.id AND b.on_hand > 0)",
            *some,
        ):
            tracked[maker, number] = flag
    kept = []
    for line, part in rows:
        flag = tracked.get((part["maker"], part["number"]))
        if flag is None or part["serial_tracked"] in (None, flag):
            kept.append((line, part))
        else:
            batch.leave_out(line, IN_STOCK, part=f"{part['maker']} {part['number']}")
    return kept


def _searchable(part: Columns) -> Columns:
    return part | {"search": search_text(part["maker"], part["number"], part["name_zh"], part["name_en"])}


def customers(batch: Batch, rows: Sequence[Row]) -> None:
    """Store customer files."""
    upsert(
        batch,
        CUSTOMERS,
        [
            (row.line, {"number": upper(row.values["customer_no"])} | {name: row.values[name] for name in OF_CUSTOMERS})
            for row in rows
        ],
    )


def machines(batch: Batch, rows: Sequence[Row]) -> None:
    """Store machines; their tonnage is asked at intake (docs/decisions.md, 27). An owner not on file is left empty."""
    house = makers.house_spelling(makers.MACHINES, [str(row.values["maker"]) for row in rows])
    owners = customer_keys([upper(row.values["customer_no"]) for row in rows])
    codes = {named: site.code for named, site in sites_on_file().items()}
    upsert(
        batch,
        MACHINES,
        [
            (
                row.line,
                {
                    "serial": upper(row.values["serial"]),
                    "maker": house[str(row.values["maker"])],
                    "site_code": codes.get(upper(row.values["site"])),
                    "customer": owners.get(upper(row.values["customer_no"])),
                }
                | {name: row.values[name] for name in OF_MACHINES},
            )
            for row in rows
        ],
    )


def standards(batch: Batch, rows: Sequence[Row]) -> None:
    """Store labour standards."""
    upsert(batch, STANDARDS, [
        (row.line, {
            "code": upper(row.values["code"]), "tonnage_class": row.values["class"], "name_zh": row.values["name_zh"],
            "name_en": row.values["name_en"], "machine_kind": row.values["machine_kind"],
            "tons_from": row.values["tons_from"], "tons_to": row.values["tons_to"],
            "minutes": row.values["standard_minutes"], "people": row.values["people"],
            "kind": row.values["labour_kind"], "skill": row.values["skill"], "rate": row.values["rate_per_hour"],
            "warranty_factor": row.values["warranty_factor"]}) for row in rows])  # fmt: skip


def upper(value: Any) -> str:
    """Return a number or serial as the house writes them, which is how people's typing is looked up; empty for none."""
    return str(value or "").strip().upper()


def customer_keys(numbers: Sequence[str]) -> dict[str, int]:
    """Return the keys of those customers that are on file, by number."""
    return {
        number: key
        for some in chunks(dict.fromkeys(numbers))
        for number, key in sql.rows(f"SELECT number, id FROM customer WHERE number IN ({sql.marks(len(some))})", *some)
    }


def sites_on_file() -> dict[str, Site]:
    """Return the sites by their code in upper case."""
    return {upper(code): Site(number, code) for number, code in sql.rows("SELECT id, code FROM site WHERE id > 0")}
