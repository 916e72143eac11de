"""The base of all our widgets: draws lines of toned text, cell by cell, and nothing it need not draw."""

from collections.abc import Sequence
from itertools import zip_longest
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from shopterm.screens.lines import Line, Tone, merged

TONES: tuple[Tone, ...] = ("", "dim", "strong", "warn", "bad", "good", "key", "title")


class LineWidget(Widget):
    """Draws what `line` returns for every row of its region; tones are styled in the stylesheet."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"line--{tone or 'plain'}" for tone in TONES} | {
        "line--cursor",
        "line--band",
    }
    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        """Begin with no styles looked up."""
        super().__init__(id=id, classes=classes)
        self._styles_of: dict[tuple[Tone, str], Style] = {}

    def line(self, y: int) -> Line:
        """Return the line drawn in a row of the region."""
        return ()

    def is_marked(self, y: int) -> bool:
        """Say whether a row is drawn as the cursor's."""
        return False

    def ground(self, y: int) -> str:
        """Return what a row is drawn on: nothing special, the cursor or a band."""
        return "cursor" if self.is_marked(y) else ""

    def render_line(self, y: int) -> Strip:
        """Draw one row, blank to its end."""
        ground = self.ground(y)
        segments = [Segment(piece, self._style(tone, ground)) for piece, tone in merged(self.line(y))]
        return Strip(segments).adjust_cell_length(self.size.width, self._style("", ground))

    def repaint(self, before: Sequence[Line], now: Sequence[Line], top: int = 0) -> None:
        """Paint only the rows that differ; every byte counts on a thin line."""
        for y, (old, new) in enumerate(zip_longest(before, now, fillvalue=())):
            if old != new:
                self.refresh(Region(0, y + top, self.size.width, 1))

    def notify_style_update(self) -> None:
        """Forget the styles when the stylesheet or the theme changes."""
        super().notify_style_update()
        self._styles_of.clear()

    def _style(self, tone: Tone, ground: str) -> Style:
        found = self._styles_of.get((tone, ground))
        if found is None:
            found = self.get_component_rich_style(f"line--{tone or 'plain'}")
            if ground:
                found += self.get_component_rich_style(f"line--{ground}", partial=True)
            self._styles_of[tone, ground] = found
        return found
