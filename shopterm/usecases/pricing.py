"""The counter prices a signed sheet, beside its lines; another part than the reported one goes back to the foreman."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shopterm.db import models as m
from shopterm.db.documents import find_part, parts_numbered
from shopterm.db.queries.relations import successors
from shopterm.db.queries.stock import shelves_of
from shopterm.domain import guards as g
from shopterm.domain.errors import Invalid, NotFound, Problem, invalid
from shopterm.domain.money import part_amount
from shopterm.domain.stock import PIECE, PIECES
from shopterm.domain.units import Quantity
from shopterm.domain.vocabulary import Doc, SheetState, Source
from shopterm.domain.words import _
from shopterm.usecases.context import Context, Values
from shopterm.usecases.material import current_lines, settle
from shopterm.usecases.sheets import NO_LINE, copy_lines
from shopterm.usecases.signatures import void_signatures

LEAD_DAYS = {Source.ORDER: 14, Source.RUSH: 3, Source.DEMO_MACHINE: 1}
"""Days until a part is here where the clerk names none."""
LINE_TWICE = _("Line {line} stands here twice.")
UNKNOWN = _("Line {line} says “{text}”, which the catalogue does not know: name the part found.")
NO_PRICE = _("Line {line}: {part} has no price; type one.")
SHORT = _(
    "Line {line}: {part} × {quantity} is needed, {available} is in stock here: say where it comes from, or in "
    "how many days it is here."
)
ONLY_WHOLE = _(
    "{part} comes in whole pieces, and {quantity} is asked for: take another part, or have the sheet revised."
)
SAME_PART = _("Line {line} asks for {part} already.")


def price_parts(ctx: Context, sheet: m.MaterialSheet, values: Values) -> None:
    """Price every line of the present version, with stock and lead time (SHP-5.1, SHP-5.2); no signature falls.

    A line that is not named is the reported part at its list price from stock. Pricing again replaces the prices.
    The reported part's list price on a line for its successor is the successor's: the form starts from the former.
    """
    lines = current_lines(sheet)
    said = _said(lines, values["lines"])
    parts = _parts(ctx, lines, said)
    prices = _prices(ctx, lines, said, parts)
    keys = [line.id for line in lines]
    m.LinePrice.delete().where(m.LinePrice.line.in_(keys or [0])).execute()
    if prices:
        m.LinePrice.insert_many(prices).execute()
    ctx.notes["priced"] = [
        [line.line, parts[line.line].number, price["price"], price["amount"], price["source"].value, price["lead_days"]]
        for line, price in zip(lines, prices, strict=True)
    ]
    ctx.set(changed_at=ctx.at)
    ctx.become(SheetState.PRICED)
    settle(ctx, sheet)
    ctx.message, ctx.params = _("Sheet {number} is priced: {count} lines."), {"number": ctx.number, "count": len(lines)}


def _said(lines: Sequence[m.MaterialLine], typed: Sequence[Values]) -> dict[int, Values]:
    """Return what was typed by line number; Invalid for a line that is not there or named twice."""
    numbers = {line.line for line in lines}
    said: dict[int, Values] = {}
    problems = []
    for index, row in enumerate(typed, 1):
        number = row["line"]
        if number not in numbers or number in said:
            sentence = LINE_TWICE if number in said else NO_LINE
            problems.append(Problem("lines.line", sentence, {"line": number}, index))
        said[number] = row
    if problems:
        raise Invalid(problems)
    return said


def _parts(ctx: Context, lines: Sequence[m.MaterialLine], said: Mapping[int, Values]) -> dict[int, m.Part]:
    """Return the part of every line: the reported one or its supersession, or the one found for an unknown text."""
    reported = {
        part.id: part
        for part in m.Part.select().where(m.Part.id.in_([line.part_id for line in lines if line.part_id] or [0]))
    }
    parts: dict[int, m.Part] = {}
    problems = []
    for line in lines:
        known = reported.get(line.part_id) if line.part_id else None
        typed = (said.get(line.line, {}).get("part") or "").strip()
        try:
            part = known if known and (not typed or _means(typed, known)) else find_part(typed) if typed else None
        except NotFound as error:
            problems.append(Problem("lines.part", error.sentence, error.params, line.line))
            continue
        if part is None:
            problems.append(Problem("lines.part", UNKNOWN, {"line": line.line, "text": line.text}, line.line))
        elif known and part.id != known.id and not _stands_in(part, known):
            raise ctx.refuse(g.OTHER_PART, line=line.line, part=f"{part.maker} {part.number}")
        elif part.unit in PIECES and line.quantity % PIECE:
            named = {"part": part.number, "quantity": Quantity(line.quantity)}
            problems.append(Problem("lines.part", ONLY_WHOLE, named, line.line))
        else:
            parts[line.line] = part
    if problems:
        raise Invalid(problems)
    return parts


def _means(typed: str, part: m.Part) -> bool:
    """Say whether a typed number is this part's; a number spelt otherwise may be another part's."""
    return typed in (part.number, f"{part.maker} {part.number}") or any(
        found.id == part.id for found in parts_numbered(typed)
    )


def _stands_in(part: m.Part, reported: m.Part) -> bool:
    """Say whether a part replaces the reported one piece for piece, over any number of steps."""
    chain = successors(reported.maker, reported.number, reported.compact)
    return any(found.part == part.id and found.stands_in for found in chain)


@dataclass
class _Stock:
    """What is free here by part, while the sheet's lines use it up."""

    free: Counter[int]

    def use(self, part: int, quantity: int) -> int:
        """Return how much of a line's quantity is there, and use it up."""
        found = min(quantity, max(self.free[part], 0))
        self.free[part] -= found
        return found


def _prices(
    ctx: Context, lines: Sequence[m.MaterialLine], said: Mapping[int, Values], parts: Mapping[int, m.Part]
) -> list[dict[str, Any]]:
    free: Counter[int] = Counter()
    for shelf in shelves_of({part.id for part in parts.values()}, ctx.site):
        free[shelf.part] += shelf.free
    stock = _Stock(free)
    problems: list[Problem] = []
    prices = [_price(ctx, line, said.get(line.line, {}), parts[line.line], stock, problems) for line in lines]
    if problems:
        raise Invalid(problems)
    return prices


def _price(
    ctx: Context, line: m.MaterialLine, said: Values, part: m.Part, stock: _Stock, problems: list[Problem]
) -> dict[str, Any]:
    """Price one line in the catalogue's terms (for ``price_per`` pieces); adds what is wrong to the problems."""
    named = {"line": line.line, "part": f"{part.maker} {part.number}"}
    typed = said.get("price")
    if line.part_id != part.id and line.part and typed == line.part.list_price:
        typed = None
    price = typed or part.list_price
    if not price or typed == 0:
        problems.append(Problem("lines.price", NO_PRICE, named, line.line))
    source, lead = Source(said.get("source") or Source.STOCK), said.get("lead_days")
    available = stock.use(part.id, line.quantity) if source is Source.STOCK else stock.free[part.id]
    if source is Source.STOCK and available < line.quantity and not lead:
        problems.append(
            Problem(
                "lines.source",
                SHORT,
                named | {"quantity": Quantity(line.quantity), "available": Quantity(available)},
                line.line,
            )
        )
    return {
        "line": line.id,
        "part": part.id,
        "price": price or 0,
        "price_per": part.price_per,
        "amount": part_amount(line.quantity, price or 0, part.price_per),
        "core_deposit": part.core_deposit,
        "source": source,
        "lead_days": LEAD_DAYS.get(source, 0) if lead is None else lead,
        "available": available,
        "priced_by": ctx.actor.person,
        "priced_at": ctx.at,
    }


def propose_part(ctx: Context, sheet: m.MaterialSheet, values: Values) -> None:
    """Put another part into a line: a new version for the foreman to sign, entered by the clerk (SHP-5.1)."""
    line = next((line for line in current_lines(sheet) if line.line == values["line"]), None)
    if line is None:
        raise invalid("line", NO_LINE, line=values["line"])
    part = find_part(values["part"])
    if part.id == line.part_id:
        raise invalid("part", SAME_PART, line=line.line, part=f"{part.maker} {part.number}")
    quantity = _quantity_of(part, line)
    copy_lines(ctx, m.MaterialLine, sheet, ("part", "text", "quantity", "reason", "old_part"))
    m.MaterialLine.update(part=part.id, text=part.number, quantity=quantity).where(
        (m.MaterialLine.sheet == sheet.id) & (m.MaterialLine.rev == sheet.rev + 1) & (m.MaterialLine.line == line.line)
    ).execute()
    void_signatures(Doc.MATERIAL_SHEET, sheet.id, ctx.at)
    ctx.notes["proposed"] = {
        "line": line.line,
        "was": line.text,
        "part": f"{part.maker} {part.number}",
        "quantity": quantity,
    }
    ctx.set(rev=sheet.rev + 1, reason=values["reason"])
    ctx.become(SheetState.SUBMITTED)
    settle(ctx, sheet)
    ctx.message, ctx.params = (
        _("Sheet {number} goes back to the foreman with {part}."),
        {"number": ctx.number, "part": f"{part.maker} {part.number}"},
    )


def _quantity_of(part: m.Part, line: m.MaterialLine) -> int:
    """Return how much of the proposed part takes the line's place: more where the supersession says so."""
    reported = line.part
    chain = successors(reported.maker, reported.number, reported.compact) if reported else []
    ratio = next((found.ratio for found in chain if found.part == part.id), 1000)
    quantity: int = line.quantity
    return max(quantity * ratio // 1000, 1)
