"""What screens and command line read: frozen rows, already joined, with typed values."""

from dataclasses import dataclass, field

from shopterm.domain.units import Instant
from shopterm.domain.vocabulary import Doc, Role, Word

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
    """A part of a detail page: named values (no columns, rows of two) or a table."""

    title: str
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    empty: str = ""
    """Message id said when there are no rows."""


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
