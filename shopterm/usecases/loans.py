"""Loans: stock out on a person's signature, settled by return, by issue to a sheet, or by writing it off."""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from datetime import date, timedelta
from typing import Any

from shopterm.db import models as m
from shopterm.db import sql
from shopterm.db.documents import find
from shopterm.db.queries.stock import LentLine, PartName, SheetPage, lent_lines, part_named, sheet_page, shelves_of
from shopterm.domain import guards as g
from shopterm.domain.errors import invalid
from shopterm.domain.local_time import instant_at, local_day
from shopterm.domain.stock import Ask, Room, Share, Take, allocate, spread
from shopterm.domain.units import Quantity
from shopterm.domain.vocabulary import Doc, LoanState, MoveKind, OrderState, SheetState
from shopterm.domain.words import _
from shopterm.usecases.bins import bin_named, loan_bin
from shopterm.usecases.context import Context, Values
from shopterm.usecases.counter import (
    Pieces,
    Scan,
    asks_from_bins,
    part_among,
    pieces_of,
    read_scans,
    refuse_shortage,
    require_place,
)
from shopterm.usecases.issued import count_issued, shares_of
from shopterm.usecases.stock_ledger import Ledger, Reason, guarded_update

LAST_MINUTE = 24 * 60 - 1
PAST = _("The day {day} is past.")
ORDER_CLOSED = _("Work order {number} is closed: a loan cannot be for it.")
NOT_LENT = _("{part} is not out on loan {number}.")
MORE_THAN_LENT = _("{part}: {quantity} asked, only {out} is still out on this loan.")
ENDED = {OrderState.SHOP_CLOSED, OrderState.CHECKED, OrderState.CANCELLED}


def lend_parts(ctx: Context, _row: None, values: Values) -> None:
    """Lend free stock to the second signer (OPS-9); what is reserved for somebody else stays."""
    scans = read_scans(values["lines"], part_named)
    parts = {scan.part.id: scan.part for scan in scans}
    shelves = shelves_of(parts, ctx.site)
    shares = [Share(ask, 0, ask.quantity) for ask in asks_from_bins(ctx, scans)]
    takes, shortages = allocate(shares, shelves)
    for shortage in shortages:
        raise refuse_shortage(ctx, shortage, parts[shortage.part], shelves)
    loan = _new_loan(ctx, values)
    rows = [_loan_row(ctx, loan, line, take) for line, take in enumerate(takes, 1)]
    m.LoanLine.insert_many(rows).execute()
    _carry_out(ctx, scans, takes, rows)
    ctx.content = {
        "loan": ctx.made[0][2],
        "due": values["due"],
        "lines": [[row["line"], str(parts[row["part"]]), row["quantity"], row["serial"]] for row in rows],
    }
    ctx.message, ctx.params = _("Loan {number}: {count} lines."), {"number": ctx.made[0][2], "count": len(rows)}


def _new_loan(ctx: Context, values: Values) -> int:
    loan, number, due = ctx.new_key(), ctx.next_number("LN"), _due(ctx, values["due"])
    borrower = ctx.second.person if ctx.second else ctx.actor.person
    m.Loan.insert(
        id=loan,
        site=ctx.site,
        number=number,
        state=LoanState.OUT,
        borrower=borrower,
        lent_by=ctx.actor.person,
        purpose=values["purpose"],
        order=_order(values["order"]),
        due=due,
        lent_at=ctx.at,
        changed_at=ctx.at,
    ).execute()
    m.Clock.insert(
        id=ctx.new_key(), site=ctx.site, kind="loan", doc=Doc.LOAN, doc_id=loan, owner=borrower, started=ctx.at, due=due
    ).execute()
    ctx.born(Doc.LOAN, loan, number, LoanState.OUT)
    return loan


def _due(ctx: Context, day: str | None) -> int:
    """Return the end of the day the loan is due back; without one, the house's number of days from today."""
    today = local_day(ctx.at, ctx.shop.zone)
    due = date.fromisoformat(day) if day else today + timedelta(days=ctx.shop.settings.loan.due_days)
    if due < today:
        raise invalid("due", PAST, day=day)
    return instant_at(due, LAST_MINUTE, ctx.shop.zone)


def _order(number: str | None) -> int | None:
    if not number:
        return None
    order = find(Doc.ORDER, number)
    if order.state in ENDED:
        raise invalid("order", ORDER_CLOSED, number=order.number)
    return int(order.id)


def _loan_row(ctx: Context, loan: int, line: int, take: Take) -> dict[str, Any]:
    return {
        "id": ctx.new_key(),
        "loan": loan,
        "line": line,
        "part": take.share.ask.part,
        "bin": take.bin,
        "quantity": take.quantity,
        "serial": take.share.ask.serial,
        "unit_cost": take.unit_cost,
    }


def _carry_out(ctx: Context, scans: Sequence[Scan], takes: Sequence[Take], rows: Sequence[dict[str, Any]]) -> None:
    ledger, out = Ledger(ctx), loan_bin(ctx)
    pieces = pieces_of(scans)
    for take, row in zip(takes, rows, strict=True):
        ask = take.share.ask
        why = Reason(MoveKind.LOAN_OUT, loan_line=row["id"], serial=ask.serial)
        ledger.pass_on(ask.part, (take.bin, out), take.quantity, take.unit_cost, why)
        if known := pieces.get((ask.part, ask.serial)):
            ledger.place(known, loan_line=row["id"])
    ledger.write()


def return_loan(ctx: Context, loan: m.Loan, values: Values) -> None:
    """Take lent stock back into its bin or the one named (FLD-11.1)."""
    scans, shares, lines = _settling(ctx, loan, values["lines"])
    bins = {scan.line: bin_named(ctx, scan.bin) for scan in scans if scan.bin}
    ledger, out, pieces = Ledger(ctx), loan_bin(ctx), pieces_of(scans)
    for share in shares:
        line, place = lines[share.key], bins.get(share.ask.row, lines[share.key].bin)
        why = Reason(MoveKind.LOAN_RETURN, loan_line=line.id, serial=share.ask.serial)
        ledger.pass_on(share.ask.part, (out, place), share.quantity, line.unit_cost, why)
        if known := pieces.get((share.ask.part, share.ask.serial)):
            ledger.place(known, place=place)
    ledger.write()
    _settle(ctx, "returned", shares, lines)
    ctx.message, ctx.params = _("Taken back on loan {number}."), {"number": ctx.number}


def issue_loan(ctx: Context, loan: m.Loan, values: Values) -> None:
    """Turn what stays out into an issue to a signed and consented sheet (FLD-11.1)."""
    sheet = find(Doc.MATERIAL_SHEET, values["sheet"])
    if sheet.state is not SheetState.PRICED:
        raise ctx.refuse(g.SHEET_PRICED, number=sheet.number)
    scans, shares, lines = _settling(ctx, loan, values["lines"])
    page = sheet_page(sheet.id, sheet.rev, ctx.site)
    for scan in scans:
        if scan.part.id not in page.parts:
            raise ctx.refuse(g.NOT_ON_SHEET, part=str(scan.part), number=sheet.number)
    ledger, out = Ledger(ctx), loan_bin(ctx)
    _issue_lent(ctx, ledger, page, out, pieces_of(scans), shares, lines)
    ledger.write()
    ctx.move(Doc.MATERIAL_SHEET, m.MaterialSheet, sheet, sheet.state)
    _settle(ctx, "issued", shares, lines, sheet=sheet.number)
    ctx.message, ctx.params = _("Issued from loan {number} to {sheet}."), {"number": ctx.number, "sheet": sheet.number}


def _issue_lent(
    ctx: Context,
    ledger: Ledger,
    page: SheetPage,
    out: int,
    pieces: Pieces,
    shares: Sequence[Share],
    lines: dict[int, LentLine],
) -> None:
    """Issue each share of the loan to lines of the sheet; their reservations are not needed any more."""
    asks = [Ask(share.ask.part, share.quantity, serial=share.ask.serial, row=row) for row, share in enumerate(shares)]
    issued = shares_of(ctx, page, asks)
    for share in issued:
        lent = lines[shares[share.ask.row].key]
        why = Reason(MoveKind.LOAN_ISSUE, share.key, lent.id, share.ask.serial)
        ledger.give(share.ask.part, out, share.quantity, lent.unit_cost, why)
        if known := pieces.get((share.ask.part, share.ask.serial)):
            ledger.place(known, line=share.key)
    count_issued(ledger, page, issued, ())


def write_off_loan(ctx: Context, loan: m.Loan, values: Values) -> None:
    """Write off what does not come back (OPS-9); a serial number stays with the loan that lost it."""
    _scans, shares, lines = _settling(ctx, loan, values["lines"])
    ledger, out = Ledger(ctx), loan_bin(ctx)
    for share in shares:
        line = lines[share.key]
        why = Reason(MoveKind.WRITE_OFF, None, line.id, share.ask.serial, values["reason"])
        ledger.give(share.ask.part, out, share.quantity, line.unit_cost, why)
    ledger.write()
    _settle(ctx, "written_off", shares, lines, reason=values["reason"])
    ctx.message, ctx.params = _("Written off on loan {number}."), {"number": ctx.number}


def _settling(
    ctx: Context, loan: m.Loan, typed: Sequence[Values]
) -> tuple[list[Scan], list[Share], dict[int, LentLine]]:
    """Read what is being settled and share it out over what is still out."""
    lines = {line.id: line for line in lent_lines(loan.id)}
    scans = read_scans(typed, _part_of_loan(ctx, lines.values()))
    require_place(scans, lambda known: known.loan_line in lines)
    asks = [scan.ask(key=scan.known.loan_line if scan.known else None) for scan in scans]
    shares, over = spread(asks, [Room(line.id, line.part.id, line.out) for line in lines.values()])
    for part in over:
        asked = sum(ask.quantity for ask in asks if ask.part == part)
        lent = [line for line in lines.values() if line.part.id == part]
        raise invalid(
            "lines",
            MORE_THAN_LENT,
            part=str(lent[0].part),
            quantity=Quantity(asked),
            out=Quantity(sum(line.out for line in lent)),
        )
    return scans, shares, lines


def _part_of_loan(ctx: Context, lines: Collection[LentLine]) -> Callable[[str], PartName]:
    parts = {line.part.id: line.part for line in lines}

    def resolve(text: str) -> PartName:
        found = part_among(text, parts.values())
        if found is None:
            raise invalid("lines", NOT_LENT, part=text, number=ctx.number)
        return found

    return resolve


def _settle(ctx: Context, column: str, shares: Sequence[Share], lines: dict[int, LentLine], **more: Any) -> None:
    """Count what is settled; the last piece settles the loan and stops its clock."""
    sums: Counter[int] = Counter()
    for share in shares:
        sums[share.key] += share.quantity
    guarded_update(
        f"""
        UPDATE loan_line SET {column} = loan_line.{column} + v.quantity FROM v WHERE loan_line.id = v.id
          AND loan_line.quantity - loan_line.returned - loan_line.issued - loan_line.written_off >= v.quantity""",
        ("id", "quantity"),
        sorted(sums.items()),
    )
    ctx.content = {
        "loan": ctx.number,
        column: [
            [lines[share.key].line, str(lines[share.key].part), share.quantity, share.ask.serial] for share in shares
        ],
        **more,
    }
    ctx.set(changed_at=ctx.at)
    if sum(line.out for line in lines.values()) == sums.total():
        ctx.become(LoanState.SETTLED)
        sql.change(
            "UPDATE clock SET stopped = ? WHERE doc = 'loan' AND doc_id = ? AND stopped IS NULL", ctx.at, ctx.doc_id
        )
