"""A page of lines to read: it scrolls by line and by page."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.reactive import var

from shopterm.screens.lines import Line, spread, text
from shopterm.screens.widgets.line_widget import LineWidget


class PageView(LineWidget, can_focus=True):
    """Shows lines made for its width; made anew when that or the language changes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "scroll_by(-1)", show=False),
        Binding("down", "scroll_by(1)", show=False),
        Binding("pageup", "scroll_page(-1)", show=False),
        Binding("pagedown,space", "scroll_page(1)", show=False),
        Binding("home", "scroll_by(-100000)", show=False),
        Binding("end", "scroll_by(100000)", show=False),
    ]
    top: var[int] = var(0, init=False)

    def __init__(self, make: Callable[[int], Sequence[Line]], *, id: str | None = None) -> None:
        """Make the lines by a function of the width."""
        super().__init__(id=id)
        self._make = make
        self.lines: list[Line] = []

    def lay_out(self) -> None:
        """Make the lines anew."""
        if self.size.width:
            self.lines = list(self._make(self.size.width - 2))
            self.top = min(self.top, self._lowest)
            self.refresh()

    def on_resize(self) -> None:
        """Make the lines for the new width."""
        self.lay_out()

    def line(self, y: int) -> Line:
        """Draw one line; at the ends a mark tells that there is more beyond."""
        index = self.top + y
        line = (*text(" "), *self.lines[index]) if index < len(self.lines) else ()
        if y == self.size.height - 1 and self.top < self._lowest:
            return spread(line, text(" ↓ ", "key"), self.size.width)
        return spread(line, text(" ↑ ", "key"), self.size.width) if y == 0 and self.top else line

    @property
    def place(self) -> str:
        """Tell which lines are seen, when not all are."""
        if len(self.lines) <= self.size.height:
            return ""
        return f"{self.top + 1}–{min(self.top + self.size.height, len(self.lines))}/{len(self.lines)}"

    @property
    def _lowest(self) -> int:
        return max(len(self.lines) - self.size.height, 0)

    def action_scroll_by(self, lines: int) -> None:
        """Scroll some lines."""
        self.top = min(max(self.top + lines, 0), self._lowest)

    def action_scroll_page(self, way: int) -> None:
        """Scroll a page, keeping one line in sight."""
        self.action_scroll_by(way * max(self.size.height - 1, 1))

    def watch_top(self) -> None:
        """Draw the other lines."""
        self.refresh()

    def on_mouse_scroll_down(self) -> None:
        """Scroll with the wheel."""
        self.action_scroll_by(3)

    def on_mouse_scroll_up(self) -> None:
        """Scroll with the wheel."""
        self.action_scroll_by(-3)
