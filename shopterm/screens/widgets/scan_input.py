"""An input for hand scanners: every code ends where the scanner says, however many arrive in one read."""

from collections.abc import Callable
from dataclasses import dataclass

from textual import events
from textual.message import Message
from textual.widgets import Input

from shopterm.domain.text import clean

GROUP_MARK = "\N{SYMBOL FOR GROUP SEPARATOR}"
"""Stands for GS (0x1D), which separates the elements inside one GS1 code."""
MAX_CODE = 200


class ScanInput(Input):
    """An input whose value is taken and cleared in the key handler itself.

    A stock Input posts a message and is read later: codes that arrive together run into each other.
    Enter, line feed and ETX end a code, STX begins one, GS stays inside as a visible mark.
    """

    @dataclass
    class Scanned(Message):
        """A code was scanned, or typed and ended with Enter."""

        input: "ScanInput"
        value: str

        @property
        def control(self) -> "ScanInput":
            """The input it came from."""
            return self.input

        @property
        def elements(self) -> tuple[str, ...]:
            """The elements of a GS1 code; any other code is its only element."""
            return tuple(part for part in self.value.split(GROUP_MARK) if part)

    def __init__(
        self,
        value: str = "",
        *,
        placeholder: str = "",
        max_length: int = MAX_CODE,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        """Make a compact one-line input without a blinking cursor."""
        super().__init__(
            value, placeholder, max_length=max_length, id=id, classes=classes, compact=True, select_on_focus=False
        )
        self.cursor_blink = False

    async def _on_key(self, event: events.Key) -> None:
        act = self._acts().get(event.key)
        if act and (event.key != "enter" or self.value):  # Enter on nothing typed is the screen's
            event.stop()
            event.prevent_default()
            act()

    def _acts(self) -> dict[str, Callable[[], None]]:
        return {
            "enter": self._end,
            "ctrl+j": self._end,
            "ctrl+c": self._end,  # CR, LF, ETX
            "ctrl+b": self.clear,
            "ctrl+right_square_bracket": self._separate,
        }  # STX, GS

    def _end(self) -> None:
        code, self.value = clean(self.value).strip(), ""
        if code:
            self.post_message(self.Scanned(self, code))

    def _separate(self) -> None:
        if self.value:
            self.insert_text_at_cursor(GROUP_MARK)

    def _on_paste(self, event: events.Paste) -> None:
        """Take each whole line of pasted text as a code and leave the rest in the input."""
        event.stop()
        event.prevent_default()
        *whole, rest = event.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        for line in whole:
            self.insert_text_at_cursor(clean(line))
            self._end()
        self.insert_text_at_cursor(clean(rest))
