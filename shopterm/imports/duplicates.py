"""Rows of one file that are the same, contradict each other, or are nearly the same; some 40 bytes a row."""

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from shopterm.imports.kinds import Kind
from shopterm.imports.reasons import Outcome, Reason
from shopterm.imports.rules import Values


@dataclass(frozen=True)
class Repeat:
    """A row's relation to another row of the file."""

    outcome: Outcome
    reason: Reason
    field: str
    about: tuple[str, ...]
    """Fields whose values say what is repeated."""
    other: int = 0
    """The other row's line."""


class Duplicates:
    """Collects hashes of the rows' keys (64 bits: two keys are confused once in ten million files)."""

    def __init__(self, kind: Kind) -> None:
        """Start with no rows."""
        self._kind = kind
        self._lines = array("L")
        self._contents, self._identities = array("q"), array("q")
        self._near = [array("q") for _near in kind.near]
        self._unique = [(array("q"), array("L")) for _fields in kind.unique]

    def add(self, line: int, values: Values) -> None:
        """Remember a row; rows without their key are left out."""
        row = len(self._lines)
        parts = [values[name] for name in self._kind.key]
        if None in parts:
            return
        self._lines.append(line)
        self._contents.append(hash(tuple(values.values())))
        self._identities.append(hash(_folded(parts) if parts else row))
        for hashes, near in zip(self._near, self._kind.near, strict=True):
            texts = [str(values[name] or "") for name in near.fields]
            hashes.append(hash(near.form(*texts).casefold() if all(texts) else row))
        for (hashes, rows), names in zip(self._unique, self._kind.unique, strict=True):
            for key in _each([values[name] for name in names]):
                hashes.append(hash(key))
                rows.append(row)

    def found(self) -> Iterator[tuple[int, Repeat]]:
        """Yield line and relation for each row that is not alone."""
        every = range(len(self._lines))
        for group in _groups(self._identities, every):
            yield from self._same_key(group)
        for (hashes, rows), names in zip(self._unique, self._kind.unique, strict=True):
            taken = Repeat(Outcome.REJECT, Reason.DUPLICATE_KEY, names[-1], names[-1:])
            for group in _groups(hashes, rows):
                yield from self._told(self._different(group), taken)
        for hashes, near in zip(self._near, self._kind.near, strict=True):
            alike = Repeat(near.outcome, Reason.NEAR_DUPLICATE, near.field, near.fields)
            for group in _groups(hashes, every):
                yield from self._told(self._different(group), alike)

    def _same_key(self, rows: list[int]) -> Iterator[tuple[int, Repeat]]:
        """Identical rows are stored once; of rows that disagree none is, for which one counts is unknown."""
        name = self._kind.key_field
        if len({self._contents[row] for row in rows}) > 1:
            yield from self._told(rows, Repeat(Outcome.REJECT, Reason.DUPLICATE_KEY, name, (name,)))
            return
        first, *others = rows
        again = Repeat(Outcome.NORMALISE, Reason.DUPLICATE_SAME, name, (name,), self._lines[first])
        yield from ((self._lines[row], again) for row in others)

    def _different(self, rows: list[int]) -> list[int]:
        """Return one row for each thing the rows speak of; none where all speak of the same."""
        first: dict[int, int] = {}
        for row in rows:
            first.setdefault(self._identities[row], row)
        return list(first.values()) if len(first) > 1 else []

    def _told(self, rows: list[int], repeat: Repeat) -> Iterator[tuple[int, Repeat]]:
        """Tell each row of the group about the first other one."""
        for row in rows:
            other = rows[1] if row == rows[0] else rows[0]
            yield self._lines[row], replace(repeat, other=self._lines[other])


def _groups(hashes: "array[int]", rows: Iterable[int]) -> list[list[int]]:
    """Return the rows of each hash that stands more than once, in file order."""
    twice = {one for one, other in pairwise(sorted(hashes)) if one == other}
    found: dict[int, list[int]] = {}
    for value, row in zip(hashes, rows, strict=True) if twice else ():
        if value in twice:
            found.setdefault(value, []).append(row)
    return list(found.values())


def _folded(key: Iterable[object]) -> tuple[object, ...]:
    return tuple(part.casefold() if isinstance(part, str) else part for part in key)


def _each(parts: list[object]) -> Iterator[tuple[object, ...]]:
    """Yield the key, or one key for each element of a tuple in the last place; nothing where it is empty."""
    *front, last = parts
    elements = last if isinstance(last, tuple) else (last,)
    return (_folded((*front, element)) for element in elements if element is not None)
