"""Customers and their machines."""

import peewee as pw

from shopterm.db.models.base import Flag, Int, Row


class Customer(Row):
    """A customer file."""

    number = pw.TextField(unique=True)
    kind = pw.TextField(default="company")
    name = pw.TextField()
    name_en = pw.TextField(default="")
    contact = pw.TextField(default="")
    phone = pw.TextField(default="")
    email = pw.TextField(default="")
    address = pw.TextField(default="")
    tax_no = pw.TextField(default="")
    price_group = pw.TextField(default="")
    terms = pw.TextField(default="")
    credit_limit = Int(default=0)
    language = pw.TextField(default="zh")
    note = pw.TextField(default="")
    version = Int(default=1)


class Machine(Row):
    """A vehicle or piece of equipment."""

    serial = pw.TextField(index=True)
    maker = pw.TextField()
    model = pw.TextField(default="")
    kind = pw.TextField(default="excavator")
    tonnage = Int(null=True)
    """Thousandths of a ton; limits of checklists depend on it."""
    year = Int(null=True)
    purchase_date = pw.TextField(default="")
    warranty_months = Int(null=True)
    warranty_hours = Int(null=True)
    hours = Int(null=True)
    hours_read_on = pw.TextField(default="")
    customer = pw.ForeignKeyField(Customer, null=True, backref="machines")
    customer_id: int | None
    site_code = pw.TextField(default="")
    engine_no = pw.TextField(default="")
    sold_by_us = Flag(default=False)
    demo = Flag(default=False)
    note = pw.TextField(default="")
    version = Int(default=1)

    class Meta:
        """A serial number is unique only within its maker."""

        indexes = ((("maker", "serial"), True),)


class MachineModel(Row):
    """A maker's model with its pin sizes in micrometres."""

    maker = pw.TextField()
    model = pw.TextField()
    pins = pw.TextField(default="{}")
    note = pw.TextField(default="")

    class Meta:
        """One model may stand twice in the source; both are kept."""

        indexes = ((("maker", "model"), False),)
