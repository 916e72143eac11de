"""Writes results: aligned text that fits the terminal, CSV a spreadsheet can be trusted with, one JSON object."""

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import tzinfo
from typing import Any, NamedTuple, Protocol

import click

from shopterm.cli.context import Cli
from shopterm.cli.delivery import delivering
from shopterm.domain.text import clean, rewritten, shorten, width
from shopterm.domain.units import Instant, Minutes, Money, Quantity
from shopterm.domain.vocabulary import Word
from shopterm.domain.words import Keyed
from shopterm.i18n import tr
from shopterm.show import show

GAP = "  "
NARROWEST = 8
"""Cells below which a column is not made narrower to fit a terminal."""
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""Beginnings by which a spreadsheet takes a text for a formula."""


class Column(Protocol):
    """What a table needs to know of a column."""

    @property
    def key(self) -> str:
        """Name for programs."""

    @property
    def label(self) -> str:
        """Message id of the heading."""


class Heading(NamedTuple):
    """A column without more to it: name for programs and message id."""

    key: str
    label: str


def answer(cli: Cli, data: Mapping[str, Any], text: Callable[[], Iterable[str]]) -> None:
    """Write the result of a command: one JSON object, or lines for a person."""
    if cli.json:
        write_json(data)
        return
    for line in text():
        with delivering():
            click.echo(clean(line, multiline=True))


def write_json(data: Mapping[str, Any]) -> None:
    """Write one JSON object in UTF-8, whatever the locale; what a terminal would obey is escaped, not lost."""
    import json

    _speak_utf8()
    with delivering():
        click.echo(rewritten(json.dumps(data, ensure_ascii=False), lambda char: json.dumps(char)[1:-1]))


def write_csv(columns: Sequence[Column], rows: Iterable[Sequence[Any]], zone: tzinfo, *, bom: bool = False) -> None:
    """Write CSV in UTF-8 with stable column names; text that looks like a formula is made harmless."""
    import csv

    _speak_utf8()
    out = sys.stdout
    out.write("\ufeff" if bom else "")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([column.key for column in columns])
    writer.writerows([harmless(cell, zone) for cell in row] for row in rows)


def plain(cell: Any, zone: tzinfo) -> Any:
    """Return a cell as programs read it: words by value or key, amounts as exact text, instants with their offset."""
    if isinstance(cell, Word):
        return cell.value
    if isinstance(cell, Keyed):
        return cell.key or None
    if isinstance(cell, Money | Quantity):
        return str(cell).replace(",", "")
    if isinstance(cell, Instant):
        return cell.local(zone).isoformat(timespec="seconds")
    if isinstance(cell, bool) or cell is None:
        return cell
    if isinstance(cell, int):
        return int(cell)
    if isinstance(cell, tuple | list | frozenset):
        return [plain(part, zone) for part in (sorted(cell) if isinstance(cell, frozenset) else cell)]
    return clean(str(cell), multiline=True)


def harmless(cell: Any, zone: tzinfo) -> Any:
    """Return a cell for a spreadsheet: 1 and 0 for yes and no, text never a formula, numbers as they are."""
    if type(cell) is int:  # most cells of a long report
        return cell
    value = plain(cell, zone)
    if value is None:
        return ""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, list):
        value = " ".join(map(str, value))
    is_text = isinstance(cell, str | tuple | list | frozenset) and not isinstance(cell, Word)
    return f"'{value}" if is_text and value.startswith(FORMULA) else value


def table(columns: Sequence[Column], rows: Sequence[Sequence[Any]], zone: tzinfo, indent: int = 0) -> list[str]:
    """Return a table as lines; on a terminal it is made to fit beside ``indent`` cells, the widest columns first."""
    heads = [tr(column.label) for column in columns]
    cells = [[show(cell, zone) for cell in row] for row in rows]
    right = [
        bool(rows) and all(_is_number(row[place]) for row in rows if row[place] is not None)
        for place in range(len(columns))
    ]
    widths = [max(map(width, (head, *(row[place] for row in cells)))) for place, head in enumerate(heads)]
    widths = _fitted(widths, _terminal_width(indent))
    return [
        GAP.join(
            _padded(text, cell_width, to_right) for text, cell_width, to_right in zip(row, widths, right, strict=True)
        ).rstrip()
        for row in (heads, *cells)
    ]


def _is_number(cell: Any) -> bool:
    return isinstance(cell, int | Money | Quantity | Minutes) and not isinstance(cell, bool | Instant)


def _padded(text: str, cells: int, to_right: bool) -> str:
    text = shorten(text, cells)
    blanks = " " * (cells - width(text))
    return blanks + text if to_right else text + blanks


def _fitted(widths: list[int], room: int | None) -> list[int]:
    """Take cells from the widest columns until the line fits."""
    if room is None:
        return widths
    excess = sum(widths) + len(GAP) * (len(widths) - 1) - room
    while excess > 0:
        widest = max(widths)
        if widest <= NARROWEST:
            break
        widths[widths.index(widest)] -= 1
        excess -= 1
    return widths


def _terminal_width(indent: int) -> int | None:
    """Return the cells left of a line on a terminal; None where output goes to a file or a pipe."""
    if not sys.stdout.isatty():
        return None
    import shutil

    return shutil.get_terminal_size().columns - indent


def _speak_utf8() -> None:
    """Programs read UTF-8, whatever the locale."""
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8", errors="replace")
