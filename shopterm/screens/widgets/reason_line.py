"""The line above the keys: what just happened, or why the next step cannot be taken yet."""

from textual.geometry import Size

from shopterm.screens.lines import Line, Tone, text, wrap
from shopterm.screens.widgets.line_widget import LineWidget

LAYERS = ("trouble", "answer", "reason")
"""What is said, the first that is anything covering the others: trouble, answer to the last key, standing reason."""
MOST = 2


class ReasonLine(LineWidget):
    """Shows one sentence whole; it takes a second line when it must and keeps it, so that the rest stays still."""

    def __init__(self, *, id: str | None = None) -> None:
        """Begin empty."""
        super().__init__(id=id)
        self._said: dict[str, tuple[str, Tone]] = {}
        self._lines: list[str] = []
        self._height = 1
        self._width = 0

    def say(self, layer: str, sentence: str, tone: Tone = "") -> None:
        """Put a sentence on a layer, or take it away with an empty one; draws only a change."""
        if self._said.get(layer, ("", "")) != (sentence, tone if sentence else ""):
            self._said[layer] = (sentence, tone if sentence else "")
            self._lay_out()

    @property
    def said(self) -> str:
        """The sentence that is seen."""
        return self._seen[0]

    @property
    def _seen(self) -> tuple[str, Tone]:
        return next((self._said[layer] for layer in LAYERS if self._said.get(layer, ("",))[0]), ("", ""))

    def _lay_out(self) -> None:
        width = self.size.width - 2
        self._lines = wrap(self._seen[0], width) if width > 0 else []
        needed = min(len(self._lines), MOST)
        if needed > self._height:
            self._height = needed
            self.refresh(layout=True)
        else:
            self.refresh()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the height that shows the sentence."""
        return self._height

    def on_resize(self) -> None:
        """Wrap into the new width; with another width the height is found anew."""
        if self.size.width != self._width:
            self._width, self._height = self.size.width, 1
            self.refresh(layout=True)
        self._lay_out()

    def line(self, y: int) -> Line:
        """Draw one of the lines; a third is joined to the second and cut."""
        lines = [*self._lines[: MOST - 1], " ".join(self._lines[MOST - 1 :])]
        return (*text(" "), *text(lines[y], self._seen[1])) if y < len(lines) else ()
