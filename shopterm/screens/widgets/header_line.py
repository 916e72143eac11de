"""The first line of a screen: which desk, which other desks by number, who, where, how many wait."""

from collections.abc import Sequence

from shopterm.screens.lines import Line, join, spread, text
from shopterm.screens.widgets.line_widget import LineWidget


class HeaderLine(LineWidget):
    """Shows the desks on the left and the person with the count on the right."""

    def __init__(self, *, id: str | None = None) -> None:
        """Begin empty."""
        super().__init__(id=id)
        self._desks: Sequence[tuple[str, bool]] = ()
        self._right: Line = ()

    def show(self, desks: Sequence[tuple[str, bool]], right: Sequence[Line]) -> None:
        """Name the desks, the one shown being marked, and what stands on the right; draws only a change."""
        joined = join([*right, ()])
        if (list(desks), joined) != (list(self._desks), self._right):
            self._desks, self._right = list(desks), joined
            self.refresh()

    def line(self, y: int) -> Line:
        """Draw the line."""
        many = len(self._desks) > 1
        desks = [
            text((f"{number} " if many else "") + name, "title" if here else "dim")
            for number, (name, here) in enumerate(self._desks, 1)
        ]
        return spread((*text(" "), *join(desks)), (*text("  "), *self._right, *text(" ")), self.size.width)
