"""The record: sites, the evidence chain, signatures, counters, clocks, files."""

import peewee as pw

from shopterm.db.models.base import Flag, Int, Row, WordField, database
from shopterm.domain.vocabulary import Doc


class Site(Row):
    """A service centre; site 0 holds what all sites share."""

    code = pw.TextField(unique=True)
    name = pw.TextField(default="")
    zone = pw.TextField(default="Asia/Shanghai")


class Mark(pw.Model):
    """A fact about the database itself: kind (real, demo, test), schema, pepper fingerprint."""

    key = pw.TextField(primary_key=True)
    value = pw.TextField()

    class Meta:
        """Keyed by name."""

        database = database
        strict_tables = True
        legacy_table_names = False


class Event(Row):
    """One change: who did what to which document, hash-chained per site over all columns."""

    site = Int()
    seq = Int()
    at = Int()
    actor = Int(null=True)
    role = pw.TextField(default="")
    terminal = pw.TextField(default="")
    operation = pw.TextField(unique=True)
    action = pw.TextField()
    doc = pw.TextField()
    doc_id = Int()
    doc_version = Int()
    body = pw.TextField()
    """SHA-256 of the request, so that a replay with another body is refused."""
    payload = pw.TextField()
    """Canonical JSON: values as seen, state changes, result."""
    prev = pw.TextField()
    hash = pw.TextField()

    class Meta:
        """Contiguous per site; found by document."""

        indexes = ((("site", "seq"), True), (("doc", "doc_id", "action", "actor"), False))


class ChainHead(pw.Model):
    """The last link of a site's chain; every write locks it first."""

    site = Int(primary_key=True)
    seq = Int()
    at = Int()
    hash = pw.TextField()

    class Meta:
        """Keyed by site."""

        database = database
        strict_tables = True
        legacy_table_names = False


class Signature(Row):
    """A person's PIN-confirmed signing of one exact version of a document."""

    site = Int()
    doc = WordField(Doc)
    doc_id = Int()
    rev = Int()
    action = pw.TextField()
    person = Int()
    role = pw.TextField(default="")
    customer = pw.TextField(default="")
    """Name of the customer whose signature on paper or screen this attests, if any."""
    content_hash = pw.TextField()
    at = Int()
    voided = Int(null=True)
    """Instant at which a change of the document made the signature fall."""

    class Meta:
        """Found by document."""

        indexes = ((("doc", "doc_id", "action"), False),)


class Counter(pw.Model):
    """The last number given per site, kind and month."""

    site = Int()
    kind = pw.TextField()
    period = pw.TextField()
    value = Int()

    class Meta:
        """Keyed by what it counts."""

        database = database
        strict_tables = True
        legacy_table_names = False
        primary_key = pw.CompositeKey("site", "kind", "period")


class Clock(Row):
    """A deadline that counts: what, whose, until when, and what stopped it."""

    site = Int()
    kind = pw.TextField()
    doc = WordField(Doc)
    doc_id = Int()
    owner = Int(null=True)
    started = Int()
    due = Int()
    stopped = Int(null=True)

    class Meta:
        """Found by document and by deadline."""

        indexes = ((("doc", "doc_id"), False), (("site", "stopped", "due"), False))


class Attachment(Row):
    """A stored file, named by its SHA-256, hanging on a document."""

    site = Int()
    doc = WordField(Doc)
    doc_id = Int()
    sha256 = pw.TextField()
    name = pw.TextField()
    kind = pw.TextField()
    size = Int()
    person = Int()
    at = Int()
    note = pw.TextField(default="")

    class Meta:
        """Found by document."""

        indexes = ((("doc", "doc_id"), False),)


class Attempts(pw.Model):
    """Failed sign-ins and signings, by person and by terminal."""

    subject = pw.TextField(primary_key=True)
    failures = Int(default=0)
    locked_until = Int(default=0)

    class Meta:
        """Keyed by who or what is counted."""

        database = database
        strict_tables = True
        legacy_table_names = False


class HeldLine(Row):
    """A line an import held back until a person answers."""

    kind = pw.TextField()
    file = pw.TextField()
    line = Int()
    reason = pw.TextField()
    field = pw.TextField(default="")
    row = pw.TextField()
    doubts = pw.TextField(default="[]")
    """Everything in doubt, as JSON: reason, field, what the sentence speaks of, value proposed."""
    at = Int()
    answer = pw.TextField(default="")
    answered_by = Int(null=True)
    answered_at = Int(null=True)
    voided = Flag(default=False)
