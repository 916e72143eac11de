"""The administrator's verbs: people, roles, one-time codes (OPS-4)."""

from shopterm.db import models as m
from shopterm.db import sql
from shopterm.domain.errors import invalid
from shopterm.domain.vocabulary import Doc, PersonState, Role
from shopterm.domain.words import _
from shopterm.usecases import pins
from shopterm.usecases.context import Context, Values

CODE_HOURS = 72


def read_roles(text: str) -> list[Role]:
    """Read role names separated by blanks, commas or bars; Invalid names the one that is none."""
    found = []
    for word in text.replace("|", " ").replace(",", " ").split():
        name = {"receiving_clerk": "service_advisor"}.get(word, word)
        try:
            found.append(Role(name))
        except ValueError:
            raise invalid("roles", _("“{role}” is no role."), role=word) from None
    if not found:
        raise invalid("roles", _("Give at least one role."))
    return list(dict.fromkeys(found))


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


def unlock_person(ctx: Context, person: m.Person, _values: Values) -> None:
    """Lift a lock after wrong PINs."""
    sql.change("DELETE FROM attempts WHERE subject = ?", f"person:{person.id}")


def deactivate(ctx: Context, _person: m.Person, _values: Values) -> None:
    """Somebody leaves: no sign-in any more; what they signed stands."""
    ctx.set(pin_hash=None, code_hash=None)
    ctx.become(PersonState.INACTIVE)


def reactivate(ctx: Context, _person: m.Person, _values: Values) -> None:
    """Somebody returns; a new PIN comes by a one-time code."""
    ctx.become(PersonState.ACTIVE)
