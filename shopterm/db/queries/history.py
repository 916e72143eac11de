"""What happened to a document: its events, newest first."""

from shopterm.db import sql
from shopterm.db.queries.rows import Section
from shopterm.domain.actions import BY_NAME
from shopterm.domain.units import Instant
from shopterm.domain.vocabulary import Doc
from shopterm.domain.words import Message, _

OTHERS = {"first_administrator": _("First set-up")}
"""Events that no verb of the table makes."""


def name_of(alias: str, language: str) -> str:
    """Return the SQL for a person's name in a language."""
    if language == "zh":
        return f"{alias}.name_zh"
    return f"COALESCE(NULLIF({alias}.name_en, ''), {alias}.name_zh)"


def name_in(language: str, alias: str) -> str:
    """Return the SQL for the name of a part or a person in a language, in the other where it has none."""
    first, second = ("name_zh", "name_en") if language == "zh" else ("name_en", "name_zh")
    return f"COALESCE(NULLIF({alias}.{first}, ''), {alias}.{second})"


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
        _("History"),
        (_("When"), _("By"), _("What")),
        tuple((Instant(at), who, _label(action)) for at, who, action in rows),
        _("Nothing yet."),
    )


def _label(action: str) -> str:
    return Message(BY_NAME[action].label if action in BY_NAME else OTHERS.get(action, action))
