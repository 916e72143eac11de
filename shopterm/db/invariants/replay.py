"""Invariant 13: every state follows from the events by the table of actions; replaying them gives what is stored."""

from collections.abc import Iterator, Mapping

from shopterm.db import sql
from shopterm.db.documents import MODEL
from shopterm.db.invariants import Violation
from shopterm.db.invariants.evidence import Evidence
from shopterm.db.invariants.legal import (
    FOLLOWS,
    MAKES_MAIN,
    TAKES_BACK,
    Jobs,
    is_own,
    may_be_made,
    may_become,
)
from shopterm.db.invariants.stream import FIRST, PAGE, Change, Link, part, seq_of
from shopterm.db.keys import site_of
from shopterm.domain.action import Action
from shopterm.domain.actions import BY_NAME
from shopterm.domain.transitions import SHEETS
from shopterm.domain.vocabulary import STATES, DayState, Doc, JobState
from shopterm.domain.words import Message, _

ILLEGAL = _("Site {site}, event {seq}: “{action}” may not bring {document} {number} from “{before}” to “{after}”.")
OTHER_BEFORE = _(
    "Site {site}, event {seq}: {document} {number} was “{before}” by it, but “{replayed}” by the events before it."
)
WRONG_STATE = _("Site {site}, event {seq}: “{action}” is not done to {document} {number} while it is “{before}”.")
WRONG_ROLE = _("Site {site}, event {seq}: “{action}” is not done by somebody whose roles are: {roles}.")
BEHIND = _("Site {site}, event {seq}: {document} {number} is “{before}”, but by its sheets it must be “{after}”.")
NO_EVENT = _("{document} {number} is “{state}”, but no event made it.")
GONE = _("{document} {number}, made by event {seq} of site {site}, is not in the database.")
KIND = {"kind": Evidence.STATE.value}
DOCUMENTS = tuple(doc for doc in STATES if doc is not Doc.DAY)
BEGINS = {Doc.DAY: DayState.AWAY.value}
"""What is, before any event."""
PRESENT = 'SELECT DISTINCT person_id FROM attendance WHERE "end" IS NULL AND voided = 0'


class Replay:
    """The states of all documents as the events bring them about.

    What is kept grows with the number of documents, by some 300 bytes each, not with the number of events.
    """

    def __init__(self, sites: Mapping[int, str]) -> None:
        """Begin with an empty house."""
        self.sites = sites
        self.states: dict[Doc, dict[int, tuple[str, int]]] = {doc: {} for doc in STATES}
        """State and the event that brought it, by kind of document and key."""
        self.jobs = Jobs()
        self.named: set[tuple[Doc, int]] = set()
        """Documents whose first bad event was told."""

    def see(self, link: Link) -> Iterator[Violation]:
        """Apply the changes of one event, each judged by the action that caused it."""
        action, doc_id = BY_NAME.get(link.columns["action"]), link.columns["doc_id"]
        if action is not None and action.name == "approve_parts":
            self.jobs.sign(doc_id, part(part(link.told, "signed"), "content").get("lines"))
        before = self.state(action.doc, doc_id) if action else None
        for change in link.changes:
            yield from self._take(link, action, change)
        if action is not None:
            yield from self._judge(link, action, before)

    def state(self, doc: Doc, key: int) -> str | None:
        """Return the state of a document as far as the replay has come; None before its first event."""
        found = self.states[doc].get(key) if doc in STATES else None
        return found[0] if found else BEGINS.get(doc)

    def _take(self, link: Link, action: Action | None, change: Change) -> Iterator[Violation]:
        known = self.state(change.doc, change.id)
        if known is None and change.doc is Doc.PERSON:
            known = change.before  # an import took the person on
        told = {"before": word(change.doc, change.before), "after": word(change.doc, change.after)}
        if known != change.before:
            told["replayed"] = word(change.doc, known)
            yield from self._tell(OTHER_BEFORE, link, change.doc, change.id, told)
        elif not self._legal(link, action, change):
            yield from self._tell(ILLEGAL, link, change.doc, change.id, told)
        self.states[change.doc][change.id] = (change.after, link.id)
        if change.before is None and action is not None and action.name in MAKES_MAIN:
            self.jobs.report(link.columns["doc_id"], change.doc, change.id)

    def _legal(self, link: Link, action: Action | None, change: Change) -> bool:
        if action is None:  # set-up and imports take people on and let them go
            return change.doc is Doc.PERSON
        if is_own(action, link.columns["doc_id"], change):
            return may_become(action, change)
        if change.before is None:
            return may_be_made(action, change)
        if change.doc is Doc.JOB and action.doc in SHEETS:
            return change.after == self.jobs.state(change.id, JobState(change.before), self.states)
        if change.doc is Doc.JOB and action.name in TAKES_BACK:
            freed = self.jobs.state(change.id, JobState.PRICED, self.states)
            return change.before == JobState.QUOTED and change.after == freed
        return (change.before, change.after) in FOLLOWS.get((action.name, change.doc), ())

    def _judge(self, link: Link, action: Action, before: str | None) -> Iterator[Violation]:
        """Judge the event itself: who did it, in which state, and whether what follows from it happened."""
        doc, key = action.doc, int(link.columns["doc_id"])
        roles = link.columns["role"].split(",")
        if not action.by.intersection(roles):
            yield from self._tell(WRONG_ROLE, link, doc, key, {"roles": ", ".join(roles)})
        now = self.state(doc, key)
        if before == now and now is not None and not action.new:
            fits = (not action.when or now in action.when) and (not action.then or now in action.then)
            if not fits:
                yield from self._tell(WRONG_STATE, link, doc, key, {"before": word(doc, now)})
        if before != now and doc in SHEETS and key in self.jobs.job_of:
            yield from self._follows(link, self.jobs.job_of[key])

    def _follows(self, link: Link, job: int) -> Iterator[Violation]:
        now = self.state(Doc.JOB, job)
        due = self.jobs.state(job, JobState(now), self.states) if now else None
        if due is not None and due != now:
            yield from self._tell(BEHIND, link, Doc.JOB, job, {"before": word(Doc.JOB, now), "after": due})

    def _tell(self, sentence: str, link: Link, doc: Doc, key: int, told: Mapping[str, object]) -> Iterator[Violation]:
        if (doc, key) in self.named:
            return
        self.named.add((doc, key))
        action = BY_NAME.get(link.columns["action"])
        yield Violation(
            13,
            sentence,
            KIND
            | {
                "site": self.sites[link.site],
                "seq": link.seq,
                "action": action.label if action else link.columns["action"],
                "document": doc,
                "number": number_of(doc, key),
                **told,
            },
        )

    def end(self) -> Iterator[Violation]:
        """Compare what the replay came to with what is stored."""
        for doc in DOCUMENTS:
            yield from self._stored(doc)
        present = {person for (person,) in sql.rows(PRESENT)}
        for person in present | set(self.states[Doc.DAY]):
            yield from self._compare(Doc.DAY, person, None, (DayState.AWAY, DayState.PRESENT)[person in present])

    def _stored(self, doc: Doc) -> Iterator[Violation]:
        table, after = MODEL[doc]._meta.table_name, FIRST
        while page := sql.rows(f"SELECT id, number, state FROM {table} WHERE id > ? ORDER BY id LIMIT {PAGE}", after):
            for key, number, state in page:
                yield from self._compare(doc, key, number, state)
            after = page[-1][0]
        for key in self.states[doc]:
            yield Violation(13, GONE, KIND | {"document": doc, "number": key} | self._place(key))

    def _compare(self, doc: Doc, key: int, number: str | None, state: str) -> Iterator[Violation]:
        """Judge one stored state, and forget the document."""
        replayed, last = self.states[doc].pop(key, (BEGINS.get(doc), 0))
        told = KIND | {"document": doc, "number": number or number_of(doc, key), "state": word(doc, state)}
        if replayed is None:
            if doc is not Doc.PERSON:
                yield Violation(13, NO_EVENT, told)
        elif replayed != state:
            yield Evidence.STATE.violation(13, **told | self._place(last), replayed=word(doc, replayed))

    def _place(self, event: int) -> dict[str, object]:
        return {"site": self.sites.get(site_of(event), ""), "seq": seq_of(event)}


def word(doc: Doc, state: str | None) -> object:
    """Return a stored state as a word that can be shown, or what stands there if it is none."""
    if state is None:
        return Message(_("not there"))
    return next((known for known in STATES[doc] if known.value == state), state)


def number_of(doc: Doc, key: int) -> str:
    """Return the number people know a document by; its key where there is none."""
    return str(sql.scalar(f"SELECT number FROM {MODEL[doc]._meta.table_name} WHERE id = ?", key) or key)
