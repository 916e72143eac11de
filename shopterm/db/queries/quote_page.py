"""The page of a quote."""

from shopterm.db import sql
from shopterm.db.queries.names import name_of
from shopterm.db.queries.order_pages import Pairs, instant, pairs
from shopterm.db.queries.rows import Detail, Section, columns
from shopterm.db.session import Shop
from shopterm.domain.units import Minutes, Money, Quantity
from shopterm.domain.vocabulary import Doc, Payer, QuoteState
from shopterm.domain.words import Keyed, _


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
        ("order", _("Work order"), order_number), ("customer", _("Customer"), customer),
        ("machine", _("Machine"), machine), ("edition", _("Edition"), edition),
        ("supplement", _("Supplement"), bool(supplement) or None), ("net", _("Net"), _money(net)),
        ("tax", _("Tax"), _money(tax)), ("total", _("Total"), _money(total)),
        ("customer_total", _("Customer pays"), _money(customer_total)),
        ("promised", _("Promised time"), instant(promised)), ("valid_until", _("Valid until"), instant(valid)),
        ("warranty_signed_by", _("Warranty signed by"), warranty), ("answered", _("Answered"), instant(answered)),
        ("confirmed", _("Confirmed"), instant(confirmed)), ("confirmed_by", _("Confirmed by"), confirmer),
        ("note", _("Note"), note), ("reason", _("Reason"), reason),
    ]  # fmt: skip
    return Detail(
        Doc.QUOTE, quote, str(number), QuoteState(state), int(version or 0), f"{number} {customer}",
        (_jobs(quote), _lines(quote), pairs(Keyed("quote", _("Quote")), facts)),
        ((Doc.ORDER, int(order or 0), str(order_number)),))  # fmt: skip


def _money(amount: int | None) -> Money | None:
    return None if amount is None else Money(amount)


def _jobs(quote: int) -> Section:
    """Say what each job costs and what of it the customer pays: the answer is given job by job."""
    rows = sql.rows(
        """
        SELECT j.line, j.text, CAST(SUM(k.amount) AS BIGINT),
          CAST(SUM(CASE WHEN k.payer = 'customer' THEN k.amount ELSE 0 END) AS BIGINT)
        FROM quote_line k JOIN job j ON j.id = k.job_id WHERE k.quote_id = ? GROUP BY j.id, j.line, j.text
        ORDER BY j.line""",
        quote,
    )
    return Section(
        Keyed("jobs", _("Jobs")),
        columns(job=_("Job"), complaint=_("Complaint"), amount=_("Amount"), customer_pays=_("Customer pays")),
        tuple((line, text, Money(amount), Money(pays)) for line, text, amount, pays in rows),
    )


def _lines(quote: int) -> Section:
    """Lay the lines out; a diagnosis the customer agreed to at the intake (ADV-4) is agreed before it is quoted."""
    rows = sql.rows(
        "SELECT k.line, j.line, k.text, k.quantity, k.labour_line_id IS NOT NULL, k.price, k.amount, k.payer, "
        "EXISTS (SELECT 1 FROM consent c WHERE c.quote_line_id = k.id OR (c.quote_line_id IS NULL "
        "AND c.labour_line_id = k.labour_line_id AND c.amount = k.amount)) "
        "FROM quote_line k JOIN job j ON j.id = k.job_id WHERE k.quote_id = ? ORDER BY k.line",
        quote,
    )
    return Section(
        Keyed("lines", _("Quoted")),
        columns(line=_("No."), job=_("Job"), text=_("Text"), quantity=_("Quantity"), price=_("Unit price"),
                amount=_("Amount"), payer=_("Payer"), agreed=_("Agreed")),
        tuple(
            (line, job, text, Minutes(quantity) if labour else Quantity(quantity), Money(price), Money(amount),
             Payer(payer), bool(agreed))
            for line, job, text, quantity, labour, price, amount, payer, agreed in rows
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
