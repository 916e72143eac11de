"""Lays a document out as lines: headings, named values side by side, tables with right-aligned numbers. Pure."""

from collections.abc import Iterable, Sequence
from datetime import UTC, tzinfo
from itertools import zip_longest

from shopterm.db.queries.rows import Cell, Detail, Section
from shopterm.domain.text import shorten, width
from shopterm.domain.units import Instant
from shopterm.i18n import tr
from shopterm.screens.lines import Line, cells, fit, flow, join, shared, text, wrap
from shopterm.show import show

GAP = 2
"""Cells between the columns of a table, one where there is no room for two."""
HALF = 34
"""Named values stand in two columns where each gets at least this many cells."""


def heading(detail: Detail, site: str) -> Line:
    """Return the document's first line: number, state, what it is."""
    whole = show(detail.number)
    number = whole.removeprefix(f"{site}-")
    about = show(detail.heading).removeprefix(whole).strip()
    parts = [() if number in about else text(number, "strong"), text(show(detail.state), "key"), text(about)]
    return join([part for part in parts if part and part[0][0]])


def page(detail: Detail, size: int, zone: tzinfo = UTC, site: str = "", *, airy: bool = True) -> list[Line]:
    """Return all sections as lines of at most `size` cells; without `airy` no line is left empty.

    Numbers of the own site's documents are written without its code.
    """
    lines: list[Line] = []
    for section in detail.sections:
        told = body(section, size, zone, site, whole=airy)
        if not told:
            continue
        if lines and airy:
            lines.append(())
        if section.title:
            lines.append(rule(tr(section.title), size))
        lines += told
    return lines


def rule(title: str, size: int) -> Line:
    """Return a heading with a line to the end."""
    return ((title + " ", "title"), ("─" * max(size - width(title) - 1, 0), "dim"))


def body(section: Section, size: int, zone: tzinfo = UTC, site: str = "", *, whole: bool = True) -> list[Line]:
    """Return a section's rows; with `whole` long values are wrapped, otherwise cut."""
    if not section.rows:
        return [text(tr(section.empty), "dim")] if section.empty else []
    if section.columns:
        return _table(section, size, zone, site, whole)
    return _values(section.rows, size, zone, site, whole)


def _values(rows: Sequence[Sequence[Cell]], size: int, zone: tzinfo, site: str, whole: bool) -> list[Line]:
    """Lay names and values out, two to a line where they fit."""
    told = [(tr(str(name)), show(value, zone).removeprefix(f"{site}-")) for name, value in rows]
    pairs = [(name, value) for name, value in told if value]
    if not pairs:
        return []
    half = (size - 2) // 2 if size >= 2 * HALF + 2 else size
    label = min(max(width(name) for name, _value in pairs), half // 2)
    lines: list[Line] = []
    waiting: Line = ()
    for name, value in pairs:
        room = (half if width(value) <= half - label - 1 else size) - label - 1
        first, *rest = wrap(value, room) if whole else [shorten(value.replace("\n", " "), room)]
        entry = join([fit(text(name, "dim"), label), text(first)], " ")
        if room == half - label - 1 and half < size:  # fits in half a line
            lines, waiting = (lines, fit(entry, half)) if not waiting else ([*lines, join([waiting, entry])], ())
            continue
        lines += [waiting] if waiting else []
        waiting = ()
        lines += [entry, *(text(" " * (label + 1) + more) for more in rest)]
    return [*lines, waiting] if waiting else lines


def _table(section: Section, size: int, zone: tzinfo, site: str, whole: bool) -> list[Line]:
    titles = [tr(title) for title in section.columns]
    shown = [[show(cell, zone).replace("\n", " ").removeprefix(f"{site}-") for cell in row] for row in section.rows]
    right = [all(_is_number(row[i]) for row in section.rows if row[i] is not None) for i in range(len(titles))]
    heads = [width(title) for title in titles]
    needed = [max(width(row[i]) for row in shown) for i in range(len(titles))]
    gap = GAP if sum(map(max, heads, needed)) + GAP * (len(needed) - 1) <= size else 1
    sizes = shared(heads, needed, size, gap)
    lines = [_row([text(title, "dim") for title in titles], sizes, right, gap)]
    for row in shown:
        parts = [wrap(cell, wide) if whole else [cell] for cell, wide in zip(row, sizes, strict=True)]
        levels = zip_longest(*parts, fillvalue="")
        lines += [_row([text(part) for part in level], sizes, right, gap) for level in levels]
    return lines


def _row(parts: Iterable[Line], sizes: Sequence[int], right: Sequence[bool], gap: int) -> Line:
    fitted = [fit(part, size, right=side) for part, size, side in zip(parts, sizes, right, strict=True)]
    return join(fitted, " " * gap)


def _is_number(cell: Cell) -> bool:
    return isinstance(cell, int) and not isinstance(cell, bool | Instant)


def numbered(related: Sequence[tuple[object, int, str]], size: int, site: str) -> list[Line]:
    """Return the related documents with the digit that opens each."""
    parts = [
        join([text(str(digit), "key"), text(show(doc), "dim"), text(show(number.removeprefix(f"{site}-")))], " ")
        for digit, (doc, _id, number) in enumerate(related[:9], 1)
    ]
    return flow(parts, size) if parts else []


def tallest(lines: Sequence[Line], size: int) -> list[Line]:
    """Return lines cut to `size` cells."""
    return [fit(line, size) if cells(line) > size else line for line in lines]
