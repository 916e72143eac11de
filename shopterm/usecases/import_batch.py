"""One batch of an import: one transaction with one event; adds what is new, changes what differs, leaves the rest."""

import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any, NamedTuple, TypeVar

import peewee as pw

from shopterm.db import sql
from shopterm.db.keys import keys
from shopterm.db.session import Shop
from shopterm.domain.errors import Conflict, SignInFailed
from shopterm.domain.facts import Actor
from shopterm.domain.vocabulary import Doc, Role
from shopterm.domain.words import _
from shopterm.imports import Row
from shopterm.usecases.record import append, lock_chain, moment

CHUNK = 400
"""Rows one statement writes or asks for."""
TRIES = 3
NOT_HERE = _("You no longer work here; ask an administrator.")
WRONG_MOMENT = _("Somebody wrote the same at the same moment; import the file again to finish it.")
OTHERWISE = _("An earlier line of the file says otherwise of the same thing.")
T = TypeVar("T")


class _Cleared:
    """The type of CLEAR."""


CLEAR = _Cleared()
"""A column that becomes empty, where None leaves it as it is."""
Columns = dict[str, Any]


class Site(NamedTuple):
    """A site by number and code."""

    number: int
    code: str


@dataclass(frozen=True)
class LeftOut:
    """A good line that was not stored, and why: message id and parameters."""

    line: int
    sentence: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class Batch:
    """One transaction of an import: who, when, keys, and what it did."""

    actor: Actor
    at: int
    made: Iterator[int]
    added: int = 0
    changed: int = 0
    held: int = 0
    """Doubtful lines that wait for an answer, those included that waited before."""
    held_anew: int = 0
    answered: int = 0
    """Doubtful lines that somebody answered before."""
    settled: int = 0
    """Held lines that are answered by it."""
    left_out: list[LeftOut] = field(default_factory=list)
    changes: list[tuple[str, int, str | None, str]] = field(default_factory=list)
    """State changes of people, as the chain is replayed by them."""
    notes: dict[str, list[Any]] = field(default_factory=dict)
    """What the event remembers besides."""

    @property
    def site(self) -> int:
        """Return the site whose data is written."""
        return self.actor.site

    @property
    def touched(self) -> bool:
        """Say whether anything was written."""
        return bool(self.added or self.changed or self.held_anew or self.settled)

    def new_key(self) -> int:
        """Return the next key of the running transaction."""
        return next(self.made)

    def leave_out(self, line: int, sentence: str, **params: Any) -> None:
        """Name a line that is not stored."""
        self.left_out.append(LeftOut(line, sentence, params))

    def note(self, name: str, told: Any) -> None:
        """Let the event remember something."""
        self.notes.setdefault(name, []).append(told)


Store = Callable[[Batch, Sequence[Row]], None]
Payload = dict[str, Any]


class _TakenBack(Exception):
    """Takes a batch back after it was counted."""

    def __init__(self, batch: Batch) -> None:
        super().__init__()
        self.batch = batch


def write_batch(
    shop: Shop,
    actor: Actor,
    site: Site,
    action: str,
    doc: Doc,
    work: Callable[[Batch], Payload],
    *,
    dry_run: bool = False,
) -> Batch:
    """Run ``work`` in one transaction of a site with the event it describes.

    A dry run, or work that wrote nothing, leaves no event. The actor's roles are read again inside; whoever has left
    meanwhile stores nothing more.
    """
    operation = str(uuid.uuid4())
    acting = replace(actor, site=site.number, site_code=site.code)

    def write() -> Batch:
        head = lock_chain(shop, acting, operation)
        if not head.actor_active:
            raise SignInFailed(NOT_HERE)
        roles = frozenset(Role(role) for role in head.actor_roles if role) | _rights_brought(actor, site)
        batch = Batch(replace(acting, roles=roles), moment(shop, head), keys(head.site, head.seq + 1))
        payload = work(batch)
        if batch.touched:
            append(shop, head, batch.actor, operation, action, doc, 0, payload, at=batch.at)
        if dry_run:
            raise _TakenBack(batch)
        return batch

    for _attempt in range(TRIES):
        try:
            return shop.write(write)
        except _TakenBack as counted:
            return counted.batch
        except pw.IntegrityError as error:  # another site stored the same at the same moment; now it is on file
            lost = error
    raise Conflict(WRONG_MOMENT) from lost


def _rights_brought(actor: Actor, site: Site) -> frozenset[Role]:
    """Return what somebody is at every site for being it at the own one: an administrator."""
    if site.number == actor.site:
        return frozenset()
    found = sql.rows(
        "SELECT role FROM person_role WHERE person_id = ? AND site IN (0, ?) AND role = ?",
        actor.person,
        actor.site,
        Role.ADMINISTRATOR.value,
    )
    return frozenset(Role(role) for (role,) in found)


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
