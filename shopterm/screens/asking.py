"""Opens the form of a verb with all it starts from, and does the verb when the form says so."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from shopterm.db.queries.checklist_to_walk import checklist_of
from shopterm.db.queries.details import detail
from shopterm.db.queries.inbox import photos
from shopterm.db.queries.operations import done_already
from shopterm.db.queries.prefill import prefill
from shopterm.db.queries.rows import Detail
from shopterm.db.session import Shop
from shopterm.domain.action import Action
from shopterm.domain.checklist import Checklist
from shopterm.domain.errors import ShopError, Unavailable
from shopterm.domain.facts import Actor
from shopterm.domain.fields import Field, Kind
from shopterm.domain.vocabulary import Doc
from shopterm.drafts import Draft, Drafts
from shopterm.i18n import tr
from shopterm.screens.draft_keeper import DraftKeeper
from shopterm.screens.form import FormScreen
from shopterm.screens.form_data import Ending, Opening, Surroundings
from shopterm.screens.live_screen import Away
from shopterm.screens.lookups import look_up
from shopterm.screens.lost_reply import SavedBefore
from shopterm.screens.pick import Choice
from shopterm.screens.reading import spoken_to
from shopterm.screens.shared_walk import begun, shared
from shopterm.screens.verbs import Target
from shopterm.usecases.operations import OTHER_BODY, became
from shopterm.usecases.request import Done, Request

if TYPE_CHECKING:
    from shopterm.screens.verb_screen import VerbScreen


@dataclass(frozen=True)
class Start:
    """What a form starts from: present values, and the checklist it walks."""

    values: dict[str, Any]
    checklist: Checklist | None = None
    detail: Detail | None = None


async def ask_form(
    screen: "VerbScreen", action: Action, target: Target | None, draft: Draft | None = None
) -> Done | None:
    """Open the form of a verb, with its newest draft or the one named; returns what was done, None if it was left."""
    start = await screen.ask(partial(read_start, action=action, target=target, actor=screen.session.actor))
    if start is None:
        return None
    drafts = Drafts(screen.session.shop.data_dir, screen.session.actor.person)
    number = target.number if target else ""
    draft = draft or await _open_draft(screen, drafts, action.name, number)
    others = await asyncio.to_thread(begun, drafts, action.name, number)
    walked = shared(action, others[0]) if others and draft is None else {}
    version = target.version or None if target and action.doc is not Doc.DAY else None
    values = {**start.values, **screen.chosen(action), **walked}
    opening = Opening(
        action, target.id if target else None, number, version, values, draft, start.checklist, start.detail
    )
    asking = Asking(screen, target)
    ending = await screen.app.push_screen_wait(FormScreen(opening, asking.surroundings(drafts)))
    if ending is Ending.KEPT and screen.is_attached:
        screen.answer(tr("The draft is kept; it is offered when the form is opened again."))
    if asking.done:
        for other in others:  # the inspection is over, whichever way it was begun
            await DraftKeeper(drafts, other).discard()
    return asking.done


async def _open_draft(screen: "VerbScreen", drafts: Drafts, action: str, number: str) -> Draft | None:
    """Return the newest draft of an action; one that was saved just before the program was ended is done with."""
    draft = await asyncio.to_thread(drafts.find, action, number)
    if draft is None:
        return None
    done = await screen.ask(partial(done_already, op_ids=[draft.op_id]))
    if done:
        await DraftKeeper(drafts, draft).discard()
        return None
    return draft


def read_start(shop: Shop, action: Action, target: Target | None, actor: Actor) -> Start:
    """Read what a form starts from; NotFound if the machine has no checklist."""
    if target is None:
        return Start({})
    walks = any(field.kind is Kind.CHECKLIST for field in action.form)
    checklist = checklist_of(shop, action.name, target.doc, target.id) if walks else None
    seen = None if walks or action.doc is Doc.DAY else detail(shop, target.doc, target.id, spoken_to(actor))
    return Start(prefill(shop, action.name, target.doc, target.id, actor), checklist, seen)


class Asking:
    """What a form calls while it is open; remembers what was done."""

    def __init__(self, screen: "VerbScreen", target: Target | None = None) -> None:
        """Do the verb as the person of this screen, to this document."""
        self._screen, self._target = screen, target
        self.done: Done | None = None

    def surroundings(self, drafts: Drafts) -> Surroundings:
        """Return what the form needs."""
        session = self._screen.session
        return Surroundings(
            session.zone, session.shop.now, drafts, self.submit, self.look_up, self.photos, session.site, self.again,
            self.became,
        )  # fmt: skip

    async def submit(self, request: Request) -> ShopError | None:
        """Do the verb; an error keeps the form open."""
        try:
            self.done = await self._screen.write(request)
        except ShopError as error:
            if isinstance(error, Unavailable):
                self._screen.post_message(Away())
            return await self._saved_before(request.op_id, error) if error.sentence == OTHER_BODY else error
        return None

    async def _saved_before(self, op_id: str, refused: ShopError) -> ShopError:
        """Say that it took effect before something else was typed."""
        try:
            done = await self.became(op_id)
        except ShopError as error:
            return error
        return SavedBefore(done) if done else refused

    async def became(self, op_id: str) -> Done | None:
        """Return what an operation did whose answer was lost; raises the ShopError that says why that is not known."""
        session = self._screen.session
        found = await session.thread.call(partial(became, actor=session.actor, op_id=op_id))
        self.done = found or self.done
        return found

    async def again(self) -> Detail | None:
        """Read the document again."""
        target, actor = self._target, spoken_to(self._screen.session.actor)
        if target is None or target.doc is Doc.DAY:
            return None
        return await self._screen.ask(partial(detail, doc=target.doc, row_id=target.id, actor=actor))

    async def look_up(self, field: Field, typed: str) -> Sequence[Choice]:
        """List what fits a typed person, part, machine or customer."""
        found = await self._screen.ask(partial(look_up, actor=self._screen.session.actor, field=field, typed=typed))
        return found or []

    async def photos(self) -> Sequence[str]:
        """List the files of the drop folder."""
        return await self._screen.ask(photos) or []
