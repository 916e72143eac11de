"""Writes one batch of checked rows of each kind: adds what is new, changes what differs, leaves the rest."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from shopterm.db import models as m
from shopterm.db import sql
from shopterm.db.search import index_parts
from shopterm.db.setup import add_site
from shopterm.domain.canonical import canonical
from shopterm.domain.facts import Actor
from shopterm.domain.partnumber import compact
from shopterm.domain.vocabulary import Doc, PersonState, Role
from shopterm.domain.words import _
from shopterm.imports import Row
from shopterm.usecases.people import set_roles
from shopterm.usecases.store import Opening, opening

CHUNK = 400
STOCK_BEGUN = _("The bin has movements of this part already; correct it by adjusting.")
UNKNOWN_PART = _("The part is not in the catalogue.")
UNKNOWN_CUSTOMER = _("The customer is not on file.")


@dataclass
class Batch:
    """One transaction of an import: who, when, keys, and what it did."""

    actor: Actor
    at: int
    made: Iterator[int]
    added: int = 0
    changed: int = 0
    left_out: list[tuple[int, str]] = field(default_factory=list)
    changes: list[tuple[str, int, str | None, str]] = field(default_factory=list)

    @property
    def site(self) -> int:
        """Return the acting site."""
        return self.actor.site

    def new_key(self) -> int:
        """Return the next key of the running transaction."""
        return next(self.made)


Store = Callable[[Batch, Sequence[Row]], None]
Columns = dict[str, Any]


def upsert(batch: Batch, model: type[Any], key: tuple[str, ...], rows: Iterable[tuple[int, Columns]]) -> list[int]:
    """Insert new rows and update those that differ; returns the keys of both. None in a row keeps what is there."""
    wanted = {tuple(columns[name] for name in key): columns for _line, columns in rows}
    touched: list[int] = []
    fresh: list[Columns] = []
    present = _present(model, key, list(wanted))
    for named, columns in wanted.items():
        row = present.get(named)
        if row is None:
            fresh.append({"id": batch.new_key()} | {k: v for k, v in columns.items() if v is not None})
            continue
        different = {k: v for k, v in columns.items() if v is not None and row.__data__[k] != v}
        if different:
            model.update(**different, version=model.version + 1).where(model.id == row.id).execute()
            batch.changed += 1
            touched.append(row.id)
    insert_rows(batch, model, fresh)
    return touched + [columns["id"] for columns in fresh]


def _present(model: type[Any], key: tuple[str, ...], wanted: list[tuple[Any, ...]]) -> dict[tuple[Any, ...], Any]:
    found: dict[tuple[Any, ...], Any] = {}
    last = getattr(model, key[-1])
    for at in range(0, len(wanted), CHUNK):
        some = wanted[at : at + CHUNK]
        for row in model.select().where(last.in_([named[-1] for named in some])):
            found[tuple(row.__data__[name] for name in key)] = row
    return found


def insert_rows(batch: Batch, model: type[Any], fresh: list[Columns]) -> None:
    """Insert rows, those with the same columns together."""
    groups: dict[tuple[str, ...], list[Columns]] = {}
    for columns in fresh:
        groups.setdefault(tuple(sorted(columns)), []).append(columns)
    for group in groups.values():
        for at in range(0, len(group), CHUNK):
            model.insert_many(group[at : at + CHUNK]).execute()
    batch.added += len(fresh)


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


def supersessions(batch: Batch, rows: Sequence[Row]) -> None:
    """Store which numbers replace which."""
    _relations(
        batch,
        m.Supersession,
        ("maker", "old_number", "new_number"),
        [
            {
                "maker": row.values["maker"],
                "old_number": row.values["old_part_no"],
                "old_compact": compact(str(row.values["old_part_no"])),
                "new_number": row.values["new_part_no"],
                "new_compact": compact(str(row.values["new_part_no"])),
                "ratio": row.values["qty_new_per_old"],
                "kind": row.values["kind"],
                "effective": row.values["effective"],
                "note": row.values["note"],
            }
            for row in rows
        ],
    )


def interchange(batch: Batch, rows: Sequence[Row]) -> None:
    """Store other makers' parts that fit."""
    _relations(
        batch,
        m.Interchange,
        ("maker", "number", "other_maker", "other_number"),
        [
            {
                "maker": row.values["maker"],
                "number": row.values["part_no"],
                "compact": compact(str(row.values["part_no"])),
                "other_maker": row.values["other_maker"],
                "other_number": row.values["other_part_no"],
                "other_compact": compact(str(row.values["other_part_no"])),
                "fit": row.values["fit"],
                "note": row.values["note"],
            }
            for row in rows
        ],
    )


def kits(batch: Batch, rows: Sequence[Row]) -> None:
    """Store the contents of kits."""
    _relations(
        batch,
        m.KitLine,
        ("kit_maker", "kit_number", "line", "maker", "number"),
        [
            {
                "kit_maker": row.values["kit_maker"],
                "kit_number": row.values["kit_part_no"],
                "line": row.values["line"] or 0,
                "maker": row.values["part_maker"],
                "number": row.values["part_no"],
                "quantity": row.values["qty"],
            }
            for row in rows
        ],
    )


def numbers(batch: Batch, rows: Sequence[Row]) -> None:
    """Store customers' own numbers for parts."""
    owners = dict(sql.rows("SELECT number, id FROM customer"))
    fresh = []
    for row in rows:
        owner = owners.get(row.values["customer_no"])
        if owner is None:
            batch.left_out.append((row.line, UNKNOWN_CUSTOMER))
            continue
        fresh.append({
            "customer": owner, "own_number": row.values["customer_part_no"],
            "compact": compact(str(row.values["customer_part_no"])), "maker": row.values["maker"],
            "number": row.values["part_no"]})  # fmt: skip
    _relations(batch, m.OwnNumber, ("customer", "own_number", "maker", "number"), fresh)


def models(batch: Batch, rows: Sequence[Row]) -> None:
    """Store makers' models with their pin sizes."""
    pins = ("stick_pin_mm", "stick_width_mm", "link_pin_mm", "link_width_mm", "pin_centers_mm", "pin_centers_inch")
    _relations(
        batch,
        m.MachineModel,
        ("maker", "model", "pins"),
        [
            {
                "maker": row.values["maker"],
                "model": row.values["model"],
                "pins": canonical({name: row.values[name] for name in pins}),
                "note": row.values["notes"],
            }
            for row in rows
        ],
    )


def _relations(batch: Batch, model: type[Any], key: tuple[str, ...], rows: list[Columns]) -> None:
    """Insert rows that are not there yet; relations are never changed, only added."""
    last = getattr(model, key[1])
    present: set[tuple[Any, ...]] = set()
    values = list({row[key[1]] for row in rows})
    for at in range(0, len(values), CHUNK):
        for found in model.select().where(last.in_(values[at : at + CHUNK])):
            present.add(tuple(found.__data__[name] for name in key))
    fresh = []
    for row in rows:
        named = tuple(row[name] for name in key)
        if named not in present:
            present.add(named)
            fresh.append({"id": batch.new_key()} | {name: value for name, value in row.items() if value is not None})
    insert_rows(batch, model, fresh)


STORES: dict[str, Store] = {
    "parts": parts, "prices": prices, "customers": customers, "machines": machines, "stock": stock, "people": people,
    "standards": standards, "supersessions": supersessions, "interchange": interchange, "kits": kits,
    "numbers": numbers, "models": models,
}  # fmt: skip
"""How the rows of each kind of file are stored."""
