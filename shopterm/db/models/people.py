"""People and what they may be."""

import peewee as pw

from shopterm.db.models.base import Int, Row, WordField, database
from shopterm.domain.vocabulary import PersonState, Role


class Person(Row):
    """Somebody who signs in."""

    number = pw.TextField(unique=True)
    name_zh = pw.TextField()
    name_en = pw.TextField(default="")
    badge = pw.TextField(null=True, unique=True)
    phone = pw.TextField(default="")
    language = pw.TextField(default="zh")
    skills = pw.TextField(default="")
    discount_limit = Int(default=0)
    joined = pw.TextField(default="")
    state = WordField(PersonState, default=PersonState.ACTIVE)
    version = Int(default=1)
    pin_hash = pw.TextField(null=True)
    code_hash = pw.TextField(null=True)
    code_until = Int(null=True)


class Delegation(Row):
    """A few verbs of one person that another does for them, at one site, from one instant until another."""

    site = Int()
    giver = pw.ForeignKeyField(Person, backref="given")
    giver_id: int
    delegate = pw.ForeignKeyField(Person, backref="lent")
    delegate_id: int
    verbs = pw.TextField()
    """Names of actions, separated by blanks."""
    since = Int()
    until = Int()
    reason = pw.TextField(default="")
    at = Int()
    revoked = Int(null=True)
    """Instant at which it was taken back."""


class PersonRole(pw.Model):
    """A role somebody holds at a site."""

    person = pw.ForeignKeyField(Person, backref="held")
    person_id: int
    site = Int()
    role = WordField(Role)

    class Meta:
        """Once each."""

        database = database
        strict_tables = True
        legacy_table_names = False
        primary_key = pw.CompositeKey("person", "site", "role")
