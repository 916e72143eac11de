"""The administrator's verbs: people, roles, one-time codes (OPS-4)."""

import re

from shopterm.db import models as m
from shopterm.db import sql
from shopterm.domain.errors import invalid
from shopterm.domain.vocabulary import Doc, PersonState, Role
from shopterm.domain.words import _
from shopterm.i18n import LANGUAGES, speaking, tr
from shopterm.usecases import pins
from shopterm.usecases.context import Context, Values

CODE_HOURS = 72
_APART = re.compile(r"[,，、;；|]")


def read_roles(text: str) -> list[Role]:
    """Read roles by value or label, separated by commas or bars, values by blanks too; Invalid names what is none."""
    known, found = _spellings(), []
    for part in filter(None, (part.strip() for part in _APART.split(text))):
        for word in [part] if part.casefold() in known else part.split():
            if word.casefold() not in known:
                raise invalid("roles", _("“{role}” is no role."), role=word)
            found.append(known[word.casefold()])
    if not found:
        raise invalid("roles", _("Give at least one role."))
    return list(dict.fromkeys(found))


def _spellings() -> dict[str, Role]:
    """Return how each role may be written: its value, its label in every language, and its old name."""
    known = {"receiving_clerk": Role.SERVICE_ADVISOR} | {role.value: role for role in Role}
    for name in LANGUAGES:
        with speaking(name):
            known |= {tr(role.label).casefold(): role for role in Role}
    return known


def set_roles(person: int, site: int, roles: list[Role]) -> None:
    """Replace what a person may be at a site."""
    sql.change("DELETE FROM person_role WHERE person_id = ? AND site IN (0, ?)", person, site)
    m.PersonRole.insert_many([{"person": person, "site": site, "role": role} for role in roles]).execute()


def create_person(ctx: Context, _row: None, values: Values) -> None:
    """Take somebody on; the first PIN comes by a one-time code."""
    number = values["number"].strip().upper()
    taken = sql.row(
        "SELECT number FROM person WHERE number = ? OR (badge = ? AND badge <> '')", number, values["badge"] or ""
    )
    if taken:
        raise invalid("number", _("Number or badge is taken by {number}."), number=taken[0])
    roles, person = read_roles(values["roles"]), ctx.new_key()
    m.Person.insert(
        id=person,
        number=number,
        name_zh=values["name_zh"],
        name_en=values["name_en"] or "",
        badge=values["badge"] or None,
        language=values["language"],
        joined=ctx.day(),
    ).execute()
    set_roles(person, ctx.site, roles)
    ctx.born(Doc.PERSON, person, number, PersonState.ACTIVE)


def issue_code(ctx: Context, person: m.Person, _values: Values) -> None:
    """Give a one-time code; it is shown once and never stored or logged in clear."""
    code = pins.new_code()
    ctx.set(code_hash=pins.hash_secret(ctx.shop, code), code_until=ctx.at + CODE_HOURS * 3_600_000_000, pin_hash=None)
    ctx.secret = code
    ctx.message, ctx.params = _("One-time code for {name}, shown once:"), {"name": person.name_zh}


def change_roles(ctx: Context, person: m.Person, values: Values) -> None:
    """Change what somebody may be."""
    roles = read_roles(values["roles"])
    set_roles(person.id, ctx.site, roles)
    ctx.notes["roles"] = [role.value for role in roles]
    ctx.set(state=person.state)


def unlock_person(ctx: Context, person: m.Person, values: Values) -> None:
    """Lift a lock after wrong PINs, of the person and of a terminal if one is named."""
    sql.change("DELETE FROM attempts WHERE subject = ?", f"person:{person.id}")
    terminal = values["terminal"]
    if terminal and not sql.change("DELETE FROM attempts WHERE subject = ?", f"terminal:{terminal}"):
        raise invalid("terminal", _("No wrong PIN is counted for terminal “{terminal}”."), terminal=terminal)


def deactivate(ctx: Context, _person: m.Person, _values: Values) -> None:
    """Somebody leaves: no sign-in any more; what they signed stands."""
    ctx.set(pin_hash=None, code_hash=None)
    ctx.become(PersonState.INACTIVE)


def reactivate(ctx: Context, _person: m.Person, _values: Values) -> None:
    """Somebody returns; a new PIN comes by a one-time code."""
    ctx.become(PersonState.ACTIVE)
