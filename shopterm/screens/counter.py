"""The parts counter: one field that finds anything; letters type, function keys are verbs."""

from dataclasses import replace
from functools import partial
from typing import Any, ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.timer import Timer
from textual.widgets import Input

from shopterm.db.queries.names import named
from shopterm.db.queries.parts import PartHit, search_parts
from shopterm.domain.action import Action
from shopterm.domain.actions import actions_for
from shopterm.domain.actions.forms import ONE_PIECE
from shopterm.domain.text import clean
from shopterm.domain.vocabulary import Doc
from shopterm.domain.words import _
from shopterm.i18n import language, tr
from shopterm.screens.desk import DeskScreen
from shopterm.screens.desks import Column
from shopterm.screens.jump import JumpScreen
from shopterm.screens.keymap import Keymap, with_alt
from shopterm.screens.lines import Line, join, text
from shopterm.screens.scans import DOCUMENT, TYPED_DOCUMENT
from shopterm.screens.widgets.detail_pane import DetailPane
from shopterm.screens.widgets.header_line import HeaderLine
from shopterm.screens.widgets.key_bar import KeyBar
from shopterm.screens.widgets.queue_table import QueueTable
from shopterm.screens.widgets.reason_line import ReasonLine
from shopterm.screens.widgets.scan_input import ScanInput
from shopterm.show import show

HITS = 50
TYPING = 0.12
"""Seconds a search waits for the next character."""

COLUMNS = (
    Column("number", _("Part number"), 20, firm=True),
    Column("name", _("Part name"), 20, grows=True),
    Column("maker", _("Maker"), 10),
    Column("free", _("Free"), 8, right=True),
    Column("bin", _("Bin"), 9),
    Column("price", _("List price"), 13, right=True),
    Column("reason", _("Found by"), 22),
)


class CounterScreen(DeskScreen):
    """Search field, hits, queue of sheets and loans, card of what is under the cursor."""

    HOUSE: ClassVar[tuple[str, ...]] = ("help", "palette")
    KEY_LINES = 1

    _searched = ""
    _typing: Timer | None = None

    @classmethod
    def keys(cls, keymap: Keymap) -> list[BindingType]:
        """Return the bindings for a screen on which letters and digits type: Alt goes with a letter."""
        bindings = [binding for binding in super().keys(keymap) if isinstance(binding, Binding)]
        return [replace(binding, key=with_alt(binding.key)) for binding in bindings if not binding.key.isdigit()]

    def key_of(self, action: Action) -> str:
        """Return the key an action has here."""
        return with_alt(super().key_of(action))

    def compose(self) -> ComposeResult:
        """Yield the search field above the two lists."""
        yield HeaderLine(id="header")
        yield ScanInput(id="find", placeholder=tr("part number, name, pinyin initials; sheet, loan"))
        with Container(id="body"):
            with Container(id="lists"):
                yield QueueTable(self._part_cell, lambda hit: hit.id, id="hits")
                yield QueueTable(self._cell, lambda row: (row.doc, row.id), self._sign, id="queue")
            yield DetailPane(id="detail")
        yield ReasonLine(id="reason")
        yield KeyBar(lines=self.KEY_LINES, id="keys")

    def begin(self) -> None:
        """Give the keys to the search field."""
        self.hits.display = self.hits.active = False
        self.hits.follow = self._moved
        self.show_document()
        self.field.focus()

    @property
    def field(self) -> ScanInput:
        """The search field."""
        return self.query_one("#find", ScanInput)

    @property
    def hits(self) -> QueueTable:
        """The parts found."""
        return self.query_one("#hits", QueueTable)

    @property
    def active(self) -> QueueTable:
        """The hits while there are any and the queue has not the keys."""
        return self.hits if self.hits.active else self.queue

    def more_verbs(self) -> list[Action]:
        """Return the verbs that make a document."""
        return [
            action
            for doc in self.DESK.docs
            for action in actions_for(doc)
            if action.new and action.by & self.session.actor.roles
        ]

    def chosen(self, action: Action) -> dict[str, Any]:
        """Lend the part under the cursor."""
        hit = self.hits.current if self.hits.active else None
        if action.doc is Doc.LOAN and action.new and isinstance(hit, PartHit):
            return {"lines": [{"part": f"{hit.maker} {hit.number}", "quantity": ONE_PIECE}]}
        return super().chosen(action)

    # ── finding ──────────────────────────────────────────────────────────────────────────────────────────────────

    @on(Input.Changed, "#find")
    def _typed(self, event: Input.Changed) -> None:
        if self._typing is not None:
            self._typing.stop()
        if event.value.strip():
            self._typing = self.set_timer(TYPING, partial(self._search, event.value.strip()))

    @on(ScanInput.Scanned, "#find")
    def _scanned(self, event: ScanInput.Scanned) -> None:
        """Search at once; the field is empty again for the next code."""
        if self._typing is not None:
            self._typing.stop()
        if TYPED_DOCUMENT.fullmatch(event.value.strip()):
            self.app.push_screen(JumpScreen(self.session, event.value.strip(), at_once=True))
        else:
            self._search(event.value)

    def take_code(self, code: str) -> bool:
        """Look a scanned part up, wherever the keys are; a document is jumped to."""
        if DOCUMENT.fullmatch(code):
            return False
        self.field.focus()
        self._search(code)
        return True

    @work(exclusive=True, group="hits")
    async def _search(self, typed: str) -> None:
        self._searched = typed
        found = await self.ask(lambda shop: search_parts(shop, typed, self.session.actor.site, limit=HITS))
        if found is None:
            return
        self.hits.display = True
        self._show_header()
        self.hits.show(COLUMNS, found, tr("No part is called “{text}”.", text=typed), keep=False)
        self._give_keys_to(self.hits if found else self.queue)

    @property
    def looking_for(self) -> str:
        """What was searched for, shown in the header."""
        return self._searched

    def reload(self, select: tuple[Doc, int] | None = None) -> None:
        """Read queue and hits again."""
        super().reload(select)
        if self._searched:
            self._search(self._searched)

    def _part_cell(self, hit: PartHit, name: str) -> Line:
        if name == "reason":
            return text(f"{tr(hit.reason)} {clean(hit.via)}".strip(), "dim")
        if name == "name":
            after = text(f"→ {clean(hit.successor)}", "warn") if hit.successor else ()
            return join([after, text(clean(named(language(), hit.name_zh, hit.name_en)))], " ")
        if name == "price" and hit.price is not None and hit.price_per != 1:
            return text(f"{show(hit.price)}/{hit.price_per}")  # a price for ten is never read as a price for one
        if name == "free":
            return text(show(hit.free), "" if hit.free > 0 else "bad")
        return text(show(getattr(hit, name)), "strong" if name == "number" else "")

    # ── moving between field and lists ───────────────────────────────────────────────────────────────────────────

    def _give_keys_to(self, table: QueueTable) -> None:
        """Let verbs be done to what is under this list's cursor."""
        for other in (self.hits, self.queue):
            if other.active is not (other is table):
                other.active = other is table
                other.refresh()
        self.show_document()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Follow the keys from list to list."""
        if isinstance(event.widget, QueueTable):
            self._give_keys_to(event.widget)

    def on_key(self, event: events.Key) -> None:
        """Go down from the field into the lists; what is typed in a list goes into the field."""
        if self.focused is self.field:
            if event.key == "down":
                event.stop()
                # at once: the next key is for the list already
                self.set_focus(self.hits if self.hits.display and self.hits.rows else self.queue)
            elif event.key == "enter":
                event.stop()
                self.open_document()
        elif event.character and (event.character.isalnum() or event.character == "-"):
            event.stop()
            self.set_focus(self.field)
            self.field.insert_text_at_cursor(event.character)

    @on(QueueTable.Edge, "#hits")
    def _over_the_edge(self, event: QueueTable.Edge) -> None:
        """Go on into the queue below, or back to the field."""
        self.set_focus(self.queue if event.way > 0 else self.field)

    @on(QueueTable.Edge, "#queue")
    def _above_the_queue(self, event: QueueTable.Edge) -> None:
        if event.way < 0 and self._place.offset == 0:
            self.set_focus(self.hits if self.hits.display and self.hits.rows else self.field)

    async def action_leave(self) -> None:
        """Clear the field and put the hits away, those still being searched too."""
        if self._typing is not None:
            self._typing.stop()
        self.workers.cancel_group(self, "hits")
        self.field.value = self._searched = ""
        self._show_header()
        self.hits.display = False
        self._give_keys_to(self.queue)
        self.field.focus()

    async def action_search(self) -> None:
        """Go to the field."""
        self.field.focus()

    def help_docs(self) -> tuple[Doc, ...]:
        """Explain parts as well."""
        return (*super().help_docs(), Doc.PART)

    def language_changed(self) -> None:
        """Say everything in the other language."""
        super().language_changed()
        self.field.placeholder = tr("part number, name, pinyin initials; sheet, loan")
        self.hits.remeasure()
