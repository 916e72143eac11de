"""All actions by name: the rows of the table that can be done here, the desks, the keys of the house."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from textual import events, on
from textual.app import ComposeResult
from textual.widgets import Input

from shopterm.domain.words import _
from shopterm.i18n import tr
from shopterm.screens.desks import Column
from shopterm.screens.keymap import HOUSE, house_label, shown
from shopterm.screens.lines import Line, Tone, text
from shopterm.screens.live_screen import PersonScreen
from shopterm.screens.session import Session
from shopterm.screens.verb_screen import VerbScreen
from shopterm.screens.widgets.header_line import HeaderLine
from shopterm.screens.widgets.key_bar import Hint, KeyBar
from shopterm.screens.widgets.queue_table import QueueTable
from shopterm.show import say, show

COLUMNS = (Column("key", _("Key"), 6), Column("label", _("Action"), 30), Column("note", "", 10, grows=True))


@dataclass(frozen=True)
class Entry:
    """Something that can be done from here."""

    name: str
    key: str
    label: str
    note: str
    act: Callable[[], object]
    usable: bool = True


class PaletteScreen(PersonScreen[None]):
    """A field that narrows the list; Enter does what the cursor is on."""

    def __init__(self, session: Session, entries: Sequence[Entry]) -> None:
        """Offer these entries."""
        super().__init__(session)
        self._entries = entries

    def compose(self) -> ComposeResult:
        """Yield the field and the list."""
        yield HeaderLine(id="header")
        field = Input(
            id="search",
            compact=True,
            max_length=40,
            select_on_focus=False,
            placeholder=tr("a word of what you want to do"),
        )
        field.cursor_blink = False
        yield field
        yield QueueTable(self._cell, lambda entry: entry.name, id="queue")
        yield KeyBar(lines=1, id="keys")

    def on_mount(self) -> None:
        """Begin in the field."""
        actor = self.session.actor
        self.query_one(HeaderLine).show([(tr("All actions"), True)], [text(f"{actor.name} · {actor.site_code}")])
        self.query_one(KeyBar).show([Hint("Enter", tr("Do it")), Hint("↑↓", tr("Choose")), Hint("Esc", tr("Back"))])
        self.query_one(Input).focus()
        self._narrow("")

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._narrow(event.value)

    def _narrow(self, typed: str) -> None:
        words = typed.lower().split()
        fitting = [e for e in self._entries if all(word in f"{e.name} {e.label}".lower() for word in words)]
        self.query_one(QueueTable).show(COLUMNS, fitting, tr("No action is called that."), keep=False)

    @staticmethod
    def _cell(entry: Entry, name: str) -> Line:
        tone: Tone = "dim" if not entry.usable or name == "note" else "key" if name == "key" else ""
        return text(str(getattr(entry, name)), tone)

    def on_key(self, event: events.Key) -> None:
        """Let the cursor keys move the list while the field has the keys."""
        table = self.query_one(QueueTable)
        if event.key in ("up", "down") and self.focused is not table:
            event.stop()
            table.action_move(-1 if event.key == "up" else 1)

    @on(Input.Submitted)
    @on(QueueTable.Chosen)
    def _do(self) -> None:
        entry: Entry | None = self.query_one(QueueTable).current
        if not self.in_front:  # Enter came twice
            return
        self.dismiss()
        if entry is not None:
            self.app.call_later(entry.act)


def entries_of(screen: VerbScreen, house: Iterable[tuple[str, Callable[[], object]]]) -> list[Entry]:
    """Return what can be done from a screen: its document's verbs, new documents, desks, the house's keys."""
    keymap, zone = screen.session.keymap, screen.session.zone
    entries = []
    for verb in screen.verbs:
        if verb.offered:
            action, refused = verb.action, verb.refusal
            note = say(refused.sentence, refused.params, zone) if refused else show(action.doc)
            entries.append(
                Entry(
                    action.name,
                    shown(screen.key_of(action)),
                    tr(action.label),
                    note,
                    partial(screen.perform, action),
                    verb.free,
                )
            )
    for action in screen.more_verbs():
        entries.append(
            Entry(
                action.name,
                shown(screen.key_of(action)),
                tr(action.label),
                show(action.doc),
                partial(screen.perform, action),
            )
        )
    for number, desk in enumerate(screen.session.desks, 1):
        entries.append(
            Entry(desk.name, "", tr(desk.label), tr("desk"), partial(screen.app.run_action, f"app.desk({number})"))
        )
    acts = dict(house)
    entries += [
        Entry(name, shown(keymap.of_house(name)), house_label(name), "", acts[name]) for name in HOUSE if name in acts
    ]
    return entries
