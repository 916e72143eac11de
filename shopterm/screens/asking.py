"""Opens the form of a verb with all it starts from, and does the verb when the form says so."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from shopterm.db.queries.checklists import checklist_of
from shopterm.db.queries.details import detail
from shopterm.db.queries.inbox import photos
from shopterm.db.queries.prefill import prefill
from shopterm.db.queries.rows import Detail
from shopterm.db.session import Shop
from shopterm.domain.actions.action import Action
from shopterm.domain.checklist import Checklist
from shopterm.domain.errors import ShopError, Unavailable
from shopterm.domain.facts import Actor
from shopterm.domain.fields import Field, Kind
from shopterm.domain.vocabulary import Doc
from shopterm.drafts import Drafts
from shopterm.screens.form import FormScreen
from shopterm.screens.form_data import Opening, Surroundings
from shopterm.screens.live_screen import Away
from shopterm.screens.lookups import look_up
from shopterm.screens.pick import Choice
from shopterm.screens.verbs import Target
from shopterm.usecases.request import Done, Request

if TYPE_CHECKING:
    from shopterm.screens.verb_screen import VerbScreen


@dataclass(frozen=True)
class Start:
    """What a form starts from: present values, and the checklist it walks."""

    values: dict[str, Any]
    checklist: Checklist | None = None
    detail: Detail | None = None


async def ask_form(screen: "VerbScreen", action: Action, target: Target | None) -> Done | None:
    """Open the form of a verb and return what was done, or None if it was left."""
    start = await screen.ask(partial(read_start, action=action, target=target, actor=screen.session.actor))
    if start is None:
        return None
    drafts = Drafts(screen.session.shop.data_dir, screen.session.actor.person)
    number = target.number if target else ""
    draft = await asyncio.to_thread(drafts.find, action.name, number)
    version = target.version or None if target and action.doc is not Doc.DAY else None
    opening = Opening(
        action, target.id if target else None, number, version, start.values, draft, start.checklist, start.detail
    )
    asking = Asking(screen)
    await screen.app.push_screen_wait(FormScreen(opening, asking.surroundings(drafts)))
    return asking.done


def read_start(shop: Shop, action: Action, target: Target | None, actor: Actor) -> Start:
    """Read what a form starts from; NotFound if the machine has no checklist."""
    if target is None:
        return Start({})
    walks = any(field.kind is Kind.CHECKLIST for field in action.form)
    checklist = checklist_of(shop, action.name, target.doc, target.id) if walks else None
    seen = None if walks or action.doc is Doc.DAY else detail(shop, target.doc, target.id, actor)
    return Start(prefill(shop, action.name, target.doc, target.id, actor), checklist, seen)


class Asking:
    """What a form calls while it is open; remembers what was done."""

    def __init__(self, screen: "VerbScreen") -> None:
        """Do the verb as the person of this screen."""
        self._screen = screen
        self.done: Done | None = None

    def surroundings(self, drafts: Drafts) -> Surroundings:
        """Return what the form needs."""
        session = self._screen.session
        return Surroundings(session.zone, session.shop.now, drafts, self.submit, self.look_up, self.photos)

    async def submit(self, request: Request) -> ShopError | None:
        """Do the verb; an error keeps the form open."""
        try:
            self.done = await self._screen.write(request)
        except ShopError as error:
            if isinstance(error, Unavailable):
                self._screen.post_message(Away())
            return error
        return None

    async def look_up(self, field: Field, typed: str) -> Sequence[Choice]:
        """List what fits a typed person, part, machine or customer."""
        found = await self._screen.ask(partial(look_up, actor=self._screen.session.actor, field=field, typed=typed))
        return found or []

    async def photos(self) -> Sequence[str]:
        """List the files of the drop folder."""
        return await self._screen.ask(photos) or []
