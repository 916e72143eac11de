"""Writes a batch of checked rows of each kind of master data and of the opening stock."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from shopterm.db import models as m
from shopterm.db import sql
from shopterm.db.search import index_parts
from shopterm.db.setup import add_site
from shopterm.domain.facts import Actor
from shopterm.domain.partnumber import compact
from shopterm.domain.vocabulary import Doc, PersonState, Role
from shopterm.domain.words import _
from shopterm.imports import Row
from shopterm.usecases.import_batch import CHUNK, Batch, Columns, Store, upsert
from shopterm.usecases.import_relations import interchange, kits, models, numbers, supersessions
from shopterm.usecases.people import set_roles
from shopterm.usecases.store import Opening, opening

STOCK_BEGUN = _("The bin has movements of this part already; correct it by adjusting.")
UNKNOWN_PART = _("The part is not in the catalogue.")


def parts(batch: Batch, rows: Sequence[Row]) -> None:
    """Store catalogue parts; price 0 is no price (decision 26)."""
    touched = upsert(batch, m.Part, ("maker", "number"), [(row.line, _part(row.values)) for row in rows])
    index_parts(touched)


def _part(values: Any) -> Columns:
    return {
        "maker": values["maker"], "number": values["part_no"], "compact": compact(values["part_no"]),
        "name_en": values["name_en"], "name_zh": values["name_zh"], "unit": values["unit"],
        "pack_qty": values["pack_qty"], "price_per": values["price_per"], "weight_g": values["weight_kg"],
        "core_deposit": values["core_deposit"], "returnable": values["returnable"],
        "serial_tracked": _flag(values["serial_tracked"]), "list_price": values["list_price"] or None,
        "cost": values["cost"], "abc": values.get("abc"),
    }  # fmt: skip


def _flag(value: Any) -> bool | None:
    return None if value is None else bool(value)


def prices(batch: Batch, rows: Sequence[Row]) -> None:
    """Store a price file as plain prices; parts it names for the first time are added."""
    columns = []
    for row in rows:
        part = _part(row.values | {"abc": None})
        columns.append((row.line, {name: value for name, value in part.items() if value is not None}))
    index_parts(upsert(batch, m.Part, ("maker", "number"), columns))


def customers(batch: Batch, rows: Sequence[Row]) -> None:
    """Store customer files."""
    names = (
        "kind",
        "name",
        "name_en",
        "contact",
        "phone",
        "email",
        "address",
        "tax_no",
        "price_group",
        "terms",
        "credit_limit",
        "language",
        "note",
    )
    upsert(
        batch,
        m.Customer,
        ("number",),
        [
            (row.line, {"number": row.values["customer_no"]} | {name: row.values[name] for name in names})
            for row in rows
        ],
    )


def machines(batch: Batch, rows: Sequence[Row]) -> None:
    """Store machines; an owner who is not on file is left empty."""
    names = (
        "model",
        "year",
        "purchase_date",
        "warranty_months",
        "warranty_hours",
        "hours",
        "hours_read_on",
        "engine_no",
        "note",
    )
    owners = dict(sql.rows("SELECT number, id FROM customer"))
    upsert(
        batch,
        m.Machine,
        ("maker", "serial"),
        [
            (
                row.line,
                {name: row.values[name] for name in names}
                | {
                    "serial": row.values["serial"],
                    "maker": row.values["maker"],
                    "site_code": row.values["site"],
                    "customer": owners.get(row.values["customer_no"]),
                    "sold_by_us": _flag(row.values["sold_by_us"]),
                    "demo": _flag(row.values["demo"]),
                },
            )
            for row in rows
        ],
    )


def standards(batch: Batch, rows: Sequence[Row]) -> None:
    """Store labour standards."""
    upsert(batch, m.LabourStandard, ("code", "tonnage_class"), [
        (row.line, {
            "code": row.values["code"], "tonnage_class": row.values["class"], "name_zh": row.values["name_zh"],
            "name_en": row.values["name_en"], "machine_kind": row.values["machine_kind"],
            "tons_from": _tons(row.values["tons_from"]), "tons_to": _tons(row.values["tons_to"]),
            "minutes": row.values["standard_minutes"], "people": row.values["people"],
            "kind": row.values["labour_kind"], "skill": row.values["skill"], "rate": row.values["rate_per_hour"],
            "warranty_factor": row.values["warranty_factor"]}) for row in rows])  # fmt: skip


def _tons(thousandths: Any) -> int | None:
    return None if thousandths is None else int(thousandths) // 1000


def stock(batch: Batch, rows: Sequence[Row]) -> None:
    """Book the opening stock, site by site; a bin that has moved already is left out and named."""
    found = _part_keys([(str(row.values["maker"]), str(row.values["part_no"])) for row in rows])
    begun = set(
        sql.rows(
            "SELECT s.code, b.store, b.code, v.part_id FROM move v JOIN bin b ON b.id = v.bin_id "
            "JOIN site s ON s.id = b.site "
            "GROUP BY s.code, b.store, b.code, v.part_id"
        )
    )
    by_site: dict[str, list[Opening]] = {}
    for row in rows:
        values = row.values
        part = found.get((str(values["maker"]), str(values["part_no"])))
        site, store, code = str(values["site"]), str(values["store"] or "MAIN"), str(values["bin"]).strip().upper()
        if part is None or (site, store, code, part) in begun:
            batch.left_out.append((row.line, STOCK_BEGUN if part else UNKNOWN_PART))
            continue
        serials = values["serials"] if isinstance(values["serials"], tuple) else ()
        by_site.setdefault(site, []).append(
            Opening(
                part, code, int(str(values["qty"])), int(str(values["unit_cost"] or 0)), store, tuple(map(str, serials))
            )
        )
    for site, entries in by_site.items():
        batch.added += opening(_AtSite(batch.actor, batch.at, add_site_of(site), batch.new_key), entries)


@dataclass
class _AtSite:
    """A batch that books at another site than the actor's."""

    actor: Actor
    at: int
    site: int
    new_key: Callable[[], int]


def add_site_of(code: str) -> int:
    """Return a site's number; a site named for the first time is set up in this house's zone."""
    zone = str(sql.scalar("SELECT zone FROM site WHERE id = 0"))
    return add_site(code, zone)


def _part_keys(wanted: list[tuple[str, str]]) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    numbers = list({number for _maker, number in wanted})
    for at in range(0, len(numbers), CHUNK):
        some = numbers[at : at + CHUNK]
        found.update(
            {
                (maker, number): key
                for maker, number, key in sql.rows(
                    f"SELECT maker, number, id FROM part WHERE number IN ({sql.marks(len(some))})", *some
                )
            }
        )
    return found


def people(batch: Batch, rows: Sequence[Row]) -> None:
    """Store people with their roles at each site; first PINs come by one-time codes."""
    for row in rows:
        values = row.values
        number = str(values["person_no"])
        state = PersonState.INACTIVE if values["active"] is not None and not values["active"] else PersonState.ACTIVE
        columns = {
            "number": number, "name_zh": values["name_zh"], "name_en": values["name_en"], "badge": values["badge"],
            "phone": values["phone"], "language": values["language"], "discount_limit": values["discount_limit_pct"],
            "joined": values["joined"], "skills": " ".join(_several(values["skills"])), "state": state}  # fmt: skip
        before = m.Person.get_or_none(m.Person.number == number)
        upsert(batch, m.Person, ("number",), [(row.line, columns)])
        person = m.Person.get(m.Person.number == number)
        if before is None or before.state is not state:
            batch.changes.append((Doc.PERSON.value, person.id, before.state.value if before else None, state.value))
        roles = list(
            dict.fromkeys(
                Role("service_advisor" if role == "receiving_clerk" else role) for role in _several(values["roles"])
            )
        )
        for site in _several(values["sites"]):
            set_roles(person.id, add_site_of(site), roles)


def _several(value: Any) -> tuple[str, ...]:
    return tuple(str(part) for part in value) if isinstance(value, tuple) else ()


STORES: dict[str, Store] = {
    "parts": parts, "prices": prices, "customers": customers, "machines": machines, "stock": stock, "people": people,
    "standards": standards, "supersessions": supersessions, "interchange": interchange, "kits": kits,
    "numbers": numbers, "models": models,
}  # fmt: skip
"""How the rows of each kind of file are stored."""
