"""Work orders, their jobs, and what is recorded about them."""

import peewee as pw

from shopterm.db.models.base import Document, Flag, Int, Row, WordField, database
from shopterm.db.models.customers import Customer, Machine
from shopterm.db.models.people import Person
from shopterm.domain.vocabulary import InspectionKind, JobState, OrderState, Payer, WaitReason


class WorkOrder(Document):
    """One visit of one machine."""

    state = WordField(OrderState)
    customer = pw.ForeignKeyField(Customer, null=True)
    customer_id: int | None
    customer_name = pw.TextField(default="")
    phone = pw.TextField(default="")
    machine = pw.ForeignKeyField(Machine)
    machine_id: int
    hours = Int(null=True)
    received_at = Int()
    received_by = pw.ForeignKeyField(Person)
    received_by_id: int
    purpose = pw.TextField(default="")
    note = pw.TextField(default="")
    fuel = pw.TextField(default="")
    valuables = pw.TextField(default="")
    promised = Int(null=True)
    bay = pw.TextField(default="")
    read_back_by = pw.TextField(default="")
    read_back_at = Int(null=True)
    engineer_called = Flag(default=False)
    covers_at = Int(null=True)
    handed_at = Int(null=True)
    joint_at = Int(null=True)
    washed_at = Int(null=True)
    changed_at = Int()

    class Meta:
        """Found by site and state."""

        indexes = ((("site", "state"), False),)


class Job(Document):
    """One repair item of a work order, with its own payer, consent, sheets and state."""

    order = pw.ForeignKeyField(WorkOrder, backref="jobs")
    order_id: int
    line = Int()
    state = WordField(JobState)
    text = pw.TextField()
    payer = WordField(Payer, default=Payer.CUSTOMER)
    assembly = Flag(default=False)
    lead = pw.ForeignKeyField(Person, null=True)
    lead_id: int | None
    bay = pw.TextField(default="")
    qc_fails = Int(default=0)
    plan_people = pw.TextField(default="")
    plan_start = Int(null=True)
    plan_finish = Int(null=True)
    plan_instruction = pw.TextField(default="")
    plan_at = Int(null=True)
    waits_for = WordField(WaitReason, null=True)
    waits_note = pw.TextField(default="")
    waits_since = Int(null=True)
    advice = pw.TextField(default="")
    decision = pw.TextField(default="")
    approval_reference = pw.TextField(default="")
    approval_date = pw.TextField(default="")
    changed_at = Int()

    class Meta:
        """Found by site and state, by order and line."""

        indexes = ((("site", "state"), False), (("order", "line"), True))


class JobHelper(pw.Model):
    """A mechanic who helps on a job."""

    job = pw.ForeignKeyField(Job, backref="helpers")
    job_id: int
    person = pw.ForeignKeyField(Person)
    person_id: int

    class Meta:
        """Once each."""

        database = database
        strict_tables = True
        legacy_table_names = False
        primary_key = pw.CompositeKey("job", "person")


class Question(Row):
    """What the customer asked, and the answer; open until there is one."""

    order = pw.ForeignKeyField(WorkOrder, backref="questions")
    order_id: int
    line = Int()
    question = pw.TextField()
    answer = pw.TextField(default="")
    asked_at = Int()
    answered_at = Int(null=True)


class Checklist(Row):
    """A version of a checklist as it was asked."""

    code = pw.TextField()
    number = Int()
    hash = pw.TextField(unique=True)
    body = pw.TextField()


class Inspection(Row):
    """A walked checklist (or a joint look) with its outcome."""

    site = Int()
    order = pw.ForeignKeyField(WorkOrder, backref="inspections")
    order_id: int
    job = pw.ForeignKeyField(Job, null=True)
    job_id: int | None
    kind = WordField(InspectionKind)
    checklist = pw.ForeignKeyField(Checklist, null=True)
    checklist_id: int | None
    person = pw.ForeignKeyField(Person)
    person_id: int
    at = Int()
    passed = Flag()
    note = pw.TextField(default="")


class InspectionItem(Row):
    """The mark, value and note of one item of an inspection."""

    inspection = pw.ForeignKeyField(Inspection, backref="items")
    inspection_id: int
    item = pw.TextField()
    mark = pw.TextField(default="")
    value = pw.TextField(default="")
    measured = Int(null=True)
    """A measured value in thousandths of its unit."""
    note = pw.TextField(default="")


class Parameter(Row):
    """A technical parameter recorded during work, in thousandths of its unit."""

    job = pw.ForeignKeyField(Job, backref="parameters")
    job_id: int
    name = pw.TextField()
    value = Int()
    unit = pw.TextField(default="")
    low = Int(null=True)
    high = Int(null=True)
    person = pw.ForeignKeyField(Person)
    person_id: int
    at = Int()
