"""The store: receive, adjust, and the opening stock."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from shopterm.db import models as m
from shopterm.db.queries.stock import (
    KnownSerial,
    PartName,
    jobs_of_lines,
    lines_waiting_for,
    name_of,
    serials_named,
    shelves_of,
)
from shopterm.domain.errors import invalid
from shopterm.domain.money import half_up
from shopterm.domain.stock import LARGEST, PIECE, Shelf, Shortage
from shopterm.domain.units import Money, Quantity
from shopterm.domain.vocabulary import MoveKind
from shopterm.domain.words import _
from shopterm.usecases.bins import Booker, bin_named, known_bin
from shopterm.usecases.context import Context, Values
from shopterm.usecases.counter import NEEDS_SERIAL, ONE_PIECE, refuse_shortage
from shopterm.usecases.material import NOT_WHOLE
from shopterm.usecases.stock_ledger import Ledger, Reason, reserve_for

TOO_LARGE = _("Too large: at most {limit}.")
SERIAL_KNOWN = _("Serial number “{serial}” of {part} is on record already.")
NOT_IN_BIN = _("Serial number “{serial}” of {part} does not lie in bin {bin}.")
NO_CHANGE = _("The change is zero.")
BATCH = 500
"""Entries of an opening stock written by one set of statements."""


def receive_parts(ctx: Context, part: m.Part, values: Values) -> None:
    """Put a delivery into a bin; consented lines that wait for the part get it reserved, the oldest first."""
    name, quantity, cost = name_of(part), values["quantity"], values["cost"]
    _limit("quantity", quantity, Quantity(LARGEST))
    _limit("cost", cost or 0, Money(LARGEST))
    serial = _serial(name, quantity, values["serial"])
    place = bin_named(ctx, values["bin"])
    cost = _usual_cost(part, _shelf(ctx, part.id, place)) if cost is None else cost
    ledger = Ledger(ctx)
    ledger.put(part.id, place, quantity, cost, Reason(MoveKind.RECEIVE, serial=serial, note=values["reference"] or ""))
    if serial:
        _add(ledger, name, serial, place)
    ledger.write()
    reserve_for(ctx, lines_waiting_for(part.id, ctx.site))
    code = values["bin"].strip().upper()
    ctx.content = {"part": str(name), "quantity": quantity, "bin": code, "cost": cost, "serial": serial}
    jobs = jobs_of_lines([line for line, _bin, _quantity in ctx.notes["reserved"]])
    ctx.message = (
        _("Received: {part} × {quantity}, now reserved for {jobs}.") if jobs else _("Received: {part} × {quantity}.")
    )
    ctx.params = {"part": str(name), "quantity": str(Quantity(quantity)), "jobs": ", ".join(jobs)}


def adjust_stock(ctx: Context, part: m.Part, values: Values) -> None:
    """Correct a bin by what was counted (OPS-7); what is reserved cannot be counted away."""
    name, change = name_of(part), values["change"]
    if change == 0:
        raise invalid("change", NO_CHANGE)
    _limit("change", abs(change), Quantity(LARGEST))
    serial = _serial(name, abs(change), values["serial"])
    place = bin_named(ctx, values["bin"]) if change > 0 else known_bin(ctx.site, values["bin"])
    shelf, ledger = _shelf(ctx, part.id, place), Ledger(ctx)
    why = Reason(MoveKind.ADJUST, serial=serial, note=values["reason"])
    if change > 0:
        ledger.put(part.id, place, change, _usual_cost(part, shelf), why)
        if serial:
            _add(ledger, name, serial, place)
    else:
        _refuse_unless_free(ctx, name, shelf, -change)
        ledger.give(part.id, place, -change, shelf.unit_cost, why)
        if serial:
            ledger.drop_serial(_lying(name, serial, place, values["bin"]))
    ledger.write()
    ctx.content = {"part": str(name), "bin": shelf.code, "change": change, "serial": serial, "reason": values["reason"]}
    ctx.message = _("Adjusted: {part} {change} in {bin}.")
    ctx.params = {
        "part": str(name),
        "change": f"{Quantity(change)}" if change < 0 else f"+{Quantity(change)}",
        "bin": shelf.code,
    }


@dataclass(frozen=True)
class Opening:
    """One entry of an opening stock: a part in a bin, with its cost per piece and its serial numbers."""

    part: int
    bin: str
    quantity: int
    unit_cost: int = 0
    store: str = ""
    serials: tuple[str, ...] = ()


def opening(ctx: Booker, entries: Iterable[Opening]) -> int:
    """Book the stock with which a site begins; an entry of 0 only says where the part belongs. Returns the count."""
    entries, count = iter(entries), 0
    bins: dict[tuple[str, str], int] = {}
    while batch := list(islice(entries, BATCH)):
        ledger = Ledger(ctx)
        for entry in batch:
            where = (entry.store, entry.bin.strip().upper())
            if where not in bins:
                bins[where] = bin_named(ctx, where[1], entry.store)
            _open(ledger, entry, bins[where])
        ledger.write()
        count += len(batch)
    return count


def _open(ledger: Ledger, entry: Opening, place: int) -> None:
    if not entry.quantity:
        ledger.assign(entry.part, place)
        return
    ledger.put(entry.part, place, entry.quantity, entry.unit_cost, Reason(MoveKind.OPENING))
    for serial in entry.serials:
        ledger.add_serial(entry.part, serial, place)


def _limit(field: str, value: int, most: int) -> None:
    if value > most:
        raise invalid(field, TOO_LARGE, limit=most)


def _shelf(ctx: Context, part: int, place: int) -> Shelf:
    """Return what lies of a part in a bin; an empty shelf if it never lay there."""
    found = [shelf for shelf in shelves_of([part], ctx.site) if shelf.bin == place]
    if found:
        return found[0]
    return Shelf(part, place, m.Bin.get_by_id(place).code, 0, 0)


def _usual_cost(part: m.Part, shelf: Shelf) -> int:
    """Return the cost of a piece where none is given: the bin's average, else the catalogue's."""
    return shelf.unit_cost or half_up(part.cost or 0, part.price_per)


def _refuse_unless_free(ctx: Context, part: PartName, shelf: Shelf, quantity: int) -> None:
    if quantity > shelf.free:
        missing = Shortage(part.id, quantity, quantity - shelf.free, shelf.on_hand, shelf.reserved)
        raise refuse_shortage(ctx, missing, part, [shelf])


def _serial(part: PartName, quantity: int, typed: str | None) -> str:
    """Return the serial number of a tracked part's piece; empty for others, of which only fractions are refused."""
    if part.splits(quantity):
        raise invalid("quantity", NOT_WHOLE, part=str(part), quantity=Quantity(quantity))
    serial = (typed or "").strip()
    if not part.tracked:
        return ""
    if not serial:
        raise invalid("serial", NEEDS_SERIAL, part=str(part))
    if quantity != PIECE:
        raise invalid("serial", ONE_PIECE)
    return serial


def _add(ledger: Ledger, part: PartName, serial: str, place: int) -> None:
    if serials_named([(part.id, serial)]):
        raise invalid("serial", SERIAL_KNOWN, part=str(part), serial=serial)
    ledger.add_serial(part.id, serial, place)


def _lying(part: PartName, serial: str, place: int, code: str) -> KnownSerial:
    known = serials_named([(part.id, serial)]).get((part.id, serial))
    if known is None or known.bin != place:
        raise invalid("serial", NOT_IN_BIN, part=str(part), serial=serial, bin=code)
    return known
