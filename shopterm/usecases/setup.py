"""First set-up: checklists from files, the first administrator, people with their first PIN."""

import uuid
from collections.abc import Iterable
from pathlib import Path

from shopterm.checklist_file import content_hash, read_checklists
from shopterm.db import models as m
from shopterm.db import sql
from shopterm.db.keys import keys
from shopterm.db.session import Shop
from shopterm.domain.errors import Conflict
from shopterm.domain.facts import Actor
from shopterm.domain.vocabulary import Doc, PersonState, Role
from shopterm.domain.words import _
from shopterm.settings import find_config
from shopterm.usecases import pins
from shopterm.usecases.people import CODE_HOURS, set_roles
from shopterm.usecases.record import append, lock_chain


def system_actor(shop: Shop, terminal: str = "") -> Actor:
    """Return the program itself, acting at the shop's site; it may do no verb of the table."""
    site = sql.row("SELECT id, code FROM site WHERE code = ?", shop.settings.site.code) or (1, "")
    return Actor(0, "system", "system", frozenset(), site[0], site[1], terminal)


def first_administrator(shop: Shop, number: str, name: str) -> str:
    """Make the first administrator and return the one-time code for the first PIN; only on an empty house."""
    code = pins.new_code()
    hashed = pins.hash_secret(shop, code)

    def work() -> None:
        actor = system_actor(shop)
        head = lock_chain(shop, actor, operation := str(uuid.uuid4()))
        if sql.row("SELECT 1 FROM person_role WHERE role = 'administrator'"):
            raise Conflict(_("There is an administrator already."))
        person = next(keys(head.site, head.seq + 1))
        m.Person.insert(
            id=person, number=number, name_zh=name, code_hash=hashed, code_until=shop.now() + CODE_HOURS * 3_600_000_000
        ).execute()
        set_roles(person, actor.site, [Role.ADMINISTRATOR])
        append(
            shop,
            head,
            actor,
            operation,
            "first_administrator",
            Doc.PERSON,
            person,
            {"changes": [[Doc.PERSON.value, person, None, PersonState.ACTIVE.value]], "number": number},
        )

    shop.write(work)
    return code


def load_checklists(shop: Shop, folder: Path | None = None) -> list[str]:
    """Store the checklists of a folder that are new or changed; returns their names. Old versions stay.

    Invalid, and nothing is stored, if one of the files cannot be used.
    """
    lists = read_checklists(folder or find_config("checklists")).values()

    def work() -> list[str]:
        known = {found for (found,) in sql.rows("SELECT hash FROM checklist")}
        fresh = [(text, checklist) for text, checklist in lists if content_hash(checklist) not in known]
        if not fresh:
            return []
        actor = system_actor(shop)
        head = lock_chain(shop, actor, operation := str(uuid.uuid4()))
        made = keys(head.site, head.seq + 1)
        for text, checklist in fresh:
            m.Checklist.insert(
                id=next(made), code=checklist.id, number=checklist.version, hash=content_hash(checklist), body=text
            ).execute()
        names = [checklist.id for _text, checklist in fresh]
        append(
            shop,
            head,
            actor,
            operation,
            "load_checklists",
            Doc.PERSON,
            0,
            {"checklists": names, "hashes": [content_hash(checklist) for _text, checklist in fresh]},
        )
        return names

    return shop.write(work)


def set_pins(shop: Shop, numbered: Iterable[tuple[str, str]]) -> None:
    """Set PINs directly, by person's number; only in a database marked demo or test."""
    if shop.kind not in ("demo", "test"):
        raise Conflict(_("PINs are set with one-time codes only."))
    hashed = [(pins.hash_secret(shop, pin), number) for number, pin in numbered]

    def work() -> None:
        for secret, number in hashed:
            sql.change("UPDATE person SET pin_hash = ? WHERE number = ?", secret, number)

    shop.write(work)
