"""Material and labour sheets with their versions of lines."""

import peewee as pw

from shopterm.db.models.base import Document, Flag, Int, Row, WordField
from shopterm.db.models.catalogue import LabourStandard, Part
from shopterm.db.models.orders import Job, WorkOrder
from shopterm.db.models.people import Person
from shopterm.domain.vocabulary import LabourKind, SheetState, Source


class Sheet(Document):
    """What material and labour sheets share."""

    order = pw.ForeignKeyField(WorkOrder)
    order_id: int
    job = pw.ForeignKeyField(Job)
    job_id: int
    state = WordField(SheetState)
    rev = Int(default=1)
    """The version of the lines; a change after approval makes a new one."""
    supplement = Flag(default=False)
    none = Flag(default=False)
    note = pw.TextField(default="")
    finding = pw.TextField(default="")
    reason = pw.TextField(default="")
    reported_by = pw.ForeignKeyField(Person)
    reported_by_id: int
    reported_at = Int()
    changed_at = Int()


class MaterialSheet(Sheet):
    """The parts a mechanic reports as needed."""

    class Meta:
        """Found by site and state."""

        indexes = ((("site", "state"), False),)


class MaterialLine(Row):
    """One needed part; what was issued, returned and released against it is counted here, guarded."""

    sheet = pw.ForeignKeyField(MaterialSheet, backref="lines")
    sheet_id: int
    rev = Int()
    line = Int()
    part = pw.ForeignKeyField(Part, null=True)
    part_id: int | None
    text = pw.TextField()
    """The number or words as reported."""
    quantity = Int()
    reason = pw.TextField(default="")
    old_part = Flag(default=True)
    entered_by = pw.ForeignKeyField(Person)
    entered_by_id: int
    return_reason = pw.TextField(default="")
    issued = Int(default=0)
    returned = Int(default=0)
    released = Flag(default=False)
    release_reason = pw.TextField(default="")

    class Meta:
        """One line number per version."""

        indexes = ((("sheet", "rev", "line"), True),)


class LinePrice(pw.Model):
    """The counter's record beside a signed line: number found, price, stock, lead time."""

    line = pw.ForeignKeyField(MaterialLine, primary_key=True, backref="pricing")
    line_id: int
    part = pw.ForeignKeyField(Part)
    part_id: int
    price = Int()
    """Minor units for ``price_per`` pieces."""
    price_per = Int(default=1)
    amount = Int()
    core_deposit = Int(default=0)
    source = WordField(Source)
    lead_days = Int(default=0)
    available = Int(default=0)
    priced_by = pw.ForeignKeyField(Person)
    priced_by_id: int
    priced_at = Int()

    class Meta:
        """Keyed by the line."""

        database = Row._meta.database
        strict_tables = True
        legacy_table_names = False


class OldPart(Row):
    """The removed part: its tag and where it lies."""

    line = pw.ForeignKeyField(MaterialLine, unique=True)
    line_id: int
    tag = pw.TextField(unique=True)
    place = pw.TextField()
    person = pw.ForeignKeyField(Person)
    person_id: int
    at = Int()


class LabourSheet(Sheet):
    """The work and hours a mechanic reports."""

    class Meta:
        """Found by site and state."""

        indexes = ((("site", "state"), False),)


class LabourLine(Row):
    """One piece of work; a job's diagnosis line has no sheet."""

    job = pw.ForeignKeyField(Job, backref="work")
    job_id: int
    sheet = pw.ForeignKeyField(LabourSheet, null=True, backref="lines")
    sheet_id: int | None
    rev = Int(default=1)
    line = Int()
    standard = pw.ForeignKeyField(LabourStandard, null=True)
    standard_id: int | None
    text = pw.TextField()
    kind = WordField(LabourKind)
    minutes = Int()
    people = Int(default=1)
    rate = Int()
    amount = Int()
    entered_by = pw.ForeignKeyField(Person)
    entered_by_id: int
    return_reason = pw.TextField(default="")
    done_at = Int(null=True)
    done_by = pw.ForeignKeyField(Person, null=True)
    done_by_id: int | None

    class Meta:
        """Found by sheet and by the day it was done."""

        indexes = ((("sheet", "rev", "line"), False), (("done_at",), False))
