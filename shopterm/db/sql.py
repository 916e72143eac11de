"""Hand-written SQL that both databases understand: ``?`` stands for a parameter."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import peewee as pw

from shopterm.db.models import database


@lru_cache(maxsize=512)
def _text(text: str, param: str) -> str:
    return text if param == "?" else text.replace("%", "%%").replace("?", param)


def rows(text: str, *params: Any) -> list[tuple[Any, ...]]:
    """Return all rows of a query."""
    found: list[tuple[Any, ...]] = database.execute_sql(_text(text, database.param), params).fetchall()
    return found


def row(text: str, *params: Any) -> tuple[Any, ...] | None:
    """Return the first row of a query, or None."""
    found: tuple[Any, ...] | None = database.execute_sql(_text(text, database.param), params).fetchone()
    return found


def scalar(text: str, *params: Any) -> Any:
    """Return the first value of the first row, or None."""
    found = row(text, *params)
    return found[0] if found else None


def change(text: str, *params: Any) -> int:
    """Run a statement that changes rows and return how many."""
    cursor = database.execute_sql(_text(text, database.param), params)
    return int(database.rows_affected(cursor))


def later(text: str, *params: Any) -> None:
    """Run a statement whose answer nobody needs: on PostgreSQL it travels with the next one, and fails with it."""
    database.later(_text(text, database.param), params)


def marks(count: int) -> str:
    """Return ``?, ?, …`` for an IN list."""
    return ", ".join("?" * count)


def literally(text: str) -> str:
    """Let the wildcards of LIKE stand for themselves; the condition says ESCAPE '!'."""
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_")


def insert(model: type[pw.Model], *rows: Mapping[str, Any]) -> None:
    """Insert rows of a model that name the same fields, with one statement that is put together once.

    For what every verb writes: building the statement anew costs peewee more than SQLite takes to carry it out.
    """
    if rows:
        names = tuple(rows[0])
        later(_insert(model, names, len(rows)), *[plain(row[name]) for row in rows for name in names])


@lru_cache(maxsize=256)
def _insert(model: type[pw.Model], names: tuple[str, ...], count: int) -> str:
    fields = model._meta.fields
    columns = ", ".join(f'"{fields[name].column_name}"' for name in names)
    values = ", ".join([f"({marks(len(names))})"] * count)
    return f'INSERT INTO "{model._meta.table_name}" ({columns}) VALUES {values}'


def plain(value: Any) -> Any:
    """Return a value as drivers take it: words as their text, yes and no as 1 and 0, rows as their keys."""
    if isinstance(value, str):
        return str(value)
    if isinstance(value, int):
        return int(value)
    return value.id if hasattr(value, "id") else value
