"""Reads the facts that guards look at, in a constant number of queries per kind of document."""

from collections.abc import Callable
from typing import Any

from shopterm.db import prepared, sql
from shopterm.db.session import Shop
from shopterm.domain.facts import (
    Actor,
    DayFacts,
    Facts,
    JobFacts,
    LoanFacts,
    OrderFacts,
    PartFacts,
    PersonFacts,
    QuoteFacts,
    SheetFacts,
)
from shopterm.domain.vocabulary import (
    DayState,
    Doc,
    JobState,
    LoanState,
    OrderState,
    PersonState,
    QuoteState,
    SheetState,
)

MECHANICS = """
    SELECT lead_id FROM job WHERE order_id = ? AND lead_id IS NOT NULL
    UNION SELECT h.person_id FROM job_helper h JOIN job j ON j.id = h.job_id WHERE j.order_id = ?
    UNION SELECT e.person_id FROM labour_entry e JOIN job j ON j.id = e.job_id WHERE j.order_id = ?
    UNION SELECT reported_by_id FROM material_sheet WHERE order_id = ?
    UNION SELECT reported_by_id FROM labour_sheet WHERE order_id = ?
    UNION SELECT l.entered_by_id FROM material_line l JOIN material_sheet s ON s.id = l.sheet_id WHERE s.order_id = ?
    UNION SELECT l.entered_by_id FROM labour_line l JOIN labour_sheet s ON s.id = l.sheet_id WHERE s.order_id = ?"""

UNISSUED = (
    "l.rev = s.rev AND l.released = 0 AND l.issued - l.returned < l.quantity "
    "AND EXISTS (SELECT 1 FROM consent c WHERE c.material_line_id = l.id)"
)
OLD_PART_DUE = (
    "l.old_part = 1 AND l.issued > l.returned AND NOT EXISTS (SELECT 1 FROM old_part p WHERE p.line_id = l.id)"
)
LIVE_QUOTE = "q.state IN ('draft', 'complete', 'shown', 'answered')"
OPEN_QUOTE = "q.state IN ('draft', 'complete', 'shown')"
MATERIAL_QUOTED = (
    "EXISTS (SELECT 1 FROM quote_line k JOIN quote q ON q.id = k.quote_id "
    "JOIN material_line l ON l.id = k.material_line_id "
    f"WHERE l.sheet_id = s.id AND l.rev = s.rev AND {LIVE_QUOTE})"
)
LABOUR_QUOTED = (
    "EXISTS (SELECT 1 FROM quote_line k JOIN quote q ON q.id = k.quote_id "
    "JOIN labour_line l ON l.id = k.labour_line_id "
    f"WHERE l.sheet_id = s.id AND l.rev = s.rev AND {LIVE_QUOTE})"
)
READY_SUPPLEMENTS = (
    "(SELECT COUNT(*) FROM material_sheet s WHERE s.order_id = o.id AND s.supplement = 1 AND s.state = 'priced' "
    f"AND NOT {MATERIAL_QUOTED}) + "
    "(SELECT COUNT(*) FROM labour_sheet s WHERE s.order_id = o.id AND s.supplement = 1 AND s.state = 'approved' "
    f"AND NOT {LABOUR_QUOTED})"
)


def _people(text: str, *params: Any) -> frozenset[int]:
    return frozenset(found for (found,) in prepared.rows(text, *params))


def _listed(people: str | None) -> frozenset[int]:
    """Return the persons of an aggregated list, read together with the document in one statement."""
    return frozenset(int(person) for person in (people or "").split())


def mechanics_of(order: int) -> frozenset[int]:
    """Return everybody assigned to, clocked on or reporting for any job of an order."""
    return _people(MECHANICS, *[order] * 7)


ORDER = f"""
    SELECT o.state, o.read_back_at IS NOT NULL, o.covers_at IS NOT NULL, o.joint_at IS NOT NULL,
      o.washed_at IS NOT NULL,
      (SELECT COUNT(*) FROM inspection i WHERE i.order_id = o.id AND i.kind = 'intake'),
      (SELECT COUNT(*) FROM material_sheet s WHERE s.order_id = o.id
         AND s.state IN ('draft', 'submitted', 'returned')) +
      (SELECT COUNT(*) FROM labour_sheet s WHERE s.order_id = o.id
         AND s.state IN ('draft', 'submitted', 'returned')),
      (SELECT COUNT(*) FROM job j WHERE j.order_id = o.id AND j.state = 'priced') + {READY_SUPPLEMENTS},
      (SELECT COUNT(*) FROM quote q WHERE q.order_id = o.id AND {OPEN_QUOTE}),
      (SELECT COUNT(*) FROM labour_entry e JOIN job j ON j.id = e.job_id
         WHERE j.order_id = o.id AND e."end" IS NULL AND e.voided = 0),
      (SELECT COUNT(*) FROM material_line l JOIN material_sheet s ON s.id = l.sheet_id
         WHERE s.order_id = o.id AND {UNISSUED}),
      (SELECT COUNT(*) FROM material_line l JOIN material_sheet s ON s.id = l.sheet_id
         WHERE s.order_id = o.id AND l.rev = s.rev AND {OLD_PART_DUE}),
      (SELECT COUNT(*) FROM loan n WHERE n.order_id = o.id AND n.state = 'out'),
      (SELECT COUNT(*) FROM labour_entry e JOIN job j ON j.id = e.job_id WHERE j.order_id = o.id) +
      (SELECT COUNT(*) FROM material_sheet s WHERE s.order_id = o.id) +
      (SELECT COUNT(*) FROM labour_sheet s WHERE s.order_id = o.id),
      (SELECT COUNT(*) FROM job j WHERE j.order_id = o.id AND j.state <> 'not_repaired' AND NOT EXISTS (
         SELECT 1 FROM signature g WHERE g.doc = 'job' AND g.doc_id = j.id AND g.action = 'pass_inspection'
           AND g.voided IS NULL))
    FROM work_order o WHERE o.id = ?"""


def order_facts(order: int, _actor: Actor | None = None) -> OrderFacts:
    """Read the facts of a work order."""
    found = prepared.row(ORDER, order)
    jobs = prepared.rows("SELECT state, lead_id FROM job WHERE order_id = ? ORDER BY line", order)
    (
        state,
        read_back,
        covers,
        joint,
        washed,
        intake,
        unsigned,
        ready,
        quotes,
        entries,
        unissued,
        untagged,
        loans,
        work,
        uninspected,
    ) = found or (None,) * 15
    return OrderFacts(
        state=OrderState(state),
        read_back=bool(read_back),
        intake_done=intake > 0,
        covers_fitted=bool(covers),
        joint_signed=bool(joint),
        washed=bool(washed),
        job_states=tuple(JobState(s) for s, _lead in jobs),
        unassigned_jobs=sum(1 for _state, lead in jobs if lead is None),
        mechanics=mechanics_of(order),
        unsigned_sheets=unsigned,
        priced_unquoted=ready,
        open_quotes=quotes,
        open_entries=entries,
        unissued_lines=unissued,
        untagged_old_parts=untagged,
        open_loans=loans,
        inspector_signed=uninspected == 0,
        work_started=work > 0 or any(state != JobState.OPENED.value for state, _lead in jobs),
    )


def job_facts(job: int, actor: Actor | None = None) -> JobFacts:
    """Read the facts of a job."""
    found = prepared.row(
        f"""
        SELECT j.state, o.state, j.lead_id, j.assembly, j.order_id, j.waits_for,
          (SELECT COUNT(*) FROM attachment a WHERE (a.doc = 'job' AND a.doc_id = j.id)
             OR (a.doc = 'order' AND a.doc_id = j.order_id)),
          (SELECT COUNT(*) FROM material_sheet s WHERE s.job_id = j.id AND s.supplement = 0 AND s.state <> 'withdrawn'),
          (SELECT COUNT(*) FROM labour_sheet s WHERE s.job_id = j.id AND s.supplement = 0 AND s.state <> 'withdrawn'),
          (SELECT COUNT(*) FROM labour_sheet s WHERE s.job_id = j.id AND s.supplement = 0 AND s.state = 'approved'),
          (SELECT COUNT(*) FROM material_sheet s WHERE s.job_id = j.id AND s.supplement = 1
             AND s.state <> 'withdrawn' AND NOT EXISTS (SELECT 1 FROM quote_line k JOIN quote q ON q.id = k.quote_id
               JOIN material_line l ON l.id = k.material_line_id WHERE l.sheet_id = s.id AND q.state = 'answered')) +
          (SELECT COUNT(*) FROM labour_sheet s WHERE s.job_id = j.id AND s.supplement = 1
             AND s.state <> 'withdrawn' AND NOT EXISTS (SELECT 1 FROM quote_line k JOIN quote q ON q.id = k.quote_id
               JOIN labour_line l ON l.id = k.labour_line_id WHERE l.sheet_id = s.id AND q.state = 'answered')),
          (SELECT COUNT(*) FROM labour_entry e WHERE e.job_id = j.id AND e."end" IS NULL AND e.voided = 0),
          (SELECT COUNT(*) FROM labour_entry e WHERE e.job_id = j.id AND e."end" IS NULL AND e.voided = 0
             AND e.person_id = ?),
          (SELECT COUNT(*) FROM material_line l JOIN material_sheet s ON s.id = l.sheet_id
             WHERE s.job_id = j.id AND {UNISSUED})
        FROM job j JOIN work_order o ON o.id = j.order_id WHERE j.id = ?""",
        actor.person if actor else 0,
        job,
    )
    (
        state,
        order_state,
        lead,
        assembly,
        order,
        waits,
        photos,
        material,
        labour,
        approved,
        supplement,
        entries,
        own,
        unissued,
    ) = found or (None,) * 14
    helpers = _people("SELECT person_id FROM job_helper WHERE job_id = ?", job)
    return JobFacts(
        state=JobState(state),
        order_state=OrderState(order_state),
        lead=lead,
        helpers=helpers,
        order_mechanics=mechanics_of(order or 0),
        assembly=bool(assembly),
        assembly_photos=photos,
        has_material_sheet=material > 0,
        has_labour_sheet=labour > 0,
        labour_approved=approved > 0,
        open_supplement=supplement > 0,
        open_entries=entries,
        own_open_entry=own > 0,
        waiting=waits is not None,
        unissued_lines=unissued,
    )


def _sheet_facts(kind: str, sheet: int, stock: str) -> SheetFacts:
    found = prepared.row(
        f"""
        SELECT s.state, o.state, j.state, s.supplement, s.none, j.lead_id, s.reported_by_id,
          (SELECT COUNT(*) FROM {kind}_line l WHERE l.sheet_id = s.id AND l.rev = s.rev),
          (SELECT COUNT(*) FROM consent c JOIN {kind}_line l ON l.id = c.{kind}_line_id
             WHERE l.sheet_id = s.id AND l.rev = s.rev),
          (SELECT COUNT(*) FROM quote_line k JOIN quote q ON q.id = k.quote_id JOIN {kind}_line l
             ON l.id = k.{kind}_line_id WHERE l.sheet_id = s.id AND l.rev = s.rev AND {OPEN_QUOTE}),
          {stock},
          (SELECT string_agg(CAST(h.person_id AS TEXT), ' ') FROM job_helper h WHERE h.job_id = s.job_id),
          (SELECT string_agg(CAST(e.person AS TEXT), ' ') FROM (
             SELECT l.entered_by_id AS person FROM {kind}_line l WHERE l.sheet_id = s.id AND l.rev = s.rev
             UNION SELECT v.actor FROM event v WHERE v.doc = '{kind}_sheet' AND v.doc_id = s.id
               AND v.action IN ('submit_parts', 'submit_labour') AND v.actor IS NOT NULL) e)
        FROM {kind}_sheet s JOIN job j ON j.id = s.job_id JOIN work_order o ON o.id = s.order_id WHERE s.id = ?""",
        sheet,
    )
    (
        state,
        order_state,
        job_state,
        supplement,
        none,
        lead,
        reporter,
        lines,
        consented,
        quoted,
        issued,
        old_parts,
        helpers,
        editors,
    ) = found or (None,) * 14
    return SheetFacts(
        state=SheetState(state),
        order_state=OrderState(order_state),
        job_state=JobState(job_state),
        supplement=bool(supplement),
        lines=lines,
        declared_none=bool(none),
        editors=_listed(editors) | {reporter or 0},
        lead=lead,
        helpers=_listed(helpers),
        consented_lines=consented,
        quoted=quoted > 0,
        issued_lines=issued,
        old_parts_due=old_parts,
    )


def material_facts(sheet: int, _actor: Actor | None = None) -> SheetFacts:
    """Read the facts of a material sheet."""
    return _sheet_facts(
        "material",
        sheet,
        f"""
        (SELECT COUNT(*) FROM material_line l WHERE l.sheet_id = s.id AND l.rev = s.rev AND l.issued > l.returned),
        (SELECT COUNT(*) FROM material_line l WHERE l.sheet_id = s.id AND l.rev = s.rev AND {OLD_PART_DUE})""",
    )


def labour_facts(sheet: int, _actor: Actor | None = None) -> SheetFacts:
    """Read the facts of a labour sheet."""
    return _sheet_facts("labour", sheet, "0, 0")


def quote_facts(quote: int, now: int, calls_allowed: bool) -> QuoteFacts:
    """Read the facts of a quote as of an instant."""
    found = prepared.row(
        """
        SELECT q.state, o.state, q.supplement, q.valid_until, q.confirmed_at IS NOT NULL, q.order_id,
          (SELECT COUNT(*) FROM quote_line k WHERE k.quote_id = q.id),
          (SELECT COUNT(*) FROM signature g WHERE g.doc = 'quote' AND g.doc_id = q.id AND g.action = 'sign_warranty'
             AND g.voided IS NULL),
          (SELECT COUNT(DISTINCT j.id) FROM quote_line k JOIN job j ON j.id = k.job_id
             WHERE k.quote_id = q.id AND j.plan_at IS NULL),
          (SELECT COUNT(*) FROM quote_line k JOIN material_line l ON l.id = k.material_line_id
             JOIN material_sheet s ON s.id = l.sheet_id WHERE k.quote_id = q.id
             AND (s.rev <> l.rev OR s.state <> 'priced')) +
          (SELECT COUNT(*) FROM quote_line k JOIN labour_line l ON l.id = k.labour_line_id
             JOIN labour_sheet s ON s.id = l.sheet_id WHERE k.quote_id = q.id
             AND (s.rev <> l.rev OR s.state <> 'approved'))
        FROM quote q JOIN work_order o ON o.id = q.order_id WHERE q.id = ?""",
        quote,
    )
    state, order_state, supplement, until, confirmed, order, lines, signed, unplanned, outdated = found or (None,) * 10
    return QuoteFacts(
        state=QuoteState(state),
        order_state=OrderState(order_state),
        supplement=bool(supplement),
        lines=lines,
        warranty_signed=signed > 0,
        jobs_without_plan=unplanned,
        outdated=outdated > 0,
        expired=until is not None and until < now,
        confirmed=bool(confirmed),
        calls_allowed=calls_allowed,
        mechanics=mechanics_of(order or 0),
    )


def loan_facts(loan: int, _actor: Actor | None = None) -> LoanFacts:
    """Read the facts of a loan."""
    state, borrower, outstanding = (
        prepared.row(
            """
        SELECT n.state, n.borrower_id, (SELECT COALESCE(SUM(l.quantity - l.returned - l.issued - l.written_off), 0)
          FROM loan_line l WHERE l.loan_id = n.id) FROM loan n WHERE n.id = ?""",
            loan,
        )
        or (None,) * 3
    )
    return LoanFacts(state=LoanState(state), borrower=borrower, outstanding=int(outstanding or 0))


def person_facts(person: int, now: int) -> PersonFacts:
    """Read what an administrator's verbs look at."""
    state, pin, administrator, others, locked, lenders = (
        sql.row(
            """
        SELECT p.state, p.pin_hash IS NOT NULL,
          (SELECT COUNT(*) FROM person_role r WHERE r.person_id = p.id AND r.role = 'administrator'),
          (SELECT COUNT(DISTINCT r.person_id) FROM person_role r JOIN person o ON o.id = r.person_id
             WHERE r.role = 'administrator' AND r.person_id <> p.id AND o.state = 'active'),
          (SELECT COUNT(*) FROM attempts a WHERE a.subject = ? AND a.locked_until > ?),
          (SELECT string_agg(CAST(d.giver_id AS TEXT), ' ') FROM delegation d
             WHERE d.delegate_id = p.id AND d.revoked IS NULL AND d.until > ?)
        FROM person p WHERE p.id = ?""",
            f"person:{person}",
            now,
            now,
            person,
        )
        or (None,) * 6
    )
    return PersonFacts(
        state=PersonState(state),
        person=person,
        has_pin=bool(pin),
        locked=bool(locked),
        other_administrators=others or 0,
        is_administrator=bool(administrator),
        lent_by=_listed(lenders),
    )


def day_facts(person: int) -> DayFacts:
    """Read where a person's labour day stands."""
    present, kind = prepared.row(
        """
        SELECT (SELECT COUNT(*) FROM attendance a WHERE a.person_id = ? AND a."end" IS NULL AND a.voided = 0),
          (SELECT MIN(e.kind) FROM labour_entry e WHERE e.person_id = ? AND e."end" IS NULL AND e.voided = 0)""",
        person,
        person,
    ) or (0, None)
    return DayFacts(state=DayState.PRESENT if present else DayState.AWAY, person=person, open_kind=kind or "")


_READERS: dict[Doc, Callable[[int, Actor | None], Facts]] = {
    Doc.ORDER: order_facts,
    Doc.JOB: job_facts,
    Doc.MATERIAL_SHEET: material_facts,
    Doc.LABOUR_SHEET: labour_facts,
    Doc.LOAN: loan_facts,
}


def read_facts(doc: Doc, row_id: int, actor: Actor | None, *, now: int, calls_allowed: bool) -> Facts:
    """Read the facts of any document as the actor finds them."""
    if doc is Doc.QUOTE:
        return quote_facts(row_id, now, calls_allowed)
    if doc is Doc.PERSON:
        return person_facts(row_id, now)
    if doc is Doc.DAY:
        return day_facts(row_id)
    if doc is Doc.PART:
        return PartFacts()
    return _READERS[doc](row_id, actor)


def facts_for(shop: Shop, doc: Doc, row_id: int, actor: Actor | None) -> Facts:
    """Read the facts of a document for showing what is possible; ``run`` reads them again."""
    with shop.reader():
        return read_facts(doc, row_id, actor, now=shop.now(), calls_allowed=shop.settings.consent.calls_for_first_quote)
