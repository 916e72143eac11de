"""Invariants 8, 11 and 17: amounts are whole numbers, totals are sums, what was agreed to is what was quoted."""

from collections.abc import Iterator

import peewee as pw

from shopterm.db import sql
from shopterm.db.invariants import Check, Violation
from shopterm.db.invariants.stream import FIRST, PAGE
from shopterm.db.models import MODELS
from shopterm.db.queries.facts_sql import LIVE_QUOTE
from shopterm.db.session import Shop
from shopterm.domain.canonical import digest
from shopterm.domain.units import Money
from shopterm.domain.words import _

NOT_WHOLE = _("Table {table}: {count} rows hold something else than whole numbers.")
NOT_INTEGER = _("Table {table}: column {column} is of type {type}, not a whole number.")
OTHER_TEXT = _("The consent to {line} of job {job} is not bound to its text, quantity and amount.")
MONEY = frozenset({"amount", "quoted", "total"})

CHECKS = (
    Check(
        11,
        _("Quote {quote}: its total, tax, net or the customer's part is not the sum of its lines."),
        """
        SELECT q.number FROM quote q LEFT JOIN quote_line k ON k.quote_id = q.id
        GROUP BY q.id, q.number, q.total, q.tax, q.net, q.customer_total
        HAVING q.total <> COALESCE(SUM(k.amount), 0) OR q.tax <> COALESCE(SUM(k.tax), 0) OR q.net <> q.total - q.tax
          OR q.customer_total <> COALESCE(SUM(CASE WHEN k.payer = 'customer' THEN k.amount ELSE 0 END), 0)""",
        ("quote",),
    ),
    Check(
        17,
        _("Quote {quote}, line {line}: its amount or tax is negative, or the tax exceeds the amount."),
        """
        SELECT q.number, k.line FROM quote_line k JOIN quote q ON q.id = k.quote_id
        WHERE k.amount < 0 OR k.tax < 0 OR k.tax > k.amount OR k.quantity <= 0""",
        ("quote", "line"),
    ),
    Check(
        17,
        _("Quote {quote}, line {line}: it does not come from exactly one line of a sheet of its job."),
        """
        SELECT q.number, k.line FROM quote_line k JOIN quote q ON q.id = k.quote_id JOIN job j ON j.id = k.job_id
          LEFT JOIN material_line p ON p.id = k.material_line_id LEFT JOIN material_sheet s ON s.id = p.sheet_id
          LEFT JOIN labour_line l ON l.id = k.labour_line_id
        WHERE (k.material_line_id IS NULL) = (k.labour_line_id IS NULL) OR COALESCE(s.job_id, l.job_id) <> k.job_id
          OR j.order_id <> q.order_id""",
        ("quote", "line"),
    ),
    Check(
        17,
        _("Job {job}: “{line}” is charged in {count} quotes at once."),
        f"""
        SELECT j.number, MIN(k.text), COUNT(*) FROM quote_line k JOIN quote q ON q.id = k.quote_id
          JOIN job j ON j.id = k.job_id WHERE {LIVE_QUOTE}
        GROUP BY j.number, k.material_line_id, k.labour_line_id HAVING COUNT(*) > 1""",
        ("job", "line", "count"),
    ),
    Check(
        17,
        _("Job {job}: the customer agreed to {amount} for “{line}”, but {quoted} was quoted."),
        """
        SELECT j.number, c.amount, k.text, k.amount FROM consent c JOIN quote_line k ON k.id = c.quote_line_id
          JOIN job j ON j.id = c.job_id WHERE c.amount <> k.amount""",
        ("job", "amount", "line", "quoted"),
    ),
    Check(
        17,
        _("Job {job}: the consent to “{line}” names another payer, job or line than the quote does."),
        """
        SELECT j.number, k.text FROM consent c JOIN quote_line k ON k.id = c.quote_line_id JOIN job j ON j.id = c.job_id
        WHERE c.payer <> k.payer OR c.job_id <> k.job_id
          OR COALESCE(c.material_line_id, 0) <> COALESCE(k.material_line_id, 0)
          OR COALESCE(c.labour_line_id, 0) <> COALESCE(k.labour_line_id, 0)""",
        ("job", "line"),
    ),
    Check(
        17,
        _("Job {job}: “{line}” was agreed to in quote {quote}, which is not answered."),
        """
        SELECT j.number, k.text, q.number FROM consent c JOIN quote_line k ON k.id = c.quote_line_id
          JOIN quote q ON q.id = k.quote_id JOIN job j ON j.id = c.job_id WHERE q.state <> 'answered'""",
        ("job", "line", "quote"),
    ),
    Check(
        17,
        _("Job {job}: the customer agreed to {amount} for the diagnosis, but it costs {total}."),
        """
        SELECT j.number, c.amount, l.amount FROM consent c JOIN job j ON j.id = c.job_id
          LEFT JOIN labour_line l ON l.id = c.labour_line_id AND l.job_id = c.job_id AND l.sheet_id IS NULL
        WHERE c.quote_line_id IS NULL AND COALESCE(l.amount, -1) <> c.amount""",
        ("job", "amount", "total"),
    ),
)
BOUND = f"""
    SELECT c.id, j.number, COALESCE(k.text, j.text), c.content_hash, k.quantity, k.amount, c.labour_line_id, c.amount
    FROM consent c JOIN job j ON j.id = c.job_id LEFT JOIN quote_line k ON k.id = c.quote_line_id
    WHERE c.id > ? ORDER BY c.id LIMIT {PAGE}"""


def amount_violations(shop: Shop) -> Iterator[Violation]:
    """Yield everything that breaks invariants 8, 11 and 17, as far as there is money."""
    with shop.reader():
        yield from _integer_columns() if shop.backend.name == "postgres" else _integer_values()
        for check in CHECKS:
            for row in sql.rows(check.query):
                found = check.violation(row)
                yield Violation(found.number, found.sentence, {
                    name: Money(value) if name in MONEY and value is not None else value
                    for name, value in found.params.items()})  # fmt: skip
        yield from _consents()


def _whole(model: type[pw.Model]) -> list[str]:
    """Return the columns of a table that hold whole numbers: amounts, quantities, minutes, keys, instants, flags."""
    fields = model._meta.sorted_fields
    return [field.column_name for field in fields if isinstance(field, pw.IntegerField | pw.ForeignKeyField)]


def _integer_values() -> Iterator[Violation]:
    """Ask SQLite for the type of every value; a STRICT table holds no other unless somebody forced it."""
    for model in MODELS:
        other = [f"""typeof("{column}") NOT IN ('integer', 'null')""" for column in _whole(model)]
        table = model._meta.table_name
        count = sql.scalar(f"SELECT COUNT(*) FROM {table} WHERE {' OR '.join(other)}") if other else 0
        if count:
            yield Violation(8, NOT_WHOLE, {"table": table, "count": count})


def _integer_columns() -> Iterator[Violation]:
    """Ask PostgreSQL for the type of every column."""
    types = {(table, column): kind for table, column, kind in sql.rows(
        "SELECT table_name, column_name, data_type FROM information_schema.columns "
        "WHERE table_schema = current_schema()")}  # fmt: skip
    for model in MODELS:
        for column in _whole(model):
            kind = types.get((model._meta.table_name, column), "")
            if kind not in ("bigint", "integer"):
                yield Violation(8, NOT_INTEGER, {"table": model._meta.table_name, "column": column, "type": kind})


def _consents() -> Iterator[Violation]:
    """Hash again what every consent is bound to: the quoted line, or the diagnosis agreed to at intake."""
    after = FIRST
    while page := sql.rows(BOUND, after):
        for _row, job, text, content_hash, quantity, quoted, labour_line, amount in page:
            bound = [labour_line, text, amount] if quantity is None else [text, quantity, quoted]
            if digest(bound) != content_hash:
                yield Violation(17, OTHER_TEXT, {"job": job, "line": text})
        after = page[-1][0]
