"""Material sheets: reported line by line, submitted, signed by the foreman or sent back, revised."""

from typing import Any

from shopterm.db import models as m
from shopterm.db.documents import parts_numbered
from shopterm.domain.errors import Invalid, Problem, invalid
from shopterm.domain.stock import PIECE, PIECES
from shopterm.domain.units import Quantity
from shopterm.domain.vocabulary import Doc, SheetState
from shopterm.domain.words import _
from shopterm.usecases.context import Context, Values
from shopterm.usecases.derive import settle_job
from shopterm.usecases.sheets import EMPTY_SUPPLEMENT, copy_lines, new_sheet, return_lines, touch_sheet
from shopterm.usecases.signatures import void_signatures

NOT_WHOLE = _("{part} comes in whole pieces: {quantity} is none.")
NOT_SEEN = _("The sheet is checked against the old parts before it is signed.")


def report_parts(ctx: Context, job: m.Job, values: Values) -> None:
    """Begin the job's material sheet as a draft (SHP-2.2)."""
    _new(ctx, job, values, supplement=False)


def supplement_parts(ctx: Context, job: m.Job, values: Values) -> None:
    """Report parts for something found after consent; that work waits for the customer (ADV-6.1)."""
    if not values["lines"]:
        raise invalid("lines", EMPTY_SUPPLEMENT)
    _new(ctx, job, values, supplement=True)


def _new(ctx: Context, job: m.Job, values: Values, *, supplement: bool) -> None:
    sheet, number = new_sheet(ctx, Doc.MATERIAL_SHEET, m.MaterialSheet, "MS", job, values, supplement=supplement)
    write_lines(ctx, sheet, 1, job.order.machine.maker, values["lines"])
    ctx.message, ctx.params = _("Material sheet {number} is a draft; submit it when complete."), {"number": number}


def write_lines(ctx: Context, sheet: int, rev: int, maker: str, lines: tuple[Values, ...]) -> None:
    """Write the lines of one version; a number the catalogue does not know stays as text."""
    if not lines:
        return
    found = [(line, part_meant(line["part"], maker)) for line in lines]
    _refuse_fractions(found)
    m.MaterialLine.insert_many(
        [
            {
                "id": ctx.new_key(),
                "sheet": sheet,
                "rev": rev,
                "line": number,
                "part": part.id if part else None,
                "text": line["part"],
                "quantity": line["quantity"],
                "reason": line["reason"] or "",
                "old_part": bool(line["old_part"]),
                "entered_by": ctx.actor.person,
            }
            for number, (line, part) in enumerate(found, 1)
        ]
    ).execute()
    unknown = [line["part"] for line, part in found if part is None]
    if unknown:
        ctx.notes["unknown_parts"] = unknown


def _refuse_fractions(found: list[tuple[Values, m.Part | None]]) -> None:
    problems = [
        Problem("lines.quantity", NOT_WHOLE, {"part": part.number, "quantity": Quantity(line["quantity"])}, number)
        for number, (line, part) in enumerate(found, 1)
        if part and part.unit in PIECES and line["quantity"] % PIECE
    ]
    if problems:
        raise Invalid(problems)


def part_meant(text: str, maker: str) -> m.Part | None:
    """Return the part a mechanic's number means: the machine's maker first; None when unknown or ambiguous."""
    found = parts_numbered(text)
    if not found and " " in text:
        word, _space, number = text.partition(" ")
        found = [part for part in parts_numbered(number) if part.maker.lower() == word.lower()]
    own = [part for part in found if part.maker.lower() == maker.lower()]
    if len(own) == 1:
        return own[0]
    return found[0] if len(found) == 1 else None


def edit_parts(ctx: Context, sheet: m.MaterialSheet, values: Values) -> None:
    """Replace the lines of a draft or returned sheet."""
    m.MaterialLine.delete().where((m.MaterialLine.sheet == sheet.id) & (m.MaterialLine.rev == sheet.rev)).execute()
    write_lines(ctx, sheet.id, sheet.rev, sheet.order.machine.maker, values["lines"])
    touch_sheet(ctx, sheet, values)


def submit_parts(ctx: Context, sheet: m.MaterialSheet, _values: Values) -> None:
    """Hand the sheet to the foreman, with the old parts (SHP-2.2)."""
    m.MaterialLine.update(return_reason="").where(m.MaterialLine.sheet == sheet.id).execute()
    ctx.become(SheetState.SUBMITTED)
    settle(ctx, sheet)


def approve_parts(ctx: Context, sheet: m.MaterialSheet, values: Values) -> None:
    """The foreman signs after checking against the old parts; now it may be priced (SHP-4.1)."""
    if not values["old_parts_seen"]:
        raise invalid("old_parts_seen", NOT_SEEN)
    ctx.become(SheetState.APPROVED)
    settle(ctx, sheet)


def return_parts(ctx: Context, sheet: m.MaterialSheet, values: Values) -> None:
    """The foreman sends the sheet back with a reason per line."""
    return_lines(ctx, m.MaterialLine, sheet, values)
    ctx.become(SheetState.RETURNED)
    settle(ctx, sheet)


def revise_parts(ctx: Context, sheet: m.MaterialSheet, values: Values) -> None:
    """Begin a new version; the signature on the former falls."""
    copy_lines(ctx, m.MaterialLine, sheet, ("part", "text", "quantity", "reason", "old_part"))
    void_signatures(Doc.MATERIAL_SHEET, sheet.id, ctx.at)
    ctx.set(rev=sheet.rev + 1, reason=values["reason"])
    ctx.become(SheetState.DRAFT)
    settle(ctx, sheet)


def withdraw_parts(ctx: Context, sheet: m.MaterialSheet, values: Values) -> None:
    """Take the sheet off the table."""
    ctx.set(reason=values["reason"])
    ctx.become(SheetState.WITHDRAWN)
    settle(ctx, sheet)


def settle(ctx: Context, sheet: Any) -> None:
    """Let the job follow its main sheets; a supplement leaves it alone."""
    if not sheet.supplement:
        settle_job(ctx, sheet.job_id)


def current_lines(sheet: m.MaterialSheet) -> list[m.MaterialLine]:
    """Return the lines of the sheet's present version, in order."""
    return list(
        m.MaterialLine.select()
        .where((m.MaterialLine.sheet == sheet.id) & (m.MaterialLine.rev == sheet.rev))
        .order_by(m.MaterialLine.line)
    )
