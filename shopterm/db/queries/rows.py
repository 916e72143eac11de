"""What screens and command line read: frozen rows, already joined, with typed values."""

from dataclasses import dataclass, field

from shopterm.domain.units import Instant
from shopterm.domain.vocabulary import Doc, Role, Word
from shopterm.domain.words import Keyed

Cell = str | int | bool | Word | tuple[str, ...] | None
"""A value to show: text from data, a Word to translate, several of them, or an int subclass of ``domain.units`` that
says its unit."""


@dataclass(frozen=True)
class QueueRow:
    """One line of a desk's queue."""

    doc: Doc
    id: int
    number: str
    state: Word | None
    title: str
    machine: str = ""
    customer: str = ""
    who: str = ""
    waits_for: Role | None = None
    """Whose turn it is."""
    since: Instant = Instant(0)
    promised: Instant | None = None
    flags: tuple[str, ...] = ()
    """Message ids of short marks: late, rework, supplement, waits for part."""
    version: int = 0


@dataclass(frozen=True)
class Section:
    """A part of a detail page: named values (no columns, rows of a keyed name and a value) or a table."""

    title: Keyed
    columns: tuple[Keyed, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    empty: str = ""
    """Message id said when there are no rows."""


def columns(**labels: str) -> tuple[Keyed, ...]:
    """Return columns by the names that programs know; the message ids are their headings."""
    return tuple(Keyed(key, label) for key, label in labels.items())


@dataclass(frozen=True)
class Detail:
    """One document as a page: heading, sections and the facts policy looks at."""

    doc: Doc
    id: int
    number: str
    state: Word | None
    version: int
    heading: str
    sections: tuple[Section, ...] = ()
    related: tuple[tuple[Doc, int, str], ...] = field(default=())
    """Other documents one key away: kind, id, number."""
