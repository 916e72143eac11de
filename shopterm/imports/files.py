"""Checks a whole file: encoding, header, rows, and how the rows relate."""

from pathlib import Path
from typing import BinaryIO, NamedTuple

from shopterm.imports.breaks import joined
from shopterm.imports.catalogue import KINDS
from shopterm.imports.chains import circles
from shopterm.imports.check import Check
from shopterm.imports.columns import Assignment, Plan, Refused, plan, unused_columns
from shopterm.imports.duplicates import Duplicates, Repeat
from shopterm.imports.encoding import BadLine, detect
from shopterm.imports.issues import Issue, shown
from shopterm.imports.reader import BadRecord, Table, split_loosely
from shopterm.imports.reasons import Outcome, Reason
from shopterm.imports.references import Known, check_references
from shopterm.imports.row import House, RowCheck
from shopterm.imports.rules import Values
from shopterm.imports.source import Progress, opened, ticker
from shopterm.imports.spool import Row

_BATCH = 500


def check_file(
    path: Path,
    kind: str,
    house: House,
    *,
    encoding: str | None = None,
    assignment: Assignment | None = None,
    known: Known | None = None,
    progress: Progress | None = None,
) -> Check:
    """Read a whole file of a kind and judge it; nothing is stored, whatever is wrong is an issue of the result.

    Without `known`, nothing is asked about parts, customers and sites on file. Memory stays bounded: rows wait in
    a temporary file, of each row only a few hashes stay. OSError means the disk failed, not that the file is bad.
    """
    check = Check(KINDS[kind])
    try:
        with opened(path) as stream:
            reading = _Reading(check, stream, house, known, progress)
            reading.run(encoding, assignment or Assignment())
    except Refused as refusal:
        check.file_issues = [refusal.issue]
    except BaseException:
        check.close()
        raise
    return check


class _Draft(NamedTuple):
    """A row checked by itself."""

    line: int
    cells: list[str]
    values: Values
    issues: list[Issue]


class _Reading:
    """One reading of one file."""

    def __init__(
        self, check: Check, stream: BinaryIO, house: House, known: Known | None, progress: Progress | None
    ) -> None:
        self._check, self._stream, self._house, self._known = check, stream, house, known
        self._size = stream.seek(0, 2)
        self._tick = ticker(progress, 2 * self._size)
        self._duplicates = Duplicates(check.kind)
        self._replaced: dict[int, tuple[str, str]] = {}

    def run(self, encoding: str | None, assignment: Assignment) -> None:
        """Read the file to its end, or raise Refused."""
        self._stream.seek(0)
        try:
            self._check.encoding = detect(self._stream, encoding, self._tick)
        except BadLine as bad:
            raise Refused(self._mixed(bad, assignment)) from None
        table = Table(self._stream, self._check.encoding)
        try:
            found = self._header(table, assignment)
            self._rows(table, found)
        finally:
            table.close()
        self._relate(found)
        if not self._check.states:
            raise Refused(Issue(None, Outcome.REJECT, Reason.NO_ROWS))

    def _header(self, table: Table, assignment: Assignment) -> Plan:
        line, cells = next(table.records(), (1, None))
        if cells is None:
            raise Refused(Issue(None, Outcome.REJECT, Reason.EMPTY_FILE))
        if isinstance(cells, BadRecord):
            raise Refused(_unread(cells, None))
        found = plan(self._check.kind, cells, line, assignment)
        table.width = len(cells)
        self._check.plan, self._check.delimiter = found, table.delimiter
        self._check.file_issues = unused_columns(found)
        return found

    def _rows(self, table: Table, found: Plan) -> None:
        check_row = RowCheck(self._check.kind, found, self._house)
        batch: list[_Draft] = []
        try:
            for line, cells in joined(table.records(), found):
                batch.append(self._draft(line, cells, check_row))
                if len(batch) == _BATCH:
                    self._put(batch, check_row)
                    batch = []
        except BadRecord as bad:
            raise Refused(_unread(bad, found)) from None
        self._put(batch, check_row)

    def _draft(self, line: int, cells: list[str] | BadRecord, check_row: RowCheck) -> _Draft:
        if isinstance(cells, BadRecord):
            return _Draft(line, [], {}, [_unread(cells, check_row.plan)])
        if check_row.plan.repeats_header(cells):
            again = Issue(line, Outcome.REJECT, Reason.REPEATED_HEADER, check_row.plan.field_at(0))
            return _Draft(line, cells, {}, [again])
        values, issues = check_row(line, cells)
        self._duplicates.add(line, values)
        if chain := self._check.kind.chain:
            maker, old, new = (str(values[name]) for name in chain)
            self._replaced[line] = f"{maker}\0{old}", f"{maker}\0{new}"
        return _Draft(line, cells, values, issues)

    def _put(self, batch: list[_Draft], check_row: RowCheck) -> None:
        """Ask about what the rows name, and put them away."""
        if self._known:
            by_line = {draft.line: draft for draft in batch if draft.values and not _refused(draft.issues)}
            rows = [(draft.line, draft.values) for draft in by_line.values()]
            for issue in check_references(self._check.kind, rows, self._known, self._house.accepted):
                by_line[issue.line or 0].issues.append(check_row.plan.labelled(issue))
        late = self._check.kind.holds_late
        self._check.spool.put(
            [
                Row(line, values, tuple(issues), check_row.raw(cells) if late or _doubtful(issues) else None)
                for line, cells, values, issues in batch
            ]
        )
        self._tick(self._size + self._stream.tell())

    def _relate(self, found: Plan) -> None:
        """Add what is known only now: rows that repeat or contradict others, numbers replaced in a circle."""
        late = self._check.late
        repeats: dict[int, list[Repeat]] = {}
        for line, repeat in self._duplicates.found():
            repeats.setdefault(line, []).append(repeat)
        for row in self._check.spool if repeats else ():
            for repeat in repeats.get(row.line, ()):
                late.setdefault(row.line, []).append(found.labelled(_repeated(row, repeat)))
        ring = circles(self._replaced.values())
        for line, (old, new) in self._replaced.items():
            if old in ring and new in ring:
                params = {"value": shown(new.partition("\0")[2])}
                issue = Issue(line, Outcome.HOLD, Reason.CYCLE, self._check.kind.key_field, params)
                late.setdefault(line, []).append(found.labelled(issue))
        self._check.count()

    def _mixed(self, bad: BadLine, assignment: Assignment) -> Issue:
        """Name the field that is written in another encoding, or refuse the header if already that is wrong."""
        table = Table(self._stream, "utf-8", "surrogateescape")
        try:
            found = self._header(table, assignment)
        finally:
            table.close()
        pieces = split_loosely(bad.text.decode("utf-8", "surrogateescape"), table.delimiter)
        odd = (place for place, piece in enumerate(pieces) if not piece.isascii() and _undecoded(piece))
        name = found.field_at(next(odd, 0))
        return found.labelled(Issue(bad.line, Outcome.REJECT, Reason.MIXED_ENCODING, name))


def _unread(bad: BadRecord, found: Plan | None) -> Issue:
    name = found.field_at(bad.place) if found else ""
    return Issue(bad.line, bad.finding.outcome, bad.finding.reason, name, bad.finding.params)


def _repeated(row: Row, repeat: Repeat) -> Issue:
    values = [row.values.get(name) for name in repeat.about]
    texts = (", ".join(value) if isinstance(value, tuple) else str(value) for value in values)
    params = {"value": shown(" ".join(texts)), "other": str(repeat.other)}
    stored = str(row.values.get(repeat.field)) if repeat.reason is Reason.NEAR_DUPLICATE else None
    return Issue(row.line, repeat.outcome, repeat.reason, repeat.field, params, stored)


def _refused(issues: list[Issue]) -> bool:
    return any(issue.outcome is Outcome.REJECT for issue in issues)


def _doubtful(issues: list[Issue]) -> bool:
    return any(issue.outcome in (Outcome.REJECT, Outcome.HOLD) for issue in issues)


def _undecoded(text: str) -> bool:
    return any("\udc80" <= char <= "\udcff" for char in text)
