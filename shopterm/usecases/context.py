"""What a verb's function works with: who, when, keys, numbers, state changes, what the event remembers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from shopterm.db import models as m
from shopterm.db import sql
from shopterm.db.session import Shop
from shopterm.domain.action import Action
from shopterm.domain.canonical import digest
from shopterm.domain.errors import Conflict, Refused
from shopterm.domain.facts import Actor, Facts, Lent
from shopterm.domain.policy import Refusal, refused_by
from shopterm.domain.vocabulary import Doc, Word
from shopterm.domain.words import _
from shopterm.usecases.request import Request

Values = Mapping[str, Any]
CHANGED = _("{number} was changed meanwhile; look again.")
Change = tuple[str, int, str | None, str]
"""Kind of document, key, state before (none for a new document), state after."""


@dataclass
class Context:
    """One transaction of one verb."""

    shop: Shop
    actor: Actor
    action: Action
    request: Request
    facts: Facts
    at: int
    seq: int
    keys: Iterator[int]
    second: Actor | None = None
    lent: Lent | None = None
    """The delegation by which the actor does it, if not by their own right."""
    doc_id: int = 0
    number: str = ""
    state: Word | None = None
    columns: dict[str, Any] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    notes: dict[str, Any] = field(default_factory=dict)
    made: list[tuple[Doc, int, str]] = field(default_factory=list)
    message: str = ""
    """What to say when it is done; empty: the verb and the document."""
    params: dict[str, Any] = field(default_factory=dict)
    content: Any = None
    """What a signature of this verb is bound to, when it is not the document's own content."""
    secret: str = ""
    """Something to show once to the actor and never to store (a one-time code)."""
    customer: str = ""
    """Name of the customer whose signature the actor attests."""

    @property
    def site(self) -> int:
        """Return the acting site."""
        return self.actor.site

    def new_key(self) -> int:
        """Return the next key for a row made by this event."""
        return next(self.keys)

    def set(self, **columns: Any) -> None:
        """Change columns of the document the verb is done to; written once, guarded by its version."""
        self.columns.update(columns)

    def become(self, state: Word) -> None:
        """Move the document the verb is done to into a state."""
        if state is not self.state:
            self.changes.append(
                (self.action.doc.value, self.doc_id, self.state.value if self.state else None, state.value)
            )
            self.state = state
            self.columns["state"] = state

    def born(self, doc: Doc, row_key: int, number: str, state: Word) -> None:
        """Note that the verb made a document."""
        self.changes.append((doc.value, row_key, None, state.value))
        self.made.append((doc, row_key, number))

    def move(self, doc: Doc, model: type[m.Job] | type[Any], row: Any, state: Word, **columns: Any) -> None:
        """Move another document than the verb's own into a state, guarded by its version."""
        if row.state is not state:
            self.changes.append((doc.value, row.id, row.state.value, state.value))
        changed = (
            model.update(state=state, version=model.version + 1, changed_at=self.at, **columns)
            .where(model.id == row.id, model.version == row.version)
            .execute()
        )
        if changed != 1:
            raise Conflict(CHANGED, number=row.number)
        row.state, row.version = state, row.version + 1

    def next_number(self, kind: str) -> str:
        """Return the next document number ``SITE-KIND-YYMM-NNNN`` of this site and month."""
        period = local(self.at, self.shop).strftime("%y%m")
        value = sql.scalar(
            "INSERT INTO counter (site, kind, period, value) VALUES (?, ?, ?, 1) "
            "ON CONFLICT (site, kind, period) DO UPDATE SET value = counter.value + 1 RETURNING value",
            self.site,
            kind,
            period,
        )
        return f"{self.actor.site_code}-{kind}-{period}-{value:04d}"

    def day(self) -> str:
        """Return today's date at the shop, ISO."""
        return local(self.at, self.shop).date().isoformat()

    def hash(self, content: Any) -> str:
        """Return the hash that binds a consent to text and amount."""
        return digest(content)

    def refuse(self, guard: Any, **params: Any) -> Refused:
        """Make the refusal of a guard found only while doing it."""
        return as_error(refused_by(guard, self.action, **params))


def as_error(refusal: Refusal) -> Refused:
    """Turn policy's answer into the error that leaves the transaction."""
    return Refused(refusal.sentence, refusal.rule, sorted(refusal.who), refusal.guard, **refusal.params)


def local(at: int, shop: Shop) -> datetime:
    """Return an instant as the shop's local time."""
    return datetime.fromtimestamp(at // 1_000_000, UTC).astimezone(shop.zone)
