"""What a report is: titled rows of typed cells, each number with its unit and formula; nothing about how it looks."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple, Self

from shopterm.domain.text import clean
from shopterm.domain.units import Minutes, Quantity
from shopterm.domain.vocabulary import Word

Unit = Literal["text", "minutes", "ratio", "flag"]
Cell = str | int | bool | Word | None
"""Text, minutes, a ratio in thousandths, yes or no; None where nothing can be said, which is not 0."""


class Told(str):
    """A text for programs that people read otherwise: an instant with its offset as the clock on the wall."""

    people: str

    def __new__(cls, value: str, people: str) -> Self:
        """Make the text for programs, and remember the other."""
        told = super().__new__(cls, value)
        told.people = people
        return told


class Column(NamedTuple):
    """One column of a report."""

    key: str
    """Its name for programs."""
    label: str
    """Message id of its full name."""
    head: str = ""
    """Message id of the short heading in a table; "" is the full name."""
    unit: Unit = "text"
    formula: str = ""
    """Message id of how the number comes about."""
    rank: int = 0
    """What a narrow table leaves out first: the greatest; 0 always stays."""
    optional: bool = False
    """Whether a table shows it only where something is in it."""
    alarming: bool = False
    """Whether anything but 0 is bad news."""


class Part(NamedTuple):
    """A part of the bars: its name, how it is drawn where colours are missing too, and its colour."""

    label: str
    glyph: str
    ascii: str
    style: str


class Term(NamedTuple):
    """A number with the formula that made it, in words and with its own numbers."""

    label: str
    value: str
    formula: str
    numbers: str


class Row(NamedTuple):
    """One row: a cell for each column, minutes for each part of its bar, and its numbers explained."""

    cells: Sequence[Cell]
    bar: Sequence[int] = ()
    terms: Sequence[Term] = ()
    style: str = ""
    """How the whole row is drawn, where no cell of it is alarming."""


class Note(NamedTuple):
    """A sentence below the table, for people."""

    sentence: str
    params: Mapping[str, Any] = {}
    style: str = ""


class Report(NamedTuple):
    """A report made: what it was asked, and what the answer is."""

    name: str
    title: str
    asked: Mapping[str, str | None]
    """Parameters by name, for programs."""
    heading: str
    """The parameters in one line, for people."""
    columns: Sequence[Column]
    rows: Sequence[Row]
    empty: str
    """Message id said when there are no rows."""
    total: Row | None = None
    parts: Sequence[Part] = ()
    notes: Sequence[Note] = ()
    facts: Mapping[str, Any] = {}
    """What the notes say, for programs."""


def for_program(column: Column, cell: Cell) -> Any:
    """Return a cell as JSON has it: minutes as integers, ratios as decimals, words by value."""
    if column.unit == "ratio" and isinstance(cell, int):
        return cell / 1000
    if isinstance(cell, Word):
        return cell.value
    return clean(cell, multiline=True) if isinstance(cell, str) else cell


def written(unit: Unit, cell: int) -> str:
    """Write a number for people."""
    return f"{cell // 10}.{cell % 10}%" if unit == "ratio" else str(Minutes(cell))


def for_sheet(report: Report) -> Iterator[list[Cell]]:
    """Yield the rows for a spreadsheet, where every number must stay one: a ratio is an exact decimal."""
    ratios = [place for place, column in enumerate(report.columns) if column.unit == "ratio"]
    for row in report.rows:
        cells = list(row.cells)
        for place in ratios:
            cell = cells[place]
            cells[place] = Quantity(cell) if isinstance(cell, int) else None
        yield cells


def as_data(report: Report) -> dict[str, Any]:
    """Return the whole report for programs: labels and formulas are message ids, the same in every language."""
    columns = [
        {"key": column.key, "unit": column.unit, "label": column.label, "formula": column.formula or None}
        for column in report.columns
    ]
    rows = [_named(report.columns, row.cells) for row in report.rows]
    data = {"report": report.name, **report.asked, "columns": columns, "rows": rows, **report.facts}
    if report.total:
        numbers = [
            (column, cell)
            for column, cell in zip(report.columns, report.total.cells, strict=True)
            if column.unit != "text"
        ]
        data["total"] = {column.key: for_program(column, cell) for column, cell in numbers}
    return data


def _named(columns: Sequence[Column], cells: Sequence[Cell]) -> dict[str, Any]:
    return {column.key: for_program(column, cell) for column, cell in zip(columns, cells, strict=True)}
