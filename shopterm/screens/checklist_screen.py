"""Walking round a machine with one hand: one key per mark, one item after the other."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import ClassVar, NamedTuple

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input

from shopterm.domain.checklist import Checklist, ItemKind
from shopterm.domain.text import clean
from shopterm.i18n import language, tr
from shopterm.screens.leaving import LeavingScreen
from shopterm.screens.lines import Line, spread, text, wrap
from shopterm.screens.pick import Choice, PickScreen
from shopterm.screens.walk import LETTERS, MAX_NOTE, Walk
from shopterm.screens.widgets.key_bar import Hint, KeyBar
from shopterm.screens.widgets.text_lines import TextLines
from shopterm.screens.widgets.walk_list import WalkList, limits, measure, result

Marked = dict[str, dict[str, str]]
"""Mark, value and note by item."""


class Walked(NamedTuple):
    """What an inspection brought back."""

    marks: Marked
    photos: list[str]


class ChecklistScreen(LeavingScreen[Walked | None]):
    """Asks one item after the other; F2 brings the marks back, Escape too (nothing is lost)."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2,escape", "bring_back", show=False),
        Binding("up,left", "step(-1)", show=False),
        Binding("down,right,plus", "step(1)", show=False),
        Binding("pageup", "step(-10)", show=False),
        Binding("pagedown", "step(10)", show=False),
        Binding("enter", "enter", show=False),
        Binding("backspace,delete", "erase", show=False),
        Binding("n", "note", show=False),
        Binding("u,asterisk", "unmarked", show=False),
        Binding("f", "photos", show=False),
    ]
    AUTO_FOCUS = ""

    def __init__(
        self,
        checklist: Checklist,
        marks: Mapping[str, Mapping[str, str]],
        title: str = "",
        photos: Callable[[], Awaitable[Sequence[str]]] | None = None,
        keep: Callable[[Walked], None] = lambda walked: None,
    ) -> None:
        """Walk this list, going on with these marks; the title says about what, `keep` hears every key."""
        super().__init__()
        self.walk = Walk(checklist, {item: dict(said) for item, said in marks.items()})
        self._about, self._photos, self._keep = title, photos, keep
        self._heading, self._current_line = TextLines(id="walk-title"), TextLines(id="walk-text")
        self._list, self._answer_line = WalkList(self.walk), TextLines(id="walk-answer")
        self._writing = Input(compact=True, max_length=MAX_NOTE, select_on_focus=False)
        self._mark_bar, self._key_bar = KeyBar(lines=1, id="walk-marks"), KeyBar(lines=1, id="walk-keys")
        self._taken: list[str] = []
        self._part = "note"
        """What the input is for: the note or the value of the current item."""

    def compose(self) -> ComposeResult:
        """Lay out title, list, the current item and keys."""
        yield self._heading
        yield self._list
        with Vertical(id="walk-item"):
            yield self._current_line
            yield self._writing
        yield self._answer_line
        yield self._mark_bar
        yield self._key_bar

    def on_mount(self) -> None:
        """Show the first open item."""
        self._writing.cursor_blink = self._writing.display = False
        self._show()

    def on_key(self, event: events.Key) -> None:
        """Take a mark, a choice or a digit."""
        typed = event.character if event.is_printable and self.focused is None else None
        if typed and self.walk.press(typed):
            event.stop()
            event.prevent_default()
            self._show()
        elif typed and self.walk.lacks_figure(typed):
            self._show(tr("Type the figure first: a mark alone proves nothing."))

    def action_step(self, by: int) -> None:
        """Keep a typed number, and go to another item."""
        if self._settled():
            self.walk.step(by)
            self._show()

    def action_enter(self) -> None:
        """Keep a typed number, write a list, or go on."""
        if self.walk.item.kind is ItemKind.LIST:
            self._write("value")
        elif self._settled():
            self.walk.enter()
            self._show()

    def action_erase(self) -> None:
        """Take back a digit or a mark."""
        self.walk.erase()
        self._show()

    def action_unmarked(self) -> None:
        """Go to the next open item."""
        if not self._settled():
            return
        found = self.walk.to_unmarked()
        self._show("" if found else tr("Nothing is open: F2 keeps the marks."))

    def action_note(self) -> None:
        """Write a note to the item."""
        self._write("note")

    async def action_photos(self) -> None:
        """Take photos from the drop folder for the item; its note names them."""
        if self._photos:
            self.run_worker(self._pick_photos(), exclusive=True)

    def action_bring_back(self) -> None:
        """Return what was marked; from writing, back to the list."""
        if self._writing.display:
            self._end_writing()
        elif self._settled():
            self.dismiss(Walked(self.walk.marks, self._taken))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep what was written."""
        self.walk.say(**{self._part: event.value.strip()})
        self._end_writing()
        if self._part == "value":
            self.walk.step(1)
        self._show()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Keep what is being written as well: the program may end before Enter."""
        marks, item = self.walk.kept(), self.walk.item.id
        if self._writing.display and event.value.strip() != self.walk.said(self.walk.item, self._part):
            said = {"mark": "", "value": "", "note": ""} | marks.get(item, {})
            self._keep(Walked(marks | {item: said | {self._part: event.value.strip()}}, [*self._taken]))

    def language_changed(self) -> None:
        """Say everything in the other language."""
        self._show()

    def help_name(self) -> str:
        """Name the checklist for the help."""
        return self.walk.checklist.text(language())

    def help_lines(self, size: int) -> list[Line]:
        """Explain the marks of the item, and the keys."""
        hints = [*self._mark_keys(), *self._keys()]
        told = tr("One key marks the item and goes to the next. Marks are kept at once; nothing is signed here.")
        return [*(text(row) for row in wrap(told, size)), (), *(hint.line() for hint in hints)]

    # ── inside ─────────────────────────────────────────────────────────────────────────────────────

    def _settled(self) -> bool:
        """Keep a typed number; one that is none is told and stays to be mended."""
        if self.walk.settle():
            return True
        self._show(tr("This is no number: {typed}", typed=self.walk.typed))
        return False

    def _write(self, part: str) -> None:
        self._part = part
        self._writing.value = self.walk.said(self.walk.item, part)
        self._writing.display = True
        self._writing.focus()
        self._show()

    def _end_writing(self) -> None:
        self.set_focus(None)
        self._writing.display = False
        self._show()

    async def _pick_photos(self) -> None:
        assert self._photos
        names = await self._photos()

        async def fitting(typed: str) -> Sequence[Choice]:
            return [Choice(name) for name in names if typed.casefold() in name.casefold()]

        def keep(picked: Sequence[str]) -> None:
            self._keep(Walked(self.walk.kept(), [*self._taken, *picked]))

        picked = await self.app.push_screen_wait(PickScreen(tr("Photos"), fitting, taken=[], keep=keep))
        if picked:
            self._taken += [name for name in picked if name not in self._taken]
            note = self.walk.said(self.walk.item, "note")
            self.walk.say(note=" ".join([note, *(name for name in picked if name not in note.split())]).strip())
        self._show()

    def _show(self, answer: str = "") -> None:
        self._heading.lay(self._title)
        self._current_line.lay(self._current)
        self._answer_line.say(answer, "warn")
        self._mark_bar.show(self._mark_keys())
        self._key_bar.show(self._keys())
        self._list.refresh()
        self._keep(Walked(self.walk.kept(), [*self._taken]))

    def _title(self, size: int) -> list[Line]:
        total, done, wrong = len(self.walk.checklist.items), self.walk.done, self.walk.wrong
        left = (*text(f" {self.walk.checklist.text(language())}", "title"), *text(f"  {self._about}"))
        bad = f"  {wrong} " + tr("not in order") if wrong else ""
        right = (*text(bad, "bad"), *text(f"  {done}/{total} ", "strong"))
        filled = size * done // total
        return [spread(left, right, size), (*text("━" * filled, "good"), *text("─" * (size - filled), "dim"))]

    def _current(self, size: int) -> list[Line]:
        """Lay out the current item: what to look at, what is said, and for a measure its limits."""
        item = self.walk.item
        rows = [text(row, "strong") for row in wrap(item.text(language()), size)][:2]
        note = clean(self.walk.said(item, "note"))
        found = result(self.walk, item)
        if item.kind is ItemKind.MEASURE:
            found = (*measure(self.walk, item), *text(limits(item), "dim"))
        return [
            *rows,
            *[()] * (2 - len(rows)),
            found or text(tr("not marked yet"), "dim"),
            (*text(tr("Note") + "  ", "dim"), *text(note)) if note else (),
        ]

    def _mark_keys(self) -> list[Hint]:
        item, marks = self.walk.item, self.walk.checklist.marks
        if item.kind is ItemKind.CHOICE:
            return [Hint(str(n), choice) for n, choice in enumerate(item.choices, 1)]
        if item.kind is ItemKind.MEASURE:
            return [Hint("0-9", tr("number, then Enter")), *(Hint(LETTERS[mark], tr(mark.label)) for mark in marks)]
        return [Hint(f"{n} {LETTERS[mark]}", tr(mark.label)) for n, mark in enumerate(marks, 1)]

    def _keys(self) -> list[Hint]:
        if self._writing.display:
            return [Hint("Enter", tr("keep")), Hint("Esc", tr("back"))]
        enter = [Hint("Enter", tr("write"))] if self.walk.item.kind is ItemKind.LIST else []
        photos = [Hint("f", tr("photos"))] if self._photos else []
        return [
            *enter,
            Hint("n", tr("note")),
            *photos,
            Hint("u", tr("next open")),
            Hint("↑↓", tr("go")),
            Hint(tr("Backspace"), tr("take back")),
            Hint("F2", tr("done")),
        ]
