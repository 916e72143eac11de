"""One batch of an import: one transaction; adds what is new, changes what differs, leaves the rest."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from shopterm.domain.facts import Actor
from shopterm.imports import Row

CHUNK = 400


@dataclass
class Batch:
    """One transaction of an import: who, when, keys, and what it did."""

    actor: Actor
    at: int
    made: Iterator[int]
    added: int = 0
    changed: int = 0
    left_out: list[tuple[int, str]] = field(default_factory=list)
    changes: list[tuple[str, int, str | None, str]] = field(default_factory=list)

    @property
    def site(self) -> int:
        """Return the acting site."""
        return self.actor.site

    def new_key(self) -> int:
        """Return the next key of the running transaction."""
        return next(self.made)


Store = Callable[[Batch, Sequence[Row]], None]
Columns = dict[str, Any]


def upsert(batch: Batch, model: type[Any], key: tuple[str, ...], rows: Iterable[tuple[int, Columns]]) -> list[int]:
    """Insert new rows and update those that differ; returns the keys of both. None in a row keeps what is there."""
    wanted = {tuple(columns[name] for name in key): columns for _line, columns in rows}
    touched: list[int] = []
    fresh: list[Columns] = []
    present = _present(model, key, list(wanted))
    for named, columns in wanted.items():
        row = present.get(named)
        if row is None:
            fresh.append({"id": batch.new_key()} | {k: v for k, v in columns.items() if v is not None})
            continue
        different = {k: v for k, v in columns.items() if v is not None and row.__data__[k] != v}
        if different:
            model.update(**different, version=model.version + 1).where(model.id == row.id).execute()
            batch.changed += 1
            touched.append(row.id)
    insert_rows(batch, model, fresh)
    return touched + [columns["id"] for columns in fresh]


def _present(model: type[Any], key: tuple[str, ...], wanted: list[tuple[Any, ...]]) -> dict[tuple[Any, ...], Any]:
    found: dict[tuple[Any, ...], Any] = {}
    last = getattr(model, key[-1])
    for at in range(0, len(wanted), CHUNK):
        some = wanted[at : at + CHUNK]
        for row in model.select().where(last.in_([named[-1] for named in some])):
            found[tuple(row.__data__[name] for name in key)] = row
    return found


def insert_rows(batch: Batch, model: type[Any], fresh: list[Columns]) -> None:
    """Insert rows, those with the same columns together."""
    groups: dict[tuple[str, ...], list[Columns]] = {}
    for columns in fresh:
        groups.setdefault(tuple(sorted(columns)), []).append(columns)
    for group in groups.values():
        for at in range(0, len(group), CHUNK):
            model.insert_many(group[at : at + CHUNK]).execute()
    batch.added += len(fresh)
