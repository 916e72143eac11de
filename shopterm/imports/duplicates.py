"""Rows of one file that are the same, contradict each other or nearly the same; 24 to 40 bytes a row."""

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

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


@dataclass
class _Keys:
    """Hashes of one key over all rows: 64 bits each, two keys are confused once in ten million files."""

    hashes: "array[int]" = field(default_factory=lambda: array("q"))
    rows: "array[int]" = field(default_factory=lambda: array("L"))

    def add(self, key: object, row: int) -> None:
        self.hashes.append(hash(key))
        self.rows.append(row)

    def groups(self) -> list[list[int]]:
        """Return the rows of each key that stands more than once, in file order."""
        ordered = sorted(self.hashes)
        twice = {one for one, other in zip(ordered, ordered[1:], strict=False) if one == other}
        found: dict[int, list[int]] = {}
        if twice:
            for value, row in zip(self.hashes, self.rows, strict=True):
                if value in twice:
                    found.setdefault(value, []).append(row)
        return list(found.values())


class Duplicates:
    """Collects the rows' keys, then tells how rows relate."""

    def __init__(self, kind: Kind) -> None:
        """Start with no rows."""
        self._kind = kind
        self._lines, self._contents, self._identities = array("L"), array("q"), array("q")
        self._key = _Keys()
        self._unique = [_Keys() for _fields in kind.unique]
        self._near = [_Keys() for _near in kind.near]

    def add(self, line: int, values: Values) -> None:
        """Remember a row; rows without their key are left out."""
        row, kind = len(self._lines), self._kind
        parts = [values[name] for name in kind.key]
        if None in parts:
            return
        key = _folded(parts)
        self._lines.append(line)
        self._contents.append(hash(tuple(values.values())))
        self._identities.append(hash(key) if key else row)
        if key:
            self._key.add(key, row)
        for keys, names in zip(self._unique, kind.unique, strict=True):
            for one in _each(tuple(values[name] for name in names)):
                keys.add(one, row)
        for keys, near in zip(self._near, kind.near, strict=True):
            texts = [str(values[name] or "") for name in near.fields]
            if all(texts):
                keys.add(near.form(*texts).casefold(), row)

    def found(self) -> Iterator[tuple[int, Repeat]]:
        """Yield line and relation for each row that is not alone."""
        for rows in self._key.groups():
            yield from self._same_key(rows)
        for keys, names in zip(self._unique, self._kind.unique, strict=True):
            taken = Repeat(Outcome.REJECT, Reason.DUPLICATE_KEY, names[-1], names[-1:])
            for rows in keys.groups():
                yield from self._told(self._different(rows), taken)
        for keys, near in zip(self._near, self._kind.near, strict=True):
            alike = Repeat(near.outcome, Reason.NEAR_DUPLICATE, near.field, near.fields)
            for rows in keys.groups():
                yield from self._told(self._different(rows), alike)

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


def _folded(key: Iterable[object]) -> tuple[object, ...]:
    return tuple(part.casefold() if isinstance(part, str) else part for part in key)


def _each(parts: tuple[object, ...]) -> Iterator[tuple[object, ...]]:
    """Yield the key, or one key for each element of a tuple in the last place; nothing where it is empty."""
    *front, last = parts
    elements = last if isinstance(last, tuple) else (last,)
    return (_folded((*front, element)) for element in elements if element is not None)
