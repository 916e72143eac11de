"""Queries every verb asks, planned once for each connection.

PostgreSQL spends far more on planning a query of a dozen small lookups than on answering it, and its driver plans anew
each time; SQLite's driver keeps what it prepared by itself. Parameters are keys: whole numbers only.
"""

from typing import Any
from weakref import WeakKeyDictionary

from shopterm.db import sql
from shopterm.db.models import database

_names: WeakKeyDictionary[Any, dict[str, str]] = WeakKeyDictionary()
"""What each connection has prepared: the name of a text."""


def rows(text: str, *keys: int) -> list[tuple[Any, ...]]:
    """Return all rows of a query whose parameters are keys."""
    if database.param == "?":
        return sql.rows(text, *keys)
    return sql.rows(f"EXECUTE {_name(text, len(keys))}({sql.marks(len(keys))})", *keys)


def row(text: str, *keys: int) -> tuple[Any, ...] | None:
    """Return the first row of a query whose parameters are keys, or None."""
    return next(iter(rows(text, *keys)), None)


def _name(text: str, count: int) -> str:
    """Return the name of a prepared query; prepare it if this connection has not yet."""
    names = _names.setdefault(database.connection(), {})
    if text not in names:
        first, *rest = text.split("?")
        numbered = first + "".join(f"${place}{piece}" for place, piece in enumerate(rest, 1))
        name = f"planned_{len(names)}"
        database.execute_sql(f"PREPARE {name} ({', '.join(['bigint'] * count)}) AS {numbered}".replace("%", "%%"), ())
        names[text] = name
    return names[text]
