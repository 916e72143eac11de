"""May this person do this now, and if not: why, by which rule, and who can lift it?"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from shopterm.domain.actions.action import Action, Guard
from shopterm.domain.facts import Actor, Facts
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

    In a wrong state a rule that is not met yet (``before``) says more than the state.
    """
    if not action.by & actor.roles:
        return Refusal(
            action.rule, ROLE_SENTENCE, action.by, "role", {"action": action.label, "roles": tuple(sorted(action.by))}
        )
    if action.when and facts.state not in action.when:
        return _too_early(action, actor, facts) or _wrong_state(action, facts)
    for guard in action.guards:
        if not guard.holds(actor, facts):
            return refused_by(guard, action)
    return None


def _too_early(action: Action, actor: Actor, facts: Facts) -> Refusal | None:
    lacking = next((guard for guard in action.before if not guard.holds(actor, facts)), None)
    return refused_by(lacking, action) if lacking else None


def _wrong_state(action: Action, facts: Facts) -> Refusal:
    return Refusal(
        action.rule,
        STATE_SENTENCE,
        action.by,
        "state",
        {"action": action.label, "document": action.doc, "states": tuple(sorted(action.when)), "state": facts.state},
    )


def refused_by(guard: Guard, action: Action | None = None, **params: Any) -> Refusal:
    """Make the refusal of one guard."""
    named = {"action": action.label} if action else {}
    return Refusal(guard.rule, guard.sentence, guard.who, guard.name, named | params)


def offered(actions: Iterable[Action], actor: Actor, state: Word | None) -> list[Action]:
    """Return the actions a desk shows for a document in this state: right role, right state, guards aside."""
    return [a for a in actions if a.by & actor.roles and not a.new and (not a.when or state in a.when)]
