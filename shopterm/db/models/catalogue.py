"""Parts, how their numbers relate, and labour standards."""

import peewee as pw

from shopterm.db.models.base import Flag, Int, Row, WordField
from shopterm.db.models.customers import Customer
from shopterm.domain.vocabulary import LabourKind


class Part(Row):
    """A catalogue item, keyed by maker and number; prices in the minor unit for ``price_per`` pieces."""

    maker = pw.TextField()
    number = pw.TextField()
    compact = pw.TextField(index=True)
    name_en = pw.TextField(default="")
    name_zh = pw.TextField(default="")
    unit = pw.TextField(default="EA")
    pack_qty = Int(default=1)
    price_per = Int(default=1)
    weight_g = Int(null=True)
    core_deposit = Int(default=0)
    returnable = pw.TextField(default="Y")
    serial_tracked = Flag(default=False)
    list_price = Int(null=True)
    cost = Int(null=True)
    abc = pw.TextField(default="")
    search = pw.TextField(default="")
    version = Int(default=1)

    class Meta:
        """A number is unique only within its maker."""

        indexes = ((("maker", "number"), True),)


class Supersession(Row):
    """An old number is replaced by (or split into, or exchangeable with) a new one."""

    maker = pw.TextField()
    old_number = pw.TextField()
    old_compact = pw.TextField(index=True)
    new_number = pw.TextField()
    new_compact = pw.TextField(index=True)
    ratio = Int(default=1000)
    """New pieces per old piece, in thousandths."""
    kind = pw.TextField(default="replaced")
    effective = pw.TextField(default="")
    note = pw.TextField(default="")


class Interchange(Row):
    """Another maker's part that fits."""

    maker = pw.TextField()
    number = pw.TextField()
    compact = pw.TextField(index=True)
    other_maker = pw.TextField()
    other_number = pw.TextField()
    other_compact = pw.TextField(index=True)
    fit = pw.TextField(default="direct")
    note = pw.TextField(default="")


class KitLine(Row):
    """One content of a kit."""

    kit_maker = pw.TextField()
    kit_number = pw.TextField(index=True)
    line = Int()
    maker = pw.TextField()
    number = pw.TextField()
    quantity = Int()


class OwnNumber(Row):
    """A customer's own number for a part."""

    customer = pw.ForeignKeyField(Customer)
    customer_id: int
    own_number = pw.TextField()
    compact = pw.TextField(index=True)
    maker = pw.TextField()
    number = pw.TextField()


class LabourStandard(Row):
    """A canned job with its standard minutes (total, not per head), by code and tonnage class."""

    code = pw.TextField()
    tonnage_class = pw.TextField(default="")
    name_zh = pw.TextField(default="")
    name_en = pw.TextField(default="")
    machine_kind = pw.TextField(default="")
    tons_from = Int(null=True)
    tons_to = Int(null=True)
    """Thousandths of a ton, as machines have them; the upper end is not of the class."""
    minutes = Int()
    people = Int(default=1)
    kind = WordField(LabourKind, default=LabourKind.REPAIR)
    skill = pw.TextField(default="")
    rate = Int(null=True)
    """Minor units per hour; none: the site's rate for the kind."""
    warranty_factor = Int(default=1000)
    version = Int(default=1)

    class Meta:
        """One standard per code and class."""

        indexes = ((("code", "tonnage_class"), True),)
