"""Reads the facts that guards look at, in a constant number of queries per kind of document."""

from collections.abc import Callable, Mapping
from typing import Any

from shopterm.db import prepared
from shopterm.db.queries import facts_sql
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


def _people(text: str, *params: Any) -> frozenset[int]:
    return frozenset(found for (found,) in prepared.rows(text, *params))


def _listed(people: str | None) -> frozenset[int]:
    """Return the persons of an aggregated list, read together with the document in one statement."""
    return frozenset(int(person) for person in (people or "").split())


def mechanics_of(order: int) -> frozenset[int]:
    """Return everybody assigned to, clocked on or reporting for any job of an order."""
    return _people(facts_sql.MECHANICS, *[order] * 7)


def order_facts(order: int, _actor: Actor | None = None) -> OrderFacts:
    """Read the facts of a work order."""
    found = facts_sql.ORDER.read(order)
    jobs = prepared.rows("SELECT state, lead_id FROM job WHERE order_id = ? ORDER BY line", order)
    return OrderFacts(
        state=OrderState(found["state"]),
        read_back=bool(found["read_back"]),
        intake_done=found["intakes"] > 0,
        covers_fitted=bool(found["covers_fitted"]),
        joint_signed=bool(found["joint_signed"]),
        washed=bool(found["washed"]),
        job_states=tuple(JobState(state) for state, _lead in jobs),
        unassigned_jobs=sum(1 for _state, lead in jobs if lead is None),
        mechanics=mechanics_of(order),
        unsigned_sheets=found["unsigned_sheets"],
        priced_unquoted=found["priced_unquoted"],
        open_quotes=found["open_quotes"],
        open_entries=found["open_entries"],
        unissued_lines=found["unissued_lines"],
        untagged_old_parts=found["untagged_old_parts"],
        open_loans=found["open_loans"],
        inspector_signed=found["uninspected_jobs"] == 0,
        work_started=found["work"] > 0 or any(state != JobState.OPENED.value for state, _lead in jobs),
    )


def job_facts(job: int, actor: Actor | None = None) -> JobFacts:
    """Read the facts of a job."""
    found = facts_sql.JOB.read(actor.person if actor else 0, job)
    return JobFacts(
        state=JobState(found["state"]),
        order_state=OrderState(found["order_state"]),
        lead=found["lead"],
        helpers=_people("SELECT person_id FROM job_helper WHERE job_id = ?", job),
        order_mechanics=mechanics_of(found["order"] or 0),
        assembly=bool(found["assembly"]),
        assembly_photos=found["photos"],
        has_material_sheet=found["material_sheets"] > 0,
        has_labour_sheet=found["labour_sheets"] > 0,
        labour_approved=found["approved_labour_sheets"] > 0,
        open_supplement=found["open_supplements"] > 0,
        open_entries=found["open_entries"],
        own_open_entry=found["own_open_entries"] > 0,
        waiting=found["waits_for"] is not None,
        unissued_lines=found["unissued_lines"],
    )


def material_facts(sheet: int, _actor: Actor | None = None) -> SheetFacts:
    """Read the facts of a material sheet."""
    return _sheet_facts(facts_sql.MATERIAL_SHEET.read(sheet))


def labour_facts(sheet: int, _actor: Actor | None = None) -> SheetFacts:
    """Read the facts of a labour sheet."""
    return _sheet_facts(facts_sql.LABOUR_SHEET.read(sheet))


def _sheet_facts(found: Mapping[str, Any]) -> SheetFacts:
    return SheetFacts(
        state=SheetState(found["state"]),
        order_state=OrderState(found["order_state"]),
        job_state=JobState(found["job_state"]),
        supplement=bool(found["supplement"]),
        lines=found["lines"],
        declared_none=bool(found["declared_none"]),
        editors=_listed(found["enterers"]) | _listed(found["submitters"]) | {found["reporter"] or 0},
        lead=found["lead"],
        helpers=_listed(found["helpers"]),
        consented_lines=found["consented_lines"],
        quoted=found["quoted_lines"] > 0,
        issued_lines=found["issued_lines"],
        old_parts_due=found["old_parts_due"],
    )


def quote_facts(quote: int, now: int, calls_allowed: bool) -> QuoteFacts:
    """Read the facts of a quote as of an instant."""
    found = facts_sql.QUOTE.read(quote)
    until = found["valid_until"]
    return QuoteFacts(
        state=QuoteState(found["state"]),
        order_state=OrderState(found["order_state"]),
        supplement=bool(found["supplement"]),
        lines=found["lines"],
        warranty_signed=found["warranty_signatures"] > 0,
        jobs_without_plan=found["jobs_without_plan"],
        outdated=found["outdated_lines"] > 0,
        expired=until is not None and until < now,
        confirmed=bool(found["confirmed"]),
        calls_allowed=calls_allowed,
        mechanics=mechanics_of(found["order"] or 0),
    )


def loan_facts(loan: int, _actor: Actor | None = None) -> LoanFacts:
    """Read the facts of a loan."""
    found = facts_sql.LOAN.read(loan)
    return LoanFacts(
        state=LoanState(found["state"]), borrower=found["borrower"], outstanding=int(found["outstanding"] or 0)
    )


def person_facts(person: int, now: int) -> PersonFacts:
    """Read what an administrator's verbs look at."""
    found = facts_sql.PERSON.read(f"person:{person}", now, now, person)
    return PersonFacts(
        state=PersonState(found["state"]),
        person=person,
        has_pin=bool(found["has_pin"]),
        locked=bool(found["locks"]),
        other_administrators=found["other_administrators"] or 0,
        is_administrator=bool(found["administrator"]),
        lent_by=_listed(found["lenders"]),
    )


def day_facts(person: int) -> DayFacts:
    """Read where a person's labour day stands."""
    found = facts_sql.DAY.read(person, person)
    state = DayState.PRESENT if found["present"] else DayState.AWAY
    return DayFacts(state=state, person=person, open_kind=found["open_kind"] or "")


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
