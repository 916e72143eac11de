"""The only way to do a verb: one transaction, facts read again, policy asked again, one event."""

from dataclasses import replace
from typing import Any

import peewee as pw

from shopterm.db import models as m
from shopterm.db import sql
from shopterm.db.documents import MODEL, find, update_version
from shopterm.db.events import Head
from shopterm.db.keys import keys
from shopterm.db.queries.delegations import lent_to
from shopterm.db.queries.facts import day_facts, read_facts
from shopterm.db.session import NOTHING_SAVED, Shop
from shopterm.domain.action import Action
from shopterm.domain.actions import action_named
from shopterm.domain.canonical import digest
from shopterm.domain.clash import Overtaken
from shopterm.domain.errors import Conflict, Refused, SignInFailed, Unsure, Usage
from shopterm.domain.facts import Actor, Facts, Lent
from shopterm.domain.parse import parse_form
from shopterm.domain.policy import SECOND_SENTENCE, Refusal, in_order, lent_for, refusal
from shopterm.domain.text import clean
from shopterm.domain.vocabulary import STATES, Doc, Role
from shopterm.domain.words import _
from shopterm.usecases import pins
from shopterm.usecases.clashes import clash_of
from shopterm.usecases.contents import content_of
from shopterm.usecases.context import CHANGED, Context, as_error
from shopterm.usecases.operations import replayed, settled
from shopterm.usecases.record import append, lock_chain, moment, note_event
from shopterm.usecases.registry import use_case
from shopterm.usecases.request import Done, Request, Second
from shopterm.usecases.sign_in import actor_of, find_person

DONE = _("{action}: {number} ✓")
SECOND_WRONG = _("The second signer's name or PIN is wrong.")
NEEDS_PIN = _("“{action}” is signed with your PIN.")
NOT_HERE = _("You no longer work here; ask an administrator.")
NEEDS_DOCUMENT = _("“{action}” needs a document number.")
WRONG_MOMENT = _("Somebody wrote the same at the same moment; please look again.")


def run(shop: Shop, actor: Actor, request: Request) -> Done:
    """Do a verb, or raise the ShopError that says why not; the same operation id takes effect once."""
    action = action_named(request.action)
    values = parse_form(action.form, request.values, shop.zone, now=shop.now())
    second = _prove(shop, actor, action, request)
    use_case(action)  # loads its module before the database is locked
    body = digest([action.name, str(request.ref), request.values, second.number if second else "", actor.number])
    try:
        return shop.write(lambda: perform(shop, actor, second, action, request, values, body))
    except Unsure:
        return settled(shop, actor, request.op_id)
    except Refused as error:
        if action.signs:
            note_event(
                shop,
                actor,
                "refused",
                action.doc,
                0,
                action=action.name,
                ref=clean(str(request.ref), 60),
                rule=error.rule,
                guard=error.guard,
            )
        raise
    except pw.IntegrityError as error:
        raise Conflict(WRONG_MOMENT) from error


def _prove(shop: Shop, actor: Actor, action: Action, request: Request) -> Actor | None:
    """Check the PINs of the signers, outside the transaction; return the second signer."""
    if not action.signs:
        return None
    if not request.pin:
        raise SignInFailed(NEEDS_PIN, action=action.label)
    with shop.reader(NOTHING_SAVED):
        person = m.Person.get_or_none(m.Person.id == actor.person)
    _judge(shop, actor, person, request.pin, action)
    if not action.second:
        return None
    if request.second is None:
        raise _second_missing(action)
    return _prove_second(shop, actor, action, request.second)


def _prove_second(shop: Shop, actor: Actor, action: Action, signer: Second) -> Actor:
    with shop.reader(NOTHING_SAVED):
        person = find_person(signer.person)
        other = actor_of(shop, person, actor.terminal) if person else None
    try:
        _judge(shop, other or actor, person, signer.pin, action)
    except SignInFailed as error:
        failed = SignInFailed(SECOND_WRONG) if error.sentence == pins.WRONG else error
        failed.second = True
        raise failed from error
    if other is None or other.person == actor.person or not other.roles & action.second:
        raise _second_missing(action)
    return other


def _second_missing(action: Action) -> Refused:
    return as_error(
        Refusal(
            action.rule,
            SECOND_SENTENCE,
            action.second,
            "second",
            {"action": action.label, "roles": in_order(action.second - {Role.ADMINISTRATOR})},
        )
    )


def _judge(shop: Shop, signer: Actor, person: m.Person | None, pin: str, action: Action) -> None:
    try:
        pins.judge(shop, person.id if person else 0, person.pin_hash if person else None, pin, signer.terminal)
    except SignInFailed:
        note_event(shop, signer, "signing_failed", Doc.PERSON, signer.person, action=action.name)
        raise


def perform(
    shop: Shop, actor: Actor, second: Actor | None, action: Action, request: Request, values: dict[str, Any], body: str
) -> Done:
    """Do a verb inside the running transaction, for signers whose PINs were checked."""
    head = lock_chain(shop, actor, request.op_id)
    if head.known_operation is not None:
        return replayed(head.known_operation, body)
    if not head.actor_active:
        raise SignInFailed(NOT_HERE)
    # what was held or lent at sign-in may have ended since: roles are those of now, delegations are read when needed
    actor = replace(actor, roles=frozenset(Role(role) for role in head.actor_roles if role), lent=())
    row, facts = _document(shop, actor, action, request, values)
    lent = None
    if (refused := refusal(action, actor, facts)) is not None:
        actor, lent = _lent(shop, actor, action, facts, refused)
        if second is not None and second.person == lent.giver:
            raise _second_missing(action)
    request = replace(request, values=values)  # what is kept of the request is what was understood, clean
    context = Context(
        shop,
        actor,
        action,
        request,
        facts,
        moment(shop, head),
        head.seq + 1,
        keys(head.site, head.seq + 1),
        second,
        lent,
    )
    if row is not None:
        context.doc_id, context.number, context.state = row.id, _number(row), facts.state
    use_case(action)(context, row, values)
    return _finish(context, row, head, body)


def _lent(shop: Shop, actor: Actor, action: Action, facts: Facts, refused: Refusal) -> tuple[Actor, Lent]:
    """Return the actor with the roles of a delegation under which the verb may be done; Refused if there is none."""
    actor = replace(actor, lent=lent_to(actor, shop.now()))
    lent = lent_for(action, actor, facts)
    if lent is None:
        raise as_error(refusal(action, actor, facts) or refused)
    return replace(actor, roles=actor.roles | (lent.roles & action.by)), lent


def _document(shop: Shop, actor: Actor, action: Action, request: Request, values: dict[str, Any]) -> tuple[Any, Facts]:
    if action.new:
        return None, Facts()
    if request.ref in (None, "", "new"):
        raise Usage(NEEDS_DOCUMENT, action=action.label)
    row = find(action.doc, request.ref if request.ref is not None else "")
    facts = (
        day_facts(row.id)
        if action.doc is Doc.DAY
        else read_facts(
            action.doc, row.id, actor, now=shop.now(), calls_allowed=shop.settings.consent.calls_for_first_quote
        )
    )
    if request.version is not None and action.doc is not Doc.DAY and row.version != request.version:
        actor = replace(actor, lent=lent_to(actor, shop.now()))
        raise Overtaken(CHANGED, clash_of(shop, actor, action, row, facts, request.version, values))
    return row, facts


def _number(row: Any) -> str:
    return str(row.number)


def _finish(context: Context, row: Any, head: Head, body: str) -> Done:
    """Write the document, the signatures and the event; all of it or nothing."""
    action, version = context.action, 1
    if action.new:
        doc, context.doc_id, context.number = context.made[0]
        context.state = STATES[doc](context.changes[0][3]) if doc in STATES else None
    else:
        version = _update(context, row)
    signed = _sign(context) if action.signs else None
    if not context.message:
        context.message, context.params = DONE, {"action": action.label, "number": context.number}
    made = tuple((doc, key, number) for doc, key, number in context.made)
    payload = {
        "values": context.request.values,
        "changes": context.changes,
        "notes": context.notes,
        "signed": signed,
        "second": context.second.person if context.second else None,
        "result": {
            "number": context.number,
            "state": context.state,
            "message": context.message,
            "params": context.params,
            "made": made,
        },
    }
    if context.lent:
        payload["delegation"] = {"id": context.lent.id, "giver": context.lent.giver}
    seq = append(
        context.shop,
        head,
        context.actor,
        context.request.op_id,
        action.name,
        action.doc,
        context.doc_id,
        payload,
        version=version,
        body=body,
        at=context.at,
    )
    return Done(
        action.doc,
        context.doc_id,
        context.number,
        context.state,
        version,
        seq,
        context.message,
        context.params,
        made,
        secret=context.secret,
    )


def _update(context: Context, row: Any) -> int:
    model = MODEL[context.action.doc]
    version: int = row.version
    if not context.columns or context.action.doc is Doc.DAY:
        return version
    if "changed_at" in model._meta.fields:
        context.columns["changed_at"] = context.at
    if not update_version(row, context.columns):
        raise Conflict(CHANGED, number=context.number)
    return version + 1


def _sign(context: Context) -> dict[str, Any]:
    rev, content = content_of(context)
    signature = {"rev": rev, "hash": digest(content), "content": content}
    signers = [context.actor] + ([context.second] if context.second else [])
    sql.insert(m.Signature, *[
        {"id": context.new_key(), "site": context.site, "doc": context.action.doc, "doc_id": context.doc_id, "rev": rev,
         "action": context.action.name, "person": signer.person, "role": ",".join(sorted(signer.roles)),
         "customer": context.customer if signer is context.actor else "", "content_hash": signature["hash"],
         "at": context.at} for signer in signers])  # fmt: skip
    return signature
