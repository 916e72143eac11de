"""Lists what fits a few typed letters in a form: people, parts, machines, customers."""

from collections.abc import Callable, Mapping, Sequence

from shopterm.db.queries.crew import Hand, crew
from shopterm.db.queries.lists import Ask, list_rows
from shopterm.db.queries.parts import search_parts
from shopterm.db.queries.people import people_to_pick
from shopterm.db.queries.standards import StandardRow, standards_to_pick
from shopterm.db.session import Shop
from shopterm.domain.delegation import may_lend
from shopterm.domain.facts import Actor
from shopterm.domain.fields import Field, Kind
from shopterm.domain.vocabulary import Role
from shopterm.i18n import language, tr
from shopterm.screens.cells import short
from shopterm.screens.pick import Choice
from shopterm.show import show

MOST = 12
CREW = {
    "lead": frozenset({Role.LEAD_MECHANIC}),
    "helpers": frozenset({Role.LEAD_MECHANIC, Role.MECHANIC}),
    "people": frozenset({Role.LEAD_MECHANIC, Role.MECHANIC}),
}
"""Fields that put people to work, and who can be put there."""


def look_up(shop: Shop, actor: Actor, field: Field, typed: str) -> Sequence[Choice]:
    """Return the choices for a field, none for fields that are only typed; of what there is much, a dozen."""
    found = _crew_for(CREW[field.name]) if field.name in CREW else _BY_KIND.get(field.kind)
    return found(shop, actor, typed.strip()) if found else []


def _people(shop: Shop, actor: Actor, typed: str) -> list[Choice]:
    wanted = typed.lower()
    return [
        Choice(person.number, f"{person.name(language())} · {show(person.roles)}")
        for person in people_to_pick(shop)
        if wanted in f"{person.number} {person.name_zh} {person.name_en}".lower()
    ][:MOST]


def _crew_for(roles: frozenset[Role]) -> Callable[[Shop, Actor, str], list[Choice]]:
    """List who could do the work, with what they do now."""

    def found(shop: Shop, actor: Actor, typed: str) -> list[Choice]:
        codes = {code.code: code.name(language()) for code in shop.settings.indirect.codes}
        return [
            Choice(hand.person.number, f"{hand.person.name(language())} · {_does(hand, codes, actor)}")
            for hand in crew(shop, roles)
            if typed.lower() in f"{hand.person.number} {hand.person.name_zh} {hand.person.name_en}".lower()
        ][:MOST]

    return found


def _does(hand: Hand, codes: Mapping[str, str], actor: Actor) -> str:
    """Say what somebody does now, and how many jobs wait for them."""
    if hand.kind is None:
        now = tr("free") if hand.present else tr("not come in")
    else:
        now = codes.get(hand.what) or short(hand.what, actor.site_code) or show(hand.kind)
    leads = tr("leads {n} jobs", n=hand.leads) if hand.leads else ""
    return " · ".join(filter(None, [now, leads]))


def _parts(shop: Shop, actor: Actor, typed: str) -> list[Choice]:
    return (
        [
            Choice(f"{hit.maker} {hit.number}", f"{hit.name} · {show(hit.free)}")
            for hit in search_parts(shop, typed, actor.site, limit=MOST)
        ]
        if typed
        else []
    )


def _roles(shop: Shop, actor: Actor, typed: str) -> list[Choice]:
    return [Choice(tr(role.label)) for role in Role if typed.casefold() in tr(role.label).casefold()]


def _codes(shop: Shop, actor: Actor, typed: str) -> list[Choice]:
    codes = [Choice(code.code, code.name(language())) for code in shop.settings.indirect.codes]
    return [code for code in codes if typed.casefold() in f"{code.value} {code.label}".casefold()]


def _standards(shop: Shop, actor: Actor, typed: str) -> list[Choice]:
    return [
        Choice(row.code, f"{row.name(language())} · {_span(row)} · {show(row.kind)}")
        for row in standards_to_pick(typed, MOST)
    ]


def _span(row: StandardRow) -> str:
    """Return the standard's time; from the shortest to the longest where machines of several classes have it."""
    return show(row.least) if row.least == row.most else f"{show(row.least)}–{show(row.most)}"


def _machines(shop: Shop, actor: Actor, typed: str) -> list[Choice]:
    return _listed(shop, "machine", typed, ("serial", "maker", "model", "customer_name"))


def _customers(shop: Shop, actor: Actor, typed: str) -> list[Choice]:
    return _listed(shop, "customer", typed, ("number", "name", "contact"))


def _listed(shop: Shop, noun: str, typed: str, keys: Sequence[str]) -> list[Choice]:
    page = list_rows(shop, noun, Ask(text=typed, limit=MOST))
    places = [[column.key for column in page.columns].index(key) for key in keys]
    return [
        Choice(show(row[places[0]]), " · ".join(show(row[place]) for place in places[1:] if row[place]))
        for row in page.rows
    ]


def _verbs(shop: Shop, actor: Actor, typed: str) -> list[Choice]:
    wanted = typed.lower()
    found = [Choice(action.name, f"{tr(action.label)} · {show(action.doc)}") for action in may_lend(actor)]
    return [choice for choice in found if wanted in f"{choice.value} {choice.label}".lower()]


_BY_KIND: dict[Kind, Callable[[Shop, Actor, str], list[Choice]]] = {
    Kind.PERSON: _people,
    Kind.PEOPLE: _people,
    Kind.VERBS: _verbs,
    Kind.PART: _parts,
    Kind.MACHINE: _machines,
    Kind.CUSTOMER: _customers,
    Kind.ROLES: _roles,
    Kind.CODE: _codes,
    Kind.STANDARD: _standards,
}
