"""Reads what a screen shows, in the shop's thread: a document with its verbs, a page of a queue."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from shopterm.db.queries.delegations import as_of_now, standing
from shopterm.db.queries.desks import SORTS, queue, running
from shopterm.db.queries.details import detail
from shopterm.db.queries.facts import facts_for
from shopterm.db.queries.rows import Detail, QueueRow
from shopterm.db.session import Shop
from shopterm.domain.errors import NotFound
from shopterm.domain.facts import Actor, Facts
from shopterm.domain.text import clean
from shopterm.domain.vocabulary import DayState, Doc, EntryKind
from shopterm.i18n import language, tr
from shopterm.screens.verbs import Target, Verb, verbs_of
from shopterm.show import show, when

PAGE = 200


@dataclass(frozen=True)
class Seen:
    """A document as one person sees it."""

    detail: Detail
    verbs: tuple[Verb, ...] = ()

    @property
    def target(self) -> Target:
        """What verbs are done to."""
        return Target(self.detail.doc, self.detail.id, self.detail.number, self.detail.version)


@dataclass(frozen=True)
class Place:
    """Where in a queue somebody is: what they search for, sorted by what, from which row on."""

    desk: str
    text: str = ""
    sort: str = "since"
    offset: int = 0

    def at(self, offset: int) -> "Place":
        """Return another page."""
        return replace(self, offset=offset)

    def searching(self, text: str) -> "Place":
        """Return the first page of another search."""
        return replace(self, text=text, offset=0)

    def sorted_next(self, columns: Sequence[str]) -> "Place":
        """Return the first page sorted by the next column that a queue can be sorted by."""
        orders = [name for name in columns if name in SORTS] or [self.sort]
        place = orders.index(self.sort) + 1 if self.sort in orders else 0
        return replace(self, sort=orders[place % len(orders)], offset=0)


@dataclass(frozen=True)
class Page:
    """One page of a queue, with the person's own labour day where the desk shows it."""

    rows: tuple[QueueRow, ...] = ()
    total: int = 0
    day: str = ""
    on: str = ""
    """Number of the job the person is clocked on to."""
    day_verbs: tuple[Verb, ...] = ()
    lent: str = ""
    """What the person does for others, and others for them, by delegation."""
    failed: bool = False
    top: Seen | None = None
    """The document of the first row, where it was read, too."""


def read_first(shop: Shop, actor: Actor, place: Place, day: bool) -> Page:
    """Read the page a desk begins with and the document its cursor is on: both are painted at once."""
    found = read_page(shop, actor, place, day)
    with suppress(NotFound):  # gone since: the page is read again anyhow
        return replace(found, top=next((look(shop, actor, row.doc, row.id) for row in found.rows), None))
    return found


def read_page(shop: Shop, actor: Actor, place: Place, day: bool) -> Page:
    """Read a page of a queue; a constant number of queries."""
    rows, total = queue(
        shop, place.desk, spoken_to(actor), text=place.text, sort=place.sort, offset=place.offset, limit=PAGE
    )
    lent = delegated(shop, spoken_to(actor))
    if not day:
        return Page(tuple(rows), total, lent=lent)
    told, on = own_day(shop, actor)
    return Page(tuple(rows), total, told, on, judge(shop, actor, Doc.DAY, actor.person), lent)


def delegated(shop: Shop, actor: Actor) -> str:
    """Say what the person does for others, and others for them, until when."""
    told = []
    for given, name, verbs, since, until in standing(shop, actor):
        words = {"name": clean(name), "verbs": show(verbs), "until": when(until, shop.now(), shop.zone)}
        if since > shop.now():
            words["since"] = when(since, shop.now(), shop.zone)
            told.append(tr("from {since}: {verbs} by {name}", **words) if given else
                        tr("from {since}: {verbs} for {name}", **words))  # fmt: skip
        else:
            told.append(tr("{name} does for you until {until}: {verbs}", **words) if given else
                        tr("for {name} until {until}: {verbs}", **words))  # fmt: skip
    return " · ".join(told)


def own_day(shop: Shop, actor: Actor) -> tuple[str, str]:
    """Say what the person is doing now and since when, and return the number of the job it is."""
    if facts_for(shop, Doc.DAY, actor.person, actor).state is not DayState.PRESENT:
        return tr("Not come in yet."), ""
    runs = running(shop, actor)
    if runs is None:
        return tr("Present; nothing runs."), ""
    kind, on_what, since = runs
    codes = {code.code: code.name(language()) for code in shop.settings.indirect.codes}
    what = codes.get(on_what) or clean(on_what).removeprefix(f"{actor.site_code}-")
    told = tr(
        "{kind} {what} since {time}", kind=show(EntryKind(kind)), what=what, time=when(since, shop.now(), shop.zone)
    )
    return told, on_what


def look(shop: Shop, actor: Actor, doc: Doc, key: int) -> Seen:
    """Read a document whole and judge its verbs; NotFound if it is gone."""
    return Seen(detail(shop, doc, key, spoken_to(actor)), judge(shop, actor, doc, key))


def spoken_to(actor: Actor) -> Actor:
    """Return the person as reading the language that is spoken now, whichever is their own."""
    return replace(actor, language=language())


def judge(shop: Shop, actor: Actor, doc: Doc, key: int) -> tuple[Verb, ...]:
    """Judge a document's verbs on facts read now."""
    actor = as_of_now(shop, actor)
    return verbs_of(doc, actor, facts_for(shop, doc, key, actor))


def facts_of(shop: Shop, actor: Actor, target: Target) -> Facts:
    """Read the facts a verb is judged by."""
    return facts_for(shop, target.doc, target.id, actor)
