"""What a verb is called with and what it answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from shopterm.domain.vocabulary import Doc, Word


@dataclass(frozen=True)
class Second:
    """A second signer: number, badge or name, and PIN."""

    person: str
    pin: str = field(repr=False)


@dataclass(frozen=True)
class Request:
    """One call of a verb; the operation id makes it happen at most once."""

    action: str
    ref: str | int | None
    values: Mapping[str, Any]
    op_id: str
    version: int | None = None
    """The version the person saw; None means whatever is there now."""
    pin: str | None = field(default=None, repr=False)
    second: Second | None = None


@dataclass(frozen=True)
class Done:
    """What happened; ``message`` is a message id with ``params``."""

    doc: Doc
    id: int
    number: str
    state: Word | None
    version: int
    seq: int
    message: str
    params: dict[str, Any] = field(default_factory=dict)
    made: tuple[tuple[Doc, int, str], ...] = ()
    replayed: bool = False
    secret: str = field(default="", repr=False)
    """Shown once, stored nowhere (a one-time code); empty on a replay."""
