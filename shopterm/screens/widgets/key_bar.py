"""The keys of the moment, all of them: wrapped over as many lines as they need, none cut."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.geometry import Size

from shopterm.screens.lines import Line, flow, join, text
from shopterm.screens.widgets.line_widget import LineWidget

MOST = 6


@dataclass(frozen=True)
class Hint:
    """A key as it stands on the keyboard, what it does, and whether it can be done now."""

    key: str
    label: str
    usable: bool = True

    def line(self) -> Line:
        """Draw it; what cannot be done now is dimmed."""
        return join(
            [text(self.key, "key" if self.usable else "dim"), text(self.label, "" if self.usable else "dim")], " "
        )


class KeyBar(LineWidget):
    """Shows hints; it grows with them but does not shrink again, so that the screen above stays still."""

    def __init__(self, *, lines: int = 2, id: str | None = None) -> None:
        """Take at least so many lines."""
        super().__init__(id=id)
        self._hints: tuple[Hint, ...] = ()
        self._lines: list[Line] = []
        self._least = self._height = lines
        self._width = 0

    def show(self, hints: Sequence[Hint]) -> None:
        """Show other keys; draws only a change."""
        if tuple(hints) != self._hints:
            self._hints = tuple(hints)
            self._lay_out()

    def _lay_out(self) -> None:
        before = self._lines
        self._lines = flow([hint.line() for hint in self._hints], max(self.size.width - 2, 20))
        needed = min(len(self._lines), MOST)
        if self.size.width and needed > self._height:
            self._height = needed
            self.refresh(layout=True)
        else:
            self.repaint(before, self._lines)

    @property
    def hints(self) -> tuple[Hint, ...]:
        """The keys shown."""
        return self._hints

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the height that shows every key."""
        return self._height

    def on_resize(self) -> None:
        """Wrap into the new width; with another width the height is found anew."""
        if self.size.width != self._width:
            self._width, self._height = self.size.width, self._least
            self.refresh(layout=True)
        self._lay_out()

    def line(self, y: int) -> Line:
        """Draw one of the lines."""
        return (*text(" "), *self._lines[y]) if y < len(self._lines) else ()
