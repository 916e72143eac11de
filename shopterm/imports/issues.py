"""Findings in a value and issues of a line, with what their sentences need."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as made

from shopterm.domain.text import clean, shorten
from shopterm.imports.reasons import Outcome, Reason
from shopterm.imports.sentences import sentence_for

Value = str | int | tuple[str, ...] | None
"""A typed value of a row; money in minor units, quantities in thousandths, days as ISO text."""

SHOWN_CELLS = 40
"""No message shows more of a value than this."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What reading one value found; `value` is what may be stored, or what is proposed for a held line."""

    outcome: Outcome
    reason: Reason
    value: Value = None
    stored: str | None = None
    params: Mapping[str, str] = made(default_factory=dict)


@dataclass(frozen=True)
class Issue:
    """One finding with its place; line None means the file as a whole.

    `params` hold what the sentence speaks of, already cleaned and shortened for showing; `stored` is the value
    stored instead, as a person would write it.
    """

    line: int | None
    outcome: Outcome
    reason: Reason
    field: str = ""
    params: Mapping[str, str] = made(default_factory=dict)
    stored: str | None = None

    @property
    def sentence(self) -> str:
        """Message id of the sentence; its placeholders are the keys of `arguments`."""
        return sentence_for(self.reason, self.outcome, whole_file=self.line is None)

    @property
    def arguments(self) -> dict[str, str]:
        """What to put into the sentence's placeholders."""
        place = {"line": str(self.line or ""), "field": self.field, "stored": shown(self.stored or "")}
        return place | dict(self.params)


def shown(value: str) -> str:
    """Return a value from a file safe and short enough to stand inside a sentence."""
    return shorten(clean(value[: 4 * SHOWN_CELLS]), SHOWN_CELLS)
