"""Sets a job's state from its sheets, in the sheets' own transaction."""

from shopterm.db import models as m
from shopterm.db import sql
from shopterm.domain.jobstate import after_sheets
from shopterm.domain.vocabulary import Doc, SheetState
from shopterm.usecases.context import Context


def settle_job(ctx: Context, job_id: int) -> None:
    """Move the job to what its main sheets say, the running verb's own new state included."""
    job = m.Job.get_by_id(job_id)
    states = {doc: _main_sheet(ctx, doc, job_id) for doc in (Doc.MATERIAL_SHEET, Doc.LABOUR_SHEET)}
    state = after_sheets(job.state, states[Doc.MATERIAL_SHEET], states[Doc.LABOUR_SHEET])
    if state is not job.state:
        ctx.move(Doc.JOB, m.Job, job, state)


def main_sheet_states(job_id: int) -> tuple[SheetState | None, SheetState | None]:
    """Return the stored states of a job's main material and labour sheets, "none" read as priced."""
    material = sql.row(
        "SELECT state, none FROM material_sheet WHERE job_id = ? AND supplement = 0 AND state <> 'withdrawn'", job_id
    )
    labour = sql.row(
        "SELECT state FROM labour_sheet WHERE job_id = ? AND supplement = 0 AND state <> 'withdrawn'", job_id
    )
    found = SheetState(material[0]) if material else None
    if material and material[1] and found is SheetState.APPROVED:
        found = SheetState.PRICED
    return found, SheetState(labour[0]) if labour else None


def _main_sheet(ctx: Context, doc: Doc, job: int) -> SheetState | None:
    found = sql.row(
        f"SELECT id, state, none FROM {doc.value} WHERE job_id = ? AND supplement = 0 AND state <> 'withdrawn'", job
    )
    if found is None:
        return None
    row, state, none = found
    now = SheetState(ctx.state or state) if ctx.action.doc is doc and ctx.doc_id == row else SheetState(state)
    if now is SheetState.WITHDRAWN:
        return None
    # A sheet that says "none" has nothing to price.
    return SheetState.PRICED if none and now is SheetState.APPROVED and doc is Doc.MATERIAL_SHEET else now
