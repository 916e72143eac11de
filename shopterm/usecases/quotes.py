"""Quotes: made from signed and priced sheets, frozen, shown, answered by the customer, confirmed by the shop."""

from collections.abc import Iterable
from typing import Any

from shopterm.db import models as m
from shopterm.db import sql
from shopterm.db.queries.facts_sql import LABOUR_QUOTED, MATERIAL_QUOTED
from shopterm.domain.errors import invalid
from shopterm.domain.jobstate import after_sheets
from shopterm.domain.money import tax_on, tax_within
from shopterm.domain.vocabulary import ConsentMeans, Doc, JobState, Payer, QuoteState, Source
from shopterm.domain.words import _
from shopterm.usecases.context import Context, Values
from shopterm.usecases.derive import main_sheet_states
from shopterm.usecases.reception import refuse_past
from shopterm.usecases.signatures import void_signatures
from shopterm.usecases.stock_ledger import reserve_for

DAY = 86_400_000_000
NO_QUOTE_LINE = _("The quote has no line {line}.")
NO_ANSWER = _("Say for every job of the quote whether the customer accepts it; job {job} is missing.")
NO_JOB = _("Job {job} is not in this quote.")
JOB_TWICE = _("Job {job} stands here twice.")

MATERIAL_LINES = (
    """
    SELECT l.id, s.job_id, j.payer, COALESCE(NULLIF(p.name_zh, ''), NULLIF(p.name_en, ''), l.text), p.number,
      l.quantity, r.price, r.amount, j.line
    FROM material_line l JOIN material_sheet s ON s.id = l.sheet_id AND s.rev = l.rev
    JOIN job j ON j.id = s.job_id JOIN line_price r ON r.line_id = l.id JOIN part p ON p.id = r.part_id
    WHERE s.order_id = ? AND s.state = 'priced' AND (s.supplement = 1) = (? = 1) AND NOT """
    + MATERIAL_QUOTED
    + """
      AND (s.supplement = 1 OR j.state = 'priced') ORDER BY j.line, s.id, l.line"""
)
LABOUR_LINES = (
    """
    SELECT l.id, s.job_id, j.payer, l.text, '', l.minutes, l.rate, l.amount, j.line
    FROM labour_line l JOIN labour_sheet s ON s.id = l.sheet_id AND s.rev = l.rev
    JOIN job j ON j.id = s.job_id
    WHERE s.order_id = ? AND s.state = 'approved' AND (s.supplement = 1) = (? = 1) AND NOT """
    + LABOUR_QUOTED
    + """
      AND (s.supplement = 1 OR j.state = 'priced') ORDER BY j.line, s.id, l.line"""
)

DIAGNOSIS_LINES = """
    SELECT l.id, l.job_id, j.payer, l.text, '', l.minutes, l.rate, l.amount, j.line
    FROM labour_line l JOIN job j ON j.id = l.job_id
    WHERE j.order_id = ? AND l.sheet_id IS NULL AND j.state = 'priced' ORDER BY j.line"""


def make_quote(ctx: Context, order: m.WorkOrder, values: Values) -> None:
    """Compute the total from priced parts and signed labour; first quotes and supplements apart (SHP-6.1)."""
    supplement = not sql.row("SELECT 1 FROM job WHERE order_id = ? AND state = 'priced'", order.id)
    replaced, edition = _last_taken_back(order.id, supplement)
    quote, number = ctx.new_key(), ctx.next_number("QU")
    m.Quote.insert(
        id=quote,
        site=ctx.site,
        number=number,
        order=order.id,
        edition=edition + 1,
        state=QuoteState.DRAFT,
        supplement=supplement,
        replaces=replaced,
        promised=values["promised"] or order.promised,
        note=values["note"] or "",
        changed_at=ctx.at,
    ).execute()
    ctx.born(Doc.QUOTE, quote, number, QuoteState.DRAFT)
    m.QuoteLine.insert_many(
        [_quote_line(ctx, quote, index, line) for index, line in enumerate(_source_lines(order.id, supplement), 1)]
    ).execute()
    _total(quote)
    for job in m.Job.select().where((m.Job.order == order.id) & (m.Job.state == JobState.PRICED)):
        ctx.move(Doc.JOB, m.Job, job, JobState.QUOTED)
    ctx.message, ctx.params = _("Quote {number} is a draft; the warranty clerk signs next."), {"number": number}


def _last_taken_back(order: int, supplement: bool) -> tuple[int | None, int]:
    """Return key and edition of the quote that a new one replaces, or none and 0."""
    return sql.row(
        """
        SELECT q.id, q.edition FROM quote q WHERE q.order_id = ? AND q.supplement = ?
          AND q.state IN ('replaced', 'expired') AND NOT EXISTS (SELECT 1 FROM quote n WHERE n.replaces = q.id)
        ORDER BY q.id DESC""",
        order,
        int(supplement),
    ) or (None, 0)


def _source_lines(order: int, supplement: bool) -> list[tuple[Any, ...]]:
    """Return what is quoted, job by job: diagnosis (agreed at intake), work, parts."""
    lines = [] if supplement else [("labour_line", *row) for row in sql.rows(DIAGNOSIS_LINES, order)]
    lines += [("labour_line", *row) for row in sql.rows(LABOUR_LINES, order, int(supplement))]
    lines += [("material_line", *row) for row in sql.rows(MATERIAL_LINES, order, int(supplement))]
    return sorted(lines, key=lambda line: line[-1])


def _quote_line(ctx: Context, quote: int, number: int, line: tuple[Any, ...]) -> dict[str, Any]:
    kind, source, job, payer, text, part_number, quantity, price, amount, _job_line = line
    money = ctx.shop.settings.money
    rate = money.tax_rate if kind == "material_line" else money.labour_tax_rate
    tax = tax_within(amount, rate) if money.prices_include_tax else tax_on(amount, rate)
    return {
        "id": ctx.new_key(),
        "quote": quote,
        "line": number,
        "job": job,
        "material_line": None,
        "labour_line": None,
        kind: source,
        "text": f"{part_number} {text}".strip(),
        "quantity": quantity,
        "price": price,
        "amount": amount if money.prices_include_tax else amount + tax,
        "tax": tax,
        "tax_rate": rate,
        "payer": Payer(payer),
    }


def _total(quote: int) -> None:
    total, tax, customer = sql.row(
        "SELECT COALESCE(SUM(amount), 0), COALESCE(SUM(tax), 0), "
        "COALESCE(SUM(CASE WHEN payer = 'customer' THEN amount ELSE 0 END), 0) FROM quote_line WHERE quote_id = ?",
        quote,
    ) or (0, 0, 0)
    m.Quote.update(total=int(total), tax=int(tax), net=int(total) - int(tax), customer_total=int(customer)).where(
        m.Quote.id == quote
    ).execute()


def sign_warranty(ctx: Context, quote: m.Quote, values: Values) -> None:
    """The warranty clerk signs which lines are warranty; no line means none (ADV-5.1; docs/decisions.md, 15)."""
    sql.change(
        "UPDATE quote_line SET payer = (SELECT CASE WHEN j.payer = 'warranty' THEN 'customer' ELSE j.payer END "
        "FROM job j WHERE j.id = quote_line.job_id) WHERE quote_id = ?",
        quote.id,
    )
    for index, line in enumerate(values["lines"], 1):
        changed = (
            m.QuoteLine.update(payer=Payer(line["payer"]))
            .where((m.QuoteLine.quote == quote.id) & (m.QuoteLine.line == line["line"]))
            .execute()
        )
        if changed != 1:
            raise invalid("lines.line", NO_QUOTE_LINE, index, line=line["line"])
    _total(quote.id)
    void_signatures(Doc.QUOTE, quote.id, ctx.at)
    ctx.set(changed_at=ctx.at)


def complete_quote(ctx: Context, quote: m.Quote, values: Values) -> None:
    """All papers are in, the customer file is checked, prices and promised time are frozen: this is the job order.

    It does ADV-5.1 and the first half of ADV-5.2, SHP-6.2 and SHP-6.3.
    """
    if not values["file_checked"]:
        raise invalid("file_checked", _("The customer file is checked before the quote is complete."))
    refuse_past(ctx, values["promised"])
    ctx.set(
        file_checked=True, promised=values["promised"], valid_until=ctx.at + ctx.shop.settings.quote.valid_days * DAY
    )
    ctx.become(QuoteState.COMPLETE)


def show_quote(ctx: Context, _quote: m.Quote, _values: Values) -> None:
    """The quote is shown and explained."""
    ctx.become(QuoteState.SHOWN)


def sign_quote(ctx: Context, quote: m.Quote, values: Values) -> None:
    """The customer signs, job by job; parts are reserved and orders placed by it (SHP-6.4, SHP-6.5, ADV-5.2)."""
    ctx.customer = values["signed_by"]
    _answer(ctx, quote, values["answers"], {"means": ConsentMeans.SIGNATURE, "given_by": values["signed_by"]})


def call_quote(ctx: Context, quote: m.Quote, values: Values) -> None:
    """The customer agrees on a recorded call: who, number, recording (ADV-6.2)."""
    ctx.customer = values["spoke"]
    _answer(
        ctx,
        quote,
        values["answers"],
        {
            "means": ConsentMeans.CALL,
            "given_by": values["spoke"],
            "phone": values["phone"],
            "recording": values["recording"],
        },
    )


def _answer(ctx: Context, quote: m.Quote, answers: Iterable[Values], consent: dict[str, Any]) -> None:
    jobs = {
        job.line: job
        for job in m.Job.select().where(
            m.Job.id.in_(m.QuoteLine.select(m.QuoteLine.job).where(m.QuoteLine.quote == quote.id))
        )
    }
    said: dict[int, bool] = {}
    for answer in answers:
        if answer["job"] not in jobs or answer["job"] in said:
            raise invalid("answers", JOB_TWICE if answer["job"] in said else NO_JOB, job=answer["job"])
        said[answer["job"]] = bool(answer["accepted"])
    for number in jobs:
        if number not in said:
            raise invalid("answers", NO_ANSWER, job=number)
    accepted = [job for number, job in jobs.items() if said[number]]
    lines = list(
        m.QuoteLine.select().where(
            (m.QuoteLine.quote == quote.id) & m.QuoteLine.job.in_([job.id for job in accepted] or [0])
        )
    )
    _consent(ctx, lines, consent)
    if not quote.supplement:
        for number, job in jobs.items():
            ctx.move(Doc.JOB, m.Job, job, JobState.CONSENTED if said[number] else JobState.DECLINED)
    _place(ctx, [line.material_line_id for line in lines if line.material_line_id])
    ctx.content = {
        "accepted": sorted(number for number, yes in said.items() if yes),
        "by": consent["given_by"],
        "means": consent["means"].value,
    }
    m.WorkOrder.update(promised=quote.promised).where(m.WorkOrder.id == quote.order_id).execute()
    ctx.set(answered_at=ctx.at)
    ctx.become(QuoteState.ANSWERED)


def _consent(ctx: Context, lines: list[m.QuoteLine], consent: dict[str, Any]) -> None:
    agreed = (
        {
            line
            for (line,) in sql.rows(
                f"SELECT labour_line_id FROM consent WHERE labour_line_id IN ({sql.marks(len(lines))})",
                *[line.labour_line_id for line in lines],
            )
        }
        if lines
        else set()
    )
    rows = [
        {
            "id": ctx.new_key(),
            "site": ctx.site,
            "job": line.job_id,
            "quote_line": line.id,
            "material_line": line.material_line_id,
            "labour_line": line.labour_line_id,
            "payer": line.payer,
            "amount": line.amount,
            "content_hash": ctx.hash([line.text, line.quantity, line.amount]),
            "at": ctx.at,
            "attested_by": ctx.actor.person,
            "phone": "",
            "recording": "",
        }
        | consent
        for line in lines
        if line.labour_line_id is None or line.labour_line_id not in agreed
    ]
    if rows:
        m.Consent.insert_many(rows).execute()


def _place(ctx: Context, material_lines: list[int]) -> None:
    """Reserve what is in stock; name what is to be ordered, rushed or taken from a demo machine."""
    if not material_lines:
        return
    sources = dict(
        sql.rows(
            f"SELECT line_id, source FROM line_price WHERE line_id IN ({sql.marks(len(material_lines))})",
            *material_lines,
        )
    )
    reserve_for(ctx, [line for line in material_lines if sources.get(line) == Source.STOCK.value])
    ctx.notes["placed"] = {str(line): source for line, source in sources.items() if source != Source.STOCK.value}


def replace_quote(ctx: Context, quote: m.Quote, values: Values) -> None:
    """Take a quote back; the sheets may change again, and the next quote is its next edition."""
    ctx.set(reason=values["reason"])
    _take_back(ctx, quote, QuoteState.REPLACED)


def expire_quote(ctx: Context, quote: m.Quote, _values: Values) -> None:
    """The validity has run out; the next quote is its next edition."""
    _take_back(ctx, quote, QuoteState.EXPIRED)


def _take_back(ctx: Context, quote: m.Quote, state: QuoteState) -> None:
    void_signatures(Doc.QUOTE, quote.id, ctx.at)
    ctx.become(state)
    quoted = m.QuoteLine.select(m.QuoteLine.job).where(m.QuoteLine.quote == quote.id)
    for job in m.Job.select().where(m.Job.id.in_(quoted) & (m.Job.state == JobState.QUOTED)):
        material, labour = main_sheet_states(job.id)
        ctx.move(Doc.JOB, m.Job, job, after_sheets(JobState.PRICED, material, labour))


def confirm_job_order(ctx: Context, _quote: m.Quote, _values: Values) -> None:
    """Foreman or mechanic confirm the repeated work; now it may start (ADV-5.3)."""
    ctx.set(confirmed_at=ctx.at, confirmed_by=ctx.actor.person)
