"""The stock ledger: the only writer of moves, balances, reservations and serial numbers.

A verb collects what it moves; ``write`` then changes the balances by guarded updates, whose row counts are checked,
and inserts the moves, each kind of row with one statement for any number of lines.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from shopterm.db import models as m
from shopterm.db import prepared, sql
from shopterm.db.queries.stock import KnownSerial, needs_of, shelves_of
from shopterm.domain.errors import Conflict, invalid
from shopterm.domain.stock import LARGEST, Ask, Share, allocate
from shopterm.domain.units import Money, Quantity
from shopterm.domain.vocabulary import MoveKind
from shopterm.domain.words import _
from shopterm.usecases.bins import Booker
from shopterm.usecases.context import Context

TOO_LARGE = _("{quantity} pieces at {cost} are more than the books can hold.")
RACE = _("The stock changed at the same moment; please look again.")

Pair = tuple[int, int]


@dataclass(frozen=True)
class Reason:
    """What a move is for: its kind, and the line, loan line, serial number and note it carries."""

    kind: MoveKind
    material_line: int | None = None
    loan_line: int | None = None
    serial: str = ""
    note: str = ""


@dataclass
class _Gain:
    """What comes into a bin: pieces, and their value for the moving average."""

    quantity: int = 0
    value: int = 0


@dataclass
class Ledger:
    """What one verb moves, until it is written."""

    ctx: Booker
    moves: list[dict[str, Any]] = field(default_factory=list)
    loss: dict[Pair, int] = field(default_factory=lambda: defaultdict(int))
    gain: dict[Pair, _Gain] = field(default_factory=lambda: defaultdict(_Gain))
    homes: set[Pair] = field(default_factory=set)
    """Bins in which a part belongs, also while none of it lies there."""
    promise: dict[Pair, int] = field(default_factory=lambda: defaultdict(int))
    """Change of what is reserved, by part and bin."""
    holds: dict[tuple[int, int, int], int] = field(default_factory=lambda: defaultdict(int))
    """New reservations, by line, part and bin."""
    lifted: dict[Pair, int] = field(default_factory=lambda: defaultdict(int))
    """Reservations given up or used, by line and bin."""
    held: dict[Pair, int] = field(default_factory=dict)
    """How much was reserved before, by line and bin."""
    placed: list[tuple[KnownSerial, int, int, int]] = field(default_factory=list)
    """Serial numbers that go elsewhere: as known, then bin, line, loan line (0 for none)."""
    added: list[dict[str, Any]] = field(default_factory=list)
    dropped: list[KnownSerial] = field(default_factory=list)

    def give(self, part: int, place: int, quantity: int, cost: int, why: Reason) -> None:
        """Take a quantity out of a bin."""
        self.loss[part, place] += quantity
        self._move(part, place, -quantity, cost, why)

    def put(self, part: int, place: int, quantity: int, cost: int, why: Reason) -> None:
        """Bring a quantity into a bin; its cost per piece moves the bin's average."""
        if max(quantity, cost) > LARGEST:
            raise invalid("quantity", TOO_LARGE, quantity=Quantity(quantity), cost=Money(cost))
        gain = self.gain[part, place]
        gain.quantity += quantity
        gain.value += quantity * cost
        self._move(part, place, quantity, cost, why)

    def assign(self, part: int, place: int) -> None:
        """Say that a part belongs in a bin, without moving any."""
        self.homes.add((part, place))

    def pass_on(self, part: int, places: Pair, quantity: int, cost: int, why: Reason) -> None:
        """Carry a quantity from one place to another: a pair of moves that sums to zero."""
        self.give(part, places[0], quantity, cost, why)
        self.put(part, places[1], quantity, cost, why)

    def hold(self, line: int, part: int, place: int, quantity: int) -> None:
        """Reserve a quantity for a line."""
        self.promise[part, place] += quantity
        self.holds[line, part, place] += quantity

    def lift(self, line: int, part: int, place: int, quantity: int, held: int) -> None:
        """Give up (or use) a quantity of what is reserved for a line in a bin."""
        self.promise[part, place] -= quantity
        self.lifted[line, place] += quantity
        self.held[line, place] = held

    def place(self, known: KnownSerial, *, place: int = 0, line: int = 0, loan_line: int = 0) -> None:
        """Say where a serial number is from now on: in a bin, at a line, or on loan."""
        self.placed.append((known, place, line, loan_line))

    def add_serial(self, part: int, serial: str, place: int) -> None:
        """Make a serial number known, lying in a bin."""
        self.added.append({"id": self.ctx.new_key(), "part": part, "serial": serial, "bin": place})

    def drop_serial(self, known: KnownSerial) -> None:
        """Forget a serial number that is no longer there; the event remembers it."""
        self.dropped.append(known)

    def _move(self, part: int, place: int, quantity: int, cost: int, why: Reason) -> None:
        self.moves.append(
            {
                "id": self.ctx.new_key(),
                "site": self.ctx.site,
                "at": self.ctx.at,
                "part": part,
                "bin": place,
                "quantity": quantity,
                "kind": why.kind,
                "unit_cost": cost,
                "material_line": why.material_line,
                "loan_line": why.loan_line,
                "person": self.ctx.actor.person,
                "serial": why.serial,
                "note": why.note,
            }
        )

    def write(self) -> None:
        """Write everything collected; Conflict, and nothing written, if the stock is not as it was read."""
        self._lower_balances()
        self._raise_balances()
        if self.moves:
            sql.insert(m.Move, *self.moves)
        self._write_reservations()
        self._write_serials()

    def _lower_balances(self) -> None:
        """Take losses and changes of what is reserved; what would break a balance finds no row."""
        pairs = sorted(pair for pair in {*self.loss, *self.promise} if self.loss[pair] or self.promise[pair])
        guarded_update(
            """
            UPDATE balance SET on_hand = balance.on_hand - v.loss, reserved = balance.reserved + v.promise FROM v
            WHERE balance.part_id = v.part AND balance.bin_id = v.bin AND balance.on_hand >= v.loss
              AND balance.reserved + v.promise >= 0
              AND balance.on_hand - v.loss >= balance.reserved + v.promise""",
            ("part", "bin", "loss", "promise"),
            [(*pair, self.loss[pair], self.promise[pair]) for pair in pairs],
        )

    def _raise_balances(self) -> None:
        """Add gains, and move each bin's average cost by the difference the new pieces make."""
        if self.homes:
            sql.change(
                f"INSERT INTO balance (part_id, bin_id, on_hand, unit_cost, reserved) VALUES "
                f"{_rows(5, len(self.homes))} ON CONFLICT DO NOTHING",
                *[value for pair in sorted(self.homes) for value in (*pair, 0, 0, 0)],
            )
        if not self.gain:
            return
        rows = [(*pair, gain.quantity, gain.value // gain.quantity) for pair, gain in sorted(self.gain.items())]
        step = "2 * (excluded.unit_cost - balance.unit_cost) * excluded.on_hand"
        total = "(balance.on_hand + excluded.on_hand)"
        sql.change(
            f"""
            INSERT INTO balance (part_id, bin_id, on_hand, unit_cost, reserved)
            VALUES {_rows(5, len(rows))} ON CONFLICT (part_id, bin_id) DO UPDATE SET
              on_hand = balance.on_hand + excluded.on_hand,
              unit_cost = balance.unit_cost + CASE WHEN excluded.unit_cost < balance.unit_cost
                THEN ({step} - {total}) / (2 * {total}) ELSE ({step} + {total}) / (2 * {total}) END""",
            *[value for row in rows for value in (*row, 0)],
        )

    def _write_reservations(self) -> None:
        if self.holds:
            sql.change(
                f"""
                INSERT INTO reservation (id, material_line_id, part_id, bin_id, quantity)
                VALUES {_rows(5, len(self.holds))} ON CONFLICT (material_line_id, bin_id)
                DO UPDATE SET quantity = reservation.quantity + excluded.quantity""",
                *[value for key, quantity in self.holds.items() for value in (self.ctx.new_key(), *key, quantity)],
            )
        used = [(*pair, self.held[pair]) for pair, quantity in self.lifted.items() if quantity == self.held[pair]]
        if used:
            changed = sql.change(
                f"DELETE FROM reservation WHERE (material_line_id, bin_id, quantity) IN (VALUES {_rows(3, len(used))})",
                *[value for row in used for value in row],
            )
            _expect(changed, len(used))
        guarded_update(
            """
            UPDATE reservation SET quantity = reservation.quantity - v.used FROM v
            WHERE reservation.material_line_id = v.line AND reservation.bin_id = v.bin
              AND reservation.quantity = v.held AND v.held > v.used""",
            ("line", "bin", "used", "held"),
            [
                (*pair, quantity, self.held[pair])
                for pair, quantity in self.lifted.items()
                if quantity != self.held[pair]
            ],
        )

    def _write_serials(self) -> None:
        guarded_update(
            """
            UPDATE serial SET bin_id = NULLIF(v.bin, 0), material_line_id = NULLIF(v.line, 0),
              loan_line = NULLIF(v.loan, 0) FROM v
            WHERE serial.id = v.id AND COALESCE(serial.bin_id, 0) = v.was_bin
              AND COALESCE(serial.material_line_id, 0) = v.was_line AND COALESCE(serial.loan_line, 0) = v.was_loan""",
            ("id", "bin", "line", "loan", "was_bin", "was_line", "was_loan"),
            [
                (known.id, place, line, loan, known.bin or 0, known.material_line or 0, known.loan_line or 0)
                for known, place, line, loan in self.placed
            ],
        )
        if self.added:
            m.Serial.insert_many(self.added).execute()
        if self.dropped:
            keys = [known.id for known in self.dropped]
            _expect(sql.change(f"DELETE FROM serial WHERE id IN ({sql.marks(len(keys))})", *keys), len(keys))


def guarded_update(statement: str, columns: Sequence[str], rows: Sequence[Sequence[int]]) -> None:
    """Run one UPDATE over rows of whole numbers, seen by it as table ``v``; Conflict unless it changes them all."""
    if not rows:
        return
    head = f"WITH v({', '.join(columns)}) AS (VALUES {_rows(len(columns), len(rows))})"
    _expect(prepared.change(head + statement, *[value for row in rows for value in row]), len(rows))


def _rows(width: int, count: int) -> str:
    """Return the placeholders of several rows of values."""
    return ", ".join([f"({sql.marks(width)})"] * count)


def _expect(changed: int, wanted: int) -> None:
    if changed != wanted:
        raise Conflict(RACE)


def reserve_for(ctx: Context, material_line_ids: Sequence[int]) -> None:
    """Reserve for consented lines what is free here, in their order; the event notes what is missing."""
    needs = needs_of(material_line_ids)
    shelves = shelves_of({need.part for need in needs}, ctx.site)
    shares = [Share(Ask(need.part, need.quantity), need.line, need.quantity) for need in needs]
    takes, _shortages = allocate(shares, shelves)
    ledger = Ledger(ctx)
    missing = {need.line: need.quantity for need in needs}
    for take in takes:
        ledger.hold(take.share.key, take.share.ask.part, take.bin, take.quantity)
        missing[take.share.key] -= take.quantity
    ledger.write()
    ctx.notes["reserved"] = [[take.share.key, take.code, take.quantity] for take in takes]
    ctx.notes["short"] = {str(line): quantity for line, quantity in missing.items() if quantity}
