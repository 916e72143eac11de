"""Parts out against signed and consented lines, back again, exchanged, not needed; old parts tagged."""

from collections.abc import Sequence
from typing import Any

from shopterm.db import models as m
from shopterm.db import sql
from shopterm.db.queries.stock import PartName, SheetLine, SheetPage, came_from, sheet_page
from shopterm.domain.errors import Invalid, Problem, invalid
from shopterm.domain.stock import Ask, Held, Room, Share, Take, allocate, spread
from shopterm.domain.units import Quantity
from shopterm.domain.vocabulary import MoveKind
from shopterm.domain.words import _
from shopterm.usecases.bins import bin_named
from shopterm.usecases.context import Context, Values
from shopterm.usecases.counter import (
    NEEDS_SERIAL,
    asks_from_bins,
    pieces_of,
    read_scans,
    refuse_shortage,
    require_place,
)
from shopterm.usecases.issued import count_issued, count_returned, lift_reservation, part_of_sheet, shares_of, told
from shopterm.usecases.material import NOT_WHOLE
from shopterm.usecases.sheets import NO_LINE
from shopterm.usecases.sign_in import find_person
from shopterm.usecases.stock_ledger import Ledger, Reason

NOBODY_CALLED = _("There is nobody here called “{who}”.")
MORE_THAN_OUT = _("{part}: {quantity} asked, only {out} is out on this sheet.")
NOTHING_OPEN = _("Line {line} needs nothing more: it is issued, released or not consented.")
NO_OLD_PART = _("Line {line} has no old part, or it is tagged already.")
TAG_USED = _("Tag “{tag}” is used already.")
LINE_TWICE = _("Line {line} stands here twice.")


def issue_parts(ctx: Context, sheet: m.MaterialSheet, values: Values) -> None:
    """Give out parts against signed and consented lines; their reservations are used up (SHP-6.5)."""
    page = sheet_page(sheet.id, sheet.rev, ctx.site)
    scans = read_scans(values["lines"], part_of_sheet(ctx, page, ctx.number))
    shares = shares_of(ctx, page, asks_from_bins(ctx, scans))
    takes = _taken(ctx, page, shares, page.held)
    receiver = _receiver(values["receiver"])
    ledger, pieces = Ledger(ctx), pieces_of(scans)
    for take in takes:
        ask, line = take.share.ask, take.share.key
        why = Reason(MoveKind.ISSUE, line, serial=ask.serial, note=receiver)
        ledger.give(ask.part, take.bin, take.quantity, take.unit_cost, why)
        if take.promised:
            lift_reservation(ledger, page, line, take.bin, take.promised)
        if known := pieces.get((ask.part, ask.serial)):
            ledger.place(known, line=line)
    count_issued(ledger, page, shares, takes)
    ledger.write()
    _seal(ctx, sheet, issued=[[*_told(page, take.share), take.code] for take in takes], receiver=receiver)
    ctx.message, ctx.params = _("Issued on {number}: {parts}."), {"number": ctx.number, "parts": told(page, shares)}


def take_back_parts(ctx: Context, sheet: m.MaterialSheet, values: Values) -> None:
    """Take issued parts back into stock (OPS-6)."""
    page = sheet_page(sheet.id, sheet.rev, ctx.site)
    scans = read_scans(values["lines"], part_of_sheet(ctx, page, ctx.number))
    lines = {line.id for line in page.lines}
    require_place(scans, lambda known: known.material_line in lines)
    asks = [scan.ask(key=scan.known.material_line if scan.known else None) for scan in scans]
    bins = {ask: bin_named(ctx, scan.bin) for ask, scan in zip(asks, scans, strict=True) if scan.bin}
    shares = _out(page, asks)
    sources = came_from({share.key for share in shares})
    ledger, pieces = Ledger(ctx), pieces_of(scans)
    for share in shares:
        place, cost = sources[share.key]
        place = bins.get(share.ask, place)
        why = Reason(MoveKind.RETURN, share.key, serial=share.ask.serial)
        ledger.put(share.ask.part, place, share.quantity, cost, why)
        if known := pieces.get((share.ask.part, share.ask.serial)):
            ledger.place(known, place=place)
    ledger.write()
    count_returned(shares)
    _seal(ctx, sheet, returned=[_told(page, share) for share in shares], reason=values["reason"])
    ctx.message, ctx.params = _("Taken back on {number}: {parts}."), {"number": ctx.number, "parts": told(page, shares)}


def exchange_parts(ctx: Context, sheet: m.MaterialSheet, values: Values) -> None:
    """Take back a wrong piece and give out the right one at once (OPS-6); what needs serials goes both ways apart."""
    page = sheet_page(sheet.id, sheet.rev, ctx.site)
    part = part_of_sheet(ctx, page, ctx.number)(values["part"])
    if part.tracked:
        raise invalid("part", NEEDS_SERIAL, part=str(part))
    if part.splits(values["quantity"]):
        raise invalid("quantity", NOT_WHOLE, part=str(part), quantity=values["quantity"])
    shares = _out(page, [Ask(part.id, values["quantity"])])
    takes = _taken(ctx, page, shares, {})
    sources = came_from({share.key for share in shares})
    wrong_bin = bin_named(ctx, values["bin"]) if values["bin"] else None
    ledger = Ledger(ctx)
    for take in takes:
        ledger.give(part.id, take.bin, take.quantity, take.unit_cost, Reason(MoveKind.ISSUE, take.share.key))
    for share in shares:
        place, cost = sources[share.key]
        why = Reason(MoveKind.RETURN, share.key, note=values["reason"])
        ledger.put(part.id, wrong_bin or place, share.quantity, cost, why)
    ledger.write()
    count_returned(shares, exchanged=True)
    _seal(ctx, sheet, exchanged=[_told(page, share) for share in shares], reason=values["reason"])
    ctx.message, ctx.params = _("Exchanged on {number}: {parts}."), {"number": ctx.number, "parts": told(page, shares)}


def release_parts(ctx: Context, sheet: m.MaterialSheet, values: Values) -> None:
    """Declare consented parts not needed; what was reserved for them is free again (SHP-9.1)."""
    page = sheet_page(sheet.id, sheet.rev, ctx.site)
    chosen = _lines_named(page, values["lines"])
    for index, line in enumerate(chosen, 1):
        if line.open <= 0:
            raise invalid("lines", NOTHING_OPEN, index, line=line.line)
    ledger = Ledger(ctx)
    keys = {line.id for line in chosen}
    for (key, place), quantity in page.held.items():
        if key in keys:
            lift_reservation(ledger, page, key, place, quantity)
    ledger.write()
    for line, said in zip(chosen, values["lines"], strict=True):
        m.MaterialLine.update(released=True, release_reason=said["reason"]).where(
            m.MaterialLine.id == line.id
        ).execute()
    _seal(
        ctx, sheet, released=[[line.line, said["reason"]] for line, said in zip(chosen, values["lines"], strict=True)]
    )
    ctx.message, ctx.params = _("Not needed on {number}: {count} lines."), {"number": ctx.number, "count": len(chosen)}


def tag_old_parts(ctx: Context, sheet: m.MaterialSheet, values: Values) -> None:
    """Tag removed parts and say where they lie (SHP-9.1); a tag is used once."""
    page = sheet_page(sheet.id, sheet.rev, ctx.site)
    chosen = _lines_named(page, values["lines"])
    due = {
        line
        for (line,) in sql.rows(
            """
        SELECT l.id FROM material_line l WHERE l.sheet_id = ? AND l.rev = ? AND l.old_part = 1
          AND NOT EXISTS (SELECT 1 FROM old_part p WHERE p.line_id = l.id)""",
            sheet.id,
            sheet.rev,
        )
    }
    tags = [said["tag"].strip().upper() for said in values["lines"]]
    used = {tag for (tag,) in sql.rows(f"SELECT tag FROM old_part WHERE tag IN ({sql.marks(len(tags))})", *tags)}
    for index, (line, tag) in enumerate(zip(chosen, tags, strict=True), 1):
        if line.id not in due:
            raise invalid("lines", NO_OLD_PART, index, line=line.line)
        if tag in used:
            raise invalid("lines", TAG_USED, index, tag=tag)
        used.add(tag)
    m.OldPart.insert_many(
        [
            {
                "id": ctx.new_key(),
                "line": line.id,
                "tag": tag,
                "place": said["place"],
                "person": ctx.actor.person,
                "at": ctx.at,
            }
            for line, tag, said in zip(chosen, tags, values["lines"], strict=True)
        ]
    ).execute()
    ctx.set(changed_at=ctx.at)


def _taken(ctx: Context, page: SheetPage, shares: Sequence[Share], held: Held) -> list[Take]:
    takes, shortages = allocate(shares, page.shelves, held)
    for shortage in shortages:
        lines = [share.key for share in shares if share.ask.part == shortage.part]
        raise refuse_shortage(ctx, shortage, page.parts[shortage.part], page.shelves, lines)
    return takes


def _out(page: SheetPage, asks: Sequence[Ask]) -> list[Share]:
    """Share out what comes back over the lines it is out on; Invalid where it is more than is out."""
    shares, over = spread(asks, [Room(line.id, line.part.id, line.out) for line in page.lines if line.part])
    for part in over:
        asked = sum(ask.quantity for ask in asks if ask.part == part)
        out = sum(line.out for line in page.lines if line.part and line.part.id == part)
        raise invalid("lines", MORE_THAN_OUT, part=str(page.parts[part]), quantity=Quantity(asked), out=Quantity(out))
    return shares


def _receiver(who: str | None) -> str:
    person = find_person(who) if who else None
    if who and person is None:
        raise invalid("receiver", NOBODY_CALLED, who=who)
    return str(person.number) if person else ""


def _lines_named(page: SheetPage, typed: Sequence[Values]) -> list[SheetLine]:
    """Return the lines named by number, in the order typed; each once."""
    by_number = {line.line: line for line in page.lines}
    numbers = [said["line"] for said in typed]
    problems = [
        Problem("lines.line", LINE_TWICE if number in by_number else NO_LINE, {"line": number}, index)
        for index, number in enumerate(numbers, 1)
        if number not in by_number or number in numbers[: index - 1]
    ]
    if problems:
        raise Invalid(problems)
    return [by_number[number] for number in numbers]


def _told(page: SheetPage, share: Share) -> list[Any]:
    """Return line, part, quantity and serial number as the event keeps them."""
    line = next(line for line in page.lines if line.id == share.key)
    part: PartName = page.parts[share.ask.part]
    return [line.line, str(part), share.quantity, share.ask.serial]


def _seal(ctx: Context, sheet: m.MaterialSheet, **what: Any) -> None:
    """Bind the signature to what moved, and count the change on the sheet."""
    ctx.content = {"sheet": sheet.id, "rev": sheet.rev, **what}
    ctx.set(changed_at=ctx.at)
