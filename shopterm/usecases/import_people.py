"""Writes a batch of people with their roles at each site; first PINs come by one-time codes (OPS-4)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from shopterm.db import models as m
from shopterm.db import sql
from shopterm.db.queries.facts import person_facts
from shopterm.db.setup import add_site
from shopterm.domain.actions import action_named
from shopterm.domain.vocabulary import Doc, PersonState, Role
from shopterm.domain.words import _
from shopterm.imports import Row
from shopterm.usecases.import_batch import Batch, LeftOut
from shopterm.usecases.import_rows import sites_on_file, upper
from shopterm.usecases.import_table import CLEAR, Columns, Table, upsert

PEOPLE = Table(m.Person, ("number",), "number")
BADGE_TAKEN = _("The badge is that of {person}.")
NO_SITE_CODE = _("“{site}” cannot be the code of a site: two to eight letters and digits, a letter first.")
_SITE_CODE = re.compile("[A-Z][A-Z0-9]{1,7}")
SECRETS = ("pin_hash", "code_hash", "code_until")
"""What lets somebody in; whoever leaves loses it."""


@dataclass(frozen=True)
class _Person:
    """One line, beside what is on file."""

    line: int
    columns: Columns
    sites: tuple[str, ...]
    roles: frozenset[Role]
    state: PersonState
    before: m.Person | None
    held: frozenset[tuple[str, Role]]
    """Roles on file: site's code and role."""

    @property
    def moves(self) -> bool:
        """Say whether the person comes, leaves or returns."""
        return self.before is None or self.before.state is not self.state

    @property
    def same_roles(self) -> bool:
        """Say whether the line names the roles on file."""
        return self.held == {(site, role) for site in self.sites for role in self.roles}

    @property
    def same_rights(self) -> bool:
        """Say whether the person may do what the person could do before, no more and no less."""
        limit = self.columns["discount_limit"]
        same_limit = self.before is not None and limit in (None, self.before.discount_limit)
        return same_limit and self.same_roles and not self.moves


def people(batch: Batch, rows: Sequence[Row]) -> None:
    """Store people; the file says in full what each may be, at which sites. New sites are set up."""
    for row in rows:
        person = _read(row)
        if fault := _fault(batch, person):
            batch.left_out.append(fault)
        else:
            _write(batch, person)


def _read(row: Row) -> _Person:
    values = row.values
    before = m.Person.get_or_none(m.Person.number == upper(values["person_no"]))
    state = before.state if before else PersonState.ACTIVE
    if values["active"] is not None:
        state = PersonState.ACTIVE if values["active"] else PersonState.INACTIVE
    leaves = state is PersonState.INACTIVE and before is not None and before.state is not state
    known = sites_on_file()
    columns = {
        "number": upper(values["person_no"]), "name_zh": values["name_zh"], "name_en": values["name_en"],
        "badge": values["badge"], "phone": values["phone"], "language": values["language"],
        "discount_limit": values["discount_limit_pct"], "joined": values["joined"],
        "skills": " ".join(_several(values["skills"])) or None, "state": state,
    } | dict.fromkeys(SECRETS, CLEAR if leaves else None)  # fmt: skip
    sites = dict.fromkeys(
        known[upper(site)].code if upper(site) in known else upper(site) for site in _several(values["sites"])
    )
    roles = frozenset(Role(role) for role in _several(values["roles"]))
    return _Person(row.line, columns, tuple(sites), roles, state, before, _held(before))


def _several(value: Any) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


def _held(person: m.Person | None) -> frozenset[tuple[str, Role]]:
    if person is None:
        return frozenset()
    found = sql.rows(
        "SELECT s.code, r.role FROM person_role r JOIN site s ON s.id = r.site WHERE r.person_id = ?", person.id
    )
    return frozenset((code, Role(role)) for code, role in found)


def _fault(batch: Batch, person: _Person) -> LeftOut | None:
    """Return what stands against the line: OPS-4 holds for files as for the administrator's verbs."""
    for site in person.sites:
        if not _SITE_CODE.fullmatch(site):
            return LeftOut(person.line, NO_SITE_CODE, {"site": site})
    taken = sql.row(
        "SELECT number FROM person WHERE badge = ? AND number <> ?", person.columns["badge"], person.columns["number"]
    )
    if taken:
        return LeftOut(person.line, BADGE_TAKEN, {"person": taken[0]})
    if person.before is None or person.same_rights:
        return None
    facts = person_facts(person.before.id, batch.at)
    if person.state is PersonState.ACTIVE and Role.ADMINISTRATOR in person.roles:
        facts = replace(facts, is_administrator=False)  # nothing is taken away that the house cannot do without
    broken = (guard for guard in action_named("change_roles").guards if not guard.holds(batch.actor, facts))
    return next((LeftOut(person.line, guard.sentence) for guard in broken), None)


def _write(batch: Batch, person: _Person) -> None:
    written = upsert(batch, PEOPLE, [(person.line, person.columns)])
    key = person.before.id if person.before else written.added[0]
    if person.moves:
        was = person.before.state.value if person.before else None
        batch.changes.append((Doc.PERSON.value, key, was, person.state.value))
    if not person.same_roles:
        _give_roles(batch, key, person)
        if person.before and not written.changed:
            sql.change("UPDATE person SET version = version + 1 WHERE id = ?", key)
            batch.changed += 1


def _give_roles(batch: Batch, key: int, person: _Person) -> None:
    """Replace what somebody may be at all sites, and let the event tell it."""
    sites = [_site(batch, code) for code in person.sites]
    sql.change("DELETE FROM person_role WHERE person_id = ?", key)
    sql.insert(m.PersonRole, *[
        {"person": key, "site": site, "role": role} for site in sites for role in sorted(person.roles)])  # fmt: skip
    told = {"person": key, "number": person.columns["number"], "sites": person.sites, "roles": sorted(person.roles)}
    batch.note("roles", told | {"before": sorted(person.held)})


def _site(batch: Batch, code: str) -> int:
    """Return a site's number; one named for the first time is set up in this house's zone."""
    known = sql.row("SELECT id FROM site WHERE code = ?", code)
    if known is None:
        batch.note("sites", code)
    return int(known[0]) if known else add_site(code, str(sql.scalar("SELECT zone FROM site WHERE id = 0")))
