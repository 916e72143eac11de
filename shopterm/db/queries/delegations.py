"""Delegations: what is lent to a person now, and what stands on a person's page and desk."""

import json
from dataclasses import replace

from shopterm.db import sql
from shopterm.db.queries.names import name_of
from shopterm.db.queries.people import names
from shopterm.db.queries.rows import Section, columns
from shopterm.db.session import Shop
from shopterm.domain.actions import BY_NAME
from shopterm.domain.facts import Actor, Lent
from shopterm.domain.units import Instant
from shopterm.domain.vocabulary import Doc, Role
from shopterm.domain.words import Keyed, _

VALID = "d.revoked IS NULL AND d.until > ?"
LENT = f"""
    SELECT d.id, d.giver_id, {{name}}, d.verbs, d.since, d.until,
      (SELECT string_agg(r.role, ' ') FROM person_role r WHERE r.person_id = d.giver_id AND r.site IN (0, d.site))
    FROM delegation d JOIN person p ON p.id = d.giver_id
    WHERE d.delegate_id = ? AND d.site = ? AND {VALID} AND d.since <= ? AND p.state = 'active' ORDER BY d.id"""
STANDING = f"""
    SELECT d.giver_id, {{giver}}, {{delegate}}, d.verbs, d.since, d.until FROM delegation d
    JOIN person p ON p.id = d.giver_id JOIN person q ON q.id = d.delegate_id
    WHERE (d.giver_id = ? OR d.delegate_id = ?) AND d.site = ? AND {VALID} ORDER BY d.until"""
OF_PERSON = """
    SELECT s.code, {giver}, {delegate}, d.verbs, d.since, d.until, d.revoked FROM delegation d
    JOIN site s ON s.id = d.site JOIN person p ON p.id = d.giver_id JOIN person q ON q.id = d.delegate_id
    WHERE d.giver_id = ? OR d.delegate_id = ? ORDER BY d.id DESC LIMIT 20"""

SIGNED = """
    SELECT e.payload FROM signature n
    JOIN event e ON e.doc = n.doc AND e.doc_id = n.doc_id AND e.action = n.action AND e.actor = n.person AND e.at = n.at
    WHERE n.doc = ? AND n.doc_id = ? AND n.action = ? AND n.voided IS NULL ORDER BY n.at DESC LIMIT 1"""


def lent_to(actor: Actor, now: int) -> tuple[Lent, ...]:
    """Return what is lent to a person at an instant, by people who work here and hold the role themselves."""
    found = []
    query = LENT.format(name=name_of("p", actor.language))
    for key, giver, name, verbs, since, until, roles in sql.rows(query, actor.person, actor.site, now, now):
        held = frozenset(Role(role) for role in (roles or "").split())
        own = [BY_NAME[verb] for verb in verbs.split() if verb in BY_NAME and BY_NAME[verb].by & held]
        if own:
            doing = frozenset(role for action in own for role in action.by & held)
            found.append(Lent(key, giver, name, doing, frozenset(action.name for action in own), since, until))
    return tuple(found)


def as_of_now(shop: Shop, actor: Actor) -> Actor:
    """Return the person with what is lent to them now."""
    with shop.reader():
        return replace(actor, lent=lent_to(actor, shop.now()))


def standing(shop: Shop, actor: Actor) -> list[tuple[bool, str, tuple[str, ...], Instant, Instant]]:
    """Return a person's delegations that have not ended: given or not, the other's name, verbs, from, until."""
    query = STANDING.format(giver=name_of("p", actor.language), delegate=name_of("q", actor.language))
    with shop.reader():
        rows = sql.rows(query, actor.person, actor.person, actor.site, shop.now())
    return [
        (giver == actor.person, to if giver == actor.person else by, labels(verbs), Instant(since), Instant(until))
        for giver, by, to, verbs, since, until in rows
    ]


def signed_for(doc: Doc, doc_id: int, action: str, language: str) -> str:
    """Return for whom a delegate gave the standing signature on a document; empty if it was given by own right."""
    found = sql.row(SIGNED, doc.value, doc_id, action)
    lent = json.loads(found[0]).get("delegation") if found else None
    return names([lent["giver"]], language)[lent["giver"]] if lent else ""


def labels(verbs: str) -> tuple[str, ...]:
    """Return the words of stored verbs."""
    return tuple(Keyed(verb, BY_NAME[verb].label) if verb in BY_NAME else verb for verb in verbs.split())


def section(person: int, language: str) -> Section:
    """Return a person's delegations, given and received, the newest first."""
    query = OF_PERSON.format(giver=name_of("p", language), delegate=name_of("q", language))
    return Section(
        Keyed("delegations", _("Delegations")),
        columns(
            site=_("Site"),
            by=_("By"),
            to=_("To"),
            actions=_("What"),
            since=_("From"),
            until=_("Until"),
            revoked=_("Taken back"),
        ),
        tuple(
            (site, by, to, labels(verbs), Instant(since), Instant(until), Instant(revoked) if revoked else None)
            for site, by, to, verbs, since, until, revoked in sql.rows(query, person, person)
        ),
    )
