"""Labour for reports: the database adds up the people whose intervals are in order, the others come as they are.

In order is a person whose attendance and entries of the report's days neither overlap nor leave each other: then
sums of whole minutes are exact and cost a fraction. Everybody else is laid out interval by interval in the domain.
Instants stand in the text of a query, not among its parameters: they are integers of our own, needed all over it.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice, starmap
from typing import Any, NamedTuple

from shopterm.db.queries import labour_sql as text
from shopterm.db.queries.labour_sql import Window as Window
from shopterm.db.queries.names import named
from shopterm.domain.labour_records import Attendance, Entry
from shopterm.domain.vocabulary import EntryKind

Read = Callable[..., list[tuple[Any, ...]]]
"""Runs a query with its parameters: ``db.sql.rows`` inside a shop, or ``rows`` of an open ``db.reading``."""
Inside = Mapping[int, tuple[int, int]]
"""By person: entries begun in attendance, and those of them that leave it or meet another."""
CHUNK = 5_000
"""Keys in one list at most: both databases take several times as many."""


class SiteRow(NamedTuple):
    """A site and the zone of its clock."""

    id: int
    code: str
    name: str
    zone: str


class PersonRow(NamedTuple):
    """Somebody, for naming."""

    id: int
    number: str
    name_zh: str
    name_en: str

    def name(self, language: str) -> str:
        """Return the name in a language."""
        return named(language, self.name_zh, self.name_en)


class OrderRow(NamedTuple):
    """A work order, for naming."""

    id: int
    number: str
    machine: str
    customer: str


class ShiftSum(NamedTuple):
    """One attendance with the minutes of its entries; rework stands beside productive time."""

    person: int
    site: int
    start: int
    end: int | None
    begun: int
    """Entries begun in it, until the report's last day ends."""
    clashes: int
    """Entries that leave it or meet another: with any, the minutes are not to be had by adding up."""
    productive: int
    rework: int
    indirect: int
    breaks: int


class WorkSum(NamedTuple):
    """Minutes of all people in order under one key: an order, or a labour kind, code or break."""

    site: int
    entry: str
    key: int | str
    rework: int
    minutes: int


class FinishedLine(NamedTuple):
    """A labour line signed done, and who clocked on it: nobody, ``lowest`` alone, or several up to ``highest``."""

    line: int
    done_at: int
    standard_minutes: int
    kind: str
    site: int
    order: int
    lowest: int | None
    highest: int | None
    minutes: int
    tangled: int
    """1 where entries overlap others or are open: their minutes come only from laying them out."""


class History(NamedTuple):
    """All that decides over some people's labour in a stretch of time."""

    attendances: list[Attendance]
    entries: list[Entry]


def sites(read: Read) -> list[SiteRow]:
    """Return all sites; 0 is the one that stands for what they share."""
    return list(starmap(SiteRow, read("SELECT id, code, name, zone FROM site ORDER BY id")))


def people(read: Read) -> dict[int, PersonRow]:
    """Return everybody by key; a house has few people compared with their entries."""
    return {row[0]: PersonRow(*row) for row in read("SELECT id, number, name_zh, name_en FROM person")}


def person_named(read: Read, who: str) -> PersonRow | None:
    """Return the person with this number or badge."""
    found = read("SELECT id, number, name_zh, name_en FROM person WHERE number = ? OR badge = ?", who, who)
    return PersonRow(*found[0]) if found else None


def orders(read: Read, keys: Iterable[int]) -> dict[int, OrderRow]:
    """Return work orders by key."""
    return {row[0]: OrderRow(*row) for row in _by_key(read, text.ORDERS, keys)}


def inside(read: Read, window: Window) -> Inside:
    """Return for each person the number of entries begun in attendance, and of those that clash."""
    return {person: (begun, clashes) for person, begun, clashes in read(text.inside(window))}


def shift_sums(read: Read, window: Window) -> list[ShiftSum]:
    """Return the attendances of the days with their minutes, which hold for people in order only."""
    return list(starmap(ShiftSum, read(text.shift_sums(window))))


def inside_shifts(sums: Iterable[ShiftSum]) -> Inside:
    """Return what `inside` does from sums already read."""
    found: dict[int, tuple[int, int]] = {}
    for row in sums:
        begun, clashes = found.get(row.person, (0, 0))
        found[row.person] = begun + row.begun, clashes + row.clashes
    return found


def out_of_order(read: Read, window: Window, inside: Inside) -> set[int]:
    """Return the people whose intervals cannot simply be added up; one too many does no harm."""
    disordered = {person for (person,) in read(text.odd_people(window))}
    disordered.update(person for person, (_, clashes) in inside.items() if clashes)
    for person, count in read(text.begun(window)):
        if inside.get(person, (0, 0))[0] != count:
            disordered.add(person)  # clocked on without attendance, or in yesterday's shift
    return disordered


def order_sums(read: Read, window: Window, but: Collection[int]) -> Iterator[WorkSum]:
    """Return the direct minutes of the days by work order, without some people; 0 is work on none."""
    return starmap(WorkSum, read(text.order_sums(window, but)))


def kind_sums(read: Read, window: Window, but: Collection[int]) -> Iterator[WorkSum]:
    """Return the minutes of the days by what they went into, without some people."""
    return starmap(WorkSum, read(text.kind_sums(window, but)))


def history(read: Read, of: Collection[int], since: int, until: int, now: int) -> History:
    """Return what decides over the minutes of some people in a stretch of time, a little more than is in it."""
    if not of:
        return History([], [])
    while (end := max((end or until for (end,) in read(text.latest_ends(of, until, now))), default=until)) > until:
        until = end  # what was begun before goes on: what meets it decides too
    attendances = starmap(Attendance, read(text.stretch("attendance", text.ATTENDANCE, of, since, until)))
    entries = map(_entry, read(text.stretch("labour_entry", text.ENTRY, of, since, until)))
    return History(list(attendances), list(entries))


def _entry(row: Sequence[Any]) -> Entry:
    person, site, start, end, kind, line, job, order, code, rework, labour_kind = row
    return Entry(person, site, start, end, EntryKind(kind), line, job, order, code, bool(rework), labour_kind)


def finished(read: Read, window: Window, odd: Collection[int]) -> Iterator[FinishedLine]:
    """Return the lines signed done in the window that earn anything; ``odd`` are the people not in order there."""
    return starmap(FinishedLine, read(text.finished(window, odd)))


def worked(read: Read, lines: Iterable[int], now: int) -> dict[int, dict[int, int]]:
    """Return by line and person the minutes ever clocked on lines that are not tangled, rework left out."""
    found: dict[int, dict[int, int]] = {}
    for line, person, minutes in _by_key(read, text.worked(now), lines):
        found.setdefault(line, {})[person] = minutes
    return found


def clocked_on(read: Read, lines: Iterable[int]) -> dict[int, tuple[int, int]]:
    """Return the people who ever clocked on lines, each with the first and the last instant they did."""
    found: dict[int, tuple[int, int]] = {}
    for person, first, last in _by_key(read, text.CLOCKED_ON, lines):
        known = found.get(person, (first, last))
        found[person] = min(first, known[0]), max(last, known[1])
    return found


def _by_key(read: Read, query: str, keys: Iterable[int]) -> Iterator[Sequence[Any]]:
    """Run a query with the place ``{keys}`` for a list of keys, list by list."""
    left = iter(keys)
    while some := list(islice(left, CHUNK)):
        yield from read(query.replace("{keys}", ", ".join("?" * len(some))), *some)
