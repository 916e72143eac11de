"""What the tests of the storing side share: a short way to import, and a look at everything a database holds."""

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from shopterm.db import sql
from shopterm.db.models import MODELS
from shopterm.db.session import Shop
from shopterm.domain.canonical import canonical
from shopterm.domain.facts import Actor
from shopterm.imports import Assignment, Check
from shopterm.usecases import imports
from shopterm.usecases.imports import Imported
from tests.shopkit import who

PART = "maker,part_no,name_en,name_zh,unit,list_price"


@contextmanager
def checked(shop: Shop, kind: str, content: str | Path, *maps: str) -> Iterator[tuple[Check, str]]:
    """Check a file, or some lines as one; gives the check and the file's name."""
    with tempfile.TemporaryDirectory() as folder:
        path = content if isinstance(content, Path) else Path(folder) / f"{kind}.csv"
        if isinstance(content, str):
            path.write_text(content, encoding="utf-8")
        with imports.check(shop, path, kind, assignment=Assignment.of(maps)) as found:
            yield found, path.name


def take_in(
    shop: Shop, kind: str, content: str | Path, *maps: str, actor: Actor | str = "X1", dry_run: bool = False
) -> Imported:
    """Import a file, or some lines as one."""
    with checked(shop, kind, content, *maps) as (check, name):
        person = who(shop, actor) if isinstance(actor, str) else actor
        return imports.store(shop, person, check, name, dry_run=dry_run)


def lines(header: str, *rows: str) -> str:
    """Return a file of these lines."""
    return "\n".join([header, *rows, ""])


def named(done: Imported) -> int:
    """Return how many lines were not stored, each for a reason that is told."""
    return done.held + done.answered + done.refused + done.repeated + len(done.left_out)


def stored(done: Imported) -> int:
    """Return how many lines are on file."""
    return done.added + done.changed + done.same


def reasons(done: Imported) -> list[tuple[int, str]]:
    """Return the lines that were left out, and the sentences, in English."""
    return [(out.line, out.sentence.format(**out.params)) for out in done.left_out]


def everything(shop: Shop) -> dict[str, tuple[int, str]]:
    """Return for every table how many rows it has and a digest of them all."""
    found = {}
    with shop.reader():
        for model in MODELS:
            table = model._meta.table_name
            rows = sorted(canonical([str(cell) for cell in row]) for row in sql.rows(f"SELECT * FROM {table}"))
            found[table] = (len(rows), hashlib.sha256("\n".join(rows).encode()).hexdigest())
    return found


def rows(shop: Shop, query: str, *params: Any) -> list[tuple[Any, ...]]:
    """Read some rows."""
    with shop.reader():
        return sql.rows(query, *params)


def one(shop: Shop, query: str, *params: Any) -> tuple[Any, ...]:
    """Read the one row there must be."""
    (found,) = rows(shop, query, *params)
    return found


def searched(shop: Shop) -> None:
    """The search index is in step with the catalogue: every part has the search text its names and number make."""
    from shopterm.db.search import search_text

    for maker, number, zh, en, text in rows(shop, "SELECT maker, number, name_zh, name_en, search FROM part"):
        assert text == search_text(maker, number, zh, en)
    if shop.backend.name == "sqlite":
        with shop.reader() as db:
            db.execute_sql("INSERT INTO part_search (part_search, rank) VALUES ('integrity-check', 1)")
