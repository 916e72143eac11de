"""One batch of an import: one transaction with one event."""

import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import peewee as pw

from shopterm.db import sql
from shopterm.db.keys import keys
from shopterm.db.session import Shop
from shopterm.domain.errors import Conflict, SignInFailed
from shopterm.domain.facts import Actor
from shopterm.domain.vocabulary import Doc, Role
from shopterm.domain.words import _
from shopterm.imports import Row
from shopterm.usecases.record import append, lock_chain, moment

TRIES = 3
NOT_HERE = _("You no longer work here; ask an administrator.")
WRONG_MOMENT = _("Somebody wrote the same at the same moment; import the file again to finish it.")


class Site(NamedTuple):
    """A site by number and code."""

    number: int
    code: str


@dataclass(frozen=True)
class LeftOut:
    """A good line that was not stored, and why: message id and parameters."""

    line: int
    sentence: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class Batch:
    """One transaction of an import: who, when, keys, and what it did."""

    actor: Actor
    at: int
    made: Iterator[int]
    added: int = 0
    changed: int = 0
    held: int = 0
    """Doubtful lines that wait for an answer, those included that waited before."""
    held_anew: int = 0
    answered: int = 0
    """Doubtful lines that somebody answered before."""
    settled: int = 0
    """Held lines that are answered by it."""
    left_out: list[LeftOut] = field(default_factory=list)
    changes: list[tuple[str, int, str | None, str]] = field(default_factory=list)
    """State changes of people, as the chain is replayed by them."""
    notes: dict[str, list[Any]] = field(default_factory=dict)
    """What the event remembers besides."""

    @property
    def site(self) -> int:
        """Return the site whose data is written."""
        return self.actor.site

    @property
    def touched(self) -> bool:
        """Say whether anything was written."""
        return bool(self.added or self.changed or self.held_anew or self.settled)

    def new_key(self) -> int:
        """Return the next key of the running transaction."""
        return next(self.made)

    def leave_out(self, line: int, sentence: str, **params: Any) -> None:
        """Name a line that is not stored."""
        self.left_out.append(LeftOut(line, sentence, params))

    def note(self, name: str, told: Any) -> None:
        """Let the event remember something."""
        self.notes.setdefault(name, []).append(told)


Store = Callable[[Batch, Sequence[Row]], None]
Payload = dict[str, Any]


class _TakenBack(Exception):
    """Takes a batch back after it was counted."""

    def __init__(self, batch: Batch) -> None:
        super().__init__()
        self.batch = batch


def write_batch(
    shop: Shop,
    actor: Actor,
    site: Site,
    action: str,
    doc: Doc,
    work: Callable[[Batch], Payload],
    *,
    dry_run: bool = False,
) -> Batch:
    """Run ``work`` in one transaction of a site with the event it describes.

    A dry run, or work that wrote nothing, leaves no event. The actor's roles are read again inside; whoever has left
    meanwhile stores nothing more.
    """
    operation = str(uuid.uuid4())
    acting = replace(actor, site=site.number, site_code=site.code)

    def write() -> Batch:
        head = lock_chain(shop, acting, operation)
        if not head.actor_active:
            raise SignInFailed(NOT_HERE)
        roles = frozenset(Role(role) for role in head.actor_roles if role) | _rights_brought(actor, site)
        batch = Batch(replace(acting, roles=roles), moment(shop, head), keys(head.site, head.seq + 1))
        payload = work(batch)
        if batch.touched:
            append(shop, head, batch.actor, operation, action, doc, 0, payload, at=batch.at)
        if dry_run:
            raise _TakenBack(batch)
        return batch

    for _attempt in range(TRIES):
        try:
            return shop.write(write)
        except _TakenBack as counted:
            return counted.batch
        except pw.IntegrityError as error:  # another site stored the same at the same moment; now it is on file
            lost = error
    raise Conflict(WRONG_MOMENT) from lost


def _rights_brought(actor: Actor, site: Site) -> frozenset[Role]:
    """Return what somebody is at every site for being it at the own one: an administrator."""
    if site.number == actor.site:
        return frozenset()
    found = sql.rows(
        "SELECT role FROM person_role WHERE person_id = ? AND site IN (0, ?) AND role = ?",
        actor.person,
        actor.site,
        Role.ADMINISTRATOR.value,
    )
    return frozenset(Role(role) for (role,) in found)
