"""Which state changes the table of actions allows: the action's own, of what it makes, and of what follows from it."""

from dataclasses import dataclass, field

from shopterm.db.invariants.stream import Change
from shopterm.domain import transitions
from shopterm.domain.action import Action
from shopterm.domain.jobstate import after_sheets
from shopterm.domain.transitions import BRINGS_JOBS, FIRST, SHEETS
from shopterm.domain.vocabulary import DayState, Doc, JobState, SheetState, Word

TAKES_BACK = frozenset({"replace_quote", "expire_quote"})
MAKES_MAIN = frozenset({"report_parts", "report_labour"})
FOLLOWS: dict[tuple[str, Doc], frozenset[tuple[Word, Word]]] = {
    **{(name, Doc.JOB): steps for name, steps in transitions.FOLLOWS.items() if name not in TAKES_BACK},
    ("clock_on", Doc.DAY): frozenset({(DayState.AWAY, DayState.PRESENT)}),
}
"""What an action does to the state of other documents, apart from jobs that follow their sheets."""


def is_own(action: Action, doc_id: int, change: Change) -> bool:
    """Say whether a change is of the document the action was done to, or which it made."""
    return change.doc is action.doc and change.id == doc_id


def may_become(action: Action, change: Change) -> bool:
    """Judge the change of the action's own document by its row of the table."""
    begins = action.new if change.before is None else not action.when or change.before in action.when
    return begins and change.after in action.then


def may_be_made(action: Action, change: Change) -> bool:
    """Judge a document that the action made beside its own."""
    makes = action.makes is change.doc or (change.doc is Doc.JOB and action.name in BRINGS_JOBS)
    return makes and change.after == FIRST[change.doc]


@dataclass
class Jobs:
    """The main sheets of every job, as far as the replay has come; a job's state follows from theirs."""

    mains: dict[int, dict[Doc, int]] = field(default_factory=dict)
    job_of: dict[int, int] = field(default_factory=dict)
    """Job by main sheet; a supplement moves no job."""
    bare: set[int] = field(default_factory=set)
    """Material sheets signed as "none needed": nothing is left to price."""

    def report(self, job: int, doc: Doc, sheet: int) -> None:
        """Note the main sheet of a job."""
        self.mains.setdefault(job, {})[doc] = sheet
        self.job_of[sheet] = job

    def sign(self, sheet: int, lines: object) -> None:
        """Note whether a signed material sheet has lines."""
        (self.bare.discard if lines else self.bare.add)(sheet)

    def state(self, job: int, before: JobState, sheets: dict[Doc, dict[int, tuple[str, int]]]) -> JobState:
        """Return the state a job must have after its sheets are in these states (by kind and key)."""
        material, labour = (self._sheet(job, doc, sheets[doc]) for doc in SHEETS)
        return after_sheets(before, material, labour)

    def _sheet(self, job: int, doc: Doc, states: dict[int, tuple[str, int]]) -> SheetState | None:
        sheet = self.mains.get(job, {}).get(doc)
        if sheet is None or sheet not in states:
            return None
        state = SheetState(states[sheet][0])
        if state is SheetState.APPROVED and sheet in self.bare:
            return SheetState.PRICED
        return None if state is SheetState.WITHDRAWN else state
