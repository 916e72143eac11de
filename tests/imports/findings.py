"""Short forms in which the tests of imports compare what was found."""

from datetime import date

from shopterm.imports import Check, House
from shopterm.imports.issues import Finding, Value

HOUSE = House(date(2026, 11, 24))


def told(check: Check) -> list[tuple[int | None, str, str, str]]:
    """Line, outcome, reason and field of each issue."""
    return [(issue.line, issue.outcome.value, issue.reason.value, issue.field) for issue in check.issues()]


def brief(found: Value | Finding) -> Value | tuple[str, str, Value]:
    """A value as it is; of a finding its outcome, reason and value."""
    if isinstance(found, Finding):
        return found.outcome.value, found.reason.value, found.value
    return found
