"""What a row names must be on file: asked of the caller, many rows at a time."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from shopterm.imports.issues import Issue, shown
from shopterm.imports.kinds import Kind, Reference
from shopterm.imports.reasons import Outcome, Reason
from shopterm.imports.rules import Values

Key = tuple[str, ...]
Known = Callable[[str, Collection[Key]], Collection[Key]]
"""Given an entity and keys, returns those that are on file, in the spelling they were asked in.

Entities: `part` (maker, number), `customer` (number), `site` (code). For an entity one does not keep, return all.
"""

_LOST_ZEROS = ("0", "00", "000")


def check_references(
    kind: Kind, rows: Sequence[tuple[int, Values]], known: Known, accepted: Collection[Reason] = ()
) -> Iterator[Issue]:
    """Yield an issue for each row that names what is not on file; values left out by a warning become None."""
    zeros = _lost_zeros(kind, rows, known)
    for line, _values in rows:
        if issue := zeros.get(line):
            outcome = Outcome.KEEP if issue.reason in accepted else issue.outcome
            yield Issue(line, outcome, issue.reason, issue.field, issue.params, issue.stored)
    for reference in kind.references:
        held = zeros if reference.entity == "part" else {}
        yield from _missing(reference, [row for row in rows if row[0] not in held], known)


def _missing(reference: Reference, rows: Sequence[tuple[int, Values]], known: Known) -> Iterator[Issue]:
    wanted = {line: _keys(values, reference.fields) for line, values in rows}
    asked = {key for keys in wanted.values() for key in keys}
    unknown = asked - set(known(reference.entity, asked)) if asked else set()
    for line, values in rows:
        for key in wanted[line]:
            if key in unknown:
                params = {"value": shown(" ".join(key))}
                yield Issue(line, reference.missing, reference.reason, reference.field, params)
                if reference.missing is Outcome.WARN and reference.entity != "part":
                    values[reference.field] = None


def _lost_zeros(kind: Kind, rows: Sequence[tuple[int, Values]], known: Known) -> Mapping[int, Issue]:
    """Return a doubt for each part that is not on file while the same number with a zero in front is."""
    if not kind.part:
        return {}
    named = {line: key for line, values in rows for key in _keys(values, kind.part) if key[1][:1].isdigit()}
    unknown = set(named.values()) - set(known("part", set(named.values()))) if named else set()
    guesses = {(maker, zeros + number) for maker, number in unknown for zeros in _LOST_ZEROS}
    on_file = set(known("part", guesses)) if guesses else set()
    found = {}
    for line, (maker, number) in named.items():
        meant = next((zeros + number for zeros in _LOST_ZEROS if (maker, zeros + number) in on_file), None)
        if meant and (maker, number) in unknown:
            params = {"value": shown(number), "other": shown(meant)}
            found[line] = Issue(line, Outcome.HOLD, Reason.LEADING_ZERO, kind.part[1], params, meant)
    return found


def _keys(values: Values, fields: Sequence[str]) -> list[Key]:
    """Return the keys a row names: none where a part of it is empty, several where the last field is a list."""
    *front, last = [values.get(name) for name in fields]
    elements = last if isinstance(last, tuple) else (last,)
    if None in front or None in elements:
        return []
    return [tuple(str(part) for part in (*front, element)) for element in elements]
