"""What happened to a document: its events, newest first."""

from shopterm.db import sql
from shopterm.db.queries.names import name_of
from shopterm.db.queries.rows import Section, columns
from shopterm.domain.actions import BY_NAME
from shopterm.domain.units import Instant
from shopterm.domain.vocabulary import Doc
from shopterm.domain.words import Keyed, _

OTHERS = {"first_administrator": _("First set-up")}
"""Events that no verb of the table makes."""


def history(doc: Doc, doc_id: int, language: str, limit: int = 50) -> Section:
    """Return the newest events of a document: when, who, what."""
    rows = sql.rows(
        f"SELECT e.at, COALESCE({name_of('p', language)}, ''), e.action FROM event e "
        "LEFT JOIN person p ON p.id = e.actor WHERE e.doc = ? AND e.doc_id = ? ORDER BY e.seq DESC LIMIT ?",
        doc.value,
        doc_id,
        limit,
    )
    return Section(
        Keyed("history", _("History")),
        columns(at=_("When"), by=_("By"), action=_("What")),
        tuple((Instant(at), who, _label(action)) for at, who, action in rows),
        _("Nothing yet."),
    )


def _label(action: str) -> Keyed:
    return Keyed(action, BY_NAME[action].label if action in BY_NAME else OTHERS.get(action, action))
