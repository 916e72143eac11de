"""The page of a loan."""

from shopterm.db import sql
from shopterm.db.queries.names import name_of
from shopterm.db.queries.order_pages import Pairs, instant, pairs
from shopterm.db.queries.rows import Detail, Section, columns
from shopterm.domain.units import Quantity
from shopterm.domain.vocabulary import Doc, LoanState
from shopterm.domain.words import Keyed, _


def loan_page(loan: int, language: str) -> Detail:
    """Return a loan: who, for what, until when, and what became of every line."""
    found = (
        sql.row(
            f"""
        SELECT n.number, n.state, n.version, {name_of("b", language)}, {name_of("l", language)}, n.purpose, n.due,
          n.lent_at, o.id, o.number FROM loan n JOIN person b ON b.id = n.borrower_id
        JOIN person l ON l.id = n.lent_by_id LEFT JOIN work_order o ON o.id = n.order_id WHERE n.id = ?""",
            loan,
        )
        or (None,) * 10
    )
    number, state, version, borrower, lender, purpose, due, lent, order, order_number = found
    facts: Pairs = [
        ("borrower", _("Borrower"), borrower), ("purpose", _("For"), purpose),
        ("order", _("Work order"), order_number), ("lent", _("Lent"), instant(lent)),
        ("lent_by", _("Lent by"), lender), ("due", _("Back by"), instant(due)),
    ]  # fmt: skip
    rows = sql.rows(
        f"SELECT l.line, p.number, {name_of('p', language)}, l.quantity, l.returned, l.issued, l.written_off, l.serial "
        "FROM loan_line l JOIN part p ON p.id = l.part_id WHERE l.loan_id = ? ORDER BY l.line",
        loan,
    )
    lines = Section(
        Keyed("parts", _("Parts")),
        columns(line=_("No."), part=_("Part number"), name=_("Name"), lent=_("Lent"), returned=_("Returned"),
                issued=_("Issued"), written_off=_("Written off"), outstanding=_("Still out"),
                serial=_("Serial number")),
        tuple(
            (line, part, name, Quantity(out), Quantity(back), Quantity(issued), Quantity(lost),
             Quantity(out - back - issued - lost), serial)
            for line, part, name, out, back, issued, lost, serial in rows
        ),
    )  # fmt: skip
    related = ((Doc.ORDER, int(order), str(order_number)),) if order else ()
    return Detail(Doc.LOAN, loan, str(number), LoanState(state), int(version or 0), f"{number} {borrower}",
                  (lines, pairs(Keyed("loan", _("Loan")), facts)), related)  # fmt: skip
