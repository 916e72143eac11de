"""What may go out against a sheet, and the count of what did; shared by issues and loans."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from shopterm.db.documents import find_part
from shopterm.db.queries.stock import PartName, SheetPage
from shopterm.domain import guards as g
from shopterm.domain.errors import Refused
from shopterm.domain.stock import Ask, Room, Share, Take, spread, surplus
from shopterm.domain.units import Quantity
from shopterm.usecases.context import Context
from shopterm.usecases.counter import part_among
from shopterm.usecases.stock_ledger import Ledger, guarded_update


def part_of_sheet(ctx: Context, page: SheetPage, number: str) -> Callable[[str], PartName]:
    """Return how a typed part is read for a sheet: it must be one of its priced parts."""
    parts = page.parts.values()

    def resolve(text: str) -> PartName:
        found = part_among(text, parts)
        if found is None:
            other = find_part(text)
            raise ctx.refuse(g.NOT_ON_SHEET, part=f"{other.maker} {other.number}", number=number)
        return found

    return resolve


def shares_of(ctx: Context, page: SheetPage, asks: Sequence[Ask]) -> list[Share]:
    """Share out what is asked over the signed and consented lines; refused where it is more than they need."""
    shares, over = spread(asks, [Room(line.id, line.part.id, line.open) for line in page.lines if line.part])
    for part in over:
        raise _too_much(ctx, page, part, sum(ask.quantity for ask in asks if ask.part == part))
    return shares


def _too_much(ctx: Context, page: SheetPage, part: int, asked: int) -> Refused:
    lines = [line for line in page.lines if line.part and line.part.id == part]
    name = str(page.parts[part])
    for line in lines:
        if not line.consented and not line.released:
            return ctx.refuse(g.LINE_CONSENTED, line=f"{line.line} {name}")
    return ctx.refuse(
        g.MORE_THAN_SIGNED,
        part=name,
        quantity=str(Quantity(asked)),
        open=str(Quantity(sum(line.open for line in lines))),
    )


def count_issued(ledger: Ledger, page: SheetPage, shares: Iterable[Share], takes: Iterable[Take]) -> None:
    """Count what is issued on the lines, and give up what stays reserved beyond their need."""
    issued = _sums(shares)
    guarded_update(
        """
        UPDATE material_line SET issued = material_line.issued + v.quantity FROM v
        WHERE material_line.id = v.id AND material_line.released = 0
          AND material_line.issued - material_line.returned + v.quantity <= material_line.quantity""",
        ("id", "quantity"),
        sorted(issued.items()),
    )
    lines = {line.id: line for line in page.lines}
    left = {key: lines[key].open - quantity for key, quantity in issued.items()}
    for (key, place), quantity in surplus(takes, page.held, left).items():
        lift_reservation(ledger, page, key, place, quantity)


def count_returned(shares: Iterable[Share], *, exchanged: bool = False) -> None:
    """Count what came back on the lines; in an exchange as much goes out again."""
    again = ", issued = material_line.issued + v.quantity" if exchanged else ""
    guarded_update(
        f"""
        UPDATE material_line SET returned = material_line.returned + v.quantity{again} FROM v
        WHERE material_line.id = v.id AND material_line.issued - material_line.returned >= v.quantity""",
        ("id", "quantity"),
        sorted(_sums(shares).items()),
    )


def lift_reservation(ledger: Ledger, page: SheetPage, key: int, place: int, quantity: int) -> None:
    """Give up a quantity of what is reserved for a line of the page."""
    part = next(line.part for line in page.lines if line.id == key)
    if part is not None:
        ledger.lift(key, part.id, place, quantity, page.held[key, place])


def told(page: SheetPage, shares: Iterable[Share]) -> str:
    """Return parts and quantities for the message: ``07000-12011 × 4, …``."""
    sums: Counter[int] = Counter()
    for share in shares:
        sums[share.ask.part] += share.quantity
    return ", ".join(f"{page.parts[part].number} × {Quantity(quantity)}" for part, quantity in sums.items())


def _sums(shares: Iterable[Share]) -> Counter[int]:
    sums: Counter[int] = Counter()
    for share in shares:
        sums[share.key] += share.quantity
    return sums
