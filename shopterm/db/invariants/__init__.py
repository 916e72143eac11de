"""What must hold in the stored data, always: one module per family, each a list of queries for what breaks it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Violation:
    """A broken invariant: its number in docs/invariants.md, and what is wrong where, as a sentence with parameters."""

    number: int
    sentence: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Check:
    """A query for what breaks an invariant; its columns fill the places of the sentence."""

    number: int
    sentence: str
    query: str
    columns: tuple[str, ...]

    def violation(self, row: tuple[Any, ...]) -> Violation:
        """Make the violation one row tells of."""
        return Violation(self.number, self.sentence, dict(zip(self.columns, row, strict=True)))
