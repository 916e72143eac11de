"""May this person do this now, and if not: why, by which rule, and who can lift it?"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from shopterm.domain.action import Action, Guard
from shopterm.domain.facts import Actor, Facts, Lent
from shopterm.domain.vocabulary import Role, Word
from shopterm.domain.words import _

ROLE_SENTENCE = _("“{action}” is done by: {roles}.")
STATE_SENTENCE = _("“{action}” is done when the {document} is: {states}. It is: {state}.")
SECOND_SENTENCE = _("“{action}” needs a second person to sign: {roles}.")


@dataclass(frozen=True)
class Refusal:
    """Why not: rule id, sentence with parameters, and the roles that can supply what is missing."""

    rule: str
    sentence: str
    who: frozenset[Role]
    guard: str
    params: dict[str, Any] = field(default_factory=dict)


def refusal(action: Action, actor: Actor, facts: Facts) -> Refusal | None:
    """Return the first reason against the action, or None: role, then state, then the guards in order.

    In a wrong state a rule that is not met yet (``before``) says more than the state. What a person may not do by
    themselves they may do by a delegation; a verb that only a delegation brings is refused for its reason.
    """
    own = _refusal(action, actor, facts)
    if own is None or not actor.lent:
        return own
    lent = [_lent_refusal(action, actor, one, facts) for one in actor.lent if action.name in one.verbs]
    if None in lent:
        return None
    return lent[0] if lent and own.guard == "role" else own


def lent_for(action: Action, actor: Actor, facts: Facts) -> Lent | None:
    """Return the delegation by which somebody may do what they may not do by themselves, or None."""
    lent = (one for one in actor.lent if action.name in one.verbs)
    return next((one for one in lent if _lent_refusal(action, actor, one, facts) is None), None)


def in_hand(action: Action, actor: Actor) -> bool:
    """Say whether a person's roles, or what was lent to them, include the action."""
    return bool(action.by & actor.roles) or any(action.name in one.verbs for one in actor.lent)


def _lent_refusal(action: Action, actor: Actor, one: Lent, facts: Facts) -> Refusal | None:
    giver = replace(actor, person=one.giver, roles=one.roles)
    return _refusal(action, replace(actor, roles=actor.roles | one.roles), facts, giver)


def _refusal(action: Action, actor: Actor, facts: Facts, giver: Actor | None = None) -> Refusal | None:
    if not action.by & actor.roles:
        return Refusal(
            action.rule, ROLE_SENTENCE, action.by, "role", {"action": action.label, "roles": in_order(action.by)}
        )
    if action.when and facts.state not in action.when:
        return _too_early(action, actor, facts) or _wrong_state(action, facts)
    lacking = next((guard for guard in action.guards if not _holds(guard, facts, actor, giver)), None)
    return refused_by(lacking, action) if lacking else None


def _holds(guard: Guard, facts: Facts, actor: Actor, giver: Actor | None) -> bool:
    """Ask a guard; by a delegation it must hold for both where it keeps duties apart, else for one of the two."""
    if giver is None:
        return guard.holds(actor, facts)
    return (all if guard.separates else any)(guard.holds(one, facts) for one in (actor, giver))


def _too_early(action: Action, actor: Actor, facts: Facts) -> Refusal | None:
    lacking = next((guard for guard in action.before if not guard.holds(actor, facts)), None)
    return refused_by(lacking, action) if lacking else None


def _wrong_state(action: Action, facts: Facts) -> Refusal:
    return Refusal(
        action.rule,
        STATE_SENTENCE,
        action.by,
        "state",
        {"action": action.label, "document": action.doc, "states": in_order(action.when), "state": facts.state},
    )


def in_order(words: frozenset[Any]) -> tuple[Any, ...]:
    """Return words in the order in which their kind declares them: that of the visit, or of the house."""
    return tuple(word for kind in {type(word) for word in words} for word in kind if word in words)


def refused_by(guard: Guard, action: Action | None = None, **params: Any) -> Refusal:
    """Make the refusal of one guard."""
    named = {"action": action.label} if action else {}
    return Refusal(guard.rule, guard.sentence, guard.who, guard.name, named | params)


def offered(actions: Iterable[Action], actor: Actor, state: Word | None) -> list[Action]:
    """Return the actions a desk shows for a document in this state: right role, right state, guards aside."""
    return [a for a in actions if in_hand(a, actor) and not a.new and (not a.when or state in a.when)]
