"""Labour sheets: work and hours reported, charge standards, signed by the foreman or sent back, revised."""

from typing import Any

from shopterm.db import models as m
from shopterm.db import sql
from shopterm.domain.errors import invalid
from shopterm.domain.money import labour_amount
from shopterm.domain.vocabulary import Doc, LabourKind, SheetState
from shopterm.domain.words import _
from shopterm.usecases.context import Context, Values
from shopterm.usecases.material import settle
from shopterm.usecases.sheets import EMPTY_SUPPLEMENT, NO_LINE, copy_lines, new_sheet, return_lines, touch_sheet
from shopterm.usecases.signatures import void_signatures

NO_STANDARD = _("There is no labour standard “{code}”.")
NO_TEXT = _("Line {line}: say what work it is, or give a standard.")
NO_TIME = _("Line {line}: give the time needed.")


def report_labour(ctx: Context, job: m.Job, values: Values) -> None:
    """Begin the job's labour sheet as a draft (SHP-3.1)."""
    _new(ctx, job, values, supplement=False)


def supplement_labour(ctx: Context, job: m.Job, values: Values) -> None:
    """Report work for something found after consent; it waits for the customer (ADV-6.1)."""
    if not values["lines"]:
        raise invalid("lines", EMPTY_SUPPLEMENT)
    _new(ctx, job, values, supplement=True)


def _new(ctx: Context, job: m.Job, values: Values, *, supplement: bool) -> None:
    sheet, number = new_sheet(ctx, Doc.LABOUR_SHEET, m.LabourSheet, "LS", job, values, supplement=supplement)
    _write_lines(ctx, sheet, 1, job, values["lines"])
    ctx.message, ctx.params = _("Labour sheet {number} is a draft; submit it when complete."), {"number": number}


def _write_lines(ctx: Context, sheet: int, rev: int, job: m.Job, lines: tuple[Values, ...]) -> None:
    rows = [
        _line(ctx, job, number, line)
        | {
            "id": ctx.new_key(),
            "job": job.id,
            "sheet": sheet,
            "rev": rev,
            "line": number,
            "entered_by": ctx.actor.person,
        }
        for number, line in enumerate(lines, 1)
    ]
    if rows:
        m.LabourLine.insert_many(rows).execute()


def _line(ctx: Context, job: m.Job, number: int, line: Values) -> dict[str, Any]:
    standard = _standard(job, number, line["standard"]) if line["standard"] else None
    kind = standard.kind if standard else line["kind"]
    text = line["text"] or (standard.name_zh or standard.name_en if standard else "")
    minutes = line["minutes"] or (standard.minutes if standard else None)
    if not text:
        raise invalid("lines", NO_TEXT, number, line=number)
    if not minutes:
        raise invalid("lines", NO_TIME, number, line=number)
    rate = standard.rate if standard and standard.rate is not None else ctx.shop.settings.labour.rate(kind)
    return {
        "standard": standard.id if standard else None,
        "text": text,
        "kind": LabourKind(kind),
        "minutes": minutes,
        "people": line["people"] or (standard.people if standard else 1),
        "rate": rate,
        "amount": labour_amount(minutes, rate),
    }


def _standard(job: m.Job, number: int, code: str) -> m.LabourStandard:
    """Return the standard for the machine's tonnage class, or the only one with this code."""
    found = list(
        m.LabourStandard.select().where((m.LabourStandard.code == code) | (m.LabourStandard.code == code.upper()))
    )
    tons = job.order.machine.tonnage
    if len(found) > 1 and tons is not None:
        fitting = [s for s in found if (s.tons_from or 0) <= tons < (s.tons_to or 10**9)]
        found = fitting or found
    if not found:
        raise invalid("lines", NO_STANDARD, number, code=code)
    return found[0]


def edit_labour(ctx: Context, sheet: m.LabourSheet, values: Values) -> None:
    """Replace the lines of a draft or returned sheet."""
    m.LabourLine.delete().where((m.LabourLine.sheet == sheet.id) & (m.LabourLine.rev == sheet.rev)).execute()
    _write_lines(ctx, sheet.id, sheet.rev, sheet.job, values["lines"])
    touch_sheet(ctx, sheet, values)


def submit_labour(ctx: Context, sheet: m.LabourSheet, _values: Values) -> None:
    """Hand the sheet to the foreman (SHP-3.2)."""
    m.LabourLine.update(return_reason="").where(m.LabourLine.sheet == sheet.id).execute()
    ctx.become(SheetState.SUBMITTED)
    settle(ctx, sheet)


def approve_labour(ctx: Context, sheet: m.LabourSheet, _values: Values) -> None:
    """The foreman checks and signs (SHP-4.2)."""
    ctx.become(SheetState.APPROVED)
    settle(ctx, sheet)


def change_rates(ctx: Context, sheet: m.LabourSheet, values: Values) -> None:
    """The foreman fixes the charge standard of a line before signing (SHP-3.2; docs/decisions.md, 34)."""
    for index, line in enumerate(values["lines"], 1):
        minutes = sql.scalar(
            "SELECT minutes FROM labour_line WHERE sheet_id = ? AND rev = ? AND line = ?",
            sheet.id,
            sheet.rev,
            line["line"],
        )
        if minutes is None:
            raise invalid("lines.line", NO_LINE, index, line=line["line"])
        sql.change(
            "UPDATE labour_line SET rate = ?, amount = ? WHERE sheet_id = ? AND rev = ? AND line = ?",
            line["rate"],
            labour_amount(minutes, line["rate"]),
            sheet.id,
            sheet.rev,
            line["line"],
        )
    ctx.set(changed_at=ctx.at)


def return_labour(ctx: Context, sheet: m.LabourSheet, values: Values) -> None:
    """The foreman sends the sheet back with a reason per line."""
    return_lines(ctx, m.LabourLine, sheet, values)
    ctx.become(SheetState.RETURNED)
    settle(ctx, sheet)


def revise_labour(ctx: Context, sheet: m.LabourSheet, values: Values) -> None:
    """Begin a new version; the signature on the former falls."""
    copy_lines(ctx, m.LabourLine, sheet, ("job", "standard", "text", "kind", "minutes", "people", "rate", "amount"))
    void_signatures(Doc.LABOUR_SHEET, sheet.id, ctx.at)
    ctx.set(rev=sheet.rev + 1, reason=values["reason"])
    ctx.become(SheetState.DRAFT)
    settle(ctx, sheet)


def withdraw_labour(ctx: Context, sheet: m.LabourSheet, values: Values) -> None:
    """Take the sheet off the table."""
    ctx.set(reason=values["reason"])
    ctx.become(SheetState.WITHDRAWN)
    settle(ctx, sheet)
