"""Adds what is new, changes what differs, leaves the rest: a few statements for any number of rows."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

from shopterm.db import sql
from shopterm.domain.words import _
from shopterm.usecases.import_batch import Batch

CHUNK = 400
"""Rows one statement writes or asks for."""
OTHERWISE = _("An earlier line of the file says otherwise of the same thing.")
T = TypeVar("T")


class _Cleared:
    """The type of CLEAR."""


CLEAR = _Cleared()
"""A column that becomes empty, where None leaves it as it is."""
Columns = dict[str, Any]


@dataclass(frozen=True)
class Table:
    """Where rows of a kind are stored: what makes two of them the same, and the indexed field they are found by."""

    model: type[Any]
    key: tuple[str, ...]
    index: str

    @property
    def name(self) -> str:
        """Return the table's name in the database."""
        return str(self.model._meta.table_name)

    def column(self, name: str) -> str:
        """Return the column of a field."""
        return str(self.model._meta.fields[name].column_name)

    def blank(self) -> Columns:
        """Return the columns of a row of which nothing is known."""
        return {name: made.default for name, made in self.model._meta.fields.items()}


@dataclass(frozen=True)
class Written:
    """What an upsert wrote: keys of new rows, and of changed ones with the columns that differed."""

    added: list[int]
    changed: dict[int, Columns]


def upsert(
    batch: Batch, table: Table, rows: Sequence[tuple[int, Columns]], *, born: Callable[[Columns], Columns] = dict
) -> Written:
    """Insert new rows and update those that differ; all rows name the same columns.

    None keeps what is there, CLEAR empties it; ``born`` completes a row that is inserted. A line that says otherwise
    than an earlier one of the same thing is left out.
    """
    wanted = _each_once(batch, table, rows)
    present = _present(table, list(wanted.values()))
    fresh: list[Columns] = []
    changed: dict[int, Columns] = {}
    for named, columns in wanted.items():
        row = present.get(named)
        if row is None:
            said = {name: value for name, value in columns.items() if not (value is None or value is CLEAR)}
            fresh.append(born(table.blank() | said | {"id": batch.new_key()}))
        elif different := {name: value for name, value in columns.items() if _differs(value, row[name])}:
            changed[row["id"]] = different
    _insert(table, fresh)
    _change(table, changed)
    batch.added += len(fresh)
    batch.changed += len(changed)
    return Written([columns["id"] for columns in fresh], changed)


def chunks(values: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """Yield the values in lists that one statement can carry."""
    rest = iter(values)
    while some := list(islice(rest, size)):
        yield some


def _each_once(batch: Batch, table: Table, rows: Sequence[tuple[int, Columns]]) -> dict[tuple[Any, ...], Columns]:
    wanted: dict[tuple[Any, ...], Columns] = {}
    for line, columns in rows:
        if wanted.setdefault(tuple(columns[name] for name in table.key), columns) != columns:
            batch.leave_out(line, OTHERWISE)
    return wanted


def _present(table: Table, rows: Sequence[Columns]) -> dict[tuple[Any, ...], Columns]:
    if not rows:
        return {}
    names = tuple(dict.fromkeys(("id", *rows[0])))
    columns = ", ".join(table.column(name) for name in names)
    found: dict[tuple[Any, ...], Columns] = {}
    for some in chunks(dict.fromkeys(row[table.index] for row in rows)):
        query = f"SELECT {columns} FROM {table.name} WHERE {table.column(table.index)} IN ({sql.marks(len(some))})"
        for values in sql.rows(query, *some):
            row = dict(zip(names, values, strict=True))
            found[tuple(row[name] for name in table.key)] = row
    return found


def _differs(value: Any, stored: Any) -> bool:
    if value is CLEAR:
        return stored is not None
    return value is not None and value != stored


def _insert(table: Table, rows: Sequence[Columns]) -> None:
    for some in chunks(rows):
        sql.insert(table.model, *some)


def _change(table: Table, changed: Mapping[int, Columns]) -> None:
    """Update rows, those in which the same columns differ with one statement."""
    groups: dict[tuple[tuple[str, bool], ...], list[tuple[int, Columns]]] = {}
    for key, columns in changed.items():
        groups.setdefault(tuple((name, value is CLEAR) for name, value in columns.items()), []).append((key, columns))
    for names, rows in groups.items():
        _change_alike(table, names, rows)


def _change_alike(table: Table, names: Sequence[tuple[str, bool]], rows: Sequence[tuple[int, Columns]]) -> None:
    said = [name for name, cleared in names if not cleared]
    sets = [f"{table.column(name)} = {'NULL' if cleared else 'v.' + table.column(name)}" for name, cleared in names]
    if "version" in table.model._meta.fields:
        sets.append(f"version = {table.name}.version + 1")
    head = ", ".join(["id", *map(table.column, said)])
    for some in chunks(rows):
        values = ", ".join([f"({sql.marks(1 + len(said))})"] * len(some))
        sql.change(
            f"WITH v({head}) AS (VALUES {values}) UPDATE {table.name} SET {', '.join(sets)} FROM v "
            f"WHERE {table.name}.id = v.id",
            *(sql.plain(value) for key, columns in some for value in (key, *(columns[name] for name in said))),
        )
