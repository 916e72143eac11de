"""Who works here: for picking at sign-in, for forms, for the administrator."""

from dataclasses import dataclass

from shopterm.db import sql
from shopterm.db.queries.names import named
from shopterm.db.session import Shop
from shopterm.domain.vocabulary import Role


@dataclass(frozen=True)
class PersonRow:
    """A person as others see them."""

    id: int
    number: str
    name_zh: str
    name_en: str
    roles: tuple[Role, ...]
    has_pin: bool
    language: str
    badge: str

    def name(self, language: str) -> str:
        """Return the name in a language."""
        return named(language, self.name_zh, self.name_en)


def people_to_pick(shop: Shop, *, roles: frozenset[Role] | None = None) -> list[PersonRow]:
    """Return the active people of the shop's site, by number; only those who hold one of the roles, if given."""
    with shop.reader():
        rows = sql.rows(
            "SELECT p.id, p.number, p.name_zh, p.name_en, p.pin_hash IS NOT NULL, p.language, p.badge, r.role "
            "FROM person p JOIN person_role r ON r.person_id = p.id JOIN site s ON s.id = r.site OR r.site = 0 "
            "WHERE p.state = 'active' AND s.code = ? ORDER BY p.number, r.role",
            shop.settings.site.code,
        )
    found: dict[int, PersonRow] = {}
    for row, number, zh, en, has_pin, language, badge, role in rows:
        before = found[row].roles if row in found else ()
        found[row] = PersonRow(row, number, zh, en, (*before, Role(role)), bool(has_pin), language, badge or "")
    return [person for person in found.values() if roles is None or roles & set(person.roles)]


def name_of(shop: Shop, person: int, language: str) -> str:
    """Return a person's name in a language."""
    with shop.reader():
        return names([person], language)[person]


def names(people: list[int], language: str) -> dict[int, str]:
    """Return the names of people by key."""
    if not people:
        return {}
    return {
        key: named(language, zh, en)
        for key, zh, en in sql.rows(
            f"SELECT id, name_zh, name_en FROM person WHERE id IN ({sql.marks(len(people))})", *people
        )
    }
