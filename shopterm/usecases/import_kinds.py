"""The kinds of file: how each is stored, and who may import it (OPS-14)."""

from dataclasses import dataclass

from shopterm.domain.errors import Refused
from shopterm.domain.facts import Actor
from shopterm.domain.vocabulary import Doc, Role
from shopterm.domain.words import Message, _
from shopterm.usecases.import_batch import Store
from shopterm.usecases.import_people import people
from shopterm.usecases.import_relations import interchange, kits, models, numbers, supersessions
from shopterm.usecases.import_rows import customers, machines, parts, standards
from shopterm.usecases.import_stock import stock

MAY_NOT = _("Importing {kind} is done by: {roles}.")
_ADMIN = frozenset({Role.ADMINISTRATOR})
_CLERKS = _ADMIN | {Role.PARTS_CLERK}
_ADVISORS = _ADMIN | {Role.SERVICE_ADVISOR}


@dataclass(frozen=True)
class ImportKind:
    """How the rows of a kind of file are stored, by whom, and what the kind is called."""

    store: Store
    by: frozenset[Role]
    label: str
    doc: Doc = Doc.PART
    searched: bool = False
    """Its rows stand in the search index."""


IMPORT_KINDS = {
    "parts": ImportKind(parts, _CLERKS, _("parts"), searched=True),
    "prices": ImportKind(parts, _CLERKS, _("prices"), searched=True),
    "customers": ImportKind(customers, _ADVISORS, _("customers")),
    "machines": ImportKind(machines, _ADVISORS, _("machines")),
    "stock": ImportKind(stock, _CLERKS, _("stock")),
    "people": ImportKind(people, _ADMIN, _("people"), Doc.PERSON),
    "standards": ImportKind(standards, _ADMIN | {Role.FOREMAN}, _("labour standards")),
    "supersessions": ImportKind(supersessions, _CLERKS, _("supersessions")),
    "interchange": ImportKind(interchange, _CLERKS, _("interchange")),
    "kits": ImportKind(kits, _CLERKS, _("kits")),
    "numbers": ImportKind(numbers, _CLERKS, _("customers' own numbers")),
    "models": ImportKind(models, _ADVISORS, _("models")),
}


def allow(actor: Actor, kind: str) -> None:
    """Refuse an importer whose roles do not cover this kind of file (OPS-14)."""
    who = IMPORT_KINDS[kind].by
    if not actor.roles & who:
        named = Message(IMPORT_KINDS[kind].label)
        raise Refused(MAY_NOT, "OPS-14", sorted(who), "role", kind=named, roles=tuple(sorted(who)))
