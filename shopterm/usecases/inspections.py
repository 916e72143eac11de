"""Self-check by the lead mechanic, quality inspection by somebody else."""

from shopterm.db import models as m
from shopterm.db import sql
from shopterm.domain.errors import invalid
from shopterm.domain.vocabulary import Doc, InspectionKind, JobState
from shopterm.domain.words import _
from shopterm.usecases.context import Context, Values
from shopterm.usecases.jobs import may_start, work_lines
from shopterm.usecases.photos import attach
from shopterm.usecases.walked_checklist import check_marks, store_inspection

PARAMETER_OUT = _("Parameter “{name}” was last measured out of its limits: measure it again within them.")


def self_check(ctx: Context, job: m.Job, values: Values) -> None:
    """Nothing left out, tight, clear, clean, no leaks; papers handed to QC (SHP-7.3, SHP-7.4)."""
    checklist, rows = check_marks(job.order.machine, InspectionKind.SELF_CHECK, values["marks"], must_pass=True)
    out = _out_of_limits(job.id)
    if out:
        raise invalid("marks", PARAMETER_OUT, name=out)
    store_inspection(
        ctx, InspectionKind.SELF_CHECK, job.order_id, job.id, checklist, rows, passed=True, note=values["note"] or ""
    )
    _finish_lines(ctx, job)
    ctx.content = {"job": job.number, "checklist": checklist.hash, "marks": values["marks"]}
    ctx.become(JobState.SELF_CHECKED)


def _out_of_limits(job: int) -> str | None:
    """Return the name of a parameter whose newest value is out of its limits."""
    newest = {
        name: (value, low, high)
        for name, value, low, high in sql.rows(
            "SELECT name, value, low, high FROM parameter WHERE job_id = ? ORDER BY at, id", job
        )
    }
    for name, (value, low, high) in newest.items():
        if (low is not None and value < low) or (high is not None and value > high):
            return str(name)
    return None


def _finish_lines(ctx: Context, job: m.Job) -> None:
    """Sign the consented lines that are not signed done yet."""
    consented = {line for (line,) in sql.rows("SELECT labour_line_id FROM consent WHERE job_id = ?", job.id)}
    open_lines = [line for line in work_lines(job.id) if line.done_at is None and line.id in consented]
    for line in open_lines:
        may_start(ctx, job, line)
    if open_lines:
        m.LabourLine.update(done_at=ctx.at, done_by=ctx.actor.person).where(
            m.LabourLine.id.in_([line.id for line in open_lines])
        ).execute()


def pass_inspection(ctx: Context, job: m.Job, values: Values) -> None:
    """Every point passes; the inspector signs, the mechanics are told to wash (SHP-8.1, SHP-8.2)."""
    checklist, rows = check_marks(job.order.machine, InspectionKind.QC, values["marks"], must_pass=True)
    store_inspection(
        ctx, InspectionKind.QC, job.order_id, job.id, checklist, rows, passed=True, note=values["note"] or ""
    )
    attach(ctx, Doc.JOB, job.id, values["photos"])
    ctx.content = {"job": job.number, "checklist": checklist.hash, "marks": values["marks"]}
    ctx.become(JobState.QC_PASSED)
    ctx.message = _("Passed. The mechanics wash the machine next.")


def fail_inspection(ctx: Context, job: m.Job, values: Values) -> None:
    """The job goes back to work on the same order with reasons; its time is rework from now on (SHP-8.1)."""
    checklist, rows = check_marks(job.order.machine, InspectionKind.QC, values["marks"], whole=False)
    store_inspection(ctx, InspectionKind.QC, job.order_id, job.id, checklist, rows, passed=False, note=values["reason"])
    attach(ctx, Doc.JOB, job.id, values["photos"])
    sql.change(
        "UPDATE signature SET voided = ? WHERE doc = 'job' AND doc_id = ? AND action = 'self_check' AND voided IS NULL",
        ctx.at,
        job.id,
    )
    ctx.content = {"job": job.number, "failed": values["reason"], "marks": values["marks"]}
    ctx.set(qc_fails=job.qc_fails + 1)
    ctx.become(JobState.IN_WORK)
    ctx.message = _("Back to the job; the time from now on is rework.")
