"""The independent count of some days in the shape of the labour summary, and what the product tells beside it."""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from shopterm.reports.report import Report
from tests.labour.painting import Day, Painting, planned
from tests.labour.stage import KIND_OF, REWORKED, Stage

Days = Mapping[tuple[date, str], Day]
Numbers = dict[str, dict[str, Any]]
Work = dict[str, list[int]]


def agree(stage: Stage, painting: Painting, first: date, last: date, standards: dict[str, int]) -> None:
    """Assert that every sum of these days is the same by both counts, whatever makes a row."""
    days = {key: day for key, day in painting.days(standards).items() if first <= key[0] <= last}
    signed = Counter({line: painting.earned_on(line, standards) for line, day in painting.done if first <= day <= last})
    names = f"{first} – {last}"
    assert told(stage.report("mechanic", first, last), "number") == grouped(days, lambda key: key[1]), names
    assert told(stage.report("day", first, last), "date") == grouped(days, lambda key: str(key[0])), names
    assert told(stage.report("site", first, last), "code") == grouped(days, lambda _key: "C01"), names
    assert worked(stage.report("order", first, last)) == by_order(stage, days, signed), names
    assert spent(stage.report("kind", first, last)) == by_kind(days, signed), names


def figures(days: Days) -> dict[str, Any]:
    """Add days up as the summary names its numbers."""
    present = {key for key, day in days.items() if day.present}
    return {
        "attendance": sum(day.attendance for day in days.values()),
        "direct": sum(day.direct for day in days.values()),
        "rework": sum(day.rework for day in days.values()),
        "indirect": sum(day.indirect for day in days.values()),
        "break": sum(day.pause for day in days.values()),
        "unexplained": sum(day.unexplained for day in days.values()),
        "earned": sum(day.earned for day in days.values()),
        "overtime": sum(day.overtime(key[0]) for key, day in days.items()),
        "shift": sum(planned(key[0]) for key in present),
        "outside": 0,
    }


def grouped(days: Days, name: Callable[[tuple[date, str]], str]) -> Numbers:
    """Add days up under names."""
    groups: dict[str, dict[tuple[date, str], Day]] = {}
    for key, day in days.items():
        groups.setdefault(name(key), {})[key] = day
    return {one: figures(group) for one, group in groups.items()}


def by_order(stage: Stage, days: Days, signed: Counter[str]) -> Work:
    """Add minutes, rework and earned minutes up by work order."""
    return _by_line(days, signed, lambda line: stage.orders[line[0]])


def by_kind(days: Days, signed: Counter[str]) -> Work:
    """Add time up by labour kind, code and break."""
    codes: Counter[str] = sum((day.codes for day in days.values()), Counter())
    found = {f"indirect {code}": [minutes, 0, 0] for code, minutes in codes.items()}
    found["break "] = [sum(day.pause for day in days.values()), 0, 0]
    return _by_line(days, signed, lambda line: f"direct {KIND_OF[line]}") | _work(found)


def _by_line(days: Days, signed: Counter[str], name: Callable[[str], str]) -> Work:
    minutes: Counter[str] = sum((day.lines for day in days.values()), Counter())
    sums: Work = {}
    for line in minutes.keys() | signed.keys():
        row = sums.setdefault(name(line), [0, 0, 0])
        row[0] += minutes[line]
        row[1] += minutes[line] if line[0] == REWORKED else 0
        row[2] += signed[line]
    return _work(sums)


def _work(rows: Work) -> Work:
    return {name: numbers for name, numbers in rows.items() if any(numbers)}


def told(report: Report, name: str) -> Numbers:
    """Return the numbers of each row, ratios and what is still running aside."""
    return {str(row[name]): {key: row[key] for key in figures({})} for row in rows_of(report)}


def worked(report: Report) -> Work:
    """Return minutes, rework and earned minutes of each order with work in it."""
    return _work({str(row["number"]): [row["direct"], row["rework"], row["earned"]] for row in rows_of(report)})


def spent(report: Report) -> Work:
    """Return the same of each kind of time, by kind of entry and labour kind or code."""
    rows = rows_of(report)
    return _work({f"{row['entry']} {row['code']}": [row["minutes"], row["rework"], row["earned"]] for row in rows})


def rows_of(report: Report) -> list[dict[str, Any]]:
    """Return the rows of a report by column, words by value."""
    keys = [column.key for column in report.columns]
    return [dict(zip(keys, map(_plain, row.cells), strict=True)) for row in report.rows]


def _plain(cell: Any) -> Any:
    return getattr(cell, "value", cell)
