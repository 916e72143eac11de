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
            height = self._height
            self._wrap()
            self.refresh(layout=self._height > height)

    @property
    def said(self) -> str:
        """The sentence that is seen."""
        return self._seen[0]

    @property
    def _seen(self) -> tuple[str, Tone]:
        return next((self._said[layer] for layer in LAYERS if self._said.get(layer, ("",))[0]), ("", ""))

    def _wrap(self) -> None:
        """Wrap the sentence into the width, once that is known, and grow with it."""
        self._lines = wrap(self._seen[0], self._width - 2) if self._width > 2 else []
        self._height = max(self._height, min(len(self._lines), MOST))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the height that shows the sentence; with another width it is found anew."""
        if width != self._width:
            self._width, self._height = width, 1
            self._wrap()
        return self._height

    def line(self, y: int) -> Line:
        """Draw one of the lines; a third is joined to the second and cut."""
        lines = [*self._lines[: MOST - 1], " ".join(self._lines[MOST - 1 :])]
        return (*text(" "), *text(lines[y], self._seen[1])) if y < len(lines) else ()
