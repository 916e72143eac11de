"""Jobs: who works on them, teardown, plan, waiting, the clock on a line."""

from collections.abc import Iterable

from shopterm.db import models as m
from shopterm.db import sql
from shopterm.db.queries.work_lines import WORK_LINES
from shopterm.domain import guards
from shopterm.domain.errors import NotFound, invalid
from shopterm.domain.vocabulary import Doc, EntryKind, JobState, LabourKind, Payer, Role
from shopterm.domain.words import _
from shopterm.usecases.context import Context, Values
from shopterm.usecases.time_clock import begin, end_running

NOT_LEAD = _("{name} may not be made lead mechanic.")
NOT_MECHANIC = _("{name} is no mechanic.")
NO_PERSON = _("There is no person “{who}”.")
NO_LINE = _("There is no open work line {line} on this job.")


def person_named(who: str, field: str = "person") -> m.Person:
    """Return the active person with this number, badge or name, or say which field is wrong."""
    from shopterm.usecases.sign_in import find_person

    found = find_person(who)
    if found is None:
        raise invalid(field, NO_PERSON, who=who)
    return found


def _holds(ctx: Context, person: m.Person, *roles: Role) -> bool:
    return bool(
        sql.row(
            f"SELECT 1 FROM person_role WHERE person_id = ? AND site IN (0, ?) AND role IN ({sql.marks(len(roles))})",
            person.id,
            ctx.site,
            *[role.value for role in roles],
        )
    )


def assign_job(ctx: Context, job: m.Job, values: Values) -> None:
    """The foreman names lead mechanic, helpers and bay (SHP-1.1)."""
    lead = person_named(values["lead"], "lead")
    if not _holds(ctx, lead, Role.LEAD_MECHANIC):
        raise invalid("lead", NOT_LEAD, name=lead.name_zh)
    helpers = [person_named(who, "helpers") for who in values["helpers"]]
    _refuse_others(ctx, helpers, "helpers")
    _refuse_inspectors(ctx, job.order_id, (lead, *helpers))
    _set_helpers(job.id, (helper.id for helper in helpers if helper.id != lead.id))
    ctx.notes["assigned"] = list(dict.fromkeys(person.id for person in (lead, *helpers)))
    ctx.set(lead=lead.id, bay=values["bay"] or "")


def _refuse_others(ctx: Context, people: Iterable[m.Person], field: str) -> None:
    """Refuse whoever is no mechanic."""
    for person in people:
        if not _holds(ctx, person, Role.MECHANIC, Role.LEAD_MECHANIC):
            raise invalid(field, NOT_MECHANIC, name=person.name_zh)


def _refuse_inspectors(ctx: Context, order: int, people: Iterable[m.Person]) -> None:
    """Refuse whoever has inspected the order already: inspector and mechanic of an order are two."""
    inspected = {
        person for (person,) in sql.rows("SELECT person_id FROM inspection WHERE order_id = ? AND kind = 'qc'", order)
    }
    for person in people:
        if person.id in inspected:
            raise ctx.refuse(guards.NOT_ITS_INSPECTOR, name=person.name_zh)


def _set_helpers(job: int, people: Iterable[int]) -> None:
    m.JobHelper.delete().where(m.JobHelper.job == job).execute()
    rows = [{"job": job, "person": person} for person in dict.fromkeys(people)]
    if rows:
        m.JobHelper.insert_many(rows).execute()


def start_teardown(ctx: Context, _job: m.Job, _values: Values) -> None:
    """The machine is opened, by the work standards (SHP-2.1)."""
    ctx.become(JobState.TEARDOWN)


def advise(ctx: Context, _job: m.Job, values: Values) -> None:
    """Advice to the customer about related systems, and the decision (SHP-2.3)."""
    ctx.set(advice=values["advice"], decision=values["decision"] or "")


def plan_job(ctx: Context, job: m.Job, values: Values) -> None:
    """The foreman issues the work plan: people, bay, time, instruction (SHP-4.2).

    Planned people who were not on the job yet help on it from now on (docs/decisions.md, 35).
    """
    if values["finish"] <= values["start"]:
        raise invalid("finish", _("The finish must come after the start."))
    people = [person_named(who, "people") for who in values["people"]]
    _join(ctx, job, people)
    ctx.set(
        plan_people=" ".join(person.number for person in people),
        bay=values["bay"],
        plan_start=values["start"],
        plan_finish=values["finish"],
        plan_instruction=values["instruction"],
        plan_at=ctx.at,
    )


def _join(ctx: Context, job: m.Job, people: Iterable[m.Person]) -> None:
    helpers = [key for (key,) in sql.rows("SELECT person_id FROM job_helper WHERE job_id = ?", job.id)]
    crew = {job.lead_id, *helpers}
    joining = [person for person in people if person.id not in crew]
    _refuse_others(ctx, joining, "people")
    _refuse_inspectors(ctx, job.order_id, joining)
    helpers += [person.id for person in joining]
    _set_helpers(job.id, helpers)
    ctx.notes["assigned"] = [job.lead_id, *helpers]


def approve_warranty(ctx: Context, job: m.Job, values: Values) -> None:
    """The maker agrees: reference and date (WAR-4.1); a reference serves one job only."""
    used = sql.row("SELECT number FROM job WHERE approval_reference = ? AND id <> ?", values["reference"], job.id)
    if used:
        raise invalid("reference", _("This reference is used on {number} already."), number=used[0])
    if values["date"] > ctx.day():
        raise invalid("date", _("The date lies in the future."))
    ctx.set(approval_reference=values["reference"], approval_date=values["date"])


def clock_on(ctx: Context, job: m.Job, values: Values) -> None:
    """Start working on a line; what ran before ends at that minute (docs/decisions.md, 22)."""
    line = _line(job, values["line"], rework=job.qc_fails > 0)
    may_start(ctx, job, line)
    begin(ctx, EntryKind.DIRECT, job=job.id, labour_line=line.id, rework=job.qc_fails > 0)
    if line.kind is not LabourKind.DIAGNOSIS and job.state is JobState.CONSENTED:
        ctx.become(JobState.IN_WORK)
    ctx.message, ctx.params = _("Clocked on: {work}."), {"work": line.text}


def _line(job: m.Job, number: int | None, *, rework: bool = False) -> m.LabourLine:
    """Return the line named, or the first open one; after a failed inspection a finished line may be worked again."""
    lines = work_lines(job.id)
    repairing = job.state in (JobState.CONSENTED, JobState.IN_WORK)
    wanted = [
        line
        for index, line in enumerate(lines, 1)
        if (index == number if number else (line.kind is not LabourKind.DIAGNOSIS) == repairing)
    ]
    open_lines = [line for line in wanted if line.done_at is None]
    if open_lines or (rework and wanted):
        return (open_lines or wanted)[0]
    raise NotFound(NO_LINE, line=number or "")


def work_lines(job: int) -> list[m.LabourLine]:
    """Return a job's work lines as they are numbered for clocking: diagnosis first, then signed sheets."""
    ids = [
        row
        for (row,) in sql.rows(
            f"SELECT l.id {WORK_LINES}",
            job,
        )
    ]
    found = {line.id: line for line in m.LabourLine.select().where(m.LabourLine.id.in_(ids or [0]))}
    return [found[row] for row in ids]


def may_start(ctx: Context, job: m.Job, line: m.LabourLine) -> None:
    """Judge one line: consent, the shop's confirmation, the maker's agreement."""
    consent = sql.row(
        """
        SELECT c.payer, q.confirmed_at, c.quote_line_id FROM consent c
        LEFT JOIN quote_line k ON k.id = c.quote_line_id LEFT JOIN quote q ON q.id = k.quote_id
        WHERE c.labour_line_id = ?""",
        line.id,
    )
    if consent is None:
        raise ctx.refuse(guards.LINE_CONSENTED, line=line.text)
    payer, confirmed, quoted = consent
    if quoted is not None and confirmed is None:
        raise ctx.refuse(guards.JOB_ORDER_CONFIRMED)
    if payer == Payer.WARRANTY.value and not job.approval_reference:
        raise ctx.refuse(guards.MAKER_AGREED, line=line.text)


def clock_off(ctx: Context, _job: m.Job, _values: Values) -> None:
    """Stop working on this job; the line stays open."""
    end_running(ctx, ctx.actor.person)
    ctx.message = _("Clocked off.")


def finish_line(ctx: Context, job: m.Job, values: Values) -> None:
    """A work line is done and signed; its standard minutes are earned (docs/decisions.md, 22)."""
    line = _line(job, values["line"])
    if sql.row('SELECT 1 FROM labour_entry WHERE labour_line_id = ? AND "end" IS NULL AND voided = 0', line.id):
        raise ctx.refuse(guards.NOBODY_CLOCKED_ON)
    may_start(ctx, job, line)
    m.LabourLine.update(done_at=ctx.at, done_by=ctx.actor.person).where(m.LabourLine.id == line.id).execute()
    ctx.content = {"job": job.number, "line": line.id, "text": line.text, "minutes": line.minutes}
    ctx.message, ctx.params = _("Done: {work}."), {"work": line.text}


def record_parameters(ctx: Context, job: m.Job, values: Values) -> None:
    """Technical parameters with unit and limits (SHP-7.2)."""
    if not values["lines"]:
        raise invalid("lines", _("Enter at least one parameter."))
    m.Parameter.insert_many(
        [
            {
                "id": ctx.new_key(),
                "job": job.id,
                "name": line["name"],
                "value": line["value"],
                "unit": line["unit"] or "",
                "low": line["low"],
                "high": line["high"],
                "person": ctx.actor.person,
                "at": ctx.at,
            }
            for line in values["lines"]
        ]
    ).execute()
    ctx.set(changed_at=ctx.at)


def close_declined(ctx: Context, _job: m.Job, values: Values) -> None:
    """The customer declined: reassembled or left as it is, not repaired (OPS-3)."""
    ctx.notes["reassembled"] = values["reassembled"]
    ctx.become(JobState.NOT_REPAIRED)


def wait_job(ctx: Context, job: m.Job, values: Values) -> None:
    """The job waits for something, with a clock if there is a date (OPS-13)."""
    ctx.set(waits_for=values["reason"], waits_note=values["note"] or "", waits_since=ctx.at)
    if values["due"] is not None:
        m.Clock.insert(
            id=ctx.new_key(),
            site=ctx.site,
            kind="wait",
            doc=Doc.JOB,
            doc_id=job.id,
            owner=ctx.actor.person,
            started=ctx.at,
            due=values["due"],
        ).execute()


def resume_job(ctx: Context, job: m.Job, _values: Values) -> None:
    """The job waits no more; its clock stops (OPS-13)."""
    ctx.set(waits_for=None, waits_note="", waits_since=None)
    sql.change(
        "UPDATE clock SET stopped = ? WHERE doc = 'job' AND doc_id = ? AND kind = 'wait' AND stopped IS NULL",
        ctx.at,
        job.id,
    )
