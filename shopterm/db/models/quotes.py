"""Quotes, frozen line by line, and the customer's consents."""

import peewee as pw

from shopterm.db.models.base import Document, Flag, Int, Row, WordField
from shopterm.db.models.orders import Job, WorkOrder
from shopterm.db.models.people import Person
from shopterm.db.models.sheets import LabourLine, MaterialLine
from shopterm.domain.vocabulary import ConsentMeans, Payer, QuoteState


class Quote(Document):
    """One version of the estimate shown to the customer."""

    order = pw.ForeignKeyField(WorkOrder, backref="quotes")
    order_id: int
    edition = Int(default=1)
    state = WordField(QuoteState)
    supplement = Flag(default=False)
    replaces = Int(null=True)
    promised = Int(null=True)
    valid_until = Int(null=True)
    file_checked = Flag(default=False)
    note = pw.TextField(default="")
    reason = pw.TextField(default="")
    net = Int(default=0)
    tax = Int(default=0)
    total = Int(default=0)
    customer_total = Int(default=0)
    answered_at = Int(null=True)
    confirmed_at = Int(null=True)
    confirmed_by = pw.ForeignKeyField(Person, null=True)
    confirmed_by_id: int | None
    changed_at = Int()

    class Meta:
        """Found by site and state."""

        indexes = ((("site", "state"), False),)


class QuoteLine(Row):
    """A frozen line: text, quantity, price and payer as they stood; exactly one source line."""

    quote = pw.ForeignKeyField(Quote, backref="lines")
    quote_id: int
    line = Int()
    job = pw.ForeignKeyField(Job)
    job_id: int
    material_line = pw.ForeignKeyField(MaterialLine, null=True)
    material_line_id: int | None
    labour_line = pw.ForeignKeyField(LabourLine, null=True)
    labour_line_id: int | None
    text = pw.TextField()
    quantity = Int()
    """Thousandths for parts, minutes for labour."""
    price = Int()
    amount = Int()
    """With tax, in the minor unit."""
    tax = Int()
    tax_rate = Int()
    """Basis points."""
    payer = WordField(Payer)

    class Meta:
        """One line number per quote."""

        indexes = ((("quote", "line"), True),)


class Consent(Row):
    """A customer's yes to one line, bound to its text and amount as they stood."""

    site = Int()
    job = pw.ForeignKeyField(Job, backref="consents")
    job_id: int
    quote_line = pw.ForeignKeyField(QuoteLine, null=True, unique=True)
    quote_line_id: int | None
    material_line = pw.ForeignKeyField(MaterialLine, null=True, unique=True)
    material_line_id: int | None
    labour_line = pw.ForeignKeyField(LabourLine, null=True, unique=True)
    labour_line_id: int | None
    means = WordField(ConsentMeans)
    payer = WordField(Payer)
    amount = Int()
    content_hash = pw.TextField()
    given_by = pw.TextField()
    phone = pw.TextField(default="")
    recording = pw.TextField(default="")
    attested_by = pw.ForeignKeyField(Person)
    attested_by_id: int
    at = Int()
