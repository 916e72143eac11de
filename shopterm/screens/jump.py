"""Jump to any document: by its number or a part of it, a serial number, a name; typed or scanned."""

from functools import partial

from textual import on, work
from textual.app import ComposeResult

from shopterm.db.queries.details import find
from shopterm.db.queries.rows import QueueRow
from shopterm.domain.words import _
from shopterm.i18n import tr
from shopterm.screens.cells import CELLS, View
from shopterm.screens.desks import MACHINE, NUMBER, STATE, TITLE, Column
from shopterm.screens.document import DocumentScreen
from shopterm.screens.lines import Line, text
from shopterm.screens.live_screen import PersonScreen
from shopterm.screens.session import Session
from shopterm.screens.widgets.header_line import HeaderLine
from shopterm.screens.widgets.key_bar import Hint, KeyBar
from shopterm.screens.widgets.queue_table import QueueTable
from shopterm.screens.widgets.scan_input import ScanInput
from shopterm.show import show

COLUMNS = (Column("doc", _("Kind"), 16), NUMBER, STATE, TITLE, MACHINE)


class JumpScreen(PersonScreen[None]):
    """One field; a single hit opens at once, several are a list."""

    def __init__(self, session: Session, typed: str = "") -> None:
        """Begin with what was typed before the screen opened."""
        super().__init__(session)
        self._typed = typed
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

    def _cell(self, row: QueueRow, name: str) -> Line:
        return text(show(row.doc), "dim") if name == "doc" else CELLS[name](row, self._view)

    def _show(self, rows: list[QueueRow], empty: str) -> None:
        self.query_one(QueueTable).show(COLUMNS, rows, empty, keep=False)

    @on(ScanInput.Scanned)
    def _look_up(self, event: ScanInput.Scanned) -> None:
        self._find(event.value)

    @work(exclusive=True, group="find")
    async def _find(self, typed: str) -> None:
        rows = await self.ask(partial(find, text=typed))
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
        self.app.switch_screen(self.session.keyed(DocumentScreen)(self.session, row.doc, row.id))
