"""One row of text to typed values and what was found in it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from shopterm.imports.columns import Plan
from shopterm.imports.issues import Finding, Issue, Value, shown
from shopterm.imports.kinds import Column, Kind
from shopterm.imports.reasons import Outcome, Reason
from shopterm.imports.rules import RULES, Values

_LENIENT = {Reason.BAD_CHOICE, Reason.EXCEL_MANGLED}


@dataclass(frozen=True)
class House:
    """What the checks need to know of the house: the day, its currency, and doubts a person has answered."""

    today: date
    currency: str = "CNY"
    accepted: Collection[Reason] = ()
    """Doubts that hold a line no longer: the proposed value is taken."""


class RowCheck:
    """Checks the rows of one file; made once, called for each row."""

    def __init__(self, kind: Kind, plan: Plan, house: House) -> None:
        """Bind the columns to their places."""
        self.plan = plan
        self._house = house
        self._today = house.today.isoformat()
        self._rule = RULES.get(kind.name)
        self._readers = tuple((column, place, column.read) for column, place in plan.columns)
        self._absent = {column.name: column.default for column in kind.columns}
        self._constants = tuple(plan.constants)

    def __call__(self, line: int, cells: Sequence[str]) -> tuple[Values, list[Issue]]:
        """Return the row's values, by column name, and its issues; values in doubt hold what is proposed."""
        values, issues = self._absent.copy(), list[Issue]()
        found = len(cells)
        for column, place, read in self._readers:
            value = read(cells[place]) if place < found else None
            if value is None or type(value) is Finding or column.past:
                value = self._judge(line, column, value, issues)
            values[column.name] = value  # type: ignore[assignment]
        for column, text in self._constants:
            values[column.name] = self._judge(line, column, column.read(text), issues)
        if found > len(self.plan.header) and any(map(str.strip, cells[len(self.plan.header) :])):
            issues.append(self._too_many(line, found))
        if self._rule:
            for name, finding in self._rule(values, self._house.currency):
                issues.append(self._issue(line, name, finding))
        return values, issues

    def raw(self, cells: Sequence[str]) -> dict[str, str]:
        """Return the row as it was read, by our column names, to be checked again once its doubts are answered."""
        texts = {column.name: cells[place] if place < len(cells) else "" for column, place, _read in self._readers}
        return texts | {column.name: text for column, text in self._constants}

    def _judge(self, line: int, column: Column, value: Value | Finding, issues: list[Issue]) -> Value:
        finding = None
        if isinstance(value, Finding):
            finding = self._softened(column, value)
            issues.append(self._issue(line, column.name, finding))
            value = finding.value
        if value is None:
            if column.required and not finding:
                issues.append(self._issue(line, column.name, Finding(Outcome.REJECT, Reason.MISSING_VALUE)))
            return column.default
        if column.past and isinstance(value, str) and value > self._today:
            late = Finding(self._held(Reason.FUTURE_DATE), Reason.FUTURE_DATE, params={"value": shown(value)})
            issues.append(self._issue(line, column.name, late))
        return value

    def _softened(self, column: Column, finding: Finding) -> Finding:
        """Return the finding as it counts here: some values may be left out, some doubts are answered."""
        if column.lenient and finding.reason in _LENIENT:
            return Finding(Outcome.WARN, finding.reason, None, "", finding.params)
        if finding.outcome is Outcome.HOLD and finding.value is not None:
            outcome = self._held(finding.reason)
            return Finding(outcome, finding.reason, finding.value, finding.stored, finding.params)
        return finding

    def _held(self, reason: Reason) -> Outcome:
        return Outcome.KEEP if reason in self._house.accepted else Outcome.HOLD

    def _too_many(self, line: int, found: int) -> Issue:
        params = {"count": str(found), "limit": str(len(self.plan.header))}
        return Issue(line, Outcome.REJECT, Reason.TOO_MANY_VALUES, params=params)

    def _issue(self, line: int, name: str, finding: Finding) -> Issue:
        return self.plan.labelled(Issue(line, finding.outcome, finding.reason, name, finding.params, finding.stored))
