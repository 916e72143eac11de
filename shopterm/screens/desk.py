"""The desk: a queue, the document under the cursor, and its verbs as keys. One class for all; rows of data differ."""

import asyncio
from functools import partial
from time import monotonic
from typing import Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.timer import Timer
from textual.widgets import Input

from shopterm.db.queries.rows import QueueRow
from shopterm.domain.action import Action
from shopterm.domain.actions import BY_NAME, actions_for
from shopterm.domain.text import clean
from shopterm.domain.vocabulary import Doc, Role
from shopterm.i18n import tr
from shopterm.screens.cells import CELLS, View, short, sign
from shopterm.screens.desks import Column, Desk, columns_for
from shopterm.screens.keymap import Keymap, house_label, shown
from shopterm.screens.lines import Line, text
from shopterm.screens.live_screen import FAR
from shopterm.screens.reading import PAGE, Page, Place, Seen, look, read_page
from shopterm.screens.session import Session
from shopterm.screens.verb_screen import VerbScreen
from shopterm.screens.verbs import Target
from shopterm.screens.widgets.detail_pane import DetailPane
from shopterm.screens.widgets.header_line import HeaderLine
from shopterm.screens.widgets.key_bar import KeyBar
from shopterm.screens.widgets.queue_table import QueueTable
from shopterm.screens.widgets.reason_line import ReasonLine
from shopterm.screens.widgets.search_input import SearchInput
from shopterm.usecases.request import Done, Request

HELD = 0.05
"""Cursor keys that follow each other faster than this (in seconds) are a held key."""
SLIPPED = 1.0
"""Seconds in which no key is taken to mean a document that came under the cursor by itself."""
OWN = 2.0
"""Seconds after a verb of one's own, or after coming to the desk, in which what goes away surprises nobody."""
SETTLE = 0.06
"""A held key loads the document when it rests for so long."""
PAINTING = 0.03
"""Seconds in which the screen is painted after a key; reading ahead waits for that."""


class DeskScreen(VerbScreen):
    """Queue, document, reason, keys."""

    DESK: ClassVar[Desk]
    KEY_LINES: ClassVar[int] = 2
    """So many lines the keys take from the start; more when they need them."""

    def __init__(self, session: Session, first: Page | None = None) -> None:
        """Show a first page read beforehand, so that nothing is painted twice."""
        super().__init__(session)
        self._place = Place(self.DESK.name, sort=self.DESK.sort)
        self._page = first or Page()
        self._view = self._as_seen(session)
        self._seen: dict[tuple[Doc, int], Seen] = {}
        if self._page.top is not None:
            self._seen[row_key(self._page.rows[0])] = self._page.top
        self._moved_at = 0.0
        self._settling: Timer | None = None
        self._wanted: tuple[Doc, int] | None = None
        """A document to go to as soon as the queue is read again."""
        self._brought = False
        """Whether the cursor is being put on what was just made: what was told about that stays."""
        self._acted_at = self._slipped_at = -OWN
        self._news: set[tuple[Doc, int]] = set()

    @classmethod
    def keys(cls, keymap: Keymap) -> list[BindingType]:
        """Return the bindings of a desk."""
        digits: list[BindingType] = [Binding(str(n), f"digit({n})", show=False) for n in range(10)]
        own = [keymap.binding(name, name) for name in ("search", "sort", "labour_day")]
        return [*super().keys(keymap), *digits, *own]

    # ── building ─────────────────────────────────────────────────────────────────────────────────────────────────

    def compose(self) -> ComposeResult:
        """Yield the few widgets a desk is made of."""
        yield HeaderLine(id="header")
        if self.top_line() is not None:
            yield ReasonLine(id="top")
        with Container(id="body"):
            yield QueueTable(self._cell, row_key, self._sign, id="queue")
            yield DetailPane(id="detail")
        yield ReasonLine(id="reason")
        yield KeyBar(lines=self.KEY_LINES, id="keys")

    def on_mount(self) -> None:
        """Fill in what was read beforehand and take the keys."""
        self.queue.follow, self.queue.kin = self._moved, akin
        self._show_page()
        self.begin()

    def on_screen_resume(self) -> None:
        """Come back to what others did meanwhile: nobody's finger was on a key for what stood here."""
        self._acted_at = monotonic()

    def begin(self) -> None:
        """Give the keys to the queue."""
        self.queue.focus()

    @property
    def queue(self) -> QueueTable:
        """The queue."""
        return self.query_one("#queue", QueueTable)

    @property
    def active(self) -> QueueTable:
        """The list whose cursor says which document verbs are done to."""
        return self.queue

    @property
    def target(self) -> Target | None:
        """The document under the cursor, in the version seen."""
        row = self.active.current
        if row is None:
            return None
        seen = self._seen.get(row_key(row))
        return seen.target if seen else Target(*row_key(row), row.number, getattr(row, "version", 0))

    def more_verbs(self) -> list[Action]:
        """Return the verbs that make a document here, and those of the own labour day."""
        roles = self.session.actor.roles
        new = [action for doc in self.DESK.docs for action in actions_for(doc) if action.new and action.by & roles]
        own = [verb for verb in self._page.day_verbs if not (verb.refusal and verb.refusal.guard == "not_own_day")]
        return new + [verb.action for verb in own if verb.offered]

    # ── drawing ──────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def _columns(self) -> tuple[Column, ...]:
        """The columns there is room for: on a wide screen the document takes two fifths of it."""
        wide = self.app.size.width
        return columns_for(self.DESK, wide * 3 // 5 if wide >= FAR else wide)

    def on_resize(self) -> None:
        """Show other columns where the new size has room for others."""
        if self.queue.columns and self.queue.columns != self._columns:
            self._show_page()

    def _as_seen(self, session: Session) -> View:
        own = self.DESK.roles if self.DESK.follows else frozenset[Role]()
        return View(session.shop.now(), session.zone, session.site, own, self._page.on)

    def _cell(self, row: QueueRow, name: str) -> Line:
        return CELLS[name](row, self._view)

    def _sign(self, row: QueueRow) -> Line:
        return text("•", "key") if row_key(row) in self._news else sign(row, self._view)

    def _show_page(self, *, keep: bool = True) -> None:
        self._view = self._as_seen(self.session)
        found = self._page
        self.queue.show(self._columns, found.rows, self._advice(), keep=keep)
        self._show_header()
        if (top := self.top_line()) is not None:
            if (line := self.query_one_optional("#top", ReasonLine)) is None:
                self.mount(line := ReasonLine(id="top"), after="#header")
            line.say("answer", top)
        self.show_document()

    def top_line(self) -> str | None:
        """Return what stands above the queue, or None where nothing ever does."""
        name = "labour_day"
        key = f"{shown(self.session.keymap.of_house(name))} {house_label(name)}" if self.DESK.day else ""
        return " · ".join(filter(None, [self._page.day, key, self._page.lent])) or None

    def _advice(self) -> str:
        if self._page.failed:
            return ""
        if self._place.text:
            return tr("Nothing here fits “{text}”. Esc shows everything again.", text=self._place.text)
        return tr(self.DESK.empty)

    @property
    def looking_for(self) -> str:
        """What was searched for, shown in the header."""
        return self._place.text

    def _show_header(self) -> None:
        actor, found = self.session.actor, self._page
        waiting = tr("{n} waiting", n=found.total)
        if found.total > len(found.rows):
            waiting = f"{self._place.offset + 1}–{self._place.offset + len(found.rows)}/{found.total}"
        right = [text(f"“{clean(self.looking_for)}”", "key")] if self.looking_for else []
        right += [text(waiting, "strong" if found.total else "dim"), text(f"{clean(actor.name)} · {actor.site_code}")]
        desks = [(tr(desk.label), desk is self.DESK) for desk in self.session.desks]
        self.query_one(HeaderLine).show(desks, right)

    def show_document(self) -> None:
        """Show the document under the cursor if it was read already; what is not known yet stays as it was."""
        row = self.active.current
        seen = self._seen.get(row_key(row)) if row else None
        if row is None or seen is not None:
            self.verbs, self.state = (seen.verbs, seen.detail.state) if seen else ((), None)
            self.query_one(DetailPane).show(seen.detail if seen else None, self.session.zone, self.session.site)
            self.show_verbs()
        if row is not None:
            self._read_documents()

    # ── the cursor ───────────────────────────────────────────────────────────────────────────────────────────────

    def _moved(self) -> None:
        """Follow the cursor: at once for a single key, after a rest while a key is held."""
        if not self._brought:
            self.answer("")
        self._slipped_at = -SLIPPED
        row, now = self.active.current, monotonic()
        held, self._moved_at = now - self._moved_at < HELD, now
        if row is not None:
            self._news.discard(row_key(row))
        if self._settling is not None:
            self._settling.stop()
            self._settling = None
        if held:
            self._settling = self.set_timer(SETTLE, self.show_document)
        else:
            self.show_document()

    @work(exclusive=True, group="document")
    async def _read_documents(self) -> None:
        """Read the document under the cursor if need be, then ahead: the next key finds its document there."""
        here = self.active.current
        for row in self.active.around():
            doc, key = row_key(row)
            if (doc, key) in self._seen:
                continue
            if row is not here:
                await asyncio.sleep(PAINTING)
            seen = await self.ask(partial(look, actor=self.session.actor, doc=doc, key=key))
            if seen is None:
                return
            self._seen[doc, key] = seen
            if self.active.current is row:
                self.show_document()
            else:
                self.query_one(DetailPane).prepare(seen.detail, self.session.zone, self.session.site)

    @on(QueueTable.Edge, "#queue")
    def _turn_page(self, event: QueueTable.Edge) -> None:
        offset = self._place.offset + event.way * PAGE
        if 0 <= offset < self._page.total:
            self._place = self._place.at(offset)
            self._load(keep=False)

    @on(QueueTable.Chosen)
    def open_document(self) -> None:
        """Open the document under the cursor whole."""
        from shopterm.screens.document import DocumentScreen

        row = self.active.current
        if row is not None:
            seen = self._seen.get(row_key(row))
            self.app.push_screen(self.session.keyed(DocumentScreen)(self.session, *row_key(row), seen))

    # ── the queue ────────────────────────────────────────────────────────────────────────────────────────────────

    def reload(self, select: tuple[Doc, int] | None = None) -> None:
        """Read the queue again; the cursor stays on its document unless another is named."""
        self._seen.clear()
        self._wanted = select or self._wanted
        self._load()

    def data_changed(self) -> None:
        """Follow what a colleague did."""
        self.reload()

    @work(exclusive=True, group="queue")
    async def _load(self, *, keep: bool = True) -> None:
        known = {row_key(row) for row in self._page.rows}
        found = await self.ask(partial(read_page, actor=self.session.actor, place=self._place, day=self.DESK.day))
        if found is None:
            return
        self._page = found
        if known and keep and self._wanted is None:
            self._news |= {row_key(row) for row in found.rows} - known
        self._show_page(keep=keep)
        if keep and self.queue.lost and self._wanted is None:
            self._slip(self.queue.lost)
        if self._wanted is not None:
            self._brought = True
            self.queue.go_to(self._wanted)
            self._wanted, self._brought = None, False

    def _slip(self, gone: QueueRow) -> None:
        """Say that the cursor went to another document because a colleague's deed took its own away."""
        row = self.queue.current
        if row is not None and monotonic() - self._acted_at > OWN:
            self._slipped_at = monotonic()
            self.answer(tr("{gone} is done with here; the cursor is on {number} now.",
                           gone=short(gone.number, self._view.site), number=short(row.number, self._view.site)),
                        "warn")  # fmt: skip

    def action_perform(self, name: str) -> None:
        """Do a verb, unless the document meant went away while the key was pressed."""
        if BY_NAME[name] not in self.more_verbs() and monotonic() - self._slipped_at < SLIPPED:
            self.answer(tr("The cursor has only just come to this document: press the key again."), "warn")
        else:
            super().action_perform(name)

    async def write(self, request: Request) -> Done:
        """Run a verb, and remember when."""
        done = await super().write(request)
        self._acted_at = monotonic()
        return done

    async def action_digit(self, number: int) -> None:
        """Go to another desk of the person; any other digit begins a document's number."""
        if 1 <= number <= len(self.session.desks):
            await self.run_action(f"app.desk({number})")
        else:
            self.action_jump(str(number))

    # ── searching and sorting ────────────────────────────────────────────────────────────────────────────────────

    async def action_search(self) -> None:
        """Open the search field, or go back into it."""
        field = self.query_one_optional("#search", Input)
        if field is None:
            field = SearchInput(self._place.text, id="search")
            await self.mount(field, before="#body")
        field.focus()

    @on(Input.Changed, "#search")
    def _narrow(self, event: Input.Changed) -> None:
        if event.value.strip() != self._place.text:
            self._place = self._place.searching(event.value.strip())
            self._search_soon()

    def _search_soon(self) -> None:
        if self._settling is not None:
            self._settling.stop()
        self._settling = self.set_timer(0.15, partial(self._load, keep=False))

    @on(Input.Submitted, "#search")
    def _found(self) -> None:
        self.queue.focus()

    async def action_leave(self) -> None:
        """Close the search field and show everything again."""
        field = self.query_one_optional("#search", Input)
        if field is None:
            return
        self.queue.focus()
        await field.remove()
        if self._place.text:
            self._place = self._place.searching("")
            self._load(keep=True)

    def action_labour_day(self) -> None:
        """Open the labour day: the team's for those who lead it, the own for others."""
        from shopterm.screens.labour_team import labour_screen

        self.app.push_screen(labour_screen(self.session))

    def action_sort(self) -> None:
        """Sort the queue by its next column."""
        self._place = self._place.sorted_next([column.cell for column in self.queue.columns])
        self.queue.sorted_by = self._place.sort
        self._load(keep=True)

    # ── the rest ─────────────────────────────────────────────────────────────────────────────────────────────────

    def language_changed(self) -> None:
        """Say everything in the other language."""
        self._seen.clear()
        self._load()
        self.queue.remeasure()
        self.query_one(DetailPane).lay_out()
        self._show_page()

    def help_title(self) -> str:
        """Name the desk."""
        return tr(self.DESK.label)

    def help_docs(self) -> tuple[Doc, ...]:
        """Explain the verbs of all documents of this desk, those of the present one first."""
        first = (self.target.doc,) if self.target else ()
        more = (Doc.DAY,) if self.DESK.day else ()
        return tuple(dict.fromkeys((*first, *self.DESK.docs, *more)))


def row_key(row: Any) -> tuple[Doc, int]:
    """Return what a row is known by; only hits of a part search name no kind of document."""
    return getattr(row, "doc", Doc.PART), row.id


def akin(gone: QueueRow, row: QueueRow) -> int:
    """Say how near a document is to one that is gone: of the same visit, or about the same work on such a machine."""
    same = (row.title, row.machine, row.customer) == (gone.title, gone.machine, gone.customer)
    return 2 * (row.number.partition("/")[0] == gone.number.partition("/")[0]) + same
