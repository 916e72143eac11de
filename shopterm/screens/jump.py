"""Jump to any document: by its number or a part of it, a serial number, a name; typed or scanned."""

from functools import partial

from textual import on, work
from textual.app import ComposeResult

from shopterm.db.queries.details import find
from shopterm.db.queries.parts import search_parts
from shopterm.db.queries.people import people_to_pick
from shopterm.db.queries.rows import QueueRow
from shopterm.db.session import Shop
from shopterm.domain.vocabulary import Doc
from shopterm.domain.words import _
from shopterm.i18n import language, tr
from shopterm.screens.cells import CELLS, View
from shopterm.screens.desks import NUMBER, STATE, TITLE, Column
from shopterm.screens.document import DocumentScreen
from shopterm.screens.lines import Line, text
from shopterm.screens.live_screen import PersonScreen
from shopterm.screens.session import Session
from shopterm.screens.widgets.header_line import HeaderLine
from shopterm.screens.widgets.key_bar import Hint, KeyBar
from shopterm.screens.widgets.queue_table import QueueTable
from shopterm.screens.widgets.scan_input import ScanInput
from shopterm.show import show

PARTS = 20
"""So many parts are listed below the documents; the counter lists them all."""
COLUMNS = (Column("doc", _("Kind"), 16), NUMBER, STATE, TITLE)


def anything(shop: Shop, text: str, site: int) -> list[QueueRow]:
    """Return what a text may mean: documents, then parts, then people."""
    wanted = text.strip().lower()
    parts = [
        QueueRow(Doc.PART, hit.id, f"{hit.maker} {hit.number}", None, hit.name)
        for hit in search_parts(shop, text, site, limit=PARTS)
    ]
    people = [
        QueueRow(Doc.PERSON, person.id, person.number, None, person.name(language()))
        for person in people_to_pick(shop)
        if wanted and wanted in f"{person.number} {person.name_zh} {person.name_en}".lower()
    ]
    documents = find(shop, text)
    exact = [row for row in documents if row.number.lower() == wanted]
    return exact or [*documents, *parts, *people]


class JumpScreen(PersonScreen[None]):
    """One field; a single hit opens at once, several are a list."""

    def __init__(self, session: Session, typed: str = "", *, at_once: bool = False) -> None:
        """Begin with what was typed before the screen opened; a scanned code is looked for at once."""
        super().__init__(session)
        self._typed, self._at_once = typed, at_once
        self._view = View(session.shop.now(), session.zone, session.site)

    def compose(self) -> ComposeResult:
        """Yield the field and the hits."""
        yield HeaderLine(id="header")
        yield ScanInput(self._typed, placeholder=tr("number, serial number, machine, customer"), id="search")
        yield QueueTable(self._cell, lambda row: (row.doc, row.id), id="queue")
        yield KeyBar(lines=1, id="keys")

    def on_mount(self) -> None:
        """Take the keys."""
        field = self.query_one(ScanInput)
        field.focus()
        field.cursor_position = len(self._typed)
        actor = self.session.actor
        self.query_one(HeaderLine).show([(tr("Jump"), True)], [text(f"{actor.name} · {actor.site_code}")])
        self.query_one(KeyBar).show([Hint("Enter", tr("Open")), Hint("Tab", tr("List")), Hint("Esc", tr("Back"))])
        self._show([], tr("Type or scan what you have: a part of the number is enough."))
        if self._at_once:
            self._find(self._typed)

    def _cell(self, row: QueueRow, name: str) -> Line:
        return text(show(row.doc), "dim") if name == "doc" else CELLS[name](row, self._view)

    def _show(self, rows: list[QueueRow], empty: str) -> None:
        self.query_one(QueueTable).show(COLUMNS, rows, empty, keep=False)

    @on(ScanInput.Scanned)
    def _look_up(self, event: ScanInput.Scanned) -> None:
        self._find(event.value)

    @work(exclusive=True, group="find")
    async def _find(self, typed: str) -> None:
        rows = await self.ask(partial(anything, text=typed, site=self.session.actor.site))
        if rows is None:
            return
        self._show(list(rows), tr("Nothing is called “{text}”.", text=typed))
        if len(rows) == 1:
            self._open(rows[0])
        elif rows:
            self.query_one(QueueTable).focus()

    @on(QueueTable.Chosen)
    def _chosen(self) -> None:
        row = self.query_one(QueueTable).current
        if row is not None:
            self._open(row)

    def _open(self, row: QueueRow) -> None:
        if self.in_front:  # else Esc or a second Enter came first
            self.app.switch_screen(self.session.keyed(DocumentScreen)(self.session, row.doc, row.id))
