"""Stock: an insert-only ledger, guarded balances, reservations, loans."""

import peewee as pw

from shopterm.db.models.base import Document, Int, Row, WordField, database
from shopterm.db.models.catalogue import Part
from shopterm.db.models.orders import WorkOrder
from shopterm.db.models.people import Person
from shopterm.db.models.sheets import MaterialLine
from shopterm.domain.vocabulary import LoanState, MoveKind


class Bin(Row):
    """A place in a store; every site has one virtual place for what is on loan."""

    site = Int()
    store = pw.TextField(default="MAIN")
    code = pw.TextField()
    virtual = Int(default=0)

    class Meta:
        """A code is unique within its store."""

        indexes = ((("site", "store", "code"), True),)


class Balance(pw.Model):
    """What lies in a bin and how much of it is promised, in thousandths; changed only by guarded updates."""

    part = pw.ForeignKeyField(Part)
    part_id: int
    bin = pw.ForeignKeyField(Bin)
    bin_id: int
    on_hand = Int(default=0, constraints=[pw.Check("on_hand >= 0")])
    reserved = Int(default=0, constraints=[pw.Check("reserved >= 0 AND reserved <= on_hand")])
    unit_cost = Int(default=0)
    """Moving average in the minor unit per piece."""

    class Meta:
        """Keyed by part and bin."""

        database = database
        strict_tables = True
        legacy_table_names = False
        primary_key = pw.CompositeKey("part", "bin")


class Move(Row):
    """One line of the stock ledger; never changed, only reversed."""

    site = Int()
    at = Int()
    part = pw.ForeignKeyField(Part)
    part_id: int
    bin = pw.ForeignKeyField(Bin)
    bin_id: int
    quantity = Int()
    kind = WordField(MoveKind)
    unit_cost = Int(default=0)
    material_line = pw.ForeignKeyField(MaterialLine, null=True)
    material_line_id: int | None
    loan_line = Int(null=True)
    person = pw.ForeignKeyField(Person)
    person_id: int
    serial = pw.TextField(default="")
    note = pw.TextField(default="")

    class Meta:
        """Summed by part and bin."""

        indexes = ((("part", "bin"), False),)


class Reservation(Row):
    """Stock of one bin promised to one line; deleted by what consumes it, kept in the event."""

    material_line = pw.ForeignKeyField(MaterialLine)
    material_line_id: int
    part = pw.ForeignKeyField(Part)
    part_id: int
    bin = pw.ForeignKeyField(Bin)
    bin_id: int
    quantity = Int()

    class Meta:
        """One per line and bin."""

        indexes = ((("material_line", "bin"), True), (("part", "bin"), False))


class Serial(Row):
    """A serial number and the one place where it is: a bin, a line it was issued to, or a loan."""

    part = pw.ForeignKeyField(Part)
    part_id: int
    serial = pw.TextField()
    bin = pw.ForeignKeyField(Bin, null=True)
    bin_id: int | None
    material_line = pw.ForeignKeyField(MaterialLine, null=True)
    material_line_id: int | None
    loan_line = Int(null=True)

    class Meta:
        """Once per part."""

        indexes = ((("part", "serial"), True),)


class Loan(Document):
    """Stock out on a person's signature."""

    state = WordField(LoanState)
    borrower = pw.ForeignKeyField(Person)
    borrower_id: int
    lent_by = pw.ForeignKeyField(Person)
    lent_by_id: int
    purpose = pw.TextField()
    order = pw.ForeignKeyField(WorkOrder, null=True)
    order_id: int | None
    due = Int(null=True)
    lent_at = Int()
    changed_at = Int()

    class Meta:
        """Found by site and state."""

        indexes = ((("site", "state"), False),)


class LoanLine(Row):
    """One lent part; out = returned + issued + written off + outstanding."""

    loan = pw.ForeignKeyField(Loan, backref="lines")
    loan_id: int
    line = Int()
    part = pw.ForeignKeyField(Part)
    part_id: int
    bin = pw.ForeignKeyField(Bin)
    bin_id: int
    quantity = Int()
    returned = Int(default=0)
    issued = Int(default=0)
    written_off = Int(default=0, constraints=[pw.Check("returned + issued + written_off <= quantity")])
    serial = pw.TextField(default="")
    unit_cost = Int(default=0)
