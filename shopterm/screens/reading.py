"""Reads what a screen shows, in the shop's thread: a document with its verbs, a page of a queue."""

from dataclasses import dataclass, field

from shopterm.db.queries.details import detail
from shopterm.db.queries.facts import facts_for
from shopterm.db.queries.rows import Detail
from shopterm.db.session import Shop
from shopterm.domain.facts import Actor, Facts
from shopterm.domain.vocabulary import Doc
from shopterm.screens.verbs import Target, Verb, verbs_of


@dataclass(frozen=True)
class Seen:
    """A document as one person sees it."""

    detail: Detail
    verbs: tuple[Verb, ...] = field(default=())

    @property
    def target(self) -> Target:
        """What verbs are done to."""
        return Target(self.detail.doc, self.detail.id, self.detail.number, self.detail.version)


def look(shop: Shop, actor: Actor, doc: Doc, key: int) -> Seen:
    """Read a document whole and judge its verbs; NotFound if it is gone."""
    return Seen(detail(shop, doc, key, actor), judge(shop, actor, doc, key))


def judge(shop: Shop, actor: Actor, doc: Doc, key: int) -> tuple[Verb, ...]:
    """Judge a document's verbs on facts read now."""
    return verbs_of(doc, actor, facts_for(shop, doc, key, actor))


def facts_of(shop: Shop, actor: Actor, target: Target) -> Facts:
    """Read the facts a verb is judged by."""
    return facts_for(shop, target.doc, target.id, actor)
