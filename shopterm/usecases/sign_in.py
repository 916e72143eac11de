"""Who is at this terminal: number, badge or name and PIN; the first PIN by a one-time code."""

import uuid
from dataclasses import replace

from shopterm.db import models as m
from shopterm.db import sql
from shopterm.db.queries.delegations import lent_to
from shopterm.db.queries.names import named
from shopterm.db.session import Shop
from shopterm.domain.errors import SignInFailed
from shopterm.domain.facts import Actor
from shopterm.domain.vocabulary import Doc, PersonState, Role
from shopterm.domain.words import _
from shopterm.usecases import pins
from shopterm.usecases.record import append, lock_chain, note_event

CODE_WRONG = _("Number or one-time code is wrong, or the code has expired.")


def find_person(who: str) -> m.Person | None:
    """Return the active person with this number, badge or (unambiguous) name."""
    who = who.strip()
    found = list(
        m.Person.select()
        .where(
            (m.Person.state == PersonState.ACTIVE)
            & (
                (m.Person.number == who)
                | (m.Person.badge == who)
                | (m.Person.name_zh == who)
                | (m.Person.name_en == who)
            )
        )
        .limit(2)
    )
    return found[0] if len(found) == 1 else None


def actor_of(shop: Shop, person: m.Person, terminal: str) -> Actor:
    """Return the person as somebody who can act at this shop's site."""
    site = sql.row("SELECT id, code FROM site WHERE code = ?", shop.settings.site.code)
    if site is None:
        raise SignInFailed(_("Site “{site}” of the settings is not in the database."), site=shop.settings.site.code)
    roles = frozenset(
        Role(role)
        for (role,) in sql.rows(
            "SELECT role FROM person_role WHERE person_id = ? AND site IN (0, ?)", person.id, site[0]
        )
    )
    name = named(person.language, person.name_zh, person.name_en)
    actor = Actor(person.id, person.number, name, roles, site[0], site[1], terminal, person.language)
    return replace(actor, lent=lent_to(actor, shop.now()))


def sign_in(shop: Shop, who: str, pin: str, terminal: str) -> Actor:
    """Return the actor after the PIN check; SignInFailed, counted and recorded, otherwise."""
    with shop.reader():
        person = find_person(who)
        actor = actor_of(shop, person, terminal) if person else None
    if person is None or actor is None:
        pins.judge(shop, 0, None, pin, terminal)
        raise SignInFailed(pins.WRONG)
    if person.pin_hash is None:
        raise SignInFailed(pins.NO_PIN)
    try:
        pins.judge(shop, person.id, person.pin_hash, pin, terminal)
    except SignInFailed:
        note_event(shop, actor, "sign_in_failed", Doc.PERSON, person.id)
        raise
    return actor


def set_first_pin(shop: Shop, who: str, code: str, pin: str, terminal: str) -> Actor:
    """Set the PIN by the one-time code an administrator gave, and return the actor."""
    with shop.reader():
        person = find_person(who)
        actor = actor_of(shop, person, terminal) if person else None
    if person is None or actor is None:
        raise SignInFailed(CODE_WRONG)
    pins.check_new_pin(shop, pin, person.number)
    expired = person.code_until is None or person.code_until < shop.now()
    pins.judge(shop, person.id, None if expired else person.code_hash, code, terminal)
    hashed = pins.hash_secret(shop, pin)

    def work() -> None:
        head = lock_chain(shop, actor, operation := str(uuid.uuid4()))
        changed = sql.change(
            "UPDATE person SET pin_hash = ?, code_hash = NULL, code_until = NULL, version = version + 1 "
            "WHERE id = ? AND code_hash = ?",
            hashed,
            person.id,
            person.code_hash,
        )
        if changed != 1:
            raise SignInFailed(CODE_WRONG)
        append(shop, head, actor, operation, "set_pin", Doc.PERSON, person.id, {})

    shop.write(work)
    return actor
