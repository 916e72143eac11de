"""The search index of parts: one column of tokens, found by the beginnings of tokens, the same on both databases.

SQLite keeps it in an FTS5 table beside the parts, led by triggers, so that no writer can forget it; PostgreSQL in a
GIN index over the tokens. Both take the tokens as ``domain.searchtext`` made them, without a parser of their own.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from shopterm.db import sql
from shopterm.db.pinyin import initials
from shopterm.domain.searchtext import words_of

_TOKENS = "array_to_tsvector(string_to_array(search, ' '))"
_SQLITE = (
    "CREATE VIRTUAL TABLE part_search USING fts5(search, content='part', content_rowid='id', detail='none', "
    "columnsize=0, prefix='1 2', tokenize=\"unicode61 remove_diacritics 0 categories 'L* N* Co Cn'\")",
    "CREATE TRIGGER part_search_insert AFTER INSERT ON part BEGIN "
    "INSERT INTO part_search (rowid, search) VALUES (new.id, new.search); END",
    "CREATE TRIGGER part_search_delete AFTER DELETE ON part BEGIN "
    "INSERT INTO part_search (part_search, rowid, search) VALUES ('delete', old.id, old.search); END",
    "CREATE TRIGGER part_search_update AFTER UPDATE OF search ON part WHEN old.search <> new.search BEGIN "
    "INSERT INTO part_search (part_search, rowid, search) VALUES ('delete', old.id, old.search); "
    "INSERT INTO part_search (rowid, search) VALUES (new.id, new.search); END",
)
_POSTGRES = (
    f"CREATE INDEX part_search ON part USING gin ({_TOKENS})",
    'CREATE INDEX part_compact_start ON part (compact COLLATE "C")',
)
BATCH = 500


def create(db: Any, backend_name: str) -> None:
    """Make the index in an empty database; called by the first migration."""
    for statement in _SQLITE if backend_name == "sqlite" else _POSTGRES:
        db.execute_sql(statement)


def settle(db: Any, backend_name: str) -> None:
    """Put the index in order after many parts were written."""
    if backend_name == "sqlite":
        db.execute_sql("INSERT INTO part_search (part_search, rank) VALUES ('merge', 500)")
    else:
        db.execute_sql("SELECT gin_clean_pending_list('part_search')")


def search_text(maker: str, number: str, name_zh: str = "", name_en: str = "") -> str:
    """Return the search column of a part: its number with all its ends, maker, names and pinyin initials."""
    return words_of((name_zh, name_en, maker), (number,), sorted(initials(name_zh)))


def index_parts(parts: Collection[int]) -> None:
    """Compute the search column of these parts anew, from their numbers and names."""
    ids = list(parts)
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        found = sql.rows(
            f"SELECT id, maker, number, name_zh, name_en FROM part WHERE id IN ({sql.marks(len(batch))})", *batch
        )
        _store((key, search_text(*names)) for key, *names in found)


def _store(texts: Iterable[tuple[int, str]]) -> None:
    rows = list(texts)
    if rows:
        values = ", ".join(["(?, ?)"] * len(rows))
        sql.change(
            f"WITH v(id, search) AS (VALUES {values}) UPDATE part SET search = v.search FROM v WHERE part.id = v.id",
            *[value for row in rows for value in row],
        )


def found_by(backend_name: str, terms: Sequence[str]) -> tuple[str, str, str]:
    """Return tables with ``part p``, the condition that all terms begin some token, and its parameter."""
    if backend_name == "sqlite":
        return (
            "part_search f CROSS JOIN part p ON p.id = f.rowid",
            "f.part_search MATCH ?",
            " AND ".join(f'"{term}" *' for term in terms),
        )
    return (
        "part p",
        f"{_TOKENS.replace('search', 'p.search')} @@ CAST(? AS tsquery)",
        " & ".join(f"'{term}':*" for term in terms),
    )


def compact_column(backend_name: str) -> str:
    """Return the compact number of ``part p`` in the order of its index: letters and digits by their code."""
    return "p.compact" if backend_name == "sqlite" else 'p.compact COLLATE "C"'
