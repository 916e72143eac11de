"""What must hold after every step, asked of the database in this test's own words: stock, loans, signatures, record."""

import hashlib
import json
from collections.abc import Iterator

import peewee as pw

from shopterm.db import sql
from shopterm.db.models import MODELS
from tests.stateful.edges import EDGES, Edge
from tests.stateful.world import World

KEY_BITS = 14
"""Low bits of a key that count the rows of one event."""
QUESTIONS: dict[str, str] = {
    "1 on hand is the sum of the moves": """
        SELECT part_id, bin_id, SUM(q) FROM (SELECT part_id, bin_id, on_hand AS q FROM balance
          UNION ALL SELECT part_id, bin_id, -quantity FROM move) x GROUP BY part_id, bin_id HAVING SUM(q) <> 0""",
    "2 nothing is below zero, nor more reserved than there is": """
        SELECT part_id, bin_id, on_hand, reserved FROM balance
        WHERE NOT (0 <= reserved AND reserved <= on_hand)""",
    "2 reserved is the sum of the reservations": """
        SELECT part_id, bin_id, SUM(q) FROM (SELECT part_id, bin_id, reserved AS q FROM balance
          UNION ALL SELECT part_id, bin_id, -quantity FROM reservation) x
        GROUP BY part_id, bin_id HAVING SUM(q) <> 0""",
    "2 a reservation is for a consented line of a signed sheet that still needs as much": """
        SELECT r.id FROM reservation r JOIN material_line l ON l.id = r.material_line_id
          JOIN material_sheet s ON s.id = l.sheet_id
        WHERE r.quantity <= 0 OR l.released = 1 OR l.rev <> s.rev OR s.state <> 'priced'
          OR NOT EXISTS (SELECT 1 FROM consent c WHERE c.material_line_id = l.id)
          OR (SELECT SUM(o.quantity) FROM reservation o WHERE o.material_line_id = l.id)
            > l.quantity - l.issued + l.returned""",
    "3 what is lent and brought back is a pair": """
        SELECT id / 16384, part_id, kind, SUM(quantity) FROM move WHERE kind IN ('loan_out', 'loan_return')
        GROUP BY id / 16384, part_id, kind, loan_line HAVING SUM(quantity) <> 0""",
    "4 a loan is what came back, was issued, was lost and is out": """
        SELECT k.id FROM loan_line k JOIN loan n ON n.id = k.loan_id
        WHERE k.returned < 0 OR k.issued < 0 OR k.written_off < 0
          OR k.quantity < k.returned + k.issued + k.written_off
          OR k.returned <> COALESCE((SELECT SUM(v.quantity) FROM move v WHERE v.loan_line = k.id
            AND v.kind = 'loan_return' AND v.quantity > 0), 0)
          OR k.issued + k.written_off <> COALESCE((SELECT -SUM(v.quantity) FROM move v WHERE v.loan_line = k.id
            AND v.kind IN ('loan_issue', 'write_off')), 0)
          OR k.quantity <> COALESCE((SELECT SUM(v.quantity) FROM move v WHERE v.loan_line = k.id
            AND v.kind = 'loan_out' AND v.quantity > 0), 0)""",
    "4 a settled loan has nothing out, an open one has": """
        SELECT n.number, n.state FROM loan n JOIN loan_line k ON k.loan_id = n.id GROUP BY n.id, n.number, n.state
        HAVING (n.state = 'settled') <> (SUM(k.quantity - k.returned - k.issued - k.written_off) = 0)""",
    "4 the place for loans holds what is out": """
        SELECT b.part_id FROM balance b JOIN bin n ON n.id = b.bin_id WHERE n.virtual = 1 AND b.on_hand <> COALESCE(
          (SELECT SUM(k.quantity - k.returned - k.issued - k.written_off) FROM loan_line k
           WHERE k.part_id = b.part_id), 0)""",
    "5 no more is out on a line than was signed": """
        SELECT l.id FROM material_line l WHERE l.issued < l.returned OR l.issued - l.returned > l.quantity
          OR l.issued - l.returned <> COALESCE((SELECT -SUM(v.quantity) FROM move v
            WHERE v.material_line_id = l.id AND v.kind IN ('issue', 'loan_issue', 'return')), 0)""",
    "5 nothing goes out but of the priced part of a signed and consented line": """
        SELECT v.id FROM move v JOIN material_line l ON l.id = v.material_line_id
          LEFT JOIN line_price r ON r.line_id = l.id
        WHERE v.kind IN ('issue', 'loan_issue') AND (r.part_id IS NULL OR r.part_id <> v.part_id
          OR NOT EXISTS (SELECT 1 FROM consent c WHERE c.material_line_id = l.id AND c.at <= v.at)
          OR NOT EXISTS (SELECT 1 FROM signature g WHERE g.doc = 'material_sheet' AND g.doc_id = l.sheet_id
            AND g.rev = l.rev AND g.action = 'approve_parts' AND g.at <= v.at AND g.voided IS NULL))""",
    "6 a serial number is in one place": """
        SELECT id FROM serial WHERE (CASE WHEN bin_id IS NULL THEN 0 ELSE 1 END)
          + (CASE WHEN material_line_id IS NULL THEN 0 ELSE 1 END)
          + (CASE WHEN loan_line IS NULL THEN 0 ELSE 1 END) <> 1""",
    "6 a bin holds as many tracked pieces as serial numbers": """
        SELECT b.part_id, b.bin_id, b.on_hand FROM balance b JOIN part p ON p.id = b.part_id
          JOIN bin n ON n.id = b.bin_id
        WHERE p.serial_tracked = 1 AND n.virtual = 0 AND b.on_hand <> 1000 * (SELECT COUNT(*) FROM serial z
          WHERE z.part_id = b.part_id AND z.bin_id = b.bin_id)""",
    "6 a line holds as many tracked pieces as are out on it": """
        SELECT l.id FROM material_line l JOIN line_price r ON r.line_id = l.id JOIN part p ON p.id = r.part_id
        WHERE p.serial_tracked = 1 AND l.issued - l.returned <> 1000 * (SELECT COUNT(*) FROM serial z
          WHERE z.material_line_id = l.id)""",
    "7 one operation, one event": "SELECT operation FROM event GROUP BY operation HAVING COUNT(*) > 1",
    "8 a price, a charge and a total are what they are made of": """
        SELECT 'quote', q.id FROM quote q WHERE q.total <> q.net + q.tax
          OR q.total <> COALESCE((SELECT SUM(k.amount) FROM quote_line k WHERE k.quote_id = q.id), 0)
        UNION ALL SELECT 'consent', c.id FROM consent c JOIN quote_line k ON k.id = c.quote_line_id
          WHERE c.amount <> k.amount OR c.payer <> k.payer
        UNION ALL SELECT 'labour', l.id FROM labour_line l WHERE l.amount < 0
          OR ABS(l.amount * 60 - l.minutes * l.rate) > 30
        UNION ALL SELECT 'price', r.line_id FROM line_price r JOIN material_line l ON l.id = r.line_id
          WHERE r.price <= 0 OR ABS(r.amount * 1000 * r.price_per - l.quantity * r.price) > 500 * r.price_per""",
    "11 a quote asks something": """
        SELECT q.number FROM quote q WHERE NOT EXISTS (SELECT 1 FROM quote_line k WHERE k.quote_id = q.id)""",
    "15 an inspector is no mechanic of the order": """
        SELECT i.id, i.person_id FROM inspection i WHERE i.kind = 'qc' AND (
          EXISTS (SELECT 1 FROM job j WHERE j.order_id = i.order_id AND j.lead_id = i.person_id)
          OR EXISTS (SELECT 1 FROM job_helper h JOIN job j ON j.id = h.job_id
            WHERE j.order_id = i.order_id AND h.person_id = i.person_id)
          OR EXISTS (SELECT 1 FROM labour_entry e JOIN job j ON j.id = e.job_id
            WHERE j.order_id = i.order_id AND e.person_id = i.person_id)
          OR EXISTS (SELECT 1 FROM material_sheet s WHERE s.order_id = i.order_id AND s.reported_by_id = i.person_id)
          OR EXISTS (SELECT 1 FROM labour_sheet s WHERE s.order_id = i.order_id AND s.reported_by_id = i.person_id)
          OR EXISTS (SELECT 1 FROM material_line l JOIN material_sheet s ON s.id = l.sheet_id
            WHERE s.order_id = i.order_id AND l.entered_by_id = i.person_id)
          OR EXISTS (SELECT 1 FROM labour_line l JOIN labour_sheet s ON s.id = l.sheet_id
            WHERE s.order_id = i.order_id AND l.entered_by_id = i.person_id))""",
    "15 who approves has not reported or edited": """
        SELECT g.id FROM signature g JOIN material_sheet s ON s.id = g.doc_id WHERE g.action = 'approve_parts'
          AND (s.reported_by_id = g.person OR EXISTS (SELECT 1 FROM material_line l
            WHERE l.sheet_id = s.id AND l.rev = g.rev AND l.entered_by_id = g.person))
        UNION ALL SELECT g.id FROM signature g JOIN labour_sheet s ON s.id = g.doc_id
        WHERE g.action = 'approve_labour' AND (s.reported_by_id = g.person OR EXISTS (SELECT 1 FROM labour_line l
            WHERE l.sheet_id = s.id AND l.rev = g.rev AND l.entered_by_id = g.person))""",
    "16 a sheet is signed in the version it has, and in no other": """
        SELECT s.number FROM material_sheet s WHERE (s.state IN ('approved', 'priced')) <> EXISTS (
          SELECT 1 FROM signature g WHERE g.doc = 'material_sheet' AND g.doc_id = s.id AND g.rev = s.rev
            AND g.action = 'approve_parts' AND g.voided IS NULL)
        UNION ALL SELECT s.number FROM labour_sheet s WHERE (s.state = 'approved') <> EXISTS (
          SELECT 1 FROM signature g WHERE g.doc = 'labour_sheet' AND g.doc_id = s.id AND g.rev = s.rev
            AND g.action = 'approve_labour' AND g.voided IS NULL)""",
    "16 a signature on a former version has fallen": """
        SELECT s.number FROM material_sheet s JOIN signature g ON g.doc = 'material_sheet' AND g.doc_id = s.id
        WHERE g.action = 'approve_parts' AND g.voided IS NULL AND g.rev <> s.rev
        UNION ALL SELECT s.number FROM labour_sheet s JOIN signature g ON g.doc = 'labour_sheet' AND g.doc_id = s.id
        WHERE g.action = 'approve_labour' AND g.voided IS NULL AND g.rev <> s.rev""",
    "22 nobody is in two places": """
        SELECT person_id FROM labour_entry WHERE "end" IS NULL AND voided = 0 GROUP BY person_id HAVING COUNT(*) > 1
        UNION ALL SELECT person_id FROM attendance WHERE "end" IS NULL AND voided = 0
          GROUP BY person_id HAVING COUNT(*) > 1
        UNION ALL SELECT e.person_id FROM labour_entry e WHERE e."end" IS NULL AND e.voided = 0 AND NOT EXISTS (
          SELECT 1 FROM attendance a WHERE a.person_id = e.person_id AND a."end" IS NULL AND a.voided = 0)""",
}
"""What is asked, by invariant: every row of an answer breaks it."""
WHOLE = {
    model._meta.table_name: [
        field.column_name
        for field in model._meta.sorted_fields
        if isinstance(field, pw.IntegerField | pw.ForeignKeyField)
    ]
    for model in MODELS
}
SIGNED_LINES = """
    SELECT line, part_id, text, quantity, reason, old_part FROM material_line WHERE sheet_id = ? AND rev = ?
    ORDER BY line"""
APPROVALS = """
    SELECT g.doc_id, g.rev, e.payload FROM signature g JOIN event e ON e.id = g.id - g.id % 16384
    WHERE g.action = 'approve_parts' AND g.voided IS NULL"""
LINKED = ("site", "seq", "at", "actor", "role", "terminal", "operation", "action", "doc", "doc_id", "doc_version",
          "body", "payload", "prev")  # fmt: skip


def broken(world: World) -> list[str]:
    """Return every answer that should have been empty."""
    with world.reading():
        found = [f"{what}: {rows}" for what, query in QUESTIONS.items() if (rows := world.ask(query))]
        found += [f"16 sheet {key} was changed after it was signed" for key in _changed_sheets()]
        if world.shop.backend.name == "sqlite":
            found += _not_whole()
    return found


def _changed_sheets() -> Iterator[int]:
    for sheet, rev, payload in sql.rows(APPROVALS):
        signed = json.loads(payload)["signed"]["content"]["lines"]
        if signed != [list(line) for line in sql.rows(SIGNED_LINES, sheet, rev)]:
            yield sheet


def _not_whole() -> Iterator[str]:
    """Yield tables with an amount, quantity or instant that is no integer; PostgreSQL's columns hold nothing else."""
    for table, columns in WHOLE.items():
        other = " OR ".join(f"""typeof("{column}") NOT IN ('integer', 'null')""" for column in columns)
        if other and sql.scalar(f'SELECT COUNT(*) FROM "{table}" WHERE {other}'):
            yield f"8 {table} holds something else than whole numbers"


class Chain:
    """The record as this test reads it: event by event, hashed anew, replayed into states."""

    def __init__(self, world: World) -> None:
        """Begin where the prepared workshop stands."""
        self.world = world
        self.states = {(paper.doc.value, paper.id): paper.state for paper in world.papers().values()}
        with world.reading():
            self.site, self.seq, self.hash = sql.rows("SELECT site, seq, hash FROM chain_head WHERE seq > 0")[0]

    def news(self) -> list[dict[str, object]]:
        """Return the events since the last call, each judged: its place, its link, its hash, what it may change."""
        with self.world.reading():
            found = sql.rows(
                f"SELECT {', '.join(LINKED)}, hash, id FROM event WHERE site = ? AND seq > ? ORDER BY seq",
                self.site, self.seq)  # fmt: skip
            head = sql.row("SELECT seq, hash FROM chain_head WHERE site = ?", self.site)
            others = sql.scalar("SELECT COUNT(*) FROM event WHERE site <> ?", self.site)
        events = [dict(zip((*LINKED, "hash", "id"), row, strict=True)) for row in found]
        for event in events:
            self._link(event)
        assert head == (self.seq, self.hash), "19 the head is not the last event"
        assert others == 0, "19 an event stands in another site's chain"
        return events

    def _link(self, event: dict[str, object]) -> None:
        text = json.dumps([event[name] for name in LINKED], ensure_ascii=False, separators=(",", ":"))
        assert event["seq"] == self.seq + 1, "19 the sequence has a gap"
        assert event["prev"] == self.hash, "19 an event does not point to the one before it"
        assert event["hash"] == hashlib.sha256(text.encode()).hexdigest(), "19 a hash is not that of its event"
        assert event["id"] == (self.site << 50) | (self.seq + 1) << KEY_BITS, "19 a key does not tell its event"
        self.seq, self.hash = self.seq + 1, str(event["hash"])

    def replay(self, event: dict[str, object]) -> list[Edge]:
        """Apply the changes an event tells of; every one must be an edge of the table."""
        walked = []
        for doc, key, before, after in json.loads(str(event["payload"])).get("changes", []):
            known = self.states.get((doc, key), "away" if doc == "day" else None)
            assert known == before, f"13 {doc} {key} was {known}, not {before}"
            edge = Edge(str(event["action"]), doc, before or "", after)
            assert edge in EDGES, f"13 the table has no edge {edge}"
            self.states[doc, key] = after
            if doc == "person" and before is None:
                self.states["day", key] = "away"
            walked.append(edge)
        return walked

    def agrees(self, papers: dict[tuple[str, int], str | None]) -> None:
        """Compare the replayed states with the stored ones."""
        wrong = {key: (self.states.get(key), papers.get(key)) for key in self.states.keys() | papers.keys()
                 if self.states.get(key) != papers.get(key)}  # fmt: skip
        assert not wrong, f"13 replayed and stored states differ: {wrong}"
