"""What somebody with a database tool could do to the record, each deed in a few statements."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from shopterm.db import sql, triggers
from shopterm.db.backup import Anchor
from shopterm.db.events import CHAINED, chain_hash
from shopterm.db.invariants import Violation
from shopterm.db.keys import ROW_BITS, SEQ_BITS, key
from shopterm.db.models import Event
from shopterm.db.session import Shop
from shopterm.usecases.verify import verify

SITE = 1
SHIFT = 1 << ROW_BITS
NOBODY = {"actor": None, "role": "", "terminal": "", "doc_version": 0, "body": "", "payload": "{}"}
"""Columns of an event that tells nothing."""


class Finding(NamedTuple):
    """What a deed must be found as: number, kind, first bad event."""

    number: int
    kind: str | None
    seq: int | None


def finding(violation: Violation) -> Finding:
    return Finding(violation.number, violation.params.get("kind"), violation.params.get("seq"))


def chain_finding(kind: str, seq: int) -> Finding:
    return Finding(19, kind, seq)


def found_by(shop: Shop, *, kept: list[Anchor] | None = None) -> list[Finding]:
    """Return what verifying finds."""
    return [finding(violation) for violation in verify(shop, anchors=kept)]


@contextmanager
def unguarded(shop: Shop) -> Iterator[None]:
    """Take the triggers off for a while, as somebody would who knows of them."""
    with shop.reader() as db:
        drop_triggers(db, shop.backend.name)
        yield
        triggers.create(db, shop.backend.name)


def drop_triggers(db: Any, backend_name: str) -> None:
    """Remove all triggers."""
    for trigger in triggers.triggers(backend_name):
        table = f" ON {trigger.table}" if backend_name == "postgres" else ""
        db.execute_sql(f"DROP TRIGGER {trigger.name}{table}")


def last() -> int:
    """Return how long the chain is."""
    return int(sql.scalar("SELECT MAX(seq) FROM event WHERE site = ?", SITE))


def one(query: str, *params: Any) -> Any:
    """Return a value that must be there."""
    found = sql.scalar(query, *params)
    assert found is not None
    return found


def maker_of(row: int) -> int:
    """Return the event that made a row."""
    return row >> ROW_BITS & (1 << SEQ_BITS) - 1


def seq_by(action: str, where: str = "1 = 1") -> int:
    """Return the first event of an action."""
    return int(sql.scalar(f"SELECT MIN(seq) FROM event WHERE site = ? AND action = ? AND {where}", SITE, action))


def link(seq: int) -> dict[str, Any]:
    """Return all columns of an event."""
    columns = ("id", "hash", *CHAINED)
    found = sql.row(f"SELECT {', '.join(columns)} FROM event WHERE site = ? AND seq = ?", SITE, seq)
    assert found is not None
    return dict(zip(columns, found, strict=True))


def update(seq: int, /, **columns: Any) -> None:
    """Overwrite columns of an event."""
    names = ", ".join(f"{name} = ?" for name in columns)
    assert sql.change(f"UPDATE event SET {names} WHERE site = ? AND seq = ?", *columns.values(), SITE, seq) == 1


def edit(seq: int) -> None:
    """Change a payload, to one of the same length."""
    payload = link(seq)["payload"]
    update(seq, payload=payload.replace('"message"', '"massage"'))
    assert link(seq)["payload"] != payload and len(link(seq)["payload"]) == len(payload)


def seal(seq: int) -> str:
    """Give an event the hash of what it says now."""
    hashed = chain_hash(link(seq))
    update(seq, hash=hashed)
    return hashed


def delete(seq: int) -> None:
    """Delete one event."""
    assert sql.change("DELETE FROM event WHERE site = ? AND seq = ?", SITE, seq) == 1


def shift(first: int, step: int, *, keys: bool = False) -> None:
    """Renumber the events from one on, by way of numbers nobody uses; their keys too if wanted."""
    sql.change("UPDATE event SET seq = -seq, id = -id WHERE site = ? AND seq >= ?", SITE, first)
    sql.change(
        "UPDATE event SET seq = -seq + ?, id = -id + ? WHERE site = ? AND seq < 0", step, step * SHIFT * keys, SITE
    )


def swap(one: int, other: int) -> None:
    """Exchange the places of two events."""
    for seq, place in ((one, -other), (other, -one)):
        update(seq, seq=place)
    sql.change("UPDATE event SET seq = -seq WHERE site = ? AND seq < 0", SITE)


def forge(seq: int, *, sealed: bool = True, **columns: Any) -> None:
    """Put in an event of one's own making, tied to the one before it."""
    model, before = link(seq - 1), link(seq - 1)
    made = model | {"id": key(SITE, seq, 0), "seq": seq, "prev": before["hash"], "operation": f"forged-{seq}"} | columns
    made["hash"] = chain_hash(made) if sealed else "0" * 64
    Event.insert(**made).execute()


def cut(first: int) -> None:
    """Delete all events from one on."""
    sql.change("DELETE FROM event WHERE site = ? AND seq >= ?", SITE, first)


def fit_head() -> None:
    """Let the head agree with the last event."""
    end = link(last())
    head = [end[name] for name in ("seq", "hash", "at")]
    sql.change("UPDATE chain_head SET seq = ?, hash = ?, at = ? WHERE site = ?", *head, SITE)


def reseal(first: int) -> None:
    """Write the chain anew from one event on, so that it is consistent to its end."""
    for seq in range(first, last() + 1):
        update(seq, prev=link(seq - 1)["hash"])
        seal(seq)
    fit_head()
