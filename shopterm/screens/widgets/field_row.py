"""One field of a form: its label, its editor, and below it what it is for or what is wrong with it."""

from collections.abc import Sequence
from datetime import tzinfo
from typing import Any

from textual.app import ComposeResult
from textual.widget import Widget

from shopterm.domain.errors import Problem
from shopterm.domain.fields import Field, Kind
from shopterm.domain.text import width
from shopterm.domain.words import _
from shopterm.i18n import tr
from shopterm.screens.lines import Line, fit, text, wrap
from shopterm.screens.signing import SECOND
from shopterm.screens.widgets.editors import (
    SCANNED,
    ChoiceEditor,
    CodeEditor,
    DiscreetEditor,
    Editor,
    NoteEditor,
    Opener,
    TextEditor,
)
from shopterm.screens.widgets.line_widget import LineWidget
from shopterm.screens.widgets.lines_editor import LinesEditor
from shopterm.show import say

WIDE = frozenset({Kind.LINES})
"""Kinds that take the whole width, their label above them."""
WIDE_INDENT = 5
HELP = {
    Kind.INSTANT: _("like 16:30 (today), +2d 16:00 or 2026-11-24 16:30"),
    Kind.DATE: _("like 2026-11-24, 11-24 or +2d"),
}
"""How a kind is typed, said where the field says nothing of its own."""
LABEL_MARKS = 4
"""Cells of a label for the mark before it, the star after it and a blank."""


class FieldRow(LineWidget):
    """Draws label and message around the editor; a mark before the label says that it has the keyboard."""

    def __init__(self, field: Field, zone: tzinfo, *, hidden: bool = False) -> None:
        """Ask for this field; hidden shows dots."""
        super().__init__(classes="-wide" if field.kind in WIDE else "")
        self.field, self.zone = field, zone
        self.is_wide = field.kind in WIDE
        self.editor_widget: Widget = _editor(field, zone, hidden)
        self.indent = WIDE_INDENT if self.is_wide else 0
        """Cells before editor and message; in a row that is not wide the label stands there."""
        self.is_wrong = False
        """Whether the message is about something wrong."""
        self.said = ""
        """The message."""
        self._told: list[str] = []
        self._wrong: Any = None
        """What stood there when something was wrong with it."""

    def compose(self) -> ComposeResult:
        """Hold the editor; all else is drawn."""
        yield self.editor_widget

    def on_mount(self) -> None:
        """Say what the field is for."""
        self.explain()

    @property
    def label_width(self) -> int:
        """How many cells the label takes with its marks."""
        return width(tr(self.field.label)) + LABEL_MARKS

    @property
    def editor(self) -> Editor:
        """The widget as an editor."""
        assert isinstance(self.editor_widget, Editor)
        return self.editor_widget

    def raw(self) -> Any:
        """Return what was typed."""
        return self.editor.raw()

    def fill(self, raw: Any) -> None:
        """Show this as if it had been typed."""
        self.editor.fill(raw)

    def give(self, raw: Any) -> None:
        """Show what the document says."""
        if isinstance(self.editor_widget, TextEditor):
            self.editor_widget.give(raw)
        else:
            self.fill(raw)

    def enter(self) -> None:
        """Give the field the keyboard."""
        if isinstance(self.editor_widget, LinesEditor):
            self.editor_widget.enter()
        else:
            self.editor_widget.focus()

    # ── what it says ───────────────────────────────────────────────────────────────────────────────

    def complain(self, problems: Sequence[Problem]) -> None:
        """Say what is wrong; with no problem, what the field is for."""
        self.is_wrong, self._wrong = bool(problems), self.raw()
        if isinstance(self.editor_widget, LinesEditor):
            self.editor_widget.complain([problem for problem in problems if problem.line])
            problems = [problem for problem in problems if not problem.line]
        if problems:
            self._tell(say(problems[0].sentence, problems[0].params, self.zone))
        else:
            self.explain()

    def on_edited(self) -> None:
        """Take back what was said about the text as it was; what emptied a field before that changes nothing."""
        if self.is_wrong and self.raw() != self._wrong:
            if isinstance(self.editor_widget, LinesEditor):
                self.explain()  # its lines keep their own marks
            else:
                self.complain([])

    def explain(self, name: str = "") -> None:
        """Say what was found for the typed text, or what the field is for."""
        self._tell(name or tr(self.field.help or HELP.get(self.field.kind, "")))

    def language_changed(self) -> None:
        """Say in the other language what the field is for; a mistake is told anew when it is made anew."""
        self.complain([])
        for widget in self.editor_widget.walk_children(Widget, with_self=True):
            widget.refresh()

    def _tell(self, sentence: str) -> None:
        self.said = sentence
        self.make_room()

    def make_room(self) -> None:
        """Make room for the label before (or above) the editor and for the message below it."""
        room = max(self.size.width - self.indent - 1, 20)
        self._told = wrap(self.said, room) if self.said else []
        left = 0 if self.is_wide else self.indent
        self.editor_widget.styles.margin = (int(self.is_wide), 1, len(self._told), left)
        self.refresh()

    # ── drawing ────────────────────────────────────────────────────────────────────────────────────

    def on_resize(self) -> None:
        """Wrap the message into the new width."""
        self.make_room()

    def on_descendant_focus(self) -> None:
        """Mark the label."""
        self.refresh()

    def on_descendant_blur(self) -> None:
        """Unmark the label."""
        self.refresh()

    def line(self, y: int) -> Line:
        """Draw the label and the message; the editor covers the rest."""
        below = y - self.editor_widget.size.height - int(self.is_wide)
        if y == 0:
            return self._label()
        if 0 <= below < len(self._told):
            return (*text(" " * self.indent), *text(self._told[below], "bad" if self.is_wrong else "dim"))
        return ()

    def _label(self) -> Line:
        here = self.has_focus_within
        name = text(tr(self.field.label), "strong" if here else "")
        star = text(" *" if self.field.required and not self.is_wide else "", "dim")
        mark = text(">" if here else " ", "key")
        return fit((*mark, *name, *star), self.size.width if self.is_wide else self.indent)


def _editor(field: Field, zone: tzinfo, hidden: bool) -> Widget:
    if field.kind is Kind.LINES:
        return LinesEditor(field, zone)
    if field.kind in (Kind.CHECKLIST, Kind.PHOTOS):
        return Opener(field)
    if field.kind in (Kind.CHOICE, Kind.YES_NO):
        return ChoiceEditor(field)
    if field.kind is Kind.LONG_TEXT:
        return NoteEditor(field)
    if field.name == SECOND.name:
        return DiscreetEditor(field)
    return CodeEditor(field) if field.kind in SCANNED else TextEditor(field, hidden=hidden)
