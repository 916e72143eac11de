"""Statements with parameters that every verb sends, planned once for each connection.

PostgreSQL spends more on reading and planning a statement than on carrying it out, and its driver lets it do so anew
each time; SQLite's driver keeps what it prepared by itself.
"""

from typing import Any
from weakref import WeakKeyDictionary

from shopterm.db import sql
from shopterm.db.models import database

MOST = 300
"""Statements the server keeps for one connection; what is put together for ever other numbers of lines ends here."""
_names: WeakKeyDictionary[Any, dict[str, str]] = WeakKeyDictionary()
"""What each connection has prepared: the name of a text."""


def rows(text: str, *params: Any) -> list[tuple[Any, ...]]:
    """Return all rows of a query."""
    return sql.rows(_call(text, params), *params)


def row(text: str, *params: Any) -> tuple[Any, ...] | None:
    """Return the first row of a query, or None."""
    return next(iter(rows(text, *params)), None)


def change(text: str, *params: Any) -> int:
    """Run a statement that changes rows and return how many."""
    return sql.change(_call(text, params), *params)


def _call(text: str, params: tuple[Any, ...]) -> str:
    """Return the statement that carries out a prepared one; prepare it if this connection has not yet."""
    if database.param == "?":
        return text
    names = _names.setdefault(database.connection(), {})
    if text not in names:
        if len(names) == MOST:
            return text
        names[text] = _prepare(text, params, f"planned_{len(names)}")
    return f"EXECUTE {names[text]}({sql.marks(len(params))})"


def _prepare(text: str, params: tuple[Any, ...], name: str) -> str:
    """Prepare a statement: whole numbers have 64 bits, what else a parameter is the server sees by its use."""
    first, *rest = text.split("?")
    numbered = first + "".join(f"${place}{piece}" for place, piece in enumerate(rest, 1))
    types = ", ".join("bigint" if isinstance(param, int) else "unknown" for param in params)
    database.execute_sql(f"PREPARE {name} ({types}) AS {numbered}".replace("%", "%%"), ())
    return name
