"""Invariant 15: who signs is not who worked: inspector, approver, second signer."""

from collections.abc import Iterator, Mapping

from shopterm.db import sql
from shopterm.db.invariants import Violation
from shopterm.db.invariants.replay import number_of
from shopterm.db.invariants.stream import FIRST, PAGE, Link, event_of, noted, read, seq_of
from shopterm.db.keys import ROW_BITS, SEQ_BITS, site_of
from shopterm.domain.actions import BY_NAME
from shopterm.domain.vocabulary import Doc
from shopterm.domain.words import _

SAME_PERSON = _("Site {site}, event {seq}: “{action}” needs a second person to sign, other than the first.")
OWN_SHEET = _("Site {site}, event {seq}: {person} approved {document} {number}, but reported or edited that version.")
OWN_WORK = _("Site {site}, event {seq}: {person} inspected job {number}, but worked on the order.")
APPROVED = """
    SELECT g.id, g.doc_id, g.person FROM signature g JOIN {kind}_sheet s ON s.id = g.doc_id
    WHERE g.doc = '{kind}_sheet' AND g.action = '{action}' AND (g.person = s.reported_by_id OR EXISTS (
      SELECT 1 FROM {kind}_line l WHERE l.sheet_id = s.id AND l.rev = g.rev AND l.entered_by_id = g.person))"""
INSPECTED = f"""
    SELECT g.id, g.at, j.id, j.order_id, g.person FROM signature g JOIN job j ON j.id = g.doc_id
    WHERE g.doc = 'job' AND g.action IN ('pass_inspection', 'fail_inspection') AND g.id > ?
    ORDER BY g.id LIMIT {PAGE}"""
WORKED = """
    SELECT e.person_id FROM labour_entry e JOIN job j ON j.id = e.job_id
      WHERE j.order_id = ? AND (e.start < ? OR (e.start = ? AND e.id < ?))
    UNION SELECT reported_by_id FROM material_sheet WHERE order_id = ? AND id BETWEEN ? AND ?
    UNION SELECT reported_by_id FROM labour_sheet WHERE order_id = ? AND id BETWEEN ? AND ?
    UNION SELECT l.entered_by_id FROM material_line l JOIN material_sheet s ON s.id = l.sheet_id
      WHERE s.order_id = ? AND l.id BETWEEN ? AND ?
    UNION SELECT l.entered_by_id FROM labour_line l JOIN labour_sheet s ON s.id = l.sheet_id
      WHERE s.order_id = ? AND l.id BETWEEN ? AND ?"""
ASSIGNED = """
    SELECT e.doc_id, e.payload FROM event e JOIN job j ON j.id = e.doc_id
    WHERE j.order_id = ? AND e.doc = 'job' AND e.action IN ('assign_job', 'plan_job')
      AND (e.at < ? OR (e.at = ? AND e.id < ?))
    ORDER BY e.at, e.id"""


class Separation:
    """Two signers are two persons; nobody judges the own work."""

    def __init__(self, sites: Mapping[int, str]) -> None:
        """Remember the sites' codes."""
        self.sites = sites

    def see(self, link: Link) -> Iterator[Violation]:
        """Judge the signers of one event."""
        action = BY_NAME.get(link.columns["action"])
        if action is None or not action.second:
            return
        if link.told.get("second") in (None, link.columns["actor"]):
            yield Violation(15, SAME_PERSON, {
                "site": self.sites[link.site], "seq": link.seq, "action": action.label})  # fmt: skip

    def end(self) -> Iterator[Violation]:
        """Judge approvals and inspections, each as things stood when it was signed."""
        for kind, action, doc in (
            ("material", "approve_parts", Doc.MATERIAL_SHEET),
            ("labour", "approve_labour", Doc.LABOUR_SHEET),
        ):
            for row, key, person in sql.rows(APPROVED.format(kind=kind, action=action)):
                yield self._told(OWN_SHEET, row, doc, key, person)
        after = FIRST
        while page := sql.rows(INSPECTED, after):
            for row, at, job, order, person in page:
                if person in mechanics_at(order, at, event_of(row)):
                    yield self._told(OWN_WORK, row, Doc.JOB, job, person)
            after = page[-1][0]

    def _told(self, sentence: str, row: int, doc: Doc, key: int, person: int) -> Violation:
        return Violation(15, sentence, {
            "site": self.sites.get(site_of(row), ""), "seq": seq_of(row), "document": doc,
            "number": number_of(doc, key), "person": number_of(Doc.PERSON, person)})  # fmt: skip


def mechanics_at(order: int, at: int, event: int) -> set[int]:
    """Return everybody who was assigned to, clocked on or reporting for an order when an event was written.

    Rows without an instant are placed by their key, which tells the event that made them; only the event's own chain
    has an order with it.
    """
    begin = site_of(event) << SEQ_BITS + ROW_BITS
    made = (order, begin, event)
    found = {person for (person,) in sql.rows(WORKED, order, at, at, event, *made, *made, *made, *made)}
    crews = {job: crew for job, payload in sql.rows(ASSIGNED, order, at, at, event) if (crew := _crew(payload))}
    return found.union(*crews.values())


def _crew(payload: str) -> set[int]:
    """Return the crew that an assignment or a plan leaves; the last one of a job counts."""
    return set(noted(read(payload), "assigned"))
