"""Decides which line a quantity belongs to and which bin it comes from; every sum runs over the whole document."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

PIECE = 1000
"""One piece in thousandths; a serial number names exactly one."""
PIECES = frozenset({"EA", "SET"})
"""Units of which there are no fractions."""
LARGEST = 10**9
"""Most of a part, and the highest price, one entry may carry: their product still fits 64 bits."""


@dataclass(frozen=True)
class Shelf:
    """What lies of one part in one bin, and how much of it is promised."""

    part: int
    bin: int
    code: str
    on_hand: int
    reserved: int
    unit_cost: int = 0

    @property
    def free(self) -> int:
        """Return what may still be promised or given out."""
        return self.on_hand - self.reserved


@dataclass(frozen=True)
class Room:
    """A line that can take (or give back) a quantity of a part; the key is the caller's."""

    key: int
    part: int
    quantity: int


@dataclass(frozen=True)
class Ask:
    """A quantity of a part typed into a form; ``key`` or ``bin`` narrow it to one line or one bin."""

    part: int
    quantity: int
    key: int | None = None
    bin: int | None = None
    serial: str = ""
    row: int = 0
    """Which row of the form asks; tells equal asks apart."""


@dataclass(frozen=True)
class Share:
    """The piece of an ask that belongs to one line."""

    ask: Ask
    key: int
    quantity: int


@dataclass(frozen=True)
class Take:
    """The piece of a share that comes out of one bin; ``promised`` of it was reserved for its line."""

    share: Share
    bin: int
    code: str
    quantity: int
    promised: int
    unit_cost: int


@dataclass(frozen=True)
class Shortage:
    """A part of which more is asked than can be had: what lies here, and what is promised to others."""

    part: int
    asked: int
    missing: int
    on_hand: int
    reserved: int


Held = Mapping[tuple[int, int], int]
"""What is reserved, by line and bin."""


def spread(asks: Sequence[Ask], rooms: Sequence[Room]) -> tuple[list[Share], dict[int, int]]:
    """Share out the asks over the lines in their order; returns what is too much by part as well.

    An ask that names its line goes first, so that no other takes its place.
    """
    left = {room.key: room.quantity for room in rooms}
    lines: dict[int, list[int]] = defaultdict(list)
    for room in rooms:
        lines[room.part].append(room.key)
    shares: list[Share] = []
    over: dict[int, int] = {}
    for ask in sorted(asks, key=lambda ask: ask.key is None):
        rest = ask.quantity
        for key in lines[ask.part]:
            piece = min(rest, left[key]) if ask.key in (None, key) else 0
            if piece > 0:
                shares.append(Share(ask, key, piece))
                left[key] -= piece
                rest -= piece
        if rest:
            over[ask.part] = over.get(ask.part, 0) + rest
    return shares, over


def allocate(
    shares: Sequence[Share], shelves: Sequence[Shelf], held: Held | None = None
) -> tuple[list[Take], list[Shortage]]:
    """Choose bins for all shares together: each line's own reservation first, then what is free.

    A share that names its bin goes before those that can be served anywhere. All shortages are told, per part.
    """
    stock = _Stock(shelves, held or {})
    takes: list[Take] = []
    missing: dict[int, int] = {}
    for share in sorted(shares, key=lambda share: share.ask.bin is None):
        found = stock.take(share)
        takes += found
        lacking = share.quantity - sum(take.quantity for take in found)
        if lacking:
            missing[share.ask.part] = missing.get(share.ask.part, 0) + lacking
    return takes, [_shortage(part, lacking, shares, shelves, held or {}) for part, lacking in missing.items()]


def surplus(takes: Iterable[Take], held: Held, left: Mapping[int, int]) -> dict[tuple[int, int], int]:
    """Return what stays reserved beyond what each line still needs after the takes, by line and bin."""
    rest = dict(held)
    for take in takes:
        if take.promised:
            rest[take.share.key, take.bin] -= take.promised
    need = dict(left)
    freed: dict[tuple[int, int], int] = {}
    for (key, place), quantity in rest.items():
        if key not in need:
            continue
        keep = min(quantity, need[key])
        need[key] -= keep
        if quantity > keep:
            freed[key, place] = quantity - keep
    return freed


class _Stock:
    """The bins while they are being emptied; own reservations of the document's lines are kept apart."""

    def __init__(self, shelves: Sequence[Shelf], held: Held) -> None:
        self.shelves: dict[int, list[Shelf]] = defaultdict(list)
        for shelf in sorted(shelves, key=lambda shelf: shelf.code):
            self.shelves[shelf.part].append(shelf)
        self.free = {(shelf.part, shelf.bin): shelf.free for shelf in shelves}
        self.held = dict(held)

    def take(self, share: Share) -> list[Take]:
        """Take as much of a share as there is."""
        shelves = [s for s in self.shelves[share.ask.part] if share.ask.bin in (None, s.bin)]
        rest, found = share.quantity, {}
        for shelf in shelves:
            piece = min(rest, self.held.get((share.key, shelf.bin), 0))
            if piece > 0:
                found[shelf.bin] = (shelf, piece, piece)
                self.held[share.key, shelf.bin] -= piece
                rest -= piece
        for shelf in self._by_fitness(shelves, rest):
            piece = min(rest, self.free[shelf.part, shelf.bin])
            if piece > 0:
                _shelf, taken, promised = found.get(shelf.bin, (shelf, 0, 0))
                found[shelf.bin] = (shelf, taken + piece, promised)
                self.free[shelf.part, shelf.bin] -= piece
                rest -= piece
        return [
            Take(share, shelf.bin, shelf.code, taken, promised, shelf.unit_cost)
            for shelf, taken, promised in found.values()
        ]

    def _by_fitness(self, shelves: list[Shelf], wanted: int) -> list[Shelf]:
        """Return the bins in the order of walking: one that holds all of it, else the fullest first."""
        free = [self.free[shelf.part, shelf.bin] for shelf in shelves]
        order = sorted(range(len(shelves)), key=lambda i: (free[i] < wanted, -free[i] if free[i] < wanted else i))
        return [shelves[i] for i in order]


def _shortage(part: int, missing: int, shares: Sequence[Share], shelves: Sequence[Shelf], held: Held) -> Shortage:
    own = {share.key for share in shares if share.ask.part == part}
    mine = [shelf for shelf in shelves if shelf.part == part]
    bins = {shelf.bin for shelf in mine}
    promised = sum(quantity for (key, place), quantity in held.items() if key in own and place in bins)
    return Shortage(
        part,
        sum(share.quantity for share in shares if share.ask.part == part),
        missing,
        sum(shelf.on_hand for shelf in mine),
        sum(shelf.reserved for shelf in mine) - promised,
    )
