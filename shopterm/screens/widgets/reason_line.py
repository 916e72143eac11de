"""The line above the keys: what just happened, or why the next step cannot be taken yet."""

from shopterm.screens.lines import Line, Tone, text
from shopterm.screens.widgets.line_widget import LineWidget


class ReasonLine(LineWidget):
    """Shows, in this order: trouble with the database, the answer to the last key, the standing reason."""

    def __init__(self, *, id: str | None = None) -> None:
        """Begin empty."""
        super().__init__(id=id)
        self._said: dict[str, tuple[str, Tone]] = {}

    def say(self, layer: str, sentence: str, tone: Tone = "") -> None:
        """Put a sentence on a layer (trouble, answer, reason), or take it away with an empty one."""
        if self._said.get(layer, ("", "")) != (sentence, tone if sentence else ""):
            self._said[layer] = (sentence, tone if sentence else "")
            self.refresh()

    @property
    def said(self) -> str:
        """The sentence that is seen."""
        return next((self._said[layer][0] for layer in LAYERS if self._said.get(layer, ("",))[0]), "")

    def line(self, y: int) -> Line:
        """Draw the uppermost sentence."""
        for layer in LAYERS:
            sentence, tone = self._said.get(layer, ("", ""))
            if sentence:
                return ((" ", ""), *text(sentence, tone))
        return ()


LAYERS = ("trouble", "answer", "reason")
