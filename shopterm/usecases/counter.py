"""What the counter's verbs share: parts and serial numbers as typed, and the refusals about stock."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from shopterm.db.documents import MANY_PARTS
from shopterm.db.queries.stock import KnownSerial, PartName, holders, serials_named
from shopterm.domain import guards as g
from shopterm.domain.errors import Invalid, NotFound, Problem, Refused
from shopterm.domain.partnumber import compact, normalise
from shopterm.domain.stock import PIECE, Ask, Shelf, Shortage
from shopterm.domain.units import Quantity
from shopterm.domain.words import _
from shopterm.usecases.context import Context, Values
from shopterm.usecases.material import NOT_WHOLE

NEEDS_SERIAL = _("{part} is tracked by serial number: one line for each piece, with its number.")
ONE_PIECE = _("A serial number names one piece: the quantity is 1.")
SERIAL_TWICE = _("Serial number “{serial}” stands here twice.")
SERIAL_ELSEWHERE = _("Serial number “{serial}” of {part} is not here.")


Pieces = dict[tuple[int, str], KnownSerial]
"""Known serial numbers by part and serial."""


@dataclass(frozen=True)
class Scan:
    """One typed line: the part, how much of it, which piece, and the bin if one was named."""

    line: int
    part: PartName
    quantity: int
    serial: str
    known: KnownSerial | None
    bin: str

    def ask(self, *, key: int | None = None, place: int | None = None) -> Ask:
        """Return what the line asks for, of one line or one bin if the piece is known to be there."""
        return Ask(self.part.id, self.quantity, key, place, self.serial, self.line)


def read_scans(typed: Sequence[Values], resolve: Callable[[str], PartName]) -> list[Scan]:
    """Read all typed lines; Invalid with every fraction of a piece and every missing or misused serial number."""
    named = [resolve(line["part"]) for line in typed]
    serials = [(line["serial"] or "").strip() for line in typed]
    known = serials_named(
        {(part.id, serial) for part, serial in zip(named, serials, strict=True) if serial and part.tracked}
    )
    scans = [
        Scan(number, part, line["quantity"], serial, known.get((part.id, serial)), line.get("bin") or "")
        for number, (line, part, serial) in enumerate(zip(typed, named, serials, strict=True), 1)
    ]
    _raise(problem for scan in scans for problem in _misused(scan, scans))
    return scans


def _misused(scan: Scan, scans: Sequence[Scan]) -> Iterable[Problem]:
    if scan.part.splits(scan.quantity):
        named = {"part": str(scan.part), "quantity": Quantity(scan.quantity)}
        yield Problem("lines.quantity", NOT_WHOLE, named, scan.line)
    if scan.part.tracked and not scan.serial:
        yield _problem(scan, NEEDS_SERIAL)
    if scan.serial and scan.quantity != PIECE:
        yield _problem(scan, ONE_PIECE)
    if scan.serial and any((other.part, other.serial) == (scan.part, scan.serial) for other in scans[: scan.line - 1]):
        yield _problem(scan, SERIAL_TWICE)


def require_place(scans: Iterable[Scan], is_there: Callable[[KnownSerial], bool]) -> None:
    """Refuse every serial number that is not where the verb would take it from."""
    _raise(
        _problem(scan, SERIAL_ELSEWHERE)
        for scan in scans
        if scan.part.tracked and not (scan.known and is_there(scan.known))
    )


def _problem(scan: Scan, sentence: str) -> Problem:
    return Problem("lines.serial", sentence, {"part": str(scan.part), "serial": scan.serial}, scan.line)


def _raise(problems: Iterable[Problem]) -> None:
    found = list(problems)
    if found:
        raise Invalid(found)


def pieces_of(scans: Iterable[Scan]) -> Pieces:
    """Return the serial numbers among the scans, by part and serial."""
    return {(scan.part.id, scan.serial): scan.known for scan in scans if scan.known}


def asks_from_bins(ctx: Context, scans: Sequence[Scan]) -> list[Ask]:
    """Return what is asked from this site's bins; a serial number is asked from the bin it lies in."""
    require_place(scans, lambda known: known.site == ctx.site)
    return [scan.ask(place=scan.known.bin if scan.known else None) for scan in scans]


def part_among(text: str, parts: Collection[PartName]) -> PartName | None:
    """Return the one of these parts that a scan or typed number means, with or without its maker; None if none."""
    wanted, key = normalise(text), compact(text)
    for fits in (
        lambda part: part.number == wanted,
        lambda part: normalise(str(part)) == wanted,
        lambda part: bool(key) and compact(part.number) == key,
        lambda part: bool(key) and compact(str(part)) == key,
    ):
        found = [part for part in parts if fits(part)]
        if len(found) == 1:
            return found[0]
        if found:
            raise NotFound(MANY_PARTS, ref=text, makers=", ".join(part.maker for part in found), maker=found[0].maker)
    return None


def refuse_shortage(
    ctx: Context, shortage: Shortage, part: PartName, shelves: Iterable[Shelf], lines: Sequence[int] = ()
) -> Refused:
    """Make the refusal for a part of which there is not enough: what lies where, and for whom it is reserved."""
    bins = ", ".join(
        f"{shelf.code}: {Quantity(shelf.on_hand)}" for shelf in shelves if shelf.part == part.id and shelf.on_hand
    )
    guard = g.NOT_PROMISED if shortage.reserved else g.ENOUGH_IN_STOCK if shortage.on_hand else g.IN_STOCK
    whom = ", ".join(holders(part.id, ctx.site, lines)) if shortage.reserved else ""
    return ctx.refuse(
        guard,
        part=str(part),
        quantity=str(Quantity(shortage.asked)),
        bins=bins,
        holders=whom,
        on_hand=str(Quantity(shortage.on_hand)),
        reserved=str(Quantity(shortage.reserved)),
    )
