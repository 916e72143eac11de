"""A list to pick from: what fits a few typed letters, or files of which several are taken."""

from collections.abc import Awaitable, Callable, Sequence
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.widgets import Input

from shopterm.domain.text import clean, width
from shopterm.i18n import tr
from shopterm.screens.leaving import LeavingScreen
from shopterm.screens.lines import Line, fit, text
from shopterm.screens.widgets.key_bar import Hint, KeyBar
from shopterm.screens.widgets.line_widget import LineWidget
from shopterm.screens.widgets.text_lines import TextLines

PAGE = 12
WIDEST = 24
"""Cells that a value gets at most; the rest of the line says what is known about it."""
PATIENCE = 0.2
"""Seconds of quiet typing before the list is looked up anew."""


class Choice(NamedTuple):
    """Something to pick: what is typed for it, and what is known about it."""

    value: str
    label: str = ""


Search = Callable[[str], Awaitable[Sequence[Choice]]]


class PickList(LineWidget):
    """Shows choices with a cursor; taken ones carry a mark."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self.choices: Sequence[Choice] = ()
        self.taken: list[str] = []
        self.cursor = 0
        self._wide = 0

    def show(self, choices: Sequence[Choice]) -> None:
        """Show other choices, the cursor on the first."""
        self.choices, self.cursor = choices, 0
        self._wide = min(WIDEST, max((width(clean(choice.value)) for choice in choices), default=0))
        self.refresh()

    def move(self, step: int) -> None:
        """Move the cursor, not past the ends."""
        self.cursor = max(0, min(self.cursor + step, len(self.choices) - 1))
        self.refresh()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return a height that stays the same whatever is found."""
        return PAGE

    @property
    def _top(self) -> int:
        return max(0, self.cursor - PAGE + 1)

    def is_marked(self, y: int) -> bool:
        """Mark the cursor's line."""
        return bool(self.choices) and self._top + y == self.cursor

    def line(self, y: int) -> Line:
        """Draw one choice, or that there is none."""
        if not self.choices:
            return text(tr("Nothing fits."), "dim") if y == 0 else ()
        index = self._top + y
        if index >= len(self.choices):
            return ()
        choice = self.choices[index]
        mark = "√ " if choice.value in self.taken else "> " if index == self.cursor else "  "
        label = text("  " + clean(choice.label), "dim")
        return (*text(mark, "key"), *fit(text(clean(choice.value)), self._wide), *label)


class PickScreen(LeavingScreen[list[str] | None], ModalScreen[list[str] | None]):
    """Returns the picked values, or None if the person went back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", show=False),
        Binding("f2", "done", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", f"move(-{PAGE})", show=False),
        Binding("pagedown", f"move({PAGE})", show=False),
    ]

    def __init__(
        self,
        title: str,
        search: Search,
        *,
        typed: str = "",
        taken: Sequence[str] | None = None,
        keep: Callable[[Sequence[str]], None] = lambda taken: None,
    ) -> None:
        """Search for what is typed; with `taken` (maybe empty) several can be picked, and `keep` hears each."""
        super().__init__()
        self._title_text, self._search, self._keep = title, search, keep
        self._typed = typed
        """What the list shown was looked up for."""
        self._search_field = Input(typed, compact=True, max_length=60, select_on_focus=False)
        self._several = taken is not None
        self._list = PickList()
        self._list.taken = list(taken or ())

    def compose(self) -> ComposeResult:
        """Lay out title, search field, list and keys."""
        with Vertical(classes="box"):
            yield TextLines(classes="title")
            yield self._search_field
            yield self._list
            yield KeyBar(lines=1)

    def on_mount(self) -> None:
        """Look up what was typed already."""
        self.query_one(TextLines).say(self._title_text, "title")
        self._search_field.cursor_blink = False
        taking = (
            [Hint("Enter", tr("take or leave")), Hint("F2", tr("done"))]
            if self._several
            else [Hint("Enter", tr("take"))]
        )
        self.query_one(KeyBar).show([Hint("↑↓", tr("choose")), *taking, Hint("Esc", tr("back"))])
        self.run_worker(self._find(self._typed), exclusive=True)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Look up what is typed, when the fingers rest."""
        self.set_timer(PATIENCE, lambda: self._rested(event.value))

    def _rested(self, typed: str) -> None:
        if typed == self._search_field.value and typed != self._typed:
            self._typed = typed
            self.run_worker(self._find(typed), exclusive=True)

    async def _find(self, typed: str) -> None:
        self._list.show(await self._search(typed))

    def on_input_submitted(self) -> None:
        """Take the choice under the cursor; of several, or leave it again."""
        if not self._list.choices:
            return
        value = self._list.choices[self._list.cursor].value
        if not self._several:
            self.dismiss([value])
            return
        taken = self._list.taken
        if value in taken:
            taken.remove(value)
        else:
            taken.append(value)
        self._keep(list(taken))
        self._list.move(1)

    def action_move(self, step: int) -> None:
        """Move the cursor."""
        self._list.move(step)

    def action_done(self) -> None:
        """Return what is taken."""
        if self._several:
            self.dismiss(list(self._list.taken))

    def action_back(self) -> None:
        """Return nothing."""
        self.dismiss(None)
