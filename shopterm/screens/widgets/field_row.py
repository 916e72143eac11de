"""One field of a form: its label, its editor, and below it what it is for or what is wrong with it."""

from collections.abc import Sequence
from datetime import tzinfo
from typing import Any

from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.widget import Widget

from shopterm.domain.errors import Problem
from shopterm.domain.fields import Field, Kind
from shopterm.i18n import tr
from shopterm.screens.lines import Line, fit, text
from shopterm.screens.widgets.editors import (
    SCANNED,
    ChoiceEditor,
    CodeEditor,
    Editor,
    NoteEditor,
    Opener,
    TextEditor,
)
from shopterm.screens.widgets.lines_editor import LinesEditor
from shopterm.screens.widgets.text_lines import TextLines
from shopterm.show import say

WIDE = frozenset({Kind.LINES})
"""Kinds that take the whole width, their label above them."""


class FieldRow(Container):
    """Shows a field; the mark before its label says that it has the keyboard, readable without colour."""

    def __init__(self, field: Field, zone: tzinfo, *, hidden: bool = False) -> None:
        """Ask for this field; hidden shows dots."""
        super().__init__(classes="-wide" if field.kind in WIDE else "")
        self.field, self.zone = field, zone
        self.editor_widget: Widget = _editor(field, zone, hidden)
        self.label = TextLines(classes="label")
        self.message = TextLines(classes="message")
        self.is_wrong = False
        """Whether the message is about something wrong."""

    def compose(self) -> ComposeResult:
        """Lay out label, editor and message."""
        yield self.label
        with Vertical():
            yield self.editor_widget
            yield self.message

    def on_mount(self) -> None:
        """Say what the field is for."""
        self.label.lay(self._label)
        self.explain()

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

    def enter(self) -> None:
        """Give the field the keyboard."""
        for widget in (self.editor_widget, *self.editor_widget.query("*")):
            if widget.focusable:
                widget.focus()
                return

    def complain(self, problems: Sequence[Problem]) -> None:
        """Say what is wrong; with no problem, what the field is for."""
        self.is_wrong = bool(problems)
        if isinstance(self.editor_widget, LinesEditor):
            self.editor_widget.complain([problem for problem in problems if problem.line])
            problems = [problem for problem in problems if not problem.line]
        if problems:
            self.message.say(say(problems[0].sentence, problems[0].params, self.zone), "bad")
        else:
            self.explain()

    def explain(self, name: str = "") -> None:
        """Say what was found for the typed text, or what the field is for."""
        self.message.say(name or tr(self.field.help), "dim")

    def on_descendant_focus(self) -> None:
        """Mark the label."""
        self.label.lay(self._label)

    def on_descendant_blur(self) -> None:
        """Unmark the label."""
        self.label.lay(self._label)

    def _label(self, size: int) -> list[Line]:
        here = self.has_focus_within
        mark = text(">" if here else " ", "key")
        name = text(tr(self.field.label), "strong" if here else "")
        need = text("" if not self.field.required or self.field.kind in WIDE else " *", "dim")
        return [fit((*mark, *name, *need), size)]


def _editor(field: Field, zone: tzinfo, hidden: bool) -> Widget:
    if field.kind is Kind.LINES:
        return LinesEditor(field, zone)
    if field.kind in (Kind.CHECKLIST, Kind.PHOTOS):
        return Opener(field)
    if field.kind in (Kind.CHOICE, Kind.YES_NO):
        return ChoiceEditor(field)
    if field.kind is Kind.LONG_TEXT:
        return NoteEditor(field)
    return CodeEditor(field) if field.kind in SCANNED else TextEditor(field, hidden=hidden)
