"""Writes how numbers relate: supersessions, interchange, kits, customers' own numbers, makers' models."""

from collections.abc import Sequence
from typing import Any

from shopterm.db import models as m
from shopterm.db import sql
from shopterm.domain.canonical import canonical
from shopterm.domain.partnumber import compact
from shopterm.domain.words import _
from shopterm.imports import Row
from shopterm.usecases.import_batch import CHUNK, Batch, Columns, insert_rows

UNKNOWN_CUSTOMER = _("The customer is not on file.")


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
