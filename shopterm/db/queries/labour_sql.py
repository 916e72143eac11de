"""The SQL of labour reports, for both databases; people lead every join, so that (person, start) finds the rows."""

from collections.abc import Collection
from typing import NamedTuple

MINUTE = 60_000_000


class Window(NamedTuple):
    """The days of a report as half-open stretches of instants; sites in other zones begin them at other moments."""

    since: int
    until: int
    """From the first site's beginning to the last site's end."""
    first: int
    last: int
    """Where it is one of the days at every site."""
    now: int


ORDERS = """
    SELECT o.id, o.number, TRIM(v.maker || ' ' || v.model), COALESCE(c.name, o.customer_name)
    FROM work_order o JOIN machine v ON v.id = o.machine_id LEFT JOIN customer c ON c.id = o.customer_id
    WHERE o.id IN ({keys})"""
CLOCKED_ON = """
    SELECT person_id, MIN(start), MAX(start) FROM labour_entry
    WHERE labour_line_id IN ({keys}) AND voided = 0 GROUP BY person_id"""
ATTENDANCE = 'x.person_id, x.site, x.start, x."end"'
ENTRY = (
    'x.person_id, x.site, x.start, x."end", x.kind, x.labour_line_id, x.job_id, '
    "(SELECT j.order_id FROM job j WHERE j.id = x.job_id), x.code, x.rework, "
    "COALESCE((SELECT l.kind FROM labour_line l WHERE l.id = x.labour_line_id), '')"
)


def odd_people(window: Window) -> str:
    """Select people whose attendance overlaps, runs ahead or is another day elsewhere, or who came in while busy.

    The sum with 0 keeps SQLite from searching by start what the index of open entries holds.
    """
    since, until, first, last, now = window
    return f"""
    SELECT a.person_id FROM {_present(window)}
      AND (a.start < {first} OR a.start >= {last} OR a.start > {now} OR a."end" > {now} OR a."end" < a.start
        OR EXISTS (SELECT 1 FROM attendance n WHERE n.person_id = a.person_id AND n.voided = 0
          AND n.start >= a.start AND n.start < COALESCE(a."end", {now}) AND n.id <> a.id))
    UNION
    SELECT p.id FROM person p
    WHERE EXISTS (SELECT 1 FROM labour_entry n WHERE n.person_id = p.id AND n.voided = 0
          AND n."end" IS NULL AND n.start + 0 < {since})
      OR {since} < (SELECT n."end" FROM labour_entry n WHERE n.person_id = p.id AND n.voided = 0
          AND n."end" IS NOT NULL AND n.start < {since} ORDER BY n.start DESC, n."end" DESC LIMIT 1)"""


def inside(window: Window) -> str:
    """Count for each person the entries begun in attendance, and those of them that leave it or meet another."""
    return f"""
    SELECT p.id, {_begun(window)}, {_clashing(window)} FROM {_worked(window)} GROUP BY p.id"""


def begun(window: Window) -> str:
    """Count for each person the entries begun in the window, in attendance or not."""
    return f"""
    SELECT p.id, COUNT(*) FROM person p CROSS JOIN labour_entry e
    WHERE e.person_id = p.id AND e.voided = 0 AND e.start >= {window.since} AND e.start < {window.until}
    GROUP BY p.id"""


def shift_sums(window: Window) -> str:
    """Add up the entries of each attendance, in the order of clock-in, and count as `inside` does."""
    minutes = _minutes(window.now)
    return f"""
    SELECT p.id, a.site, a.start, a."end", {_begun(window)}, {_clashing(window)},
      {_sum("e.kind = 'direct' AND e.rework = 0", minutes)}, {_sum("e.kind = 'direct' AND e.rework = 1", minutes)},
      {_sum("e.kind = 'indirect'", minutes)}, {_sum("e.kind = 'break'", minutes)}
    FROM person p CROSS JOIN attendance a LEFT JOIN labour_entry e ON {_within(window)}
    WHERE {_in_window(window)}
    GROUP BY p.id, a.start, a."end", a.id ORDER BY p.id, a.start, a."end", a.id"""


def order_sums(window: Window, but: Collection[int]) -> str:
    """Add up direct time by the work order of the job."""
    return f"""
    SELECT a.site, 'direct', COALESCE(j.order_id, 0), e.rework, {_total(window.now)}
    FROM {_worked(window, "LEFT JOIN job j ON j.id = e.job_id")} AND e.kind = 'direct' AND {_without(but)}
    GROUP BY a.site, COALESCE(j.order_id, 0), e.rework"""


def kind_sums(window: Window, but: Collection[int]) -> str:
    """Add up all time by the labour kind of the line, the code, or as break."""
    key = "CASE e.kind WHEN 'direct' THEN COALESCE(l.kind, '') WHEN 'indirect' THEN e.code ELSE '' END"
    rework = "CASE WHEN e.kind = 'direct' THEN e.rework ELSE 0 END"
    return f"""
    SELECT a.site, e.kind, {key}, {rework}, {_total(window.now)}
    FROM {_worked(window, "LEFT JOIN labour_line l ON l.id = e.labour_line_id")} AND {_without(but)}
    GROUP BY a.site, e.kind, {key}, {rework}"""


def finished(window: Window, odd: Collection[int]) -> str:
    """Select the lines signed done that earn anything, with the people and minutes clocked on them.

    What people in order began in the window is known not to meet anything: looking again would take as long as all.
    """
    now = window.now
    elsewhere = f"(e.start < {window.since} OR e.start >= {window.until}{f' OR {_among(odd)}' if odd else ''})"
    tangled = f'(e."end" IS NULL OR e."end" < e.start OR {elsewhere} AND {_meets_another(now)})'
    return f"""
    SELECT l.id, l.done_at, l.minutes, l.kind, j.site, j.order_id, MIN(e.person_id), MAX(e.person_id),
      {_total(now)}, MAX(CASE WHEN e.id IS NOT NULL AND {tangled} THEN 1 ELSE 0 END)
    FROM labour_line l JOIN job j ON j.id = l.job_id
    LEFT JOIN labour_entry e ON e.labour_line_id = l.id AND e.kind = 'direct' AND e.rework = 0 AND e.voided = 0
    WHERE l.done_at >= {window.since} AND l.done_at < {window.until} AND l.minutes > 0
    GROUP BY l.done_at, l.id, l.minutes, l.kind, j.site, j.order_id"""


def worked(now: int) -> str:
    """Add up each person's minutes on lines, rework left out."""
    return f"""
    SELECT e.labour_line_id, e.person_id, {_total(now)} FROM labour_entry e
    WHERE e.labour_line_id IN ({{keys}}) AND e.kind = 'direct' AND e.rework = 0 AND e.voided = 0
    GROUP BY e.labour_line_id, e.person_id"""


def latest_ends(people: Collection[int], until: int, now: int) -> str:
    """Select the latest end of what people began last before an instant; what came before, the last has ended."""
    return " UNION ALL ".join(
        f"""
    SELECT MAX(COALESCE(x."end", {now})) FROM person p CROSS JOIN {table} x
    WHERE p.id IN ({_list(people)}) AND x.person_id = p.id AND x.voided = 0 AND x.start = (
      SELECT MAX(b.start) FROM {table} b WHERE b.person_id = p.id AND b.voided = 0 AND b.start < {until})"""
        for table in ("attendance", "labour_entry")
    )


def stretch(table: str, columns: str, people: Collection[int], since: int, until: int) -> str:
    """Select people's rows begun in a stretch, with the last ones before it and the next ones after it."""
    of_person = f"FROM {table} b WHERE b.person_id = p.id AND b.voided = 0"
    return f"""
    SELECT {columns} FROM person p CROSS JOIN {table} x
    WHERE p.id IN ({_list(people)}) AND x.person_id = p.id AND x.voided = 0
      AND x.start >= COALESCE((SELECT MAX(b.start) {of_person} AND b.start < {since}), {since})
      AND x.start <= COALESCE((SELECT MIN(b.start) {of_person} AND b.start >= {until}), {until})
    ORDER BY x.person_id, x.start, x.id"""


def _present(window: Window) -> str:
    return f"person p CROSS JOIN attendance a WHERE {_in_window(window)}"


def _worked(window: Window, more: str = "") -> str:
    """Join the entries begun in attendance that began in the window."""
    return (
        f"person p CROSS JOIN attendance a CROSS JOIN labour_entry e {more} "
        f"WHERE {_in_window(window)} AND {_within(window)}"
    )


def _in_window(window: Window) -> str:
    return f"a.person_id = p.id AND a.voided = 0 AND a.start >= {window.since} AND a.start < {window.until}"


def _within(window: Window) -> str:
    return (
        "e.person_id = a.person_id AND e.voided = 0 AND e.start >= a.start "
        f'AND e.start < COALESCE(a."end", {window.now})'
    )


def _begun(window: Window) -> str:
    return f"SUM(CASE WHEN e.start < {window.until} THEN 1 ELSE 0 END)"


def _clashing(window: Window) -> str:
    now = window.now
    return (
        f'SUM(CASE WHEN e."end" > COALESCE(a."end", {now}) OR e."end" < e.start '
        f'OR (e."end" IS NULL AND a."end" IS NOT NULL AND e.id IS NOT NULL) OR {_meets_another(now)} THEN 1 ELSE 0 END)'
    )


def _meets_another(now: int) -> str:
    return (
        "EXISTS (SELECT 1 FROM labour_entry n WHERE n.person_id = e.person_id AND n.voided = 0 "
        f'AND n.start >= e.start AND n.start < COALESCE(e."end", {now}) AND n.id <> e.id)'
    )


def _minutes(now: int) -> str:
    return f'(COALESCE(e."end", {now}) / {MINUTE} - e.start / {MINUTE})'


def _sum(condition: str, minutes: str) -> str:
    return f"CAST(SUM(CASE WHEN {condition} THEN {minutes} ELSE 0 END) AS BIGINT)"


def _total(now: int) -> str:
    return f"CAST(COALESCE(SUM({_minutes(now)}), 0) AS BIGINT)"


def _among(people: Collection[int]) -> str:
    return f"e.person_id IN ({_list(people)})"


def _without(people: Collection[int]) -> str:
    return f"NOT {_among(people)}" if people else "1 = 1"


def _list(people: Collection[int]) -> str:
    return ", ".join(map(str, sorted(people)))
