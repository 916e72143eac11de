"""Labour histories for tests: mostly days in order, as clocks write them, and some that were tampered with."""

from dataclasses import dataclass, field
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from shopterm.db import sql
from shopterm.db.session import Shop
from shopterm.db.setup import add_site
from shopterm.domain.calendar import Hours, SiteCalendar
from shopterm.domain.labour_records import Attendance, DoneLine, Entry
from shopterm.domain.local_time import MINUTE, local_day
from shopterm.domain.vocabulary import EntryKind

BASE = 29_539_680
"""Minutes from 1970 to Monday 2026-03-02 00:00 in Shanghai."""
DAY = 24 * 60
DAYS = 4
NOW = (BASE + DAYS * DAY + 600) * MINUTE
FAR = NOW + 30 * DAY * MINUTE
CALENDARS = {
    0: SiteCalendar(ZoneInfo("Asia/Shanghai"), ((Hours(480, 1020),),) * 7),
    1: SiteCalendar(ZoneInfo("Asia/Shanghai"), ((Hours(480, 720), Hours(780, 1020)),) * 6 + ((),)),
    2: SiteCalendar(ZoneInfo("Asia/Urumqi"), ((Hours(600, 900),),) * 6 + ((),)),
}
PEOPLE = (1, 2, 3)
LINES = {1: 1, 2: 1, 3: 2, 4: 2}
"""Labour lines with their job."""
ORDERS = {1: 11, 2: 12}
"""Jobs with their work order."""
JOB_SITES = {1: 1, 2: 2}
KINDS = {1: "repair", 2: "outsourced", 3: "repair", 4: "diagnosis"}


@dataclass
class History:
    """What two sites clocked and signed in some days."""

    attendances: list[Attendance] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    done: dict[int, tuple[int, int]] = field(default_factory=dict)
    """Lines with the instant they were signed done and their standard minutes."""

    @property
    def done_lines(self) -> list[DoneLine]:
        """The signed lines as the domain knows them."""
        return [
            DoneLine(line, local_day(at, CALENDARS[site].zone), minutes, False, site, ORDERS[LINES[line]], KINDS[line])
            for line, (at, minutes) in self.done.items()
            for site in [JOB_SITES[LINES[line]]]
        ]


def entry_of(person: int, site: int, start: int, end: int | None, what: int, rework: bool) -> Entry:
    """Return an entry on a line (1 to 4), under a code (5, 6) or a break (0)."""
    if what in LINES:
        job = LINES[what]
        return Entry(person, site, start, end, EntryKind.DIRECT, what, job, ORDERS[job], "", rework, KINDS[what])
    if what == 0:
        return Entry(person, site, start, end, EntryKind.BREAK)
    return Entry(person, site, start, end, EntryKind.INDIRECT, code=f"code{what}")


SECONDS = st.sampled_from([0, 0, 30, 59])
WORK = st.tuples(st.integers(0, 6), st.booleans(), st.integers(0, 150), st.sampled_from([0, 0, 0, 7]), SECONDS)
"""What, rework, minutes, minutes of nothing after it, seconds more."""


@st.composite
def shifts(draw: st.DrawFn, person: int, day: int) -> tuple[list[Attendance], list[Entry]]:
    """Draw a day in order: in, one thing after the other, out; perhaps past midnight."""
    site = draw(st.sampled_from([1, 1, 1, 2]))
    start = (BASE + day * DAY + draw(st.integers(6 * 60, 15 * 60))) * MINUTE + draw(SECONDS) * 1_000_000
    at, entries = start, []
    for what, rework, minutes, gap, seconds in draw(st.lists(WORK, max_size=5)):
        end = at + minutes * MINUTE + seconds * 1_000_000
        entries.append(entry_of(person, site, at, end, what, rework))
        at = end + gap * MINUTE
    return [Attendance(person, site, start, at + draw(st.integers(0, 90)) * MINUTE)], entries


INSTANTS = st.integers(-DAY, (DAYS + 1) * DAY).map(lambda minute: (BASE + minute) * MINUTE)
LENGTHS = st.one_of(st.none(), st.integers(0, 700).map(lambda minutes: minutes * MINUTE))


@st.composite
def odd_rows(draw: st.DrawFn) -> Attendance | Entry:
    """Draw a row that may lie anywhere."""
    person, site = draw(st.sampled_from(PEOPLE)), draw(st.sampled_from([1, 1, 2]))
    start, length = draw(INSTANTS), draw(LENGTHS)
    end = None if length is None else start + length
    if draw(st.booleans()):
        return Attendance(person, site, start, end)
    return entry_of(person, site, start, end, draw(st.integers(0, 6)), draw(st.booleans()))


@st.composite
def histories(draw: st.DrawFn) -> History:
    """Draw a history; no person has two open rows of a kind, and no two rows of a kind begin and end together."""
    history = History()
    for person in PEOPLE:
        for day in draw(st.lists(st.integers(-1, DAYS), unique=True, max_size=3)):
            attendances, entries = draw(shifts(person, day))
            history.attendances += attendances
            history.entries += entries
    for row in draw(st.one_of(st.just([]), st.lists(odd_rows(), max_size=4))):
        (history.attendances if isinstance(row, Attendance) else history.entries).append(row)  # type: ignore[arg-type]
    history.attendances = _distinct(history.attendances)
    history.entries = _distinct(history.entries)
    signed = st.tuples(INSTANTS, st.integers(0, 200))
    history.done = draw(st.dictionaries(st.sampled_from(list(LINES)), signed, max_size=4))
    return history


def _distinct(rows: list[Any]) -> list[Any]:
    """Keep of rows that nothing tells apart the first, and of open ones of a person one."""
    kept: dict[tuple[int, int | None, int | None], Any] = {}
    for row in rows:
        kept.setdefault((row.person, None if row.end is None else row.start, row.end), row)
    return list(kept.values())


def prepare(shop: Shop) -> None:
    """Make the second site, the orders, jobs and lines."""
    machine = sql.scalar("SELECT MIN(id) FROM machine")
    add_site("C02", "Asia/Urumqi")
    for job, order in ORDERS.items():
        sql.change(
            "INSERT INTO work_order (id, site, number, version, state, customer_name, phone, machine_id, received_at, "
            "received_by_id, purpose, note, fuel, valuables, bay, read_back_by, engineer_called, changed_at) "
            "VALUES (?, ?, ?, 1, 'in_shop', '客户', '', ?, 0, 1, '', '', '', '', '', '', 0, 0)",
            order,
            JOB_SITES[job],
            f"WO-{order}",
            machine,
        )
        sql.change(
            "INSERT INTO job (id, site, number, version, order_id, line, state, text, payer, assembly, bay, qc_fails, "
            "plan_people, plan_instruction, waits_note, advice, decision, approval_reference, approval_date, "
            "changed_at) VALUES (?, ?, ?, 1, ?, 1, 'in_work', '', 'customer', 0, '', 0, '', '', '', '', '', '', '', 0)",
            job,
            JOB_SITES[job],
            f"JB-{job}",
            order,
        )
    for line, job in LINES.items():
        sql.change(
            "INSERT INTO labour_line (id, job_id, rev, line, text, kind, minutes, people, rate, amount, "
            "entered_by_id, return_reason) VALUES (?, ?, 1, ?, '', ?, 0, 1, 0, 0, 1, '')",
            line,
            job,
            line,
            KINDS[line],
        )


def store(history: History) -> None:
    """Write a history in place of the former one, with a voided twin of every third row."""
    sql.change("DELETE FROM attendance")
    sql.change("DELETE FROM labour_entry")
    sql.change("UPDATE labour_line SET done_at = NULL")
    keys = count(1)
    for row in history.attendances:
        for voided in _twice(row.start):
            sql.change(
                'INSERT INTO attendance (id, site, person_id, start, "end", voided, reason) '
                "VALUES (?, ?, ?, ?, ?, ?, '')",
                *(next(keys), row.site, row.person, row.start, row.end, voided),
            )
    for entry in history.entries:
        for voided in _twice(entry.start):
            sql.change(
                "INSERT INTO labour_entry (id, site, person_id, kind, job_id, labour_line_id, code, rework, start, "
                "\"end\", voided, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '')",
                *(next(keys), entry.site, entry.person, entry.kind.value, entry.job, entry.line, entry.code),
                *(int(entry.rework), entry.start, entry.end, voided),
            )
    for line, (at, minutes) in history.done.items():
        sql.change("UPDATE labour_line SET done_at = ?, minutes = ? WHERE id = ?", at, minutes, line)


def _twice(start: int) -> tuple[int, ...]:
    return (0, 1) if start // MINUTE % 3 == 0 else (0,)
