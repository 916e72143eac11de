"""Looks at every cell of a screen: nothing to obey, nothing to click, every line exactly as wide as the screen."""

from typing import Any

from rich.cells import cell_len
from textual.pilot import Pilot

from shopterm.domain.text import width
from shopterm.screens.widgets.queue_table import QueueTable
from tests.hostile.texts import unsafe
from tests.screens.kit import picture


def sound(pilot: Pilot[Any], where: str = "") -> str:
    """Assert that the screen is sound and return it as text."""
    screen = pilot.app.screen
    size = screen.size
    for y, strip in enumerate(screen._compositor.render_strips()):
        line = "".join(segment.text for segment in strip)
        assert not unsafe(line) and "\n" not in line, f"{where}: line {y} holds {unsafe(line)}: {line!r}"
        assert cell_len(line) == width(line) == size.width, f"{where}: line {y} has {cell_len(line)} cells: {line!r}"
        metas = [segment.style.meta for segment in strip if segment.style]
        assert not [meta for meta in metas if any(key.startswith("@") for key in meta)], f"{where}: {metas}"
    for table in screen.query(QueueTable):
        if table.columns and table.visible and table.size.width:
            aligned(table, where)
    return picture(pilot)


def aligned(table: QueueTable, where: str) -> None:
    """Assert that every row of a queue has its cells in the same columns, and the gaps between them."""
    sizes, gap = table._sizes()
    for y, row in enumerate(table.rows, 1):
        line = table._row(row)
        text = "".join(piece for piece, _tone in line)
        assert cell_len(text) == width(text) and width(text.rstrip(" ")) <= table.size.width, (
            f"{where}: row {y} is too wide: {text!r}"
        )
        at = 2
        for size in sizes[:-1] if table.rows else ():
            at += size
            assert not part(text, at, len(gap)).strip(" "), f"{where}: row {y} has no gap at {at}: {text!r}"
            at += len(gap)


def part(text: str, start: int, size: int) -> str:
    """Return what stands in some cells of a line."""
    begin = next(i for i in range(len(text) + 1) if cell_len(text[:i]) >= start)
    end = next(i for i in range(begin, len(text) + 1) if cell_len(text[:i]) >= start + size)
    return text[begin:end].lstrip("".join(marks(text[begin:end])))


def marks(text: str) -> list[str]:
    """Return the characters that stand on the one before them."""
    return [char for char in text if not width(char)]


def cells_of(pilot: Pilot[Any], text: str) -> list[tuple[int, int]]:
    """Return the cells of the screen in which a text stands, column first."""
    found: list[tuple[int, int]] = []
    for y, line in enumerate(picture(pilot).splitlines()):
        start = line.find(text)
        while start >= 0:
            left = cell_len(line[:start])
            found += [(x, y) for x in range(left, left + cell_len(text))]
            start = line.find(text, start + 1)
    return found
