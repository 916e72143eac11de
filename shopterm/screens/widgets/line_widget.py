"""The base of all our widgets: draws lines of toned text, cell by cell, and nothing it need not draw."""

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from shopterm.screens.lines import Line, Tone

TONES: tuple[Tone, ...] = ("", "dim", "strong", "warn", "bad", "good", "key", "title")


class LineWidget(Widget):
    """Draws what `line` returns for every row of its region; tones are styled in the stylesheet."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"line--{tone or 'plain'}" for tone in TONES} | {"line--cursor"}
    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        """Begin with no styles looked up."""
        super().__init__(id=id, classes=classes)
        self._styles_of: dict[tuple[Tone, bool], Style] = {}

    def line(self, y: int) -> Line:
        """Return the line drawn in a row of the region."""
        return ()

    def is_marked(self, y: int) -> bool:
        """Say whether a row is drawn as the cursor's."""
        return False

    def render_line(self, y: int) -> Strip:
        """Draw one row, blank to its end."""
        marked = self.is_marked(y)
        segments = [Segment(piece, self._style(tone, marked)) for piece, tone in self.line(y) if piece]
        return Strip(segments).adjust_cell_length(self.size.width, self._style("", marked))

    def notify_style_update(self) -> None:
        """Forget the styles when the stylesheet or the theme changes."""
        super().notify_style_update()
        self._styles_of.clear()

    def _style(self, tone: Tone, marked: bool) -> Style:
        found = self._styles_of.get((tone, marked))
        if found is None:
            found = self.get_component_rich_style(f"line--{tone or 'plain'}")
            if marked:
                found += self.get_component_rich_style("line--cursor")
            self._styles_of[tone, marked] = found
        return found
