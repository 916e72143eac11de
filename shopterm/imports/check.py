"""What checking a file found, and how a single row is checked again."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from shopterm.imports.catalogue import KINDS
from shopterm.imports.columns import Assignment, Plan, plan
from shopterm.imports.issues import Issue
from shopterm.imports.kinds import Kind
from shopterm.imports.reasons import Outcome, Reason, Verdict
from shopterm.imports.references import Known, check_references
from shopterm.imports.row import House, RowCheck
from shopterm.imports.spool import Row, Spool, State


@dataclass
class Check:
    """What checking a file found. A context manager: its rows live in a temporary file."""

    kind: Kind
    encoding: str = ""
    delimiter: str = ""
    plan: Plan | None = None
    file_issues: list[Issue] = field(default_factory=list)
    """About the file as a whole; where one of them rejects, there are no rows."""
    states: Counter[State] = field(default_factory=Counter)
    """How many rows are good, held, refused, repeated."""
    counts: Counter[tuple[Outcome, Reason]] = field(default_factory=Counter)
    """How many issues of each sort the rows have."""
    spool: Spool = field(default_factory=Spool)
    late: dict[int, list[Issue]] = field(default_factory=dict)
    """By line: issues that were known only once the whole file had been seen."""

    @property
    def verdict(self) -> Verdict:
        """Whether all, some or none of the rows may be stored at once."""
        if any(issue.outcome is Outcome.REJECT for issue in self.file_issues):
            return Verdict.REJECT
        doubtful = self.states[State.REFUSED] or self.states[State.HELD]
        return Verdict.PARTIAL if doubtful else Verdict.ACCEPT

    def rows(self) -> Iterator[Row]:
        """Yield every row in file order, the held and refused ones too; none of a rejected file."""
        if self.verdict is not Verdict.REJECT:
            yield from self._finished()

    def issues(self) -> Iterator[Issue]:
        """Yield every issue: those of the file, then those of its rows in file order."""
        yield from self.file_issues
        for row in self.rows():
            yield from row.issues

    def count(self) -> None:
        """Count rows and issues, once everything is known."""
        for row in self._finished():
            self.states[row.state] += 1
            self.counts.update((issue.outcome, issue.reason) for issue in row.issues)

    def close(self) -> None:
        """Give the temporary file back."""
        self.spool.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _finished(self) -> Iterator[Row]:
        for row in self.spool:
            late = self.late.get(row.line)
            yield Row(row.line, row.values, (*row.issues, *late), row.raw) if late else row


def check_row(kind: str, raw: Mapping[str, str], house: House, known: Known | None = None, line: int = 1) -> Row:
    """Check one row again, by our column names: a held line whose doubts a person has answered or corrected."""
    names, cells = list(raw), list(raw.values())
    check = RowCheck(KINDS[kind], plan(KINDS[kind], names, line, Assignment()), house)
    values, issues = check(line, cells)
    if known:
        issues += check_references(KINDS[kind], [(line, values)], known, house.accepted)
    return Row(line, values, tuple(issues), dict(raw))
