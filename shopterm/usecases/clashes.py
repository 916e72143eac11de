"""What a form met that was filled in on an older version of its document: read when it is refused, never before."""

import json
from typing import Any

from shopterm.db import sql
from shopterm.db.keys import MOST_ROWS
from shopterm.db.queries.names import name_of
from shopterm.db.queries.prefill import prefill
from shopterm.db.session import Shop
from shopterm.domain.action import Action
from shopterm.domain.actions import BY_NAME
from shopterm.domain.clash import Clash, in_units
from shopterm.domain.facts import Actor, Facts
from shopterm.domain.fields import Values
from shopterm.domain.policy import refusal

RECENT = 500
"""So many of the newest events are looked through for who changed a document by way of another one."""
OF_DOCUMENT = """
    SELECT e.at, {name}, e.action FROM event e LEFT JOIN person p ON p.id = e.actor
    WHERE e.doc = ? AND e.doc_id = ? AND e.doc_version > ? ORDER BY e.seq DESC LIMIT 1"""
BY_WAY_OF_ANOTHER = """
    SELECT e.at, {name}, e.action FROM event e LEFT JOIN person p ON p.id = e.actor
    WHERE e.site = ? AND e.seq > (SELECT seq FROM chain_head WHERE site = ?) - ? AND e.payload LIKE ?
    ORDER BY e.seq DESC LIMIT 1"""
BEFORE = "SELECT payload FROM event WHERE doc = ? AND doc_id = ? AND doc_version <= ? ORDER BY seq DESC LIMIT 50"


def clash_of(shop: Shop, actor: Actor, action: Action, row: Any, facts: Facts, base: int, mine: Values) -> Clash:
    """Read what the newer version holds, who made it, and what the form started from on the older one."""
    theirs = prefill(shop, action.name, action.doc, row.id, actor)
    at, by, done = _who(actor, action, row.id, base)
    return Clash(
        verb=action.name,
        number=str(row.number),
        version=row.version,
        base=base,
        theirs=theirs,
        was=_started_from(action, row.id, base, theirs),
        mine=mine,
        by=by,
        at=at,
        action=done,
        refused=refusal(action, actor, facts),
    )


def _who(actor: Actor, action: Action, key: int, base: int) -> tuple[int, str, str]:
    """Return when the newest change was, by whom, and the label of what they did."""
    name = f"COALESCE({name_of('p', actor.language)}, '')"
    found = sql.row(OF_DOCUMENT.format(name=name), action.doc.value, key, base) or sql.row(
        BY_WAY_OF_ANOTHER.format(name=name), actor.site, actor.site, RECENT, f'%["{action.doc.value}",{key},%'
    )
    at, by, done = found or (0, "", "")
    return at, by, BY_NAME[done].label if done in BY_NAME else done


def _started_from(action: Action, key: int, base: int, theirs: Values) -> Values | None:
    """Return the values last written up to a version for the fields the document has a value for; None if unknown."""
    payloads = [payload for (payload,) in sql.rows(BEFORE, action.doc.value, key, base)]
    payloads += [payload for (payload,) in sql.rows("SELECT payload FROM event WHERE id = ?", key - key % MOST_ROWS)]
    fields, found = {field.name: field for field in action.form}, dict[str, Any]()
    for payload in payloads:
        values = json.loads(payload).get("values")
        for name in (theirs.keys() & fields.keys()) - found.keys():
            if isinstance(values, dict) and name in values:
                found[name] = in_units(fields[name], values[name])
    return found or None
