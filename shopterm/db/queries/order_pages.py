"""The pages of a work order and of a job."""

from shopterm.db import sql
from shopterm.db.queries.findings import findings, inspections
from shopterm.db.queries.listings import masked
from shopterm.db.queries.names import name_of
from shopterm.db.queries.rows import Cell, Detail, Section, columns
from shopterm.db.queries.work_lines import WORK_LINES
from shopterm.domain.known_words import MachineKind, known
from shopterm.domain.units import Instant, Minutes, Quantity
from shopterm.domain.vocabulary import (
    Doc,
    JobState,
    LabourKind,
    OrderState,
    Payer,
    SheetState,
    WaitReason,
)
from shopterm.domain.words import Keyed, _

Pairs = list[tuple[str, str, Cell]]
"""Values by the names that programs know, with the message ids of their labels."""
ABSENT = (None, "", ())


def instant(value: int | None) -> Instant | None:
    """Return a stored instant for showing."""
    return None if value is None else Instant(value)


def pairs(title: Keyed, named: Pairs) -> Section:
    """Return a section of named values without those that are not there; zero and “no” are values and stay."""
    return Section(title, (), tuple((Keyed(key, name), value) for key, name, value in named if value not in ABSENT))


def order_page(order: int, language: str, *, phones: bool = False) -> Detail:
    """Return a work order with its jobs and documents; the phone only where it is needed."""
    found = (
        sql.row(
            f"""
        SELECT o.number, o.state, o.version, o.customer_name, o.phone, c.maker, c.model, c.serial, c.kind, c.tonnage,
          o.hours, o.received_at, {name_of("p", language)}, o.purpose, o.note, o.fuel, o.valuables, o.promised, o.bay,
          o.read_back_by, o.covers_at, o.handed_at, o.joint_at, o.washed_at, o.engineer_called
        FROM work_order o JOIN machine c ON c.id = o.machine_id JOIN person p ON p.id = o.received_by_id
        WHERE o.id = ?""",
            order,
        )
        or (None,) * 25
    )
    (number, state, version, customer, phone, maker, model, serial, kind, tonnage, hours, received, advisor, purpose,
     note, fuel, valuables, promised, bay, read_back, covers, handed, joint, washed, engineer) = found  # fmt: skip
    facts: Pairs = [
        ("customer", _("Customer"), customer), ("phone", _("Telephone"), phone if phones else masked(phone or "")),
        ("machine", _("Machine"), f"{maker} {model}"), ("kind", _("Kind"), known(MachineKind, kind)),
        ("serial", _("Serial number"), serial), ("tonnage", _("Tonnage"), Quantity(tonnage) if tonnage else None),
        ("hours", _("Hour meter"), hours), ("received", _("Received"), instant(received)),
        ("received_by", _("Received by"), advisor), ("promised", _("Promised time"), instant(promised)),
        ("bay", _("Bay"), bay), ("purpose", _("Purpose"), purpose), ("note", _("Note"), note),
    ]  # fmt: skip
    intake: Pairs = [
        ("read_back_to", _("Read back to"), read_back), ("fuel", _("Fuel level"), fuel),
        ("valuables", _("Valuables in the cab"), valuables),
        ("engineer_called", _("Engineer called"), bool(engineer) or None),
        ("covers_fitted", _("Covers fitted"), instant(covers)), ("with_foreman", _("With foreman"), instant(handed)),
        ("joint_inspection", _("Joint inspection"), instant(joint)), ("washed", _("Washed"), instant(washed)),
    ]  # fmt: skip
    related = documents_of(order)
    return Detail(
        Doc.ORDER, order, str(number), OrderState(state), int(version or 0), f"{number} {customer}",
        (_jobs(order, language), pairs(Keyed("order", _("Work order")), facts),
         pairs(Keyed("intake", _("Intake")), intake), inspections(order, language), *findings(language, order=order),
         _questions(order)), related)  # fmt: skip


def documents_of(order: int) -> tuple[tuple[Doc, int, str], ...]:
    """Return the documents that hang on a work order, jobs first."""
    rows = sql.rows(
        """
        SELECT 1, 'job', id, number FROM job WHERE order_id = ?
        UNION ALL SELECT 2, 'material_sheet', id, number FROM material_sheet WHERE order_id = ?
        UNION ALL SELECT 3, 'labour_sheet', id, number FROM labour_sheet WHERE order_id = ?
        UNION ALL SELECT 4, 'quote', id, number FROM quote WHERE order_id = ?
        UNION ALL SELECT 5, 'loan', id, number FROM loan WHERE order_id = ? ORDER BY 1, 3""",
        *[order] * 5,
    )
    return tuple((Doc(doc), key, number) for _rank, doc, key, number in rows)


def _jobs(order: int, language: str) -> Section:
    rows = sql.rows(
        f"SELECT j.line, j.text, j.state, COALESCE({name_of('p', language)}, ''), j.payer, j.waits_for FROM job j "
        "LEFT JOIN person p ON p.id = j.lead_id WHERE j.order_id = ? ORDER BY j.line",
        order,
    )
    return Section(
        Keyed("jobs", _("Jobs")),
        columns(
            line=_("No."),
            complaint=_("Complaint"),
            state=_("State"),
            lead=_("Lead"),
            payer=_("Payer"),
            waits_for=_("Waits for"),
        ),
        tuple(
            (line, text, JobState(state), lead, Payer(payer), WaitReason(waits) if waits else "")
            for line, text, state, lead, payer, waits in rows
        ),
    )


def _questions(order: int) -> Section:
    rows = sql.rows("SELECT line, question, answer FROM question WHERE order_id = ? ORDER BY line", order)
    return Section(
        Keyed("questions", _("Customer's questions")),
        columns(line=_("No."), question=_("Question"), answer=_("Answer")),
        tuple((line, question, answer or Keyed("", _("not answered yet"))) for line, question, answer in rows),
        _("No questions."),
    )


def job_page(job: int, language: str) -> Detail:
    """Return a job with its work lines, sheets, plan and parameters."""
    found = (
        sql.row(
            f"""
        SELECT j.number, j.state, j.version, j.text, j.payer, j.assembly, {name_of("p", language)}, j.bay, j.qc_fails,
          j.plan_people, j.plan_start, j.plan_finish, j.plan_instruction, j.waits_for, j.waits_note, j.waits_since,
          j.advice, j.decision, j.approval_reference, j.approval_date, o.id, o.number, c.maker, c.model, c.serial
        FROM job j JOIN work_order o ON o.id = j.order_id JOIN machine c ON c.id = o.machine_id
        LEFT JOIN person p ON p.id = j.lead_id WHERE j.id = ?""",
            job,
        )
        or (None,) * 25
    )
    (number, state, version, text, payer, assembly, lead, bay, fails, people, start, finish, instruction, waits,
     waits_note, since, advice, decision, reference, approved, order, order_number, maker, model,
     serial) = found  # fmt: skip
    helpers = ", ".join(name for (name,) in sql.rows(
        f"SELECT {name_of('p', language)} FROM job_helper h JOIN person p ON p.id = h.person_id "
        "WHERE h.job_id = ?", job))  # fmt: skip
    facts: Pairs = [
        ("complaint", _("Complaint"), text), ("machine", _("Machine"), f"{maker} {model} {serial}"),
        ("payer", _("Payer"), Payer(payer)), ("lead", _("Lead mechanic"), lead), ("helpers", _("Helpers"), helpers),
        ("bay", _("Bay"), bay), ("assembly_opened", _("Assembly opened"), bool(assembly) or None),
        ("failed_inspections", _("Failed inspections"), fails or None),
        ("waits_for", _("Waits for"), WaitReason(waits) if waits else None),
        ("waiting_since", _("Waiting since"), instant(since)), ("waiting_note", _("Waiting note"), waits_note),
        ("advice", _("Advice"), advice), ("decision", _("Customer's decision"), decision),
        ("approval_reference", _("Maker's reference"), reference), ("approval_date", _("Maker agreed on"), approved),
    ]  # fmt: skip
    plan: Pairs = [
        ("people", _("People"), _names(people, language)), ("start", _("Start"), instant(start)),
        ("finish", _("Finish"), instant(finish)), ("instruction", _("Work instruction"), instruction),
    ]  # fmt: skip
    related = ((Doc.ORDER, int(order or 0), str(order_number)), *_sheets(job))
    return Detail(
        Doc.JOB, job, str(number), JobState(state), int(version or 0), f"{number} {text}",
        (*findings(language, job=job), work(job), pairs(Keyed("job", _("Job")), facts),
         pairs(Keyed("work_plan", _("Work plan")), plan), _parameters(job), _job_sheets(job)), related)  # fmt: skip


def _names(numbers: str | None, language: str) -> tuple[str, ...]:
    """Name the people a plan keeps by their numbers."""
    wanted = (numbers or "").split()
    if not wanted:
        return ()
    places = ", ".join("?" * len(wanted))
    names = dict(sql.rows(f"SELECT number, {name_of('p', language)} FROM person p WHERE number IN ({places})", *wanted))
    return tuple(str(names.get(number, number)) for number in wanted)


def _sheets(job: int) -> tuple[tuple[Doc, int, str], ...]:
    rows = sql.rows(
        "SELECT 'material_sheet', id, number FROM material_sheet WHERE job_id = ? "
        "UNION ALL SELECT 'labour_sheet', id, number FROM labour_sheet WHERE job_id = ?",
        job,
        job,
    )
    return tuple((Doc(doc), key, number) for doc, key, number in rows)


def _job_sheets(job: int) -> Section:
    rows = sql.rows(
        "SELECT 'material_sheet', number, state, supplement, rev FROM material_sheet WHERE job_id = ? "
        "UNION ALL SELECT 'labour_sheet', number, state, supplement, rev FROM labour_sheet WHERE job_id = ?",
        job,
        job,
    )
    return Section(
        Keyed("sheets", _("Sheets")),
        columns(
            kind=_("Kind"), number=_("Number"), state=_("State"), supplement=_("Supplement"), revision=_("Version")
        ),
        tuple((Doc(doc), number, SheetState(state), bool(extra), rev) for doc, number, state, extra, rev in rows),
        _("No sheets yet: report parts and labour."),
    )


def work(job: int) -> Section:
    """Return a job's work lines as they are numbered for clocking, with the minutes booked."""
    rows = sql.rows(
        f"""
        SELECT l.text, l.kind, l.minutes, l.done_at, EXISTS (SELECT 1 FROM consent c WHERE c.labour_line_id = l.id),
          (SELECT COUNT(*) FROM labour_entry e WHERE e.labour_line_id = l.id AND e."end" IS NULL AND e.voided = 0)
        {WORK_LINES}""",
        job,
    )
    return Section(
        Keyed("work_lines", _("Work lines")),
        columns(
            line=_("No."),
            work=_("Work"),
            kind=_("Kind"),
            minutes=_("Time"),
            agreed=_("Agreed"),
            now_on_it=_("Now on it"),
            done=_("Done"),
        ),
        tuple(
            (number, text, LabourKind(kind), Minutes(minutes), bool(agreed), on, instant(done))
            for number, (text, kind, minutes, done, agreed, on) in enumerate(rows, 1)
        ),
    )


def _parameters(job: int) -> Section:
    rows = sql.rows("SELECT name, value, unit, low, high, at FROM parameter WHERE job_id = ? ORDER BY at, id", job)
    return Section(
        Keyed("parameters", _("Parameters")),
        columns(
            parameter=_("Parameter"),
            value=_("Value"),
            unit=_("Unit"),
            low=_("Lower limit"),
            high=_("Upper limit"),
            at=_("When"),
        ),
        tuple(
            (name, Quantity(value), unit, _limit(low), _limit(high), Instant(at))
            for name, value, unit, low, high, at in rows
        ),
        _("No parameters recorded."),
    )


def _limit(value: int | None) -> Quantity | None:
    return None if value is None else Quantity(value)
