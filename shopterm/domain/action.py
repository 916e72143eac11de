"""The shape of a row: who may do what to which document, from which state to which, and what it asks."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from shopterm.domain.facts import Actor
from shopterm.domain.fields import Field
from shopterm.domain.vocabulary import Doc, Role, Word


@dataclass(frozen=True)
class Guard:
    """A named condition over stored facts with the sentence that refuses and the roles that can lift it."""

    name: str
    rule: str
    sentence: str
    who: frozenset[Role]
    holds: Callable[[Actor, Any], bool]
    separates: bool = False
    """It keeps two duties in two hands: no delegation lifts it, neither for who acts nor for whom they act."""


@dataclass(frozen=True)
class Action:
    """One verb of the procedures.

    ``when`` empty means any state (or, with ``new``, that the verb makes the document). ``then`` lists the states the
    document may be in afterwards; empty means unchanged. ``signs`` asks for the actor's PIN; ``second`` names the
    roles of which a second person must sign in the same verb, ``second_as`` says as what.
    """

    name: str
    doc: Doc
    rule: str
    key: str
    label: str
    by: frozenset[Role]
    when: frozenset[Word] = frozenset()
    then: frozenset[Word] = frozenset()
    guards: tuple[Guard, ...] = ()
    form: tuple[Field, ...] = ()
    signs: bool = False
    second: frozenset[Role] = frozenset()
    second_as: str = ""
    new: bool = False
    makes: Doc | None = None
    """The kind of document this verb makes from the one it is done to."""
    hint: str = ""
    """One line said above the form: the prompt of the procedure."""
    before: tuple[Guard, ...] = ()
    """What a document that is not yet in ``when`` lacks: the first that does not hold speaks in the state's place."""


def roles(*members: Role) -> frozenset[Role]:
    """Write a set of roles shortly in a row."""
    return frozenset(members)


def states(*members: Word) -> frozenset[Word]:
    """Write a set of states shortly in a row."""
    return frozenset(members)
