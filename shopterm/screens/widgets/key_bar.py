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
            before, height = self._lines, self._height
            self._wrap()
            if self._height > height:
                self.refresh(layout=True)
            else:
                self.repaint(before, self._lines)

    def _wrap(self) -> None:
        """Wrap the hints into the width, once that is known, and grow with them."""
        if self._width:
            self._lines = flow([hint.line() for hint in self._hints], max(self._width - 2, 20))
            self._height = max(self._height, min(len(self._lines), MOST))

    @property
    def hints(self) -> tuple[Hint, ...]:
        """The keys shown."""
        return self._hints

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the height that shows every key; with another width it is found anew."""
        if width != self._width:
            self._width, self._height = width, self._least
            self._wrap()
        return self._height

    def line(self, y: int) -> Line:
        """Draw one of the lines."""
        return (*text(" "), *self._lines[y]) if y < len(self._lines) else ()
