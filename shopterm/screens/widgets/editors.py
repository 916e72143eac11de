"""The editors of a form's fields, one per way of typing; each holds text and knows no rule."""

from time import monotonic
from typing import Any, ClassVar, Protocol, runtime_checkable

from textual import events, on
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.widgets import Input, TextArea

from shopterm.domain.fields import Field, Kind
from shopterm.domain.text import clean
from shopterm.screens.filling import options
from shopterm.screens.lines import Line, flow, text
from shopterm.screens.widgets.line_widget import LineWidget
from shopterm.screens.widgets.scan_input import ScanInput
from shopterm.screens.widgets.text_lines import TextLines

MAX_TYPED = 500
"""Room for more than fits, so that too much is told rather than cut."""
BLANKS = "_" * 200
"""Shows the extent of an empty field where colours cannot."""
AMOUNTS = frozenset({Kind.INTEGER, Kind.QUANTITY, Kind.MONEY, Kind.MINUTES})
"""What is typed anew rather than mended: a 2 typed over the 1 that stands there is two pieces, not twelve."""
NAMED = frozenset({Kind.PERSON, Kind.CUSTOMER, Kind.CODE, Kind.STANDARD})
"""What is known by a short number: another one takes its place."""
SCANNED = frozenset({Kind.PART, Kind.MACHINE})


TOO_FAST, FEWEST_SCANNED = 0.05, 3
"""So many keys, each within so many seconds of the one before, are a scanner's where one key chooses."""


def option_keys(field: Field) -> list[tuple[str, str]]:
    """Return the key and the words of everything that can be chosen in a field."""
    return [
        (value if field.kind is Kind.YES_NO else str(number), label)
        for number, (value, label) in enumerate(options(field), 1)
    ]


class Edited(Message):
    """Something was typed or chosen."""


class Onward(Message):
    """The person is done here and goes to the next (or the previous) field."""

    def __init__(self, step: int = 1, *, entered: bool = False) -> None:
        """Say which way, 1 down or -1 up, and whether it was by Enter."""
        super().__init__()
        self.step, self.entered = step, entered


class Opened(Message):
    """The person wants to see and change this field on a screen of its own."""

    def __init__(self, field: Field) -> None:
        """Name the field."""
        super().__init__()
        self.field = field


@runtime_checkable
class Editor(Protocol):
    """What a form expects of the widget for one field."""

    field: Field

    def raw(self) -> Any:
        """Return what was typed."""

    def fill(self, raw: Any) -> None:
        """Show this as if it had been typed."""


class _OneLine(Input):
    """What editors of one line have in common."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "onward(-1)", show=False),
        Binding("down", "onward(1)", show=False),
        Binding("enter", "onward(1, True)", show=False),
        Binding("ctrl+u", "empty", show=False),
    ]
    field: Field

    def raw(self) -> str:
        """Return what was typed."""
        return self.value

    def fill(self, raw: Any) -> None:
        """Show this as if it had been typed."""
        self.value = clean(str(raw))

    def action_onward(self, step: int, entered: bool = False) -> None:
        """Go to the next or previous field."""
        self.post_message(Onward(step, entered=entered))

    def action_empty(self) -> None:
        """Empty the field, wherever in it the cursor stands."""
        self.value = ""

    def on_input_changed(self) -> None:
        """Tell the form."""
        self.post_message(Edited())


class TextEditor(_OneLine):
    """One line of text, numbers, dates and names."""

    def __init__(self, field: Field, *, hidden: bool = False) -> None:
        """Edit this field; hidden shows dots."""
        super().__init__(
            placeholder=BLANKS,
            max_length=max(MAX_TYPED, 2 * field.max_length),
            compact=True,
            select_on_focus=field.kind in AMOUNTS | NAMED,
            password=hidden,
        )
        self.field = field
        self.cursor_blink = False
        self._given: str | None = None

    def give(self, raw: Any) -> None:
        """Show what the document says; as long as it stands there, typing takes its place."""
        self.fill(raw)
        self._given, self.select_on_focus = self.value, True

    @on(Input.Changed)
    def _mend_or_replace(self) -> None:
        self.select_on_focus = self.field.kind in AMOUNTS | NAMED or self.value == self._given

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self.replace(" ".join(clean(event.text, multiline=True).split("\n")).strip(), *self.selection)


class DiscreetEditor(TextEditor):
    """One line in which digits alone, more than are meant here, may be a PIN typed a field too early: they are dots."""

    def __init__(self, field: Field, shown: int = 0) -> None:
        """Edit this field; so many digits are shown."""
        super().__init__(field)
        self._shown = shown

    def on_input_changed(self) -> None:
        """Hide what may be a PIN."""
        typed = self.value.strip()
        self.password = typed.isdigit() and len(typed) > self._shown


class CodeEditor(_OneLine, ScanInput):
    """A part number or serial number: what a scanner sends stays here, and the form goes on."""

    def __init__(self, field: Field) -> None:
        """Edit this field."""
        super().__init__(placeholder=BLANKS, max_length=MAX_TYPED)
        self.field = field

    def _end(self) -> None:
        """Keep the code, unlike an input that serves many, and go on."""
        self.post_message(Onward(entered=True))


class NoteEditor(TextArea):
    """Several lines of text; Enter begins a new line, the arrows leave at the top and the bottom."""

    def __init__(self, field: Field) -> None:
        """Edit this field."""
        super().__init__(compact=True, highlight_cursor_line=False, placeholder=BLANKS[:40])
        self.field = field
        self.cursor_blink = False

    def raw(self) -> str:
        """Return what was typed."""
        return self.text

    def fill(self, raw: Any) -> None:
        """Show this as if it had been typed."""
        self.load_text(clean(str(raw), multiline=True))

    def on_text_area_changed(self) -> None:
        """Tell the form."""
        self.post_message(Edited())

    async def _on_key(self, event: events.Key) -> None:
        row = self.cursor_location[0]
        if (event.key == "up" and row == 0) or (event.key == "down" and row == self.document.line_count - 1):
            event.stop()
            event.prevent_default()
            self.post_message(Onward(-1 if event.key == "up" else 1))

    async def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self.insert(clean(event.text, MAX_TYPED * 8, multiline=True))


class ChoiceEditor(LineWidget, can_focus=True):
    """One of a few words, by number, first letter or the arrows; yes and no are two such words."""

    def __init__(self, field: Field, *, compact: bool = False, classes: str | None = None) -> None:
        """Edit this field; compact shows only the chosen word."""
        super().__init__(classes=classes)
        self.field = field
        self.compact = compact
        self._value = self._stood = ""
        self._pressed_at, self._row = 0.0, 0

    @property
    def _options(self) -> list[tuple[str, str]]:
        return options(self.field)

    def raw(self) -> str:
        """Return the chosen value, or nothing."""
        return self._value

    def fill(self, raw: Any) -> None:
        """Choose this value; another than the options is kept as it is, for the parser to refuse."""
        self._value = clean(str(raw))
        self.refresh()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the height that shows every option."""
        return len(self._lines(width))

    def line(self, y: int) -> Line:
        """Draw one line of the options."""
        lines = self._lines(self.size.width)
        return lines[y] if y < len(lines) else ()

    def _lines(self, width: int) -> list[Line]:
        if self.compact:
            return [text(dict(self._options).get(self._value, self._value) or "–")]
        keyed = zip(self._options, option_keys(self.field), strict=True)
        return flow([self._part(value, *shown) for (value, _label), shown in keyed], width, gap=" ")

    def _part(self, value: str, key: str, label: str) -> Line:
        if value == self._value:
            return ((f">{key} ", "key"), (label, "title"), (" ", ""))
        return ((f" {key} ", "key"), (f"{label} ", ""))

    def on_key(self, event: events.Key) -> None:
        """Choose by number, letter, blank or arrow, or go on; what a scanner types here chooses nothing."""
        steps = {"up": -1, "down": 1, "enter": 1}
        if self._is_scanned(event):
            pass
        elif event.key in steps:
            self.post_message(Onward(steps[event.key], entered=event.key == "enter"))
        elif (chosen := self._chosen(event)) is None:
            return
        elif chosen != self._value:
            self._value = chosen
            self.refresh()
            self.post_message(Edited())
        event.stop()

    def _is_scanned(self, event: events.Key) -> bool:
        """Say whether this key is one of a row too fast for fingers; what the first of them chose is taken back."""
        pause, self._pressed_at = monotonic() - self._pressed_at, monotonic()
        if pause > TOO_FAST or event.key == "space":
            self._row, self._stood = 0, self._value
        self._row += event.is_printable
        if self._row < FEWEST_SCANNED:
            return False
        if self._value != self._stood:
            self._value = self._stood
            self.refresh()
            self.post_message(Edited())
        return event.is_printable or event.key == "enter"

    def _chosen(self, event: events.Key) -> str | None:
        """Return the value a key chooses, or None if the key is not ours."""
        values = [value for value, _label in self._options]
        if event.key in ("left", "right", "space"):
            step = -1 if event.key == "left" else 1
            here = values.index(self._value) if self._value in values else -(step > 0)
            return values[(here + step) % len(values)]
        if event.key in ("delete", "backspace"):
            return ""
        typed = (event.character or "").casefold()
        if typed.isdigit() and typed.isascii():
            return values[int(typed) - 1] if 0 < int(typed) <= len(values) else None
        return self._by_letter(typed) if typed else None

    def _by_letter(self, typed: str) -> str | None:
        fitting = [
            value
            for value, label in self._options
            if value.casefold().startswith(typed) or label.casefold().startswith(typed)
        ]
        if not fitting:
            return None
        here = fitting.index(self._value) if self._value in fitting else -1
        return fitting[(here + 1) % len(fitting)]


class Opener(TextLines, can_focus=True):
    """A field that is filled in on a screen of its own: shows a summary, Enter opens."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "onward(-1)", show=False),
        Binding("down", "onward(1)", show=False),
        Binding("enter,space", "open", show=False),
    ]

    def __init__(self, field: Field) -> None:
        """Stand for this field."""
        super().__init__()
        self.field = field
        self._raw: Any = None

    def raw(self) -> Any:
        """Return what was brought back."""
        return self._raw

    def fill(self, raw: Any) -> None:
        """Keep what was brought back."""
        changed, self._raw = raw != self._raw, raw
        if changed:
            self.post_message(Edited())

    def show(self, summary: Line) -> None:
        """Say in a word what was brought back."""
        self.lay(lambda size: [summary])

    def action_onward(self, step: int) -> None:
        """Go to the next or previous field."""
        self.post_message(Onward(step))

    def action_open(self) -> None:
        """Ask the form to open the field's own screen."""
        self.post_message(Opened(self.field))
