"""What a kind of file consists of: columns with their readers, keys, and what must be on file already."""

from collections.abc import Callable
from dataclasses import dataclass

from shopterm.imports.issues import Value
from shopterm.imports.reasons import Outcome, Reason
from shopterm.imports.texts import Reader


@dataclass(frozen=True)
class Column:
    """One field of a row. The name is also the header in our own files."""

    name: str
    read: Reader
    required: bool = False
    default: Value = None
    past: bool = False
    """A day that cannot lie in the future."""
    lenient: bool = False
    """A value that cannot be used is left out with a warning; the row is stored."""


@dataclass(frozen=True)
class Near:
    """Rows with different keys but an equal `form` of these fields are nearly the same."""

    fields: tuple[str, ...]
    form: Callable[..., str]
    field: str
    outcome: Outcome = Outcome.KEEP


@dataclass(frozen=True)
class Reference:
    """Fields that name something which should be on file: a part, a customer, a site."""

    entity: str
    fields: tuple[str, ...]
    field: str
    reason: Reason
    missing: Outcome = Outcome.REJECT


@dataclass(frozen=True)
class Kind:
    """A kind of file `shopterm import` reads."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    """Rows with equal keys are the same thing; empty: rows are never compared."""
    key_field: str
    unique: tuple[tuple[str, ...], ...] = ()
    """Further fields whose value may stand in one row only; of a tuple each element."""
    near: tuple[Near, ...] = ()
    references: tuple[Reference, ...] = ()
    part: tuple[str, str] | None = None
    """Maker and number fields that may name a part whose leading zero was lost."""
    chain: tuple[str, str, str] | None = None
    """Maker, old and new number: rows that form chains, and must not form circles."""

    @property
    def holds_late(self) -> bool:
        """Tell whether a row may turn out doubtful only when the whole file has been seen."""
        return self.chain is not None or any(near.outcome is Outcome.HOLD for near in self.near)
