"""Draws a report as lines of styled text that fit a terminal; without the styles nothing is lost."""

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from shopterm.domain.text import clean, shorten, width
from shopterm.domain.units import Minutes
from shopterm.i18n import tr
from shopterm.reports.report import Cell, Column, Part, Report, Row, Told, written
from shopterm.show import show

GAP = 1
NARROWEST = 8
"""Cells below which a column of text is not made narrower."""
BESIDE = 24
"""Cells from which bars stand beside their row instead of below it."""
INDENT = 2


class Span(NamedTuple):
    """Text in one style."""

    text: str
    style: str = ""


class Canvas(NamedTuple):
    """What is drawn on: how wide it is, None for as wide as need be, and what it has characters for."""

    width: int | None = None
    bars: bool = False
    ascii: bool = False


Line = tuple[Span, ...]
_WORDS = re.compile(r"\s*(?:[\u2e80-\uffef]|[^\s\u2e80-\uffef]+)")
"""Words, Chinese characters one by one, each with the blanks before it."""


def draw(report: Report, canvas: Canvas) -> Iterator[Line]:
    """Yield the report line by line."""
    yield (Span(tr(report.title), "bold"), Span(f"  {report.heading}"))
    yield ()
    if report.rows:
        yield from _Table(report, canvas).lines()
    else:
        yield (Span(tr(report.empty)),)
    for note in report.notes:
        for line in _folded(tr(note.sentence, **note.params), canvas.width):
            yield (Span(line, note.style),)


def explain(report: Report, canvas: Canvas) -> Iterator[Line]:
    """Yield each number of each row with its formula beside it."""
    for row in (*report.rows, *([report.total] if report.total else [])):
        if not row.terms:
            continue
        named = zip(report.columns, row.cells, strict=True)
        yield ()
        yield (Span(" ".join(filter(None, (show(cell) for column, cell in named if column.unit == "text"))), "bold"),)
        room = max(width(tr(term.label)) for term in row.terms)
        for label, value, formula, numbers in row.terms:
            beginning = f"  {tr(label)}{' ' * (room - width(tr(label)))}{value:>8}  "
            for line in _reckoned(tr(formula), numbers, canvas.width and canvas.width - room - 12):
                yield (Span(beginning + line),)
                beginning = " " * (room + 12)


def _reckoned(formula: str, numbers: str, cells: int | None) -> Iterator[str]:
    """Write a formula and its numbers in one line, or below each other."""
    text = f"{formula} = {numbers}" if numbers else formula
    if not numbers or cells is None or width(text) <= cells:
        yield from _folded(text, cells)
        return
    yield from _folded(formula, cells)
    yield from _folded(f"= {numbers}", cells)


def _folded(text: str, cells: int | None) -> Iterator[str]:
    """Cut a text into lines of so many cells, between words or beside a Chinese character."""
    line = ""
    for word in _WORDS.findall(text):
        if cells and line and width(line + word) > cells:
            yield line
            line, word = "", word.lstrip()
        line += word
    yield line


class _Table:
    """A table being drawn."""

    def __init__(self, report: Report, canvas: Canvas) -> None:
        self.report, self.canvas = report, canvas
        self.rows = [*report.rows, *([report.total] if report.total else [])]
        self.places = [place for place, column in enumerate(report.columns) if self._is_used(place, column)]
        self.widths = {place: self._needed(place) for place in self.places}
        self.left_out: list[Column] = []
        if canvas.width is not None:
            self._fit(canvas.width)

    def lines(self) -> Iterator[Line]:
        """Yield the lines from the heads to the notes below."""
        heads = [_head(self.report.columns[place]) for place in self.places]
        yield self._line([Span(head, "bold") for head in heads])
        for row in self.report.rows:
            yield from self._row(row)
        if self.report.total:
            yield (Span("─" * self._whole if not self.canvas.ascii else "-" * self._whole, "dim"),)
            yield from self._row(self.report.total)
        yield from self._below()

    def _is_used(self, place: int, column: Column) -> bool:
        """Leave out what says nothing; yes and no is for programs, people read the notes."""
        return column.unit != "flag" and (not column.optional or any(row.cells[place] for row in self.rows))

    def _needed(self, place: int) -> int:
        column = self.report.columns[place]
        return max([width(_head(column)), *(width(_text(column, row.cells[place])) for row in self.rows)])

    @property
    def _whole(self) -> int:
        return sum(self.widths[place] for place in self.places) + GAP * (len(self.places) - 1)

    def _fit(self, room: int) -> None:
        """Leave out columns until the table fits, the greatest rank first; then shorten text."""
        columns = self.report.columns
        while self._whole - self._spare() > room and (most := max(columns[place].rank for place in self.places)):
            place = next(place for place in reversed(self.places) if columns[place].rank == most)
            self.places.remove(place)
            self.left_out.insert(0, columns[place])
        while self._whole > room and self._spare():
            texts = [place for place in self.places if columns[place].unit == "text"]
            self.widths[max(texts, key=self.widths.__getitem__)] -= 1

    def _spare(self) -> int:
        """Count the cells by which text may be shortened."""
        texts = [self.widths[place] for place in self.places if self.report.columns[place].unit == "text"]
        return sum(max(0, cells - NARROWEST) for cells in texts)

    def _row(self, row: Row) -> Iterator[Line]:
        columns, cells = self.report.columns, row.cells
        spans = self._line(
            [
                Span(_text(columns[place], cells[place]), _style(columns[place], cells[place]) or row.style)
                for place in self.places
            ]
        )
        bar = self._bar(row)
        if bar and self._beside:
            yield (*spans, Span(" " * GAP), *bar)
            return
        yield spans
        if bar:
            yield (Span(" " * INDENT), *bar)

    def _line(self, cells: Sequence[Span]) -> Line:
        spans: list[Span] = []
        for place, (text, style) in zip(self.places, cells, strict=True):
            cut = shorten(text, self.widths[place])
            blanks = " " * (self.widths[place] - width(cut))
            shown = cut + blanks if self.report.columns[place].unit == "text" else blanks + cut
            spans += [Span(" " * GAP)] * bool(spans) + [Span(shown, style)]
        return tuple(spans)

    @property
    def _beside(self) -> bool:
        return self.canvas.width is not None and self.canvas.width - self._whole - GAP >= BESIDE

    def _bar(self, row: Row) -> Line:
        """Draw the parts of a row in proportion to the longest row, so that they add up to its whole length."""
        if not self.canvas.bars or not any(row.bar):
            return ()
        room = (self.canvas.width or 80) - (self._whole + GAP if self._beside else INDENT)
        longest = max(sum(other.bar) for other in self.report.rows)
        edges = [(2 * room * minutes + longest) // (2 * longest) for minutes in accumulate(row.bar)]
        cells = [end - start for start, end in zip([0, *edges], edges, strict=False)]
        return tuple(
            Span(self._glyph(part) * count, part.style)
            for part, count in zip(self.report.parts, cells, strict=True)
            if count
        )

    def _glyph(self, part: Part) -> str:
        return part.ascii if self.canvas.ascii else part.glyph

    def _below(self) -> Iterator[Line]:
        """Say what the bars mean and what a narrow terminal hides."""
        if self.canvas.bars and self.report.parts and any(any(row.bar) for row in self.report.rows):
            longest = max(sum(row.bar) for row in self.report.rows)
            legend = [Span(f"{self._glyph(part)} {tr(part.label)}  ", part.style) for part in self.report.parts]
            yield (*legend, Span(tr("longest bar {time}", time=Minutes(longest))))
        if self.left_out:
            names = ", ".join(tr(column.label) for column in self.left_out)
            for line in _folded(tr("Not shown for want of room: {columns}.", columns=names), self.canvas.width):
                yield (Span(line, "dim"),)


def _head(column: Column) -> str:
    return tr(column.head or column.label)


def _text(column: Column, cell: Cell) -> str:
    """Write a cell for people."""
    if cell is None:
        return ""
    if isinstance(cell, Told):
        return clean(cell.people)
    if column.unit in ("minutes", "ratio") and isinstance(cell, int):
        return written(column.unit, cell)
    return show(cell)


def _style(column: Column, cell: Cell) -> str:
    return "bold red" if column.alarming and cell else ""
