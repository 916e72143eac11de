"""The page of a person, as an administrator sees it."""

from shopterm.db import sql
from shopterm.db.queries.delegations import section
from shopterm.db.queries.listings import masked
from shopterm.db.queries.order_pages import Pairs, pairs
from shopterm.db.queries.rows import Detail, Section, columns
from shopterm.domain.known_words import Language, Skill, known
from shopterm.domain.vocabulary import Doc, PersonState, Role
from shopterm.domain.words import Keyed, _


def _skills(stored: str | None) -> tuple[str, ...]:
    return tuple(known(Skill, skill) for skill in (stored or "").replace("|", " ").split())


def person_page(person: int, spoken: str) -> Detail:
    """Return a person with roles and delegations; the phone is masked."""
    found = (
        sql.row(
            "SELECT number, state, version, name_zh, name_en, badge, phone, language, skills, joined, "
            "pin_hash IS NOT NULL "
            "FROM person WHERE id = ?",
            person,
        )
        or (None,) * 11
    )
    number, state, version, zh, en, badge, phone, language, skills, joined, has_pin = found
    facts: Pairs = [
        ("name_zh", _("Full name"), zh), ("name_en", _("Name (Latin)"), en), ("badge", _("Badge"), badge),
        ("phone", _("Telephone"), masked(str(phone or ""))), ("language", _("Language"), known(Language, language)),
        ("skills", _("Skills"), _skills(skills)), ("joined", _("Joined"), joined),
        ("has_pin", _("Has a PIN"), bool(has_pin)),
    ]  # fmt: skip
    held = sql.rows(
        "SELECT s.code, r.role FROM person_role r JOIN site s ON s.id = r.site WHERE r.person_id = ? ORDER BY 1, 2",
        person,
    )
    roles = Section(
        Keyed("roles", _("Roles")),
        columns(site=_("Site"), role=_("Role")),
        tuple((site, Role(role)) for site, role in held),
    )
    return Detail(Doc.PERSON, person, str(number), PersonState(state), int(version or 0), f"{number} {zh}",
                  (pairs(Keyed("person", _("Person")), facts), roles, section(person, spoken)))  # fmt: skip
