"""A workshop in a real database that the machine acts in: opened and closed; its clock, people and tables."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import msgspec

from shopterm.db import sql
from shopterm.db.documents import MODEL
from shopterm.db.models import MODELS
from shopterm.db.session import Shop, open_shop
from shopterm.domain.facts import Actor
from shopterm.domain.vocabulary import STATES, DayState, Doc
from tests.shopkit import PIN, settings_for, who

T = TypeVar("T")
MINUTE = 60_000_000
MONDAY = 1_930_266_000_000_000
"""A Monday in 2031, 9 in the morning at the shop: the same in every run."""
RECORD = frozenset({"event", "chain_head", "attempts"})
"""Tables that a refusal may write to; what comes into the record is judged event by event."""
HELD = tuple(doc for doc in STATES if doc is not Doc.DAY)
STATES_SQL = " UNION ALL ".join(
    f"SELECT '{doc.value}', id, number, state FROM {MODEL[doc]._meta.table_name}" for doc in HELD
)
PRESENT = 'SELECT person_id FROM attendance WHERE "end" IS NULL AND voided = 0'


class Paper(NamedTuple):
    """A document as it stands."""

    doc: Doc
    id: int
    number: str
    state: str | None


Fingerprint = dict[str, str]
"""By table, what is another after any row was written or deleted."""


@dataclass
class World:
    """The open workshop and what its people know: the time, their PINs, their one-time codes."""

    url: str
    folder: Path
    now: int = MONDAY
    calls: bool = False
    """The setting by which a recorded call serves for a first quote too."""
    pins: dict[str, str] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    signed_in: dict[str, Actor] = field(default_factory=dict)
    """Who is signed in, with the roles of that moment."""
    prepared: dict[str, str] = field(default_factory=dict)
    """Names of the questions that this connection has planned."""
    memory: dict[str, Any] = field(default_factory=dict)
    """What was read since the last step."""

    def __post_init__(self) -> None:
        """Open the database."""
        self.shop = self._open()

    def _open(self) -> Shop:
        settings = settings_for(self.folder)
        told = msgspec.structs.replace(settings.consent, calls_for_first_quote=self.calls)
        shop = open_shop(self.url, data_dir=self.folder, settings=msgspec.structs.replace(settings, consent=told))
        shop.shift = lambda: self.now
        if shop.backend.name == "postgres":
            with shop.reader() as db:
                db.execute_sql("SET jit = off")  # compiling the checks takes longer than answering them
        return shop

    def reopen(self) -> None:
        """Close the database and open it again, as after a restart; everybody signs in anew."""
        self.shop.close()
        self.shop = self._open()
        self.signed_in.clear()
        self.prepared.clear()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Lend the connection for queries."""
        with self.shop.reader():
            yield

    def pin(self, number: str) -> str:
        """Return somebody's PIN."""
        return self.pins.get(number, PIN)

    def actor(self, number: str) -> Actor:
        """Return a person as signed in some time ago."""
        if number not in self.signed_in:
            self.signed_in[number] = who(self.shop, number)
        return self.signed_in[number]

    def papers(self) -> dict[tuple[Doc, int], Paper]:
        """Return all documents that have a state, labour days among them."""
        return self.recall("papers", self._papers)

    def recall(self, what: str, read: Callable[[], T]) -> T:
        """Return what was read since the last step, or read it."""
        if what not in self.memory:
            self.memory[what] = read()
        found: T = self.memory[what]
        return found

    def _papers(self) -> dict[tuple[Doc, int], Paper]:
        with self.reading():
            found = [Paper(Doc(doc), key, number, state) for doc, key, number, state in sorted(sql.rows(STATES_SQL))]
            present = {person for (person,) in sql.rows(PRESENT)}
        days = [
            Paper(Doc.DAY, paper.id, paper.number, DayState.PRESENT if paper.id in present else DayState.AWAY)
            for paper in found
            if paper.doc is Doc.PERSON
        ]
        return {(paper.doc, paper.id): paper for paper in (*found, *days)}

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        """Return the answer to a question that is asked after every step; PostgreSQL plans it once."""
        if self.shop.backend.name != "postgres":
            return sql.rows(query)
        if query not in self.prepared:
            self.prepared[query] = f"asked_{len(self.prepared)}"
            self.shop.db.execute_sql(f"PREPARE {self.prepared[query]} AS {query}")
        return sql.rows(f"EXECUTE {self.prepared[query]}")

    def fingerprint(self) -> Fingerprint:
        """Return what tells a change of every table but the record, so that two moments can be compared."""
        with self.reading():
            if self.shop.backend.name == "postgres":
                return dict(self.ask(HASHED))
            return {name: _digest(sql.rows(f'SELECT * FROM "{name}"')) for name in TABLES}


TABLES = tuple(name for model in MODELS if (name := model._meta.table_name) not in RECORD)
HASHED = " UNION ALL ".join(
    f"""SELECT '{name}', COUNT(*) || ' ' || COALESCE(MAX(CAST(CAST(xmin AS TEXT) AS BIGINT)), 0) FROM "{name}\""""
    for name in TABLES
)
"""One statement for all tables: PostgreSQL writes beside every row which transaction made it as it is."""


def _digest(rows: list[tuple[object, ...]]) -> str:
    return hashlib.md5(repr(rows).encode(), usedforsecurity=False).hexdigest()


def changed(before: Fingerprint, after: Fingerprint) -> set[str]:
    """Return the tables whose rows are not what they were."""
    return {name for name in before if before[name] != after[name]}
