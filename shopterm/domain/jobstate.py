"""From reported to priced a job's state follows from its two sheets, never set alone."""

from shopterm.domain.vocabulary import JobState, SheetState

SUBMITTED = {SheetState.SUBMITTED, SheetState.APPROVED, SheetState.PRICED}
SIGNED = {SheetState.APPROVED, SheetState.PRICED}
DERIVED = {JobState.OPENED, JobState.TEARDOWN, JobState.REPORTED, JobState.APPROVED, JobState.PRICED}


def after_sheets(state: JobState, material: SheetState | None, labour: SheetState | None) -> JobState:
    """Return the job's state after its main sheets changed; none stands for a sheet not made yet."""
    if state not in DERIVED:
        return state
    if material is SheetState.PRICED and labour in SIGNED:
        return JobState.PRICED
    if material in SIGNED and labour in SIGNED:
        return JobState.APPROVED
    if material in SUBMITTED and labour in SUBMITTED:
        return JobState.REPORTED
    return JobState.OPENED if state is JobState.OPENED else JobState.TEARDOWN
