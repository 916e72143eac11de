"""The page of a quote."""

from shopterm.db import sql
from shopterm.db.queries.history import name_of
from shopterm.db.queries.order_pages import Pairs, instant, pairs
from shopterm.db.queries.rows import Detail, Section
from shopterm.db.session import Shop
from shopterm.domain.units import Minutes, Money, Quantity
from shopterm.domain.vocabulary import Doc, Payer, QuoteState
from shopterm.domain.words import _


def quote_page(quote: int, language: str) -> Detail:
    """Return a quote with its lines, sums, warranty signature and consents."""
    found = (
        sql.row(
            f"""
        SELECT q.number, q.state, q.version, q.edition, q.supplement, q.promised, q.valid_until, q.net, q.tax, q.total,
          q.customer_total, q.note, q.reason, q.answered_at, q.confirmed_at, {name_of("p", language)}, o.id, o.number,
          o.customer_name, c.maker || ' ' || c.model,
          (SELECT {name_of("g", language)} FROM signature n JOIN person g ON g.id = n.person WHERE n.doc = 'quote'
             AND n.doc_id = q.id AND n.action = 'sign_warranty' AND n.voided IS NULL ORDER BY n.at DESC LIMIT 1)
        FROM quote q JOIN work_order o ON o.id = q.order_id JOIN machine c ON c.id = o.machine_id
        LEFT JOIN person p ON p.id = q.confirmed_by_id WHERE q.id = ?""",
            quote,
        )
        or (None,) * 21
    )
    (number, state, version, edition, supplement, promised, valid, net, tax, total, customer_total, note, reason,
     answered, confirmed, confirmer, order, order_number, customer, machine, warranty) = found  # fmt: skip
    facts: Pairs = [
        (_("Work order"), order_number), (_("Customer"), customer), (_("Machine"), machine), (_("Edition"), edition),
        (_("Supplement"), bool(supplement)), (_("Net"), _money(net)), (_("Tax"), _money(tax)),
        (_("Total"), _money(total)), (_("Customer pays"), Money(customer_total or 0)),
        (_("Promised time"), instant(promised)), (_("Valid until"), instant(valid)),
        (_("Warranty signed by"), warranty), (_("Answered"), instant(answered)),
        (_("Confirmed"), instant(confirmed)), (_("Confirmed by"), confirmer), (_("Note"), note), (_("Reason"), reason),
    ]  # fmt: skip
    return Detail(
        Doc.QUOTE, quote, str(number), QuoteState(state), int(version or 0), f"{number} {customer}",
        (_lines(quote), pairs(_("Quote"), facts)), ((Doc.ORDER, int(order or 0), str(order_number)),))  # fmt: skip


def _money(amount: int | None) -> Money | None:
    return None if amount is None else Money(amount)


def _lines(quote: int) -> Section:
    rows = sql.rows(
        "SELECT k.line, j.line, k.text, k.quantity, k.labour_line_id IS NOT NULL, k.price, k.amount, k.payer, c.means "
        "FROM quote_line k JOIN job j ON j.id = k.job_id LEFT JOIN consent c ON c.quote_line_id = k.id "
        "WHERE k.quote_id = ? ORDER BY k.line",
        quote,
    )
    return Section(
        _("Quoted"),
        (_("No."), _("Job"), _("Text"), _("Quantity"), _("Unit price"), _("Amount"), _("Payer"), _("Agreed")),
        tuple(
            (line, job, text, Minutes(quantity) if labour else Quantity(quantity), Money(price), Money(amount),
             Payer(payer), means is not None)
            for line, job, text, quantity, labour, price, amount, payer, means in rows
        ),
    )  # fmt: skip


def quote_lines_of(shop: Shop, quote: str, job: str) -> list[int]:
    """Return the numbers of a job's lines in a quote."""
    with shop.reader():
        rows = sql.rows(
            "SELECT k.line FROM quote_line k JOIN quote q ON q.id = k.quote_id JOIN job j ON j.id = k.job_id "
            "WHERE q.number = ? AND j.number = ? ORDER BY k.line",
            quote,
            job,
        )
    return [line for (line,) in rows]
