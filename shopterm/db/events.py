"""The evidence chain: one event per change, hashed over all its columns and the event before."""

from dataclasses import dataclass
from typing import Any

from shopterm.db import prepared, sql
from shopterm.db.keys import key
from shopterm.db.models import Event
from shopterm.domain.canonical import digest

GENESIS = "0" * 64
"""What the first event of a site points back to."""
CHAINED = (
    "site",
    "seq",
    "at",
    "actor",
    "role",
    "terminal",
    "operation",
    "action",
    "doc",
    "doc_id",
    "doc_version",
    "body",
    "payload",
    "prev",
)
"""The columns a hash covers, in order; together with id and hash these are all."""

MOVE = "UPDATE chain_head SET seq = ?, hash = ?, at = ? WHERE site = ?"


@dataclass(frozen=True)
class Head:
    """The locked end of a site's chain and what every write must know about its actor."""

    site: int
    seq: int
    hash: str
    at: int
    known_operation: int | None
    schema: int
    actor_active: bool
    actor_roles: frozenset[str]


def lock_head(site: int, actor: int, operation: str, *, lock: str, clock: str) -> Head | None:
    """Lock a site's chain head and read it in one round trip; None if the site has no chain."""
    if lock:
        sql.later(lock, site)
    found = prepared.row(
        f"SELECT h.seq, h.hash, h.at, {clock}, "
        "(SELECT e.id FROM event e WHERE e.operation = ?), "
        "(SELECT value FROM mark WHERE key = 'schema'), (SELECT p.state FROM person p WHERE p.id = ?), "
        "(SELECT string_agg(r.role, ',') FROM person_role r WHERE r.person_id = ? AND r.site IN (0, ?)) "
        "FROM chain_head h WHERE h.site = ?",
        operation,
        actor,
        actor,
        site,
        site,
    )
    if found is None:
        return None
    seq, last, at, now, known, schema, state, roles = found
    return Head(
        site, seq, last, max(at, now or 0), known, int(schema), state == "active", frozenset((roles or "").split(","))
    )


def chain_hash(columns: dict[str, Any]) -> str:
    """Return the hash of an event from its columns."""
    return digest([columns[name] for name in CHAINED])


def append(head: Head, at: int, columns: dict[str, Any]) -> int:
    """Write the next event and move the head; returns its sequence number."""
    seq = head.seq + 1
    columns = columns | {"site": head.site, "seq": seq, "at": at, "prev": head.hash}
    columns["hash"] = chain_hash(columns)
    sql.insert(Event, {"id": key(head.site, seq, 0)} | columns)
    sql.later(MOVE, seq, columns["hash"], at, head.site)
    return seq
