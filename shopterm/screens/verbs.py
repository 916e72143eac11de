"""What can be done to the document under the cursor, and in words why not. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, tzinfo

from shopterm.domain.action import Action
from shopterm.domain.actions import actions_for
from shopterm.domain.errors import Refused
from shopterm.domain.facts import Actor, Facts
from shopterm.domain.policy import Refusal, in_order, offered, refusal
from shopterm.domain.transitions import GIVEN_UP
from shopterm.domain.vocabulary import STATES, Doc, Role, Word
from shopterm.i18n import tr
from shopterm.show import say, show


@dataclass(frozen=True)
class Target:
    """The document a verb is done to."""

    doc: Doc
    id: int
    number: str
    version: int = 0
    """The version seen; 0 while none was: a part just found by its number."""


@dataclass(frozen=True)
class Verb:
    """A row of the table as it stands for one person and one document."""

    action: Action
    refusal: Refusal | None = None
    offered: bool = True
    """Whether person and state are right: the desk shows its key, dimmed while a guard refuses."""

    @property
    def free(self) -> bool:
        """Whether it can be done now."""
        return self.refusal is None


def verbs_of(doc: Doc, actor: Actor, facts: Facts) -> tuple[Verb, ...]:
    """Judge every verb that is done to this document."""
    actions = [action for action in actions_for(doc) if not action.new]
    shown_now = {action.name for action in offered(actions, actor, facts.state)}
    return tuple(Verb(action, refusal(action, actor, facts), action.name in shown_now) for action in actions)


def meant(action: Action, verbs: Iterable[Verb], same_key: Iterable[str]) -> Action:
    """Of several actions with one key return the one the document's state offers, else the one named."""
    names = set(same_key)
    rivals = [verb for verb in verbs if verb.action.name in names and verb.action.doc is action.doc]
    return next((verb.action for verb in rivals if verb.offered), action)


def first_reason(verbs: Sequence[Verb], state: Word | None) -> Verb | None:
    """Return the first verb that would move the document on and is refused by a guard: what keeps it here."""
    return next((verb for verb in verbs if verb.offered and not verb.free and _onward(verb.action, state)), None)


def _onward(action: Action, state: Word | None) -> bool:
    """Say whether an action leads on in the visit; states are declared in its order."""
    order = list(STATES[action.doc]) if state is not None else []
    return state in order and any(order.index(then) > order.index(state) for then in set(action.then) - GIVEN_UP)


def sentence(refused: Refusal | Refused, zone: tzinfo = UTC) -> str:
    """Say a refusal with its rule and who can lift it."""
    return f"{say(refused.sentence, refused.params, zone)} [{refused.rule}{_lifters(refused)}]"


def lifters(refused: Refusal | Refused) -> str:
    """Name the roles that can supply what is missing."""
    return show(in_order(frozenset(Role(role) for role in refused.who)))


def _lifters(refused: Refusal | Refused) -> str:
    # Where the sentence itself names the roles, they are not named twice.
    return "" if refused.guard == "role" or not refused.who else " · " + tr("can lift it: {who}", who=lifters(refused))
