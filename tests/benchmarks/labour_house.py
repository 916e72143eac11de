"""A house with years of labour: two hundred mechanics, eight entries a day each, in the product's own schema."""

import io
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from shopterm.db import sql
from shopterm.db.session import Shop
from shopterm.domain.local_time import MINUTE, instant_at

ZONE = ZoneInfo("Asia/Shanghai")
FIRST = date(2024, 1, 1)
MECHANICS, A_DAY = 200, 8
PERSON, ORDER, JOB, LINE, KEY = 1_000, 10_000_000, 20_000_000, 30_000_000, 100_000_000
KINDS = ("repair", "removal_installation", "outsourced")
CODES = ("clean", "wait", "meeting", "tools")
SECOND = 1_000_000


@dataclass
class House:
    """The rows as they come about, day by day."""

    rng: random.Random = field(default_factory=lambda: random.Random(1))
    lines: list[list[Any]] = field(default_factory=list)
    """Each line's standard minutes, and the instant and the person it was signed done by."""
    on: list[int | None] = field(default_factory=lambda: [None] * MECHANICS)
    """The line each mechanic works on."""
    attendances: list[tuple[Any, ...]] = field(default_factory=list)
    entries: list[tuple[Any, ...]] = field(default_factory=list)

    def work(self, days: int) -> None:
        """Let days pass."""
        for number in range(days):
            midnight = instant_at(FIRST + timedelta(days=number), 0, ZONE)
            for mechanic in range(MECHANICS):
                self._day(mechanic, midnight)

    def _day(self, mechanic: int, midnight: int) -> None:
        rng = self.rng
        start = midnight + (480 * 60 + rng.randrange(1200)) * SECOND
        out = midnight + (1050 * 60 + rng.randrange(1800)) * SECOND
        self.attendances.append((KEY + len(self.attendances), 1, PERSON + mechanic, start, out, 0, ""))
        cuts = sorted(rng.sample(range(510, 1040, 10), A_DAY - 1))
        at = start
        for place in range(A_DAY):
            last = place == A_DAY - 1
            end = out - rng.randrange(120) * SECOND if last else midnight + cuts[place] * MINUTE + rng.randrange(MINUTE)
            self._entry(mechanic, place, at, max(at, end))
            at = min(max(at, end) + rng.choice((0, 0, 0, 90 * SECOND)), out - 1)

    def _entry(self, mechanic: int, place: int, start: int, end: int) -> None:
        kind = {3: "break", 5: "indirect"}.get(place, "direct")
        line = self._line(mechanic, end) if kind == "direct" else None
        code = self.rng.choice(CODES) if kind == "indirect" else ""
        rework = int(kind == "direct" and self.rng.random() < 0.06)
        job = None if line is None else JOB + line // 3
        key = None if line is None else LINE + line
        row = (KEY + len(self.entries), 1, PERSON + mechanic, kind, job, key, code, rework, start, end, 0, "")
        self.entries.append(row)

    def _line(self, mechanic: int, end: int) -> int:
        """Return the line worked on; every third entry signs it done, every fifth line is another's too."""
        line = self.on[mechanic]
        if line is None or self.lines[line][1] is not None:
            other = self.on[(mechanic + 1) % MECHANICS]
            if other is None or self.lines[other][1] is not None or self.rng.random() > 0.2:
                self.lines.append([self.rng.randrange(4, 25) * 15, None, None])
                other = len(self.lines) - 1
            line = self.on[mechanic] = other
        if self.rng.random() < 1 / 3:
            self.lines[line][1:] = end, PERSON + mechanic
        return line


def fill(shop: Shop, rows: int) -> date:
    """Fill a test workshop with so many labour entries; returns the last day."""
    house = House()
    days = rows // (MECHANICS * A_DAY)
    house.work(days)
    with shop.reader():
        machine = sql.scalar("SELECT MIN(id) FROM machine")
    shop.write(lambda: _load(shop, house, machine))
    with shop.reader() as db:
        if shop.backend.name == "postgres":
            db.connection().autocommit = True  # what its own housekeeping does meanwhile
            db.execute_sql("VACUUM ANALYZE")
            db.connection().autocommit = False
    return FIRST + timedelta(days=days - 1)


def _load(shop: Shop, house: House, machine: int) -> None:
    jobs = len(house.lines) // 3 + 1
    _insert(
        shop, "person", "id number name_zh name_en phone language skills discount_limit joined state version",
        ((PERSON + n, f"M{n:03}", f"师傅{n}", "", "", "zh", "", 0, "", "active", 1) for n in range(MECHANICS)),
    )  # fmt: skip
    _insert(
        shop, "work_order",
        "id site number version state customer_name phone machine_id received_at received_by_id purpose note fuel "
        "valuables bay read_back_by engineer_called changed_at",
        ((ORDER + n, 1, f"C01-WO-{n:07}", 1, "in_shop", "", "", machine, 0, 1, *[""] * 6, 0, 0)
         for n in range(jobs // 2 + 1)),
    )  # fmt: skip
    _insert(
        shop, "job",
        "id site number version order_id line state text payer assembly bay qc_fails plan_people plan_instruction "
        "waits_note advice decision approval_reference approval_date changed_at",
        ((JOB + n, 1, f"C01-WO-{n // 2:07}/{n % 2 + 1}", 1, ORDER + n // 2, n % 2 + 1, "in_work", "job", "customer", 0,
          "", 0, *[""] * 7, 0) for n in range(jobs)),
    )  # fmt: skip
    _insert(
        shop, "labour_line",
        "id job_id rev line text kind minutes people rate amount entered_by_id return_reason done_at done_by_id",
        ((LINE + n, JOB + n // 3, 1, n % 3 + 1, "work", KINDS[n % 3], minutes, 1, 18_000, 0, 1, "", done_at, by)
         for n, (minutes, done_at, by) in enumerate(house.lines)),
    )  # fmt: skip
    _insert(shop, "attendance", "id site person_id start end voided reason", house.attendances)
    columns = "id site person_id kind job_id labour_line_id code rework start end voided reason"
    _insert(shop, "labour_entry", columns, house.entries)


def _insert(shop: Shop, table: str, columns: str, rows: Iterable[Sequence[Any]]) -> None:
    names = ", ".join(f'"{name}"' for name in columns.split())
    if shop.backend.name == "sqlite":
        marks = ", ".join("?" * len(columns.split()))
        shop.db.connection().executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)
        return
    text = io.StringIO("".join(_copied(rows)))
    shop.db.connection().cursor().copy_expert(f"COPY {table} ({names}) FROM STDIN", text)


def _copied(rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    for row in rows:
        yield "\t".join("\\N" if cell is None else str(cell) for cell in row) + "\n"
