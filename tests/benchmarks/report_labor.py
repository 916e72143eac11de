"""S9 and S10: the labour summary over a million labour rows, against raw SQL for the same columns.

    python -m tests.benchmarks.report_labor [--rows N] [--rounds N] [--postgres | --url URL_OF_AN_EMPTY_DATABASE]

S9 is the whole process, with CSV: against a click program that sends one query with sqlite3 or psycopg2, once
the plain sum of minutes by mechanic, once all columns of the summary. S10 is the query, for a day and for a month: the
product's queries with their typed rows, and these laid out as labour days, against one raw query by the same driver.
All run in turn; the printed figures are ratios of medians. That both count the same minutes is asserted.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from shopterm.db.queries import labour as rows
from shopterm.db.reading import Reading, open_reading
from shopterm.domain.calendar import Hours, SiteCalendar
from shopterm.domain.labour import day_rows
from shopterm.reports.labor_book import Ledger
from shopterm.reports.labor_days import Days, Period
from tests import postgres, shopkit
from tests.benchmarks.labour_house import ZONE, fill

CALENDAR = SiteCalendar(ZONE, ((Hours(480, 720), Hours(780, 1050)),) * 6 + ((),))
CALENDARS = {0: CALENDAR, 1: CALENDAR}
MINUTES = '(e."end" / 60000000 - e.start / 60000000)'
DAY = "({instant} + 28800000000) / 86400000000"
SUMS = """
    SELECT p.number, SUM((e."end" - e.start) / 60000000) FROM person p CROSS JOIN labour_entry e
    WHERE e.person_id = p.id AND e.voided = 0 AND e.start >= {since} AND e.start < {until} GROUP BY p.id"""
SUMMARY = f"""
    WITH shift AS (
      SELECT p.id AS person, p.number, a.start, a."end" / 60000000 - a.start / 60000000 AS attendance,
        SUM(CASE WHEN e.kind = 'direct' THEN {MINUTES} ELSE 0 END) AS direct,
        SUM(CASE WHEN e.kind = 'direct' AND e.rework = 1 THEN {MINUTES} ELSE 0 END) AS rework,
        SUM(CASE WHEN e.kind = 'indirect' THEN {MINUTES} ELSE 0 END) AS indirect,
        SUM(CASE WHEN e.kind = 'break' THEN {MINUTES} ELSE 0 END) AS breaks
      FROM person p CROSS JOIN attendance a LEFT JOIN labour_entry e
        ON e.person_id = a.person_id AND e.voided = 0 AND e.start >= a.start AND e.start < a."end"
      WHERE a.person_id = p.id AND a.voided = 0 AND a.start >= {{since}} AND a.start < {{until}}
      GROUP BY p.id, a.start, a."end", a.id),
    worked AS (
      SELECT l.id, l.minutes, l.done_at, e.person_id, SUM({MINUTES}) AS spent
      FROM labour_line l JOIN labour_entry e ON e.labour_line_id = l.id AND e.voided = 0 AND e.rework = 0
      WHERE l.done_at >= {{since}} AND l.done_at < {{until}} GROUP BY l.done_at, l.id, e.person_id),
    share AS (
      SELECT person_id, done_at, minutes * spent / NULLIF(SUM(spent) OVER (PARTITION BY id), 0) AS earned FROM worked),
    earned AS (
      SELECT person_id, {DAY.format(instant="done_at")} AS day, SUM(earned) AS earned FROM share GROUP BY person_id, 2)
    SELECT s.number, {DAY.format(instant="s.start")} AS day, attendance, direct, rework, indirect, breaks,
      COALESCE(earned, 0) FROM shift s
      LEFT JOIN earned ON earned.person_id = s.person AND earned.day = {DAY.format(instant="s.start")}
    ORDER BY s.number, 2"""
FLOOR = '''
import click
{driver}

@click.group()
def cli(): "A workshop."

@cli.group()
def report(): "Reports."

@report.command()
@click.option("--db")
def labor(db):
    "What became of the hours."
    for row in rows(db, """{query}"""):
        click.echo(",".join(map(str, row)))
'''
SQLITE = """
import sqlite3

def rows(db, query):
    return sqlite3.connect(db).execute(query)
"""
POSTGRES = """
import psycopg2

def rows(db, query):
    cursor = psycopg2.connect(db).cursor()
    cursor.execute(query)
    return cursor
"""
LAUNCH = "import sys\nfrom {module} import {name}\nsys.exit({name}())\n"


def main() -> None:
    """Print one JSON object with the figures."""
    options = argparse.ArgumentParser()
    options.add_argument("--url", default="")
    options.add_argument("--postgres", action="store_true")
    options.add_argument("--rows", type=int, default=1_000_000)
    options.add_argument("--rounds", type=int, default=15)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder, database(Path(folder), asked.url, asked.postgres) as url:
        data = Path(folder)
        shop = shopkit.build(url, data)
        middle = fill(shop, asked.rows) - timedelta(days=asked.rows // 3200)
        shop.close()
        day, month = Period(middle, middle), Period(middle.replace(day=1), middle.replace(day=28))
        figures: dict[str, Any] = {"rows": asked.rows, "database": url.partition(":")[0]}
        with open_reading(url) as reading:
            figures["S10 day"] = query(reading, day, asked.rounds)
            figures["S10 month"] = query(reading, month, asked.rounds)
        figures["S9"] = process(data, url, middle, asked.rounds)
        print(json.dumps(figures, indent=2))


@contextmanager
def database(data: Path, url: str, own_server: bool) -> Iterator[str]:
    """Give the database that was asked for: a file, one of a server started for this, or the one named."""
    if not own_server:
        yield url or f"sqlite:///{data / 'shop.db'}"
        return
    folder = Path(tempfile.mkdtemp(prefix="shopterm-bench-"))
    try:
        server = postgres.Server(folder, "labour")
        yield server.url(server.create())
    finally:
        postgres.end(folder)


def query(reading: Reading, period: Period, rounds: int) -> dict[str, float]:
    """Measure the queries for some days."""
    now = reading.now()
    window = Days(period, CALENDARS).window(now)
    raw = SUMMARY.format(since=window.since, until=window.until)

    def typed() -> Any:
        shifts = rows.shift_sums(reading.rows, window)
        odd = rows.out_of_order(reading.rows, window, rows.inside_shifts(shifts))
        lines = list(rows.finished(reading.rows, window, odd))
        several = (line.line for line in lines if line.lowest != line.highest)
        return shifts, odd, lines, rows.worked(reading.rows, several, now)

    def days() -> Any:
        book = Ledger(reading.rows, CALENDARS, period, now).by_shift()
        return day_rows(book.sheet, book.earned, CALENDARS)

    agree(reading.rows(raw), days())
    floor, product, laid_out = in_turn([lambda: reading.rows(raw), typed, days], rounds)
    return {
        "floor_ms": round(floor * 1000, 2),
        "queries with typed rows": round(product / floor, 2),
        "labour days": round(laid_out / floor, 2),
    }


def agree(raw: Sequence[Sequence[Any]], days: Sequence[Any]) -> None:
    """Assert that the floor counts what the product counts; shares of shared lines it only rounds down."""
    names = ("attendance", "direct", "rework", "indirect", "breaks")
    assert len(raw) == len(days) > 0
    for place, name in enumerate(names, 2):
        assert sum(row[place] for row in raw) == sum(getattr(day, name) for day in days), name
    earned = sum(day.earned for day in days)
    assert earned * 0.98 < sum(row[7] for row in raw) <= earned


def process(data: Path, url: str, day: date, rounds: int) -> dict[str, float]:
    """Measure the whole process."""
    window = Days(Period(day, day), CALENDARS).window(0)
    program = [sys.executable, str(launcher(data, "product", "shopterm.__main__", "main"))]
    commands = [[*program, "report", "labor", "--date", day.isoformat(), "--format", "csv"]]
    driver, place = (SQLITE, url.removeprefix("sqlite:///")) if url.startswith("sqlite") else (POSTGRES, url)
    for name, text in ("sums", SUMS), ("summary", SUMMARY):
        module = data / f"floor_{name}.py"
        module.write_text(FLOOR.format(driver=driver, query=text.format(since=window.since, until=window.until)))
        path = launcher(data, name, module.stem, "cli")
        commands.append([sys.executable, str(path), "report", "labor", "--db", place])
    environ = {name: value for name, value in os.environ.items() if not name.startswith("PYTHONDONT")} | {
        "PYTHONPATH": os.pathsep.join([str(Path.cwd()), str(data)]),
        "SHOPTERM_DB": url,
        "SHOPTERM_STORAGE__DATA_DIR": str(data),
    }
    product, sums, summary = in_turn([lambda c=command: run(c, environ) for command in commands], rounds)  # type: ignore[misc]
    return {
        "floor_ms": round(sums * 1000, 1),
        "against click and the sum of minutes": round(product / sums, 2),
        "against click and all columns": round(product / summary, 2),
    }


def launcher(data: Path, name: str, module: str, function: str) -> Path:
    """Write what an installed program's script is: one line that imports a compiled module."""
    path = data / f"run_{name}.py"
    path.write_text(LAUNCH.format(module=module, name=function))
    return path


def run(command: Sequence[str], environ: dict[str, str]) -> None:
    """Run a program to its end."""
    subprocess.run(command, env=environ, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL, check=True)


def in_turn(works: Sequence[Callable[[], Any]], rounds: int) -> list[float]:
    """Return the median seconds of each work, all done in turn, after a first time that does not count."""
    taken: list[list[float]] = [[] for _work in works]
    for number in range(rounds + 1):
        for times, work in zip(taken, works, strict=True):
            start = time.perf_counter()
            work()
            if number:
                times.append(time.perf_counter() - start)
    return [statistics.median(times) for times in taken]


if __name__ == "__main__":
    main()
