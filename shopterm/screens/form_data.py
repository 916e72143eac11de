"""What a form is opened with, what it needs around it, and how it is left."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from enum import Enum
from typing import Any

from shopterm.db.queries.rows import Detail
from shopterm.domain.action import Action
from shopterm.domain.checklist import Checklist
from shopterm.domain.errors import ShopError
from shopterm.domain.fields import Field
from shopterm.drafts import Draft, Drafts
from shopterm.screens.pick import Choice
from shopterm.usecases.request import Done, Request


class Ending(Enum):
    """How a form was left."""

    DONE = "done"
    KEPT = "kept"
    """Left with a draft."""
    DROPPED = "dropped"
    """Left with nothing to keep."""


@dataclass(frozen=True)
class Opening:
    """What a form is opened with."""

    action: Action
    ref: str | int | None = None
    """The document, as the request names it."""
    number: str = ""
    """The document's number, shown and kept with the draft; empty for a new one."""
    version: int | None = None
    prefill: Mapping[str, Any] = field(default_factory=dict)
    """Parsed values the form starts from."""
    draft: Draft | None = None
    checklist: Checklist | None = None
    detail: Detail | None = None
    """The document the verb is done to, shown beneath the fields: nobody signs what they cannot see."""


@dataclass(frozen=True)
class Surroundings:
    """What a form needs from the program around it."""

    zone: tzinfo
    now: Callable[[], int]
    drafts: Drafts
    submit: Callable[[Request], Awaitable[ShopError | None]]
    """Does the action; an error keeps the form open and is said in it."""
    look_up: Callable[[Field, str], Awaitable[Sequence[Choice]]] | None = None
    """Lists what fits a typed person, part, machine or customer."""
    photos: Callable[[], Awaitable[Sequence[str]]] | None = None
    """Lists the files of the drop folder."""
    site: str = ""
    """Code of the own site, left out of document numbers."""
    again: Callable[[], Awaitable[Detail | None]] | None = None
    """Reads the document beneath the fields again, when a colleague changed it."""
    became: Callable[[str], Awaitable[Done | None]] | None = None
    """Says what an operation did whose answer was lost; None if nothing."""
