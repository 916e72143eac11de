"""Which state leads to which by which verb: read from the table, and from what a verb does to other documents."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from shopterm.domain.action import Action
from shopterm.domain.actions import TABLE, action_named, actions_for
from shopterm.domain.jobstate import DERIVED, after_sheets
from shopterm.domain.vocabulary import (
    STATES,
    DayState,
    Doc,
    JobState,
    LoanState,
    OrderState,
    PersonState,
    QuoteState,
    SheetState,
    Word,
)

FIRST: dict[Doc, Word] = {
    Doc.ORDER: OrderState.RECEIVED,
    Doc.JOB: JobState.OPENED,
    Doc.MATERIAL_SHEET: SheetState.DRAFT,
    Doc.LABOUR_SHEET: SheetState.DRAFT,
    Doc.QUOTE: QuoteState.DRAFT,
    Doc.LOAN: LoanState.OUT,
    Doc.PERSON: PersonState.ACTIVE,
    Doc.DAY: DayState.AWAY,
}
"""The state in which a document begins."""
LAST: dict[Doc, frozenset[Word]] = {
    Doc.ORDER: frozenset({OrderState.CHECKED, OrderState.CANCELLED}),
    Doc.JOB: frozenset({JobState.DONE, JobState.NOT_REPAIRED}),
    Doc.MATERIAL_SHEET: frozenset({SheetState.APPROVED, SheetState.PRICED, SheetState.WITHDRAWN}),
    Doc.LABOUR_SHEET: frozenset({SheetState.APPROVED, SheetState.WITHDRAWN}),
    Doc.QUOTE: frozenset({QuoteState.ANSWERED, QuoteState.EXPIRED, QuoteState.REPLACED}),
    Doc.LOAN: frozenset({LoanState.SETTLED}),
    Doc.PERSON: frozenset({PersonState.INACTIVE}),
    Doc.DAY: frozenset({DayState.AWAY}),
}
"""The states in which a document may stay for good."""
GIVEN_UP: frozenset[Word] = frozenset(
    {OrderState.CANCELLED, SheetState.WITHDRAWN, QuoteState.EXPIRED, QuoteState.REPLACED, PersonState.INACTIVE}
)
"""The last states that no one works towards."""
BRINGS_JOBS = ("open_order", "add_job", "add_found_job")
"""Verbs that make jobs besides what their rows say."""
ONLY: dict[str, frozenset[tuple[Word, Word]]] = {
    "clock_on": frozenset({(JobState.CONSENTED, JobState.IN_WORK)}),
    "correct_day": frozenset({(DayState.PRESENT, DayState.AWAY)}),
}
"""Verbs of several states that move only some of them."""
FOLLOWS: dict[str, frozenset[tuple[JobState, JobState]]] = {
    "make_quote": frozenset({(JobState.PRICED, JobState.QUOTED)}),
    "sign_quote": frozenset({(JobState.QUOTED, JobState.CONSENTED), (JobState.QUOTED, JobState.DECLINED)}),
    "call_quote": frozenset({(JobState.QUOTED, JobState.CONSENTED), (JobState.QUOTED, JobState.DECLINED)}),
    "replace_quote": frozenset({(JobState.QUOTED, JobState.PRICED)}),
    "expire_quote": frozenset({(JobState.QUOTED, JobState.PRICED)}),
    "report_washed": frozenset({(JobState.QC_PASSED, JobState.DONE)}),
}
"""What verbs on orders and quotes do to the jobs."""
SHEETS = (Doc.MATERIAL_SHEET, Doc.LABOUR_SHEET)


@dataclass(frozen=True)
class Transition:
    """A step of one kind of document; ``before`` is none where the verb makes it."""

    doc: Doc
    before: Word | None
    after: Word
    action: Action


def transitions(doc: Doc) -> tuple[Transition, ...]:
    """Return every step of a kind of document once, in the order of the table."""
    steps = [*_made(doc), *_own(doc)]
    if doc is Doc.JOB:
        steps += [*_after_sheets(), *_following()]
    if doc is Doc.DAY:
        steps.append(Transition(Doc.DAY, DayState.AWAY, DayState.PRESENT, action_named("clock_on")))
    return tuple(dict.fromkeys(steps))


def _made(doc: Doc) -> Iterator[Transition]:
    for action in TABLE:
        brings = doc is Doc.JOB and action.name in BRINGS_JOBS
        if brings or action.makes is doc or (action.new and action.doc is doc):
            yield Transition(doc, None, FIRST[doc], action)


def _own(doc: Doc) -> Iterator[Transition]:
    for action in actions_for(doc):
        steps = ONLY.get(action.name, product(_in_order(doc, action.when), _in_order(doc, action.then)))
        for before, after in steps:
            if before is not after:
                yield Transition(doc, before, after, action)


def _in_order(doc: Doc, states: frozenset[Word]) -> list[Word]:
    """Return states as their vocabulary lists them; a set has no order that is the same in every run."""
    return [state for state in STATES.get(doc, ()) if state in states]


def _following() -> Iterator[Transition]:
    for name, steps in FOLLOWS.items():
        for before, after in sorted(steps):
            yield Transition(Doc.JOB, before, after, action_named(name))


def _after_sheets() -> Iterator[Transition]:
    """Step a job with each step of one main sheet, beside every state of the other."""
    for doc in SHEETS:
        for sheet in _own(doc):
            others: list[SheetState | None] = [None, *SheetState]
            for other, was, now in product(others, _read(sheet.before), _read(sheet.after)):
                for job in sorted(DERIVED):
                    before = _beside(doc, job, was, other)
                    after = _beside(doc, before, now, other)
                    if before is job and after is not before:
                        yield Transition(Doc.JOB, before, after, sheet.action)


def _beside(doc: Doc, job: JobState, own: SheetState | None, other: SheetState | None) -> JobState:
    return after_sheets(job, *((own, other) if doc is Doc.MATERIAL_SHEET else (other, own)))


def _read(state: Word | None) -> tuple[SheetState | None, ...]:
    """Return what a sheet counts as: withdrawn as none, an approved one that asks for nothing as priced too."""
    if state is SheetState.WITHDRAWN or state is None:
        return (None,)
    if state is SheetState.APPROVED:
        return (SheetState.APPROVED, SheetState.PRICED)
    return (SheetState(state),)
