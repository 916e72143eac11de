"""Hand-written SQL that both databases understand: ``?`` stands for a parameter."""

from functools import lru_cache
from typing import Any

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


def marks(count: int) -> str:
    """Return ``?, ?, …`` for an IN list."""
    return ", ".join("?" * count)
