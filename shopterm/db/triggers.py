"""Triggers that keep the record insert-only: an event, move, consent or file is never changed, a signature only falls.

They stop mistakes, not somebody who may drop them: ``verify`` looks whether they are there and as they were made.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

KEPT: dict[str, tuple[str, ...]] = {
    "event": (),
    "move": (),
    "consent": (),
    "attachment": (),
    "signature": (
        "id", "site", "doc", "doc_id", "rev", "action", "person", "role", "customer", "content_hash", "at",
    ),
}  # fmt: skip
"""Insert-only tables; where columns are named, only these never change."""
SAID = "the record is insert-only"
FUNCTION = "shopterm_insert_only"
BODY = f"BEGIN RAISE EXCEPTION '{SAID}' USING ERRCODE = 'restrict_violation'; END"
TYPES = {"UPDATE": 1 | 2 | 16, "DELETE": 1 | 2 | 8, "TRUNCATE": 2 | 32}
"""PostgreSQL's pg_trigger.tgtype: row (1), before (2), and the bit of the statement."""


@dataclass(frozen=True)
class Trigger:
    """A trigger that refuses one kind of statement on one table."""

    table: str
    statement: str
    columns: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Return its name in the database."""
        return f"{self.table}_no_{self.statement.lower()}"

    @property
    def head(self) -> str:
        """Return how its definition begins on either database."""
        named = " OF " + ", ".join(self.columns) if self.columns else ""
        return f"CREATE TRIGGER {self.name} BEFORE {self.statement}{named} ON {self.table}"

    @property
    def sqlite(self) -> str:
        """Return its definition for SQLite."""
        return f"{self.head} BEGIN SELECT RAISE(ABORT, '{SAID}'); END"

    @property
    def postgres(self) -> str:
        """Return its definition for PostgreSQL."""
        each = "STATEMENT" if self.statement == "TRUNCATE" else "ROW"
        return f"{self.head} FOR EACH {each} EXECUTE FUNCTION {FUNCTION}()"


def triggers(backend_name: str) -> Iterator[Trigger]:
    """Yield the triggers a database must have; SQLite knows no TRUNCATE."""
    for table, columns in KEPT.items():
        yield Trigger(table, "UPDATE", columns)
        yield Trigger(table, "DELETE")
        if backend_name == "postgres":
            yield Trigger(table, "TRUNCATE")


def create(db: Any, backend_name: str) -> None:
    """Make all triggers."""
    if backend_name == "postgres":
        db.execute_sql(f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $${BODY}$$")
    for trigger in triggers(backend_name):
        db.execute_sql(trigger.postgres if backend_name == "postgres" else trigger.sqlite)


def missing(db: Any, backend_name: str) -> list[Trigger]:
    """Return the triggers that are not there, or not as they were made."""
    intact = set(_postgres_intact(db) if backend_name == "postgres" else _sqlite_intact(db))
    return [trigger for trigger in triggers(backend_name) if trigger not in intact]


def _sqlite_intact(db: Any) -> Iterable[Trigger]:
    found = dict(db.execute_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall())
    return [trigger for trigger in triggers("sqlite") if found.get(trigger.name) == trigger.sqlite]


def _postgres_intact(db: Any) -> Iterable[Trigger]:
    found = {
        (table, name, kind, columns)
        for table, name, kind, columns in db.execute_sql(
            "SELECT c.relname, t.tgname, t.tgtype, COALESCE(array_length(t.tgattr::int2[], 1), 0) FROM pg_trigger t "
            "JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid "
            "WHERE c.relnamespace = current_schema()::regnamespace AND t.tgenabled IN ('O', 'A') "
            f"AND t.tgqual IS NULL AND p.proname = '{FUNCTION}' AND p.prosrc = {db.param}",
            (BODY,),
        ).fetchall()
    }
    return [
        trigger
        for trigger in triggers("postgres")
        if (trigger.table, trigger.name, TYPES[trigger.statement], len(trigger.columns)) in found
    ]
