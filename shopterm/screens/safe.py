"""The last line before the terminal: whatever a widget lets through is cleaned on its way out."""

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from shopterm.domain.text import clean


class CleanFilter(LineFilter):
    """Replaces control, bidirectional and hidden characters in every line drawn; its width stays."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments with clean text; the usual line costs one look per segment."""
        return [self._clean(segment) for segment in segments]

    @staticmethod
    def _clean(segment: Segment) -> Segment:
        text, style, control = segment
        if control:
            return segment
        safe = clean(text)
        if safe is text:
            return segment
        return Segment(set_cell_size(safe, cell_len(text)), style)
