"""Writes the opening stock of one site; a bin that has moved already is never booked again, only named."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from shopterm.db import sql
from shopterm.db.queries.stock import KnownSerial, serials_named
from shopterm.domain.money import half_up
from shopterm.domain.stock import LARGEST, PIECE, PIECES
from shopterm.domain.units import Money, Quantity
from shopterm.domain.vocabulary import MoveKind
from shopterm.domain.words import _
from shopterm.imports import Row
from shopterm.usecases.bins import LOAN, MAIN, NOT_A_BIN
from shopterm.usecases.import_batch import Batch, LeftOut
from shopterm.usecases.import_rows import upper
from shopterm.usecases.import_table import chunks
from shopterm.usecases.known import parts_on_file
from shopterm.usecases.material import NOT_WHOLE
from shopterm.usecases.store import Opening, opening

STOCK_BEGUN = _("{part} has moved in bin {bin} already: correct what lies there by adjusting.")
UNKNOWN_PART = _("The part is not in the catalogue.")
TOO_LARGE = _("{quantity} pieces at {cost} are more than the books can hold.")
NO_SERIALS = _("{part}: every piece has a serial number; the line must name them all.")
NOT_TRACKED = _("{part} is kept without serial numbers: leave them out, or change the part first.")
SERIAL_KNOWN = _("Serial number “{serial}” of {part} is on record already.")
MANY_SERIALS = _("{count} serial numbers are too many for one line; at most {limit}.")
MOST_SERIALS = 4000
"""Of one batch and of one line: a transaction makes a limited number of rows."""


@dataclass(frozen=True)
class _Part:
    """What an entry must know of its part."""

    id: int
    name: str
    tracked: bool
    unit: str
    cost: int
    """Of one piece, as the catalogue says."""


@dataclass(frozen=True)
class _Begun:
    """What a bin's books say of a part."""

    bin: int
    moves: int
    others: int
    """Moves that are not of the opening stock."""
    quantity: int
    cost: int


@dataclass(frozen=True)
class _Entry:
    """One line, understood."""

    line: int
    part: _Part
    store: str
    code: str
    quantity: int
    said_cost: int | None
    serials: tuple[str, ...]

    @property
    def unit_cost(self) -> int:
        """Return the cost of a piece, the catalogue's where the line has none."""
        return self.part.cost if self.said_cost is None else self.said_cost

    @property
    def place(self) -> tuple[int, str, str]:
        """Return part, store and bin."""
        return self.part.id, self.store, self.code

    @cached_property
    def fault(self) -> LeftOut | None:
        """Return what is wrong with the line itself."""
        part, cost, quantity = self.part.name, Money(self.unit_cost), Quantity(self.quantity)
        if self.code == LOAN:
            return LeftOut(self.line, NOT_A_BIN, {"bin": self.code})
        if max(quantity, cost) > LARGEST:
            return LeftOut(self.line, TOO_LARGE, {"quantity": quantity, "cost": cost})
        if self.part.unit in PIECES and quantity % PIECE:
            return LeftOut(self.line, NOT_WHOLE, {"part": part, "quantity": quantity})
        if self.part.tracked and len(self.serials) * PIECE != quantity:
            return LeftOut(self.line, NO_SERIALS, {"part": part})
        if self.serials and not self.part.tracked:
            return LeftOut(self.line, NOT_TRACKED, {"part": part})
        if len(self.serials) > MOST_SERIALS:
            return LeftOut(self.line, MANY_SERIALS, {"count": len(self.serials), "limit": MOST_SERIALS})
        return None


def stock(batch: Batch, rows: Sequence[Row]) -> None:
    """Book the opening stock of the batch's site; what is booked so already counts as it was."""
    entries = list(_entries(batch, rows))
    begun = _begun(batch.site, {entry.part.id for entry in entries})
    serials = serials_at({(entry.part.id, serial) for entry in entries for serial in entry.serials})
    fresh = []
    for entry in entries:
        there = begun.get(entry.place)
        if there and _as_it_was(entry, there, serials):
            continue
        if fault := entry.fault or _booked(entry, there, serials):
            batch.left_out.append(fault)
        else:
            fresh.append(entry)
    batch.added += opening(
        batch, [Opening(e.part.id, e.code, e.quantity, e.unit_cost, e.store, e.serials) for e in fresh]
    )


def serials_of(row: Row) -> tuple[str, ...]:
    """Return the serial numbers a line names."""
    found = row.values.get("serials")
    return found if isinstance(found, tuple) else ()


def _entries(batch: Batch, rows: Sequence[Row]) -> Iterable[_Entry]:
    parts = _parts([(str(row.values["maker"]), str(row.values["part_no"])) for row in rows])
    for row in rows:
        values = row.values
        part = parts.get((str(values["maker"]), str(values["part_no"])))
        if part is None:
            batch.leave_out(row.line, UNKNOWN_PART)
            continue
        yield _Entry(
            row.line,
            part,
            upper(values["store"]) or MAIN,
            upper(values["bin"]),
            int(str(values["qty"])),
            None if values["unit_cost"] is None else int(str(values["unit_cost"])),
            serials_of(row),
        )


def _parts(wanted: Sequence[tuple[str, str]]) -> Mapping[tuple[str, ...], _Part]:
    keys = parts_on_file(set(wanted))
    found: dict[int, _Part] = {}
    for some in chunks(set(keys.values())):
        for key, maker, number, tracked, unit, cost, per in sql.rows(
            "SELECT id, maker, number, serial_tracked, unit, cost, price_per FROM part "
            f"WHERE id IN ({sql.marks(len(some))})",
            *some,
        ):
            found[key] = _Part(key, f"{maker} {number}", bool(tracked), unit, half_up(cost or 0, per))
    return {named: found[key] for named, key in keys.items()}


def _begun(site: int, parts: Iterable[int]) -> Mapping[tuple[int, str, str], _Begun]:
    """Return what the books of a site's bins say of these parts, by part, store and bin."""
    return {
        (part, store, code): _Begun(*told)
        for some in chunks(parts)
        for part, store, code, *told in sql.rows(
            "SELECT b.part_id, n.store, n.code, n.id, COUNT(v.id), COUNT(CASE WHEN v.kind <> ? THEN 1 END), "
            "CAST(COALESCE(SUM(v.quantity), 0) AS BIGINT), COALESCE(MAX(v.unit_cost), 0) "
            "FROM balance b JOIN bin n ON n.id = b.bin_id AND n.site = ? AND n.virtual = 0 "
            "LEFT JOIN move v ON v.part_id = b.part_id AND v.bin_id = b.bin_id "
            f"WHERE b.part_id IN ({sql.marks(len(some))}) GROUP BY b.part_id, n.store, n.code, n.id",
            MoveKind.OPENING.value,
            site,
            *some,
        )
    }


def serials_at(pairs: set[tuple[int, str]]) -> dict[tuple[int, str], KnownSerial]:
    """Return where the named serial numbers are."""
    found: dict[tuple[int, str], KnownSerial] = {}
    for some in chunks(sorted(pairs)):
        found |= serials_named(some)
    return found


def _as_it_was(entry: _Entry, there: _Begun, serials: Mapping[tuple[int, str], KnownSerial]) -> bool:
    """Say whether the line is booked already, and nothing has happened in that bin since."""
    known = [serials.get((entry.part.id, serial)) for serial in entry.serials]
    return (
        there.others == 0
        and there.quantity == entry.quantity
        and (entry.said_cost in (None, there.cost) or not there.moves)
        and all(found is not None and found.bin == there.bin for found in known)
    )


def _booked(entry: _Entry, there: _Begun | None, serials: Mapping[tuple[int, str], KnownSerial]) -> LeftOut | None:
    """Return what on file stands against booking the line."""
    told: dict[str, Any] = {"part": entry.part.name}
    if there and there.moves:
        return LeftOut(entry.line, STOCK_BEGUN, told | {"bin": entry.code})
    for serial in entry.serials:
        if (entry.part.id, serial) in serials:
            return LeftOut(entry.line, SERIAL_KNOWN, told | {"serial": serial})
    return None
