"""A few lines of text as high as they need to be: labels, sentences, summaries."""

from collections.abc import Callable, Sequence

from textual.geometry import Size

from shopterm.screens.lines import Line, Tone, text, wrap
from shopterm.screens.widgets.line_widget import LineWidget

Layout = Callable[[int], Sequence[Line]]
"""Lays content out in so many cells."""


class TextLines(LineWidget):
    """Shows lines or wrapped sentences; takes no room when there is nothing to say."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        """Begin empty."""
        super().__init__(id=id, classes=classes)
        self._layout: Layout = _nothing
        self._lines: tuple[int, Sequence[Line]] = (0, ())
        self.said = ""
        """The sentence that is seen."""

    def say(self, sentence: str, tone: Tone = "") -> None:
        """Show a sentence, wrapped; an empty one takes the widget away."""
        self.said = sentence
        self.display = bool(sentence)
        self.lay(lambda size: [text(row, tone) for row in wrap(sentence, size)])

    def lay(self, layout: Layout) -> None:
        """Show what this lays out in the width there is."""
        self._layout = layout
        self._lines = (0, ())
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the height of all lines."""
        return len(self._laid(width))

    def line(self, y: int) -> Line:
        """Draw one of the lines."""
        lines = self._laid(self.size.width)
        return lines[y] if y < len(lines) else ()

    def _laid(self, width: int) -> Sequence[Line]:
        if self._lines[0] != width or not width:
            self._lines = (width, self._layout(max(width, 1)))
        return self._lines[1]


def _nothing(size: int) -> Sequence[Line]:
    return ()
