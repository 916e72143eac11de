"""Writes how numbers relate: supersessions, interchange, kits, customers' own numbers, makers' models."""

from collections.abc import Mapping, Sequence

from shopterm.db import models as m
from shopterm.domain.canonical import canonical
from shopterm.domain.partnumber import compact
from shopterm.domain.words import _
from shopterm.imports import Row
from shopterm.usecases import makers
from shopterm.usecases.import_batch import Batch
from shopterm.usecases.import_rows import customer_keys, upper
from shopterm.usecases.import_table import Table, upsert

SUPERSESSIONS = Table(m.Supersession, ("maker", "old_number", "new_number"), "old_compact")
INTERCHANGE = Table(m.Interchange, ("maker", "number", "other_maker", "other_number"), "compact")
KITS = Table(m.KitLine, ("kit_maker", "kit_number", "line", "maker", "number"), "kit_number")
OWN_NUMBERS = Table(m.OwnNumber, ("customer", "own_number"), "compact")
MODELS = Table(m.MachineModel, ("maker", "model", "pins", "note"), "maker")
"""Nothing tells two rows of one model apart, so that a row stands for itself as a whole: one that differs is new."""
PINS = ("stick_pin_mm", "stick_width_mm", "link_pin_mm", "link_width_mm", "pin_centers_mm", "pin_centers_inch")
UNKNOWN_CUSTOMER = _("The customer is not on file.")


def supersessions(batch: Batch, rows: Sequence[Row]) -> None:
    """Store which numbers replace which."""
    house = _house(rows, "maker")
    upsert(batch, SUPERSESSIONS, [
        (row.line, {
            "maker": house[str(row.values["maker"])],
            "old_number": row.values["old_part_no"], "old_compact": compact(str(row.values["old_part_no"])),
            "new_number": row.values["new_part_no"], "new_compact": compact(str(row.values["new_part_no"])),
            "ratio": row.values["qty_new_per_old"], "kind": row.values["kind"],
            "effective": row.values["effective"], "note": row.values["note"]}) for row in rows])  # fmt: skip


def interchange(batch: Batch, rows: Sequence[Row]) -> None:
    """Store other makers' parts that fit."""
    house = _house(rows, "maker", "other_maker")
    upsert(batch, INTERCHANGE, [
        (row.line, {
            "maker": house[str(row.values["maker"])], "number": row.values["part_no"],
            "compact": compact(str(row.values["part_no"])),
            "other_maker": house[str(row.values["other_maker"])], "other_number": row.values["other_part_no"],
            "other_compact": compact(str(row.values["other_part_no"])),
            "fit": row.values["fit"], "note": row.values["note"]}) for row in rows])  # fmt: skip


def kits(batch: Batch, rows: Sequence[Row]) -> None:
    """Store the contents of kits."""
    house = _house(rows, "kit_maker", "part_maker")
    upsert(batch, KITS, [
        (row.line, {
            "kit_maker": house[str(row.values["kit_maker"])], "kit_number": row.values["kit_part_no"],
            "line": row.values["line"] or 0, "maker": house[str(row.values["part_maker"])],
            "number": row.values["part_no"], "quantity": row.values["qty"]}) for row in rows])  # fmt: skip


def numbers(batch: Batch, rows: Sequence[Row]) -> None:
    """Store customers' own numbers for parts."""
    house = _house(rows, "maker")
    owners = customer_keys([upper(row.values["customer_no"]) for row in rows])
    known = [(row, owners.get(upper(row.values["customer_no"]))) for row in rows]
    for row, owner in known:
        if owner is None:
            batch.leave_out(row.line, UNKNOWN_CUSTOMER)
    upsert(batch, OWN_NUMBERS, [
        (row.line, {
            "customer": owner, "own_number": row.values["customer_part_no"],
            "compact": compact(str(row.values["customer_part_no"])), "maker": house[str(row.values["maker"])],
            "number": row.values["part_no"]}) for row, owner in known if owner is not None])  # fmt: skip


def models(batch: Batch, rows: Sequence[Row]) -> None:
    """Store makers' models with their pin sizes; a model that stands twice is kept twice where the rows differ."""
    house = makers.house_spelling(makers.MACHINES, [str(row.values["maker"]) for row in rows])
    upsert(batch, MODELS, [
        (row.line, {
            "maker": house[str(row.values["maker"])], "model": row.values["model"],
            "pins": canonical({name: row.values[name] for name in PINS}),
            "note": row.values["notes"] or ""}) for row in rows])  # fmt: skip


def _house(rows: Sequence[Row], *names: str) -> Mapping[str, str]:
    return makers.house_spelling(makers.PARTS, [str(row.values[name]) for row in rows for name in names])
