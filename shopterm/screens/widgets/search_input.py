"""The search field of a queue."""

from textual.widgets import Input

from shopterm.i18n import tr


class SearchInput(Input):
    """A compact one-line input without a blinking cursor."""

    def __init__(self, value: str, *, id: str) -> None:
        """Begin with what was searched for before."""
        super().__init__(
            value,
            id=id,
            compact=True,
            max_length=60,
            select_on_focus=False,
            placeholder=tr("number, machine, customer, words"),
        )
        self.cursor_blink = False
