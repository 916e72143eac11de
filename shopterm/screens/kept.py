"""The drafts somebody left, or that were left when the program was ended: told at sign-in, one key away."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from shopterm.db.queries.operations import done_already, named
from shopterm.domain.action import Action
from shopterm.domain.actions import BY_NAME
from shopterm.domain.units import Instant
from shopterm.domain.words import _
from shopterm.drafts import Draft, Drafts
from shopterm.i18n import tr, trn
from shopterm.screens.cells import short
from shopterm.screens.desks import Column
from shopterm.screens.draft_keeper import DraftKeeper
from shopterm.screens.keymap import shown
from shopterm.screens.lines import Line, text
from shopterm.screens.live_screen import PersonScreen
from shopterm.screens.session import Session
from shopterm.screens.verb_screen import VerbScreen
from shopterm.screens.verbs import Target
from shopterm.screens.widgets.header_line import HeaderLine
from shopterm.screens.widgets.key_bar import Hint, KeyBar
from shopterm.screens.widgets.queue_table import QueueTable
from shopterm.screens.widgets.reason_line import ReasonLine
from shopterm.show import when

COLUMNS = (
    Column("label", _("Action"), 20, grows=True),
    Column("number", _("Number"), 20),
    Column("time", _("Kept"), 16),
)


@dataclass(frozen=True)
class Kept:
    """A draft and the row of the table it belongs to."""

    draft: Draft
    action: Action


async def kept_drafts(screen: PersonScreen[None]) -> list[Kept]:
    """Return the person's drafts, newest first; those that were saved after all are forgotten."""
    session = screen.session
    drafts = Drafts(session.shop.data_dir, session.actor.person)
    found = [draft for draft in await asyncio.to_thread(drafts.all) if draft.action in BY_NAME]
    done = await screen.ask(partial(done_already, op_ids=[draft.op_id for draft in found])) or set()
    for draft in found:
        if draft.op_id in done:
            await DraftKeeper(drafts, draft).discard()
    return [Kept(draft, BY_NAME[draft.action]) for draft in found if draft.op_id not in done]


async def offer_drafts(screen: VerbScreen) -> None:
    """Tell somebody who has just signed in that drafts wait, and the key that lists them."""
    kept = await kept_drafts(screen)
    if kept:
        key = shown(screen.session.keymap.of_house("drafts"))
        newest = " ".join([tr(kept[0].action.label), short(kept[0].draft.ref, screen.session.site)]).strip()
        screen.answer(
            trn("{n} draft is kept: {newest}. {key} goes on with it.",
                "{n} drafts are kept, the newest: {newest}. {key} lists them.", len(kept), newest=newest, key=key),
            "warn",
        )  # fmt: skip


class KeptScreen(PersonScreen[None]):
    """Lists the drafts; Enter goes on with one, Delete twice throws it away."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("delete,f8", "throw_away", show=False)]

    def __init__(self, session: Session, behind: VerbScreen, kept: Sequence[Kept]) -> None:
        """List these; the screen behind opens the form."""
        super().__init__(session)
        self._behind, self._kept = behind, list(kept)
        self._sure: Kept | None = None

    def compose(self) -> ComposeResult:
        """Yield title, list, answer and keys."""
        yield HeaderLine(id="header")
        yield QueueTable(self._cell, lambda kept: kept.draft.op_id, id="queue")
        yield ReasonLine(id="reason")
        yield KeyBar(lines=1, id="keys")

    def on_mount(self) -> None:
        """Fill in."""
        self.query_one(QueueTable).focus()
        self.language_changed()

    def language_changed(self) -> None:
        """Say everything in the spoken language."""
        actor = self.session.actor
        self.query_one(HeaderLine).show([(tr("Drafts"), True)], [text(f"{actor.name} · {actor.site_code}")])
        self.query_one(KeyBar).show(
            [Hint("Enter", tr("go on with it")), Hint("F8", tr("throw away")), Hint("Esc", tr("Back"))]
        )
        table = self.query_one(QueueTable)
        table.remeasure()
        table.show(COLUMNS, self._kept, tr("No draft is kept."), keep=True)

    def _cell(self, kept: Kept, name: str) -> Line:
        session, draft = self.session, kept.draft
        if name == "label":
            return text(tr(kept.action.label))
        if name == "number":
            return text(short(draft.ref, session.site))
        return text(when(Instant(draft.saved_at), session.shop.now(), session.zone), "dim")

    def answer(self, told: str, tone: str = "") -> None:
        """Answer the last key."""
        self.query_one(ReasonLine).say("answer", told, "warn")

    @on(QueueTable.Chosen)
    @work(exclusive=True, group="draft")
    async def go_on(self) -> None:
        """Open the form of the draft under the cursor."""
        kept: Kept | None = self.query_one(QueueTable).current
        if kept is None or not self.in_front:
            return
        action, target = kept.action, None
        if not action.new:
            found = await self.ask(partial(named, doc=action.doc, number=kept.draft.ref))
            if found is None:
                return
            target = Target(action.doc, found[0], kept.draft.ref, found[1])
        self.dismiss()
        self._behind.resume(action, target, kept.draft)

    async def action_throw_away(self) -> None:
        """Forget the draft under the cursor, when asked twice."""
        kept: Kept | None = self.query_one(QueueTable).current
        if kept is None:
            return
        if self._sure is not kept:
            self._sure = kept
            self.answer(tr("Throw away what was typed? F8 once more."))
            return
        drafts = Drafts(self.session.shop.data_dir, self.session.actor.person)
        await DraftKeeper(drafts, kept.draft).discard()
        self._kept.remove(kept)
        self.answer("")
        self.language_changed()
