"""The queue: one page of rows with a cursor that stays on its document while rows come and go.

A DataTable measures every cell again whenever one changes (0.1 s for 200 rows); here a change costs what is seen.
"""

from collections.abc import Callable, Hashable, Sequence
from typing import Any, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.message import Message
from textual.reactive import var

from shopterm.i18n import tr
from shopterm.screens.desks import Column, widths
from shopterm.screens.lines import Line, cells, fit, text, wrap
from shopterm.screens.widgets.line_widget import LineWidget

MEASURED = 200
"""Columns are as wide as this many rows need."""
SIGN = 1
"""Cells of the sign before a row."""
ROOMY = 16
"""Columns stand two cells apart where the growing one keeps so many cells more than its least, else one."""


class QueueTable(LineWidget, can_focus=True):
    """A table of rows with one line each, a heading, and a cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "edge(0)", show=False),
        Binding("end", "edge(-1)", show=False),
        Binding("enter", "choose", show=False),
    ]
    cursor: var[int] = var(0, init=False)

    class Told(Message):
        """Something was pressed in a table."""

        def __init__(self, table: "QueueTable") -> None:
            """Tell which table."""
            super().__init__()
            self.table = table

        @property
        def control(self) -> "QueueTable":
            """The table, for selectors."""
            return self.table

    class Chosen(Told):
        """Enter was pressed on a row."""

    class Edge(Told):
        """The cursor was pushed over the first (-1) or last (1) row."""

        def __init__(self, table: "QueueTable", way: int) -> None:
            """Tell which way."""
            super().__init__(table)
            self.way = way

    def __init__(
        self,
        draw: Callable[[Any, str], Line],
        key: Callable[[Any], Hashable],
        sign: Callable[[Any], Line] | None = None,
        *,
        id: str | None = None,
    ) -> None:
        """Draw a row's cell by the column's cell name; a row is known by its key."""
        super().__init__(id=id)
        self._draw, self._key, self._sign = draw, key, sign
        self.columns: tuple[Column, ...] = ()
        self.rows: list[Any] = []
        self.empty = ""
        self.sorted_by = ""
        self.active = True
        """Whether the row under the cursor is what the screen's verbs are done to."""
        self.follow: Callable[[], None] | None = None
        """Called when the cursor moves, before anything is painted: what follows the cursor is in the same frame."""
        self.kin: Callable[[Any, Any], int] = lambda gone, row: 0
        """Says how near a row is to one that is gone; the nearest takes its place, 0 never does."""
        self.lost: Any | None = None
        """The row that was under the cursor and is gone since rows were shown last."""
        self._top = 0
        self._needed: list[int] = []
        self._lines: dict[int, Line] = {}

    # ── what it shows ────────────────────────────────────────────────────────────────────────────────────────────

    def show(self, columns: Sequence[Column], rows: Sequence[Any], empty: str, *, keep: bool = True) -> None:
        """Show other rows; with `keep` the cursor stays on its row, or goes to its kin if that row is gone."""
        before = self.current
        if tuple(columns) != self.columns or not keep:
            self._needed = []
        self.columns, self.rows, self.empty = tuple(columns), list(rows), empty
        place = min(self.cursor, max(len(rows) - 1, 0)) if keep else 0
        if keep and before is not None:
            place = self._place_of(before, place)
        self._measure()
        if place != self.cursor:
            self._top += place - self.cursor if keep else 0
        self.set_reactive(QueueTable.cursor, place)
        self._scroll()
        self.refresh()

    def _place_of(self, before: Any, otherwise: int) -> int:
        wanted = self._key(before)
        place = next((i for i, row in enumerate(self.rows) if self._key(row) == wanted), None)
        self.lost = before if place is None and self.rows else None
        if place is None:
            near = [self.kin(before, row) for row in self.rows]
            place = near.index(max(near)) if any(near) else otherwise
        return place

    def around(self) -> list[Any]:
        """Return the row under the cursor and those one key away."""
        places = (self.cursor, self.cursor + 1, self.cursor - 1)
        return [self.rows[place] for place in places if 0 <= place < len(self.rows)]

    def go_to(self, key: Hashable) -> bool:
        """Put the cursor on the row with this key; says whether there is one."""
        place = next((i for i, row in enumerate(self.rows) if self._key(row) == key), None)
        if place is not None:
            self.cursor = place
        return place is not None

    def remeasure(self) -> None:
        """Draw everything anew, for instance in another language."""
        self._needed = []
        self._measure()
        self.refresh()

    @property
    def current(self) -> Any | None:
        """The row under the cursor."""
        return self.rows[self.cursor] if self.cursor < len(self.rows) else None

    def _measure(self) -> None:
        """Columns only grow while a queue is shown, so that a colleague's change does not make them jump."""
        self._lines.clear()
        needed = [cells(text(tr(column.label))) for column in self.columns]
        for row in self.rows[:MEASURED]:
            for index, column in enumerate(self.columns):
                if needed[index] < column.width and not column.grows:
                    needed[index] = max(needed[index], cells(self._draw(row, column.cell)))
        self._needed = [max(pair) for pair in zip(needed, self._needed or needed, strict=True)]

    # ── drawing ──────────────────────────────────────────────────────────────────────────────────────────────────

    def line(self, y: int) -> Line:
        """Return the heading, a row, or the empty queue's advice."""
        if y == 0:
            return self._heading()
        if not self.rows:
            advice = wrap(self.empty, max(self.size.width - 4, 10))
            return text("  " + advice[y - 2], "dim") if 0 <= y - 2 < len(advice) else ()
        index = self._top + y - 1
        if index >= len(self.rows):
            return ()
        if index not in self._lines:
            self._lines[index] = self._row(self.rows[index])
        return self._lines[index]

    def is_marked(self, y: int) -> bool:
        """Mark the cursor's row while verbs are done to it."""
        return self.active and bool(self.rows) and y > 0 and self._top + y - 1 == self.cursor

    def _heading(self) -> Line:
        sizes, gap = self._sizes()
        parts: list[Line] = [text(" " * SIGN)]
        for column, size in zip(self.columns, sizes, strict=True):
            mark = "▾" if column.cell == self.sorted_by else ""
            parts.append(fit(text(tr(column.label) + mark, "title"), size, right=column.right))
        return _joined(parts, gap)

    def _row(self, row: Any) -> Line:
        sizes, gap = self._sizes()
        parts: list[Line] = [fit(self._sign(row) if self._sign else (), SIGN)]
        for column, size in zip(self.columns, sizes, strict=True):
            parts.append(fit(self._draw(row, column.cell), size, right=column.right))
        return _joined(parts, gap)

    def _sizes(self) -> tuple[list[int], str]:
        """Return the columns' sizes and what stands between them."""
        for gap in (2, 1):
            sizes = widths(self.columns, self._needed, self.size.width - SIGN - 2, gap)
            if all(
                size >= column.width + ROOMY for column, size in zip(self.columns, sizes, strict=True) if column.grows
            ):
                break
        return sizes, " " * gap

    # ── moving ───────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def page(self) -> int:
        """How many rows are seen at once."""
        return max(self.size.height - 1, 1)

    def action_move(self, by: int) -> None:
        """Go some rows up or down."""
        if not 0 <= self.cursor + by < len(self.rows):
            self.post_message(self.Edge(self, 1 if by > 0 else -1))
        else:
            self.cursor += by

    def action_page(self, way: int) -> None:
        """Go a page up or down; at the end of the rows ask for the next page of the queue."""
        last = max(len(self.rows) - 1, 0)
        if self.cursor == (0 if way < 0 else last):
            self.post_message(self.Edge(self, way))
        self.cursor = min(max(self.cursor + way * self.page, 0), last)

    def action_edge(self, end: int) -> None:
        """Go to the first (0) or last (-1) row."""
        self.cursor = 0 if end == 0 else max(len(self.rows) - 1, 0)

    def action_choose(self) -> None:
        """Open the row under the cursor."""
        if self.current is not None:
            self.post_message(self.Chosen(self))

    def watch_cursor(self, before: int, now: int) -> None:
        """Draw the two rows that differ, or all if the page scrolled."""
        if self._scroll():
            self.refresh()
        else:
            self.refresh(self._region(before), self._region(now))
        if self.follow is not None:
            self.follow()

    def _region(self, index: int) -> Region:
        return Region(0, index - self._top + 1, self.size.width, 1)

    def _scroll(self) -> bool:
        """Bring the cursor into view; says whether that moved the rows."""
        before, page = self._top, self.page
        highest = max(len(self.rows) - page, 0)
        self._top = min(max(self._top, self.cursor - page + 1), self.cursor, highest)
        self._top = max(self._top, 0)
        return self._top != before

    # ── events ───────────────────────────────────────────────────────────────────────────────────────────────────

    def on_resize(self) -> None:
        """Fit the rows into the new width."""
        self._lines.clear()
        self._scroll()

    def on_click(self, event: events.Click) -> None:
        """Go to the row clicked; a second click opens it."""
        index = self._top + event.y - 1
        if event.y > 0 and index < len(self.rows):
            self.cursor = index
            if event.chain > 1:
                self.action_choose()

    def on_mouse_scroll_down(self) -> None:
        """Move with the wheel."""
        self.action_move(1)

    def on_mouse_scroll_up(self) -> None:
        """Move with the wheel."""
        self.action_move(-1)


def _joined(parts: list[Line], gap: str) -> Line:
    """Put the sign and the cells side by side, also where a cell is empty."""
    sign, *rest = parts
    joined = [*sign, (" ", "")]
    for part in rest:
        joined += [*part, (gap, "")]
    return tuple(joined)
