"""Which column of the file is which of ours: by name, by another system's header, or as `--map` says."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from shopterm.domain.partnumber import plain
from shopterm.imports.headers import SYNONYMS
from shopterm.imports.issues import Issue, shown
from shopterm.imports.kinds import Column, Kind
from shopterm.imports.reasons import Outcome, Reason

_PUNCTUATION = re.compile(r"[\s\W_]+")
_NAMES_SHOWN = 12


class Refused(Exception):
    """Nothing of the file may be stored."""

    def __init__(self, issue: Issue) -> None:
        """Keep why."""
        super().__init__(issue.reason)
        self.issue = issue


@dataclass(frozen=True)
class Assignment:
    """What the person says about the columns: `theirs=ours`, `theirs=` (not used), `:value=ours` (for all rows)."""

    headers: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Assignment":
        """Read the values of `--map`; ValueError names one without an equals sign."""
        headers: dict[str, str] = {}
        constants: dict[str, str] = {}
        for text in texts:
            theirs, equals, ours = text.rpartition("=")
            if not equals or not theirs.strip():
                raise ValueError(text)
            if theirs.startswith(":"):
                constants[ours.strip()] = theirs[1:]
            else:
                headers[theirs.strip()] = ours.strip()
        return cls(headers, constants)


@dataclass(frozen=True)
class Plan:
    """Where each of our columns stands in the file."""

    columns: tuple[tuple[Column, int], ...]
    constants: tuple[tuple[Column, str], ...]
    header: tuple[str, ...]

    @property
    def ignored(self) -> tuple[str, ...]:
        """Headers of the file that are not used."""
        used = {place for _column, place in self.columns}
        return tuple(name for place, name in enumerate(self.header) if name and place not in used)

    def label(self, name: str) -> str:
        """Return our column's name, with the file's own header where that differs."""
        theirs = next((self.header[place] for column, place in self.columns if column.name == name), name)
        return name if _bare(theirs) == _bare(name) else f"{name} ({shown(theirs)})"

    def labelled(self, issue: Issue) -> Issue:
        """Return the issue with the file's own header in its sentence, where that is not our name."""
        label = self.label(issue.field)
        return issue if label == issue.field else replace(issue, params={**issue.params, "field": label})

    def field_at(self, place: int) -> str:
        """Return the name of the column at a place of the file: ours, else the file's header."""
        names = {position: column.name for column, position in self.columns}
        return names.get(place) or (shown(self.header[place]) if place < len(self.header) else "")

    def repeats_header(self, cells: Sequence[str]) -> bool:
        """Tell whether a record is the header again, as in a file joined from two exports."""
        bare = self._bare_header
        return _bare(cells[0]) == bare[0] and [_bare(cell) for cell in cells] == bare

    @cached_property
    def _bare_header(self) -> list[str]:
        return [_bare(name) for name in self.header]


def plan(kind: Kind, cells: Sequence[str], line: int, assignment: Assignment) -> Plan:
    """Return the plan for a header line; raise Refused where a needed column is missing or stands twice."""
    header = tuple(cell.strip("\ufeff \t\r\n\xa0\u3000") for cell in cells)
    constants = assignment.constants
    _check(kind, header, line, assignment)
    places = _places(kind, header, line, assignment)
    for column in kind.columns:
        if column.required and column.name not in places and column.name not in constants:
            raise Refused(_missing(column.name, header, line))
    return Plan(
        tuple((column, places[column.name]) for column in kind.columns if column.name in places),
        tuple((column, constants[column.name]) for column in kind.columns if column.name in constants),
        header,
    )


def unused_columns(found: Plan) -> list[Issue]:
    """Return one notice that names the columns not used, shortened; none if all are."""
    if not (ignored := found.ignored):
        return []
    params = {"count": str(len(ignored)), "found": _listed(ignored)}
    return [Issue(None, Outcome.KEEP, Reason.UNKNOWN_COLUMN, params=params)]


def _places(kind: Kind, header: Sequence[str], line: int, assignment: Assignment) -> dict[str, int]:
    """Return each column's place in the file; a column's own name wins over another's synonym."""
    places: dict[str, int] = {}
    bare = [_bare(name) for name in header]
    for spellings_of in (_named, _synonyms):
        for column in kind.columns:
            if column.name in places or column.name in assignment.constants:
                continue
            taken = {_bare(theirs) for theirs, ours in assignment.headers.items() if ours != column.name}
            free = ["" if name in taken or place in places.values() else name for place, name in enumerate(bare)]
            found = _find(free, spellings_of(column, assignment))
            if len(found) > 1:
                params = {"count": str(len(found))}
                raise Refused(Issue(line, Outcome.REJECT, Reason.DUPLICATE_HEADER, column.name, params))
            if found:
                places[column.name] = found[0]
    return places


def _named(column: Column, assignment: Assignment) -> list[str]:
    mapped = [theirs for theirs, ours in assignment.headers.items() if ours == column.name]
    return mapped or [column.name]


def _synonyms(column: Column, assignment: Assignment) -> list[str]:
    mapped = column.name in assignment.headers.values()
    return [] if mapped else list(SYNONYMS.get(column.name, ()))


def _find(bare: Sequence[str], spellings: Sequence[str]) -> list[int]:
    """Return the places of the first spelling that stands in the header."""
    for spelling in spellings:
        found = [place for place, name in enumerate(bare) if name and name == _bare(spelling)]
        if found:
            return found
    return []


def _check(kind: Kind, header: Sequence[str], line: int, assignment: Assignment) -> None:
    names = [column.name for column in kind.columns]
    for ours in (*assignment.headers.values(), *assignment.constants):
        if ours and ours not in names:
            params = {"value": shown(ours), "known": ", ".join(names)}
            raise Refused(Issue(None, Outcome.REJECT, Reason.BAD_MAP, ours, params))
    bare = {_bare(name) for name in header}
    for theirs in assignment.headers:
        if _bare(theirs) not in bare:
            raise Refused(_missing(theirs, header, line))


def _missing(name: str, header: Sequence[str], line: int) -> Issue:
    return Issue(line, Outcome.REJECT, Reason.MISSING_COLUMN, name, {"found": _listed(header)})


def _listed(names: Sequence[str]) -> str:
    more = " …" if len(names) > _NAMES_SHOWN else ""
    return ", ".join(shown(name) for name in names[:_NAMES_SHOWN]) + more


def _bare(name: str) -> str:
    return _PUNCTUATION.sub("", plain(name).casefold())
