"""Writes events that are no verb of the table: refusals, failed sign-ins, imports, first set-up."""

import uuid
from typing import Any

from shopterm.db import events
from shopterm.db.session import SCHEMA, Shop
from shopterm.domain.canonical import canonical
from shopterm.domain.errors import NotFound, Unavailable
from shopterm.domain.facts import Actor
from shopterm.domain.text import clean
from shopterm.domain.vocabulary import Doc
from shopterm.domain.words import _

LONGEST_TERMINAL = 60
"""Characters of a terminal's name that are kept."""


def lock_chain(shop: Shop, actor: Actor, operation: str) -> events.Head:
    """Lock the acting site's chain for this transaction; refuses a newer schema and an unknown site."""
    head = events.lock_head(
        actor.site,
        actor.person,
        operation,
        lock=shop.backend.head_lock,
        clock=shop.backend.clock if shop.shift is None else "NULL",
    )
    if head is None:
        raise NotFound(_("Site “{site}” has no evidence chain."), site=actor.site_code)
    if head.schema != SCHEMA:
        raise Unavailable(
            _("The database was upgraded by a newer program (schema {found}, this one knows {known})."),
            found=head.schema,
            known=SCHEMA,
        )
    return head


def moment(shop: Shop, head: events.Head) -> int:
    """Return the instant of this transaction: it never goes back behind the last event."""
    return head.at if shop.backend.name == "postgres" and shop.shift is None else max(head.at, shop.now())


def append(
    shop: Shop,
    head: events.Head,
    actor: Actor,
    operation: str,
    action: str,
    doc: Doc,
    doc_id: int,
    payload: dict[str, Any],
    *,
    version: int = 0,
    body: str = "",
    at: int | None = None,
) -> int:
    """Write one event inside the running transaction; returns its sequence number."""
    return events.append(
        head,
        at if at is not None else moment(shop, head),
        {
            "actor": actor.person or None,
            "role": ",".join(sorted(actor.roles)),
            "terminal": clean(actor.terminal, LONGEST_TERMINAL),
            "operation": operation,
            "action": action,
            "doc": doc.value,
            "doc_id": doc_id,
            "doc_version": version,
            "body": body,
            "payload": canonical(payload),
        },
    )


def note_event(shop: Shop, actor: Actor, action: str, doc: Doc, doc_id: int, /, **payload: Any) -> int:
    """Write one event in a transaction of its own."""
    operation = str(uuid.uuid4())

    def work() -> int:
        head = lock_chain(shop, actor, operation)
        return append(shop, head, actor, operation, action, doc, doc_id, payload)

    return shop.write(work)
