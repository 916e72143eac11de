"""What a form starts from: the present lines of a sheet, the people of a job, what is reserved to be issued."""

from collections.abc import Callable
from typing import Any

from shopterm.db import sql
from shopterm.db.queries import prefill_orders as orders
from shopterm.db.queries.details import CALLERS
from shopterm.db.queries.facts_sql import UNISSUED
from shopterm.db.queries.work_lines import WORK_LINES
from shopterm.db.session import Shop
from shopterm.domain.actions import action_named
from shopterm.domain.facts import Actor
from shopterm.domain.units import Minutes, Money, Quantity
from shopterm.domain.vocabulary import Doc, LabourKind, Payer, Source

Start = dict[str, Any]


def prefill(shop: Shop, action: str, doc: Doc, row_id: int, actor: Actor | None) -> Start:
    """Return start values by field name; empty for verbs that start from nothing, no phone for who does not call."""
    reader = _READERS.get(action)
    if reader is None or not action_named(action).form:
        return {}
    with shop.reader():
        start = reader(row_id)
    calls = actor is not None and actor.roles & CALLERS
    return start if calls else {name: value for name, value in start.items() if name != "phone"}


def _parts(sheet: int) -> Start:
    rows = sql.rows(
        "SELECT l.text, l.quantity, l.reason, l.old_part FROM material_line l JOIN material_sheet s "
        "ON s.id = l.sheet_id AND s.rev = l.rev WHERE s.id = ? ORDER BY l.line",
        sheet,
    )
    none, note = sql.row("SELECT none, note FROM material_sheet WHERE id = ?", sheet) or (0, "")
    lines = [{"part": p, "quantity": Quantity(q), "reason": r, "old_part": bool(o)} for p, q, r, o in rows]
    return {"lines": lines, "none": bool(none), "note": note}


def _labour(sheet: int) -> Start:
    rows = sql.rows(
        "SELECT COALESCE(n.code, ''), l.text, l.kind, l.minutes, l.people FROM labour_line l JOIN labour_sheet s "
        "ON s.id = l.sheet_id AND s.rev = l.rev LEFT JOIN labour_standard n ON n.id = l.standard_id "
        "WHERE s.id = ? ORDER BY l.line",
        sheet,
    )
    none, note = sql.row("SELECT none, note FROM labour_sheet WHERE id = ?", sheet) or (0, "")
    lines = [{"standard": code, "text": text, "kind": LabourKind(kind), "minutes": Minutes(minutes), "people": people}
             for code, text, kind, minutes, people in rows]  # fmt: skip
    return {"lines": lines, "none": bool(none), "note": note}


def _rates(sheet: int) -> Start:
    rows = sql.rows(
        "SELECT l.line, l.rate FROM labour_line l JOIN labour_sheet s ON s.id = l.sheet_id AND s.rev = l.rev "
        "WHERE s.id = ? ORDER BY l.line",
        sheet,
    )
    return {"lines": [{"line": line, "rate": Money(rate)} for line, rate in rows]}


def _prices(sheet: int) -> Start:
    """Start every line from the reported part, or its text; from stock if there is enough, else on order.

    The price is the one typed before, else the list price, so that the clerk sees what the customer will pay.
    """
    rows = sql.rows(
        """
        SELECT l.line, COALESCE(q.number, p.number, l.text), COALESCE(r.price, p.list_price), r.source,
          r.lead_days, l.quantity,
          (SELECT COALESCE(SUM(b.on_hand - b.reserved), 0) FROM balance b JOIN bin n ON n.id = b.bin_id
             WHERE b.part_id = COALESCE(r.part_id, p.id) AND n.site = s.site AND n.virtual = 0)
        FROM material_line l JOIN material_sheet s ON s.id = l.sheet_id AND s.rev = l.rev
        LEFT JOIN part p ON p.id = l.part_id LEFT JOIN line_price r ON r.line_id = l.id
        LEFT JOIN part q ON q.id = r.part_id WHERE s.id = ? ORDER BY l.line""",
        sheet,
    )
    lines = []
    for line, part, price, source, days, quantity, free in rows:
        chosen = Source(source) if source else (Source.STOCK if free >= quantity else Source.ORDER)
        lines.append({"line": line, "part": part or "", "price": Money(price) if price else "", "source": chosen,
                      "lead_days": days if days is not None else (0 if chosen is Source.STOCK else "")})  # fmt: skip
    return {"lines": lines}


def _issue(sheet: int) -> Start:
    """Start from what is not out yet, as far as it is here; from all of it if nothing is."""
    rows = sql.rows(
        f"""
        SELECT COALESCE(q.maker || ' ' || q.number, l.text), l.quantity - (l.issued - l.returned),
          (SELECT CAST(COALESCE(SUM(b.on_hand - b.reserved), 0) AS BIGINT) FROM balance b JOIN bin n ON n.id = b.bin_id
             WHERE b.part_id = q.id AND n.site = s.site AND n.virtual = 0)
          + (SELECT CAST(COALESCE(SUM(v.quantity), 0) AS BIGINT) FROM reservation v WHERE v.material_line_id = l.id)
        FROM material_line l JOIN material_sheet s ON s.id = l.sheet_id
        LEFT JOIN line_price r ON r.line_id = l.id LEFT JOIN part q ON q.id = r.part_id
        WHERE s.id = ? AND {UNISSUED} ORDER BY l.line""",
        sheet,
    )
    here = [(part, min(needed, free)) for part, needed, free in rows if free > 0]
    lines = here or [(part, needed) for part, needed, _free in rows]
    return {"lines": [{"part": part, "quantity": Quantity(quantity), "serial": ""} for part, quantity in lines]}


def _still_out(loan: int) -> Start:
    """Start from what is still out of a loan."""
    rows = sql.rows(
        "SELECT p.maker || ' ' || p.number, l.quantity - l.returned - l.issued - l.written_off, l.serial "
        "FROM loan_line l JOIN part p ON p.id = l.part_id WHERE l.loan_id = ? "
        "AND l.quantity > l.returned + l.issued + l.written_off ORDER BY l.line",
        loan,
    )
    lines = [{"part": part, "quantity": Quantity(out), "serial": serial or ""} for part, out, serial in rows]
    return {"lines": lines}


def _to_sheet(loan: int) -> Start:
    """Start from what is still out, and from the sheet of the loan's order it can only be meant for."""
    sheets = sql.rows(
        f"""
        SELECT DISTINCT s.number FROM loan n JOIN material_sheet s ON s.order_id = n.order_id
        JOIN material_line l ON l.sheet_id = s.id JOIN line_price r ON r.line_id = l.id
        JOIN loan_line k ON k.loan_id = n.id AND k.part_id = r.part_id WHERE n.id = ? AND {UNISSUED}""",
        loan,
    )
    return _still_out(loan) | ({"sheet": sheets[0][0]} if len(sheets) == 1 else {})


def _old_parts(sheet: int) -> Start:
    rows = sql.rows(
        "SELECT l.line FROM material_line l JOIN material_sheet s ON s.id = l.sheet_id AND s.rev = l.rev "
        "WHERE s.id = ? AND l.old_part = 1 AND l.issued > l.returned "
        "AND NOT EXISTS (SELECT 1 FROM old_part o WHERE o.line_id = l.id) ORDER BY l.line",
        sheet,
    )
    number = sql.scalar("SELECT number FROM material_sheet WHERE id = ?", sheet)
    return {"lines": [{"line": line, "tag": f"{number}-{line}", "place": ""} for (line,) in rows]}


def _assignment(job: int) -> Start:
    lead, bay = sql.row(
        "SELECT p.number, j.bay FROM job j LEFT JOIN person p ON p.id = j.lead_id WHERE j.id = ?", job
    ) or (None, "")
    helpers = [n for (n,) in sql.rows(
        "SELECT p.number FROM job_helper h JOIN person p ON p.id = h.person_id WHERE h.job_id = ?", job)]  # fmt: skip
    return {"lead": lead or "", "helpers": tuple(helpers), "bay": bay}


def _plan(job: int) -> Start:
    start = _assignment(job)
    order_bay = sql.scalar("SELECT o.bay FROM job j JOIN work_order o ON o.id = j.order_id WHERE j.id = ?", job)
    people = tuple(person for person in (start["lead"], *start["helpers"]) if person)
    return {"people": people, "bay": start["bay"] or order_bay or ""}


def _open_line(job: int) -> Start:
    """Start from the first line that is agreed and not done."""
    rows = sql.rows(
        f"""
        SELECT l.done_at, l.sheet_id, EXISTS (SELECT 1 FROM consent c WHERE c.labour_line_id = l.id),
          (SELECT j.state FROM job j WHERE j.id = l.job_id)
        {WORK_LINES}""",
        job,
    )
    for number, (done, sheet, agreed, state) in enumerate(rows, 1):
        repairing = state in ("consented", "in_work")
        if done is None and agreed and (sheet is not None) == repairing:
            return {"line": number}
    return {}


def _warranty(quote: int) -> Start:
    rows = sql.rows("SELECT line FROM quote_line WHERE quote_id = ? AND payer = 'warranty' ORDER BY line", quote)
    return {"lines": [{"line": line, "payer": Payer.WARRANTY} for (line,) in rows]}


def _promised(quote: int) -> Start:
    found, order = sql.row("SELECT promised, order_id FROM quote WHERE id = ?", quote) or (None, 0)
    return {"promised": found} if found else orders.quoted(order)


def _call(quote: int) -> Start:
    return _answers(quote) | orders.telephone(quote)


def _answers(quote: int) -> Start:
    rows = sql.rows(
        "SELECT DISTINCT j.line FROM quote_line k JOIN job j ON j.id = k.job_id WHERE k.quote_id = ? ORDER BY j.line",
        quote,
    )
    return {"answers": [{"job": line, "accepted": True} for (line,) in rows]}


def _roles(person: int) -> Start:
    rows = sql.rows("SELECT DISTINCT role FROM person_role WHERE person_id = ? ORDER BY role", person)
    return {"roles": " ".join(role for (role,) in rows)}


def _locked_terminal(_person: int) -> Start:
    """Start from the terminal that was locked last; to lift a lock that has run out does no harm."""
    found = sql.scalar(
        "SELECT subject FROM attempts WHERE subject LIKE 'terminal:%' AND locked_until > 0 ORDER BY locked_until DESC "
        "LIMIT 1"
    )
    return {"terminal": str(found).partition(":")[2]} if found else {}


_READERS: dict[str, Callable[[int], Start]] = {
    "edit_parts": _parts, "edit_labour": _labour, "change_rates": _rates, "price_parts": _prices,
    "issue_parts": _issue, "tag_old_parts": _old_parts, "assign_job": _assignment, "plan_job": _plan,
    "return_loan": _still_out, "issue_loan": _to_sheet,
    "clock_on": _open_line, "finish_line": _open_line, "sign_warranty": _warranty, "complete_quote": _promised,
    "sign_quote": _answers, "call_quote": _call, "change_roles": _roles, "unlock_person": _locked_terminal,
    "read_back": orders.read_back, "inspect_intake": orders.walk_round, "sign_intake": orders.sign_intake,
    "hand_to_foreman": orders.hand_over, "take_in": orders.drive_in, "promise": orders.promised,
    "make_quote": orders.quoted,
}  # fmt: skip
