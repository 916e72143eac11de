"""Checked rows on their way: kept in a nameless temporary file until the whole file has been seen.

Which rows contradict each other is known only at the end; a million rows do not fit in memory, and the file
itself may change meanwhile or be a pipe.
"""

import marshal
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from tempfile import SpooledTemporaryFile

from shopterm.imports.issues import Issue, Value
from shopterm.imports.reasons import Outcome, Reason
from shopterm.imports.rules import Values

_IN_MEMORY = 8 << 20
_SIZE = 8


class State(StrEnum):
    """What becomes of a row."""

    GOOD = "good"
    HELD = "held"
    REFUSED = "refused"
    REPEATED = "repeated"


@dataclass(frozen=True)
class Row:
    """A checked row: typed values by column name, what was found, and, where it is held or refused, its text."""

    line: int
    values: Values
    issues: tuple[Issue, ...] = ()
    raw: dict[str, str] | None = None

    @property
    def state(self) -> State:
        """Good rows may be stored, held ones wait for a person, refused and repeated ones are not stored."""
        outcomes = {issue.outcome for issue in self.issues}
        if Outcome.REJECT in outcomes:
            return State.REFUSED
        if any(issue.reason is Reason.DUPLICATE_SAME for issue in self.issues):
            return State.REPEATED
        return State.HELD if Outcome.HOLD in outcomes else State.GOOD


_PackedIssue = tuple[int, str, str, str, dict[str, str], str | None]
_Packed = tuple[int, tuple[Value, ...], list[_PackedIssue], dict[str, str] | None]


class Spool:
    """Rows written once, then read as often as wanted."""

    def __init__(self) -> None:
        """Start empty; the file has no name and ends with the object."""
        self._file = SpooledTemporaryFile[bytes](_IN_MEMORY)
        self._names: tuple[str, ...] = ()
        self._batches = 0

    def put(self, rows: list[Row]) -> None:
        """Append rows; all rows of a spool have the same columns, or none."""
        packed = marshal.dumps([_packed(row) for row in rows])
        self._names = next((tuple(row.values) for row in rows if row.values), self._names)
        self._file.write(len(packed).to_bytes(_SIZE, "big") + packed)
        self._batches += 1

    def __iter__(self) -> Iterator[Row]:
        """Yield the rows in the order they were put."""
        position = 0
        for _batch in range(self._batches):
            self._file.seek(position)
            size = int.from_bytes(self._file.read(_SIZE), "big")
            position += _SIZE + size
            for packed in marshal.loads(self._file.read(size)):
                yield self._unpacked(packed)

    def close(self) -> None:
        """Give the space back."""
        self._file.close()

    def _unpacked(self, packed: _Packed) -> Row:
        line, values, issues, raw = packed
        found = tuple(_issue(*parts) for parts in issues)
        return Row(line, dict(zip(self._names, values, strict=False)), found, raw)


def _packed(row: Row) -> _Packed:
    issues: list[_PackedIssue] = [
        (row.line, issue.outcome.value, issue.reason.value, issue.field, dict(issue.params), issue.stored)
        for issue in row.issues
    ]
    return row.line, tuple(row.values.values()), issues, row.raw


def _issue(line: int, outcome: str, reason: str, name: str, params: dict[str, str], stored: str | None) -> Issue:
    return Issue(line, Outcome(outcome), Reason(reason), name, params, stored)
