"""Does what the machine has chosen and judges what came of it: one effect along an edge of the table, or no trace."""

from collections import Counter
from typing import Any

from hypothesis import note

from shopterm.domain.actions import action_named
from shopterm.domain.errors import Conflict, Invalid, NotFound, Refused, ShopError, SignInFailed, Usage
from shopterm.usecases.request import Done, Request
from shopterm.usecases.run import run
from tests.stateful.checks import Chain
from tests.stateful.edges import Coverage, Edge, stays
from tests.stateful.world import World, changed

Event = dict[str, Any]
ANSWERS: tuple[type[ShopError], ...] = (Refused, Invalid, NotFound, Usage, SignInFailed)
"""How the program may say no when nobody else is there; Conflict only for a stale version or an operation id used."""


class Judge:
    """Compares the database before and after every call."""

    def __init__(self, world: World, coverage: Coverage) -> None:
        """Look at the database as it is."""
        self.world, self.coverage, self.chain = world, coverage, Chain(world)
        self.before = world.fingerprint()
        self.edges: list[Edge] = []
        """The changes of state that the last call's events tell of."""

    def attempt(self, person: str, request: Request, *, conflict: bool = False) -> Done | ShopError:
        """Do a verb for the first time."""
        papers = self.world.papers()
        ending = self._run(person, request, (*ANSWERS, Conflict) if conflict else ANSWERS)
        if isinstance(ending, Done):
            self._one_effect(request, ending, papers)
        else:
            self._no_trace(request, ending)
        return ending

    def repeat(self, person: str, request: Request) -> Done | ShopError:
        """Send an operation id that was used; whatever the answer is, no document changes."""
        ending = self._run(person, request, (*ANSWERS, Conflict))
        events = self.look(refused=True)
        assert {event["action"] for event in events} <= {"signing_failed", "refused"}
        assert not isinstance(ending, Done) or (ending.replayed and not events)
        return ending

    def look(self, *, refused: bool = False) -> list[Event]:
        """Read the events that came and replay them; after a refusal no other table may have changed."""
        self.world.memory.clear()
        after = self.world.fingerprint()
        traces = changed(self.before, after) if refused else set()
        assert not traces, f"20 a refusal changed {sorted(traces)}"
        self.before = after
        events = self.chain.news()
        self.edges = [edge for event in events for edge in self.chain.replay(event)]
        self.chain.agrees({(paper.doc.value, paper.id): paper.state for paper in self.world.papers().values()})
        return events

    def _run(self, person: str, request: Request, allowed: tuple[type[ShopError], ...]) -> Done | ShopError:
        second = request.second.person if request.second else None
        note(f"{person} {request.action} {request.ref!r} {request.values!r} {second=} version={request.version}")
        ending: Done | ShopError
        try:
            ending = run(self.world.shop, self.world.actor(person), request)
        except allowed as error:
            ending = error
        kind = "done" if isinstance(ending, Done) else ending.code
        self.coverage.endings[kind] += 1
        note(f"  -> {kind}: {ending if isinstance(ending, ShopError) else ending.number}")
        return ending

    def _one_effect(self, request: Request, done: Done, papers: dict[Any, Any]) -> None:
        """Check that the verb left one event, from a state in which the table allows it; count its edges."""
        action, events = action_named(request.action), self.look()
        assert [event["operation"] for event in events] == [request.op_id], "7 a verb leaves exactly one event"
        walked, own = list(self.edges), papers.get((action.doc, done.id))
        state = str(own.state) if own and own.state else None
        if not action.new and not any(edge.doc == action.doc.value and edge.before for edge in walked):
            assert not action.when or state in action.when, f"13 {action.name} was done while {state}"
            walked.append(stays(action, state))
        self.coverage.walked.update(walked)
        if done.secret:
            self.world.codes[done.number] = done.secret

    def _no_trace(self, request: Request, error: ShopError) -> None:
        """Check that nothing is written but the record of a refused or wrong signature."""
        signs = action_named(request.action).signs
        kinds = Counter(str(event["action"]) for event in self.look(refused=True))
        wanted: Counter[str] = Counter()
        if signs and isinstance(error, Refused) and error.guard != "second":
            wanted["refused"] = 1
        if signs and isinstance(error, SignInFailed) and kinds["signing_failed"]:
            wanted["signing_failed"] = 1  # none where the person has left, or who it is cannot be known
        assert kinds == wanted, f"20 a refusal wrote {dict(kinds)}, not {dict(wanted)}"
