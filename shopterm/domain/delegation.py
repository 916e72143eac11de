"""What can be delegated: verbs that somebody does for the house, not for themselves."""

from shopterm.domain.action import Action
from shopterm.domain.actions import TABLE
from shopterm.domain.facts import Actor
from shopterm.domain.vocabulary import Doc

OWN = frozenset({"clock_on", "clock_off"})
"""A person's own time is nobody else's."""
LONGEST_DAYS = 92


def delegable(action: Action) -> bool:
    """Say whether a verb may be lent: not the own time, and not who may do what."""
    return action.doc not in (Doc.PERSON, Doc.DAY) and action.name not in OWN


def may_lend(actor: Actor) -> list[Action]:
    """Return the verbs a person may lend: those of their own roles, nothing that was lent to them."""
    return [action for action in TABLE if delegable(action) and action.by & actor.roles]
