"""What an operation id did: a repeated request is answered with it, a lost reply is asked for again."""

import json

from shopterm.db import sql
from shopterm.db.session import LOST, NOTHING_SAVED, Shop
from shopterm.domain.errors import Conflict, Unavailable, Unsure
from shopterm.domain.facts import Actor
from shopterm.domain.vocabulary import STATES, Doc, Word
from shopterm.domain.words import _
from shopterm.usecases.record import lock_chain
from shopterm.usecases.request import Done

OTHER_BODY = _("This operation id was used before for something else; nothing was done.")
CUT = _("the connection broke while it was saved")


def replayed(event: int, body: str) -> Done:
    """Answer a repeated operation id with what it did the first time; Conflict if the request differs."""
    stored, done = _done(event)
    if stored != body:
        raise Conflict(OTHER_BODY)
    return done


def became(shop: Shop, actor: Actor, op_id: str) -> Done | None:
    """Return what an operation did, or None if nothing; a transaction still under way is waited for."""

    def work() -> Done | None:
        head = lock_chain(shop, actor, op_id)
        return None if head.known_operation is None else _done(head.known_operation)[1]

    return shop.write(work)


def settled(shop: Shop, actor: Actor, op_id: str) -> Done:
    """Return what an operation did whose reply was lost; Unavailable if nothing, Unsure if that cannot be asked yet."""
    try:
        done = became(shop, actor, op_id)
    except Unavailable as error:
        raise Unsure(LOST) from error
    if done is None:
        raise Unavailable(NOTHING_SAVED, reason=CUT)
    return done


def _done(event: int) -> tuple[str, Done]:
    """Read an event: the digest of its request, and what it did."""
    doc, doc_id, version, seq, body, payload = (
        sql.row("SELECT doc, doc_id, doc_version, seq, body, payload FROM event WHERE id = ?", event) or ("",) * 6
    )
    result = json.loads(payload)["result"]
    state: Word | None = STATES[Doc(doc)](result["state"]) if result["state"] and Doc(doc) in STATES else None
    made = tuple((Doc(kind), key, number) for kind, key, number in result["made"])
    return body, Done(
        Doc(doc), doc_id, result["number"], state, version, seq, result["message"], result["params"], made,
        replayed=True,
    )  # fmt: skip
