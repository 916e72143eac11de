"""Every edge of the action table, and how often each was walked."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from shopterm.domain.action import Action
from shopterm.domain.actions import TABLE
from shopterm.domain.transitions import transitions
from shopterm.domain.vocabulary import STATES


class Edge(NamedTuple):
    """A verb, and what it does to the state of one kind of document.

    Without ``before`` the verb makes the document. Where both are ``*``, the table asks for no state.
    """

    action: str
    doc: str
    before: str
    after: str

    def __str__(self) -> str:
        """Say it in one line."""
        return f"{self.action}: {self.doc} {self.before or '(new)'} → {self.after}"


def edges() -> frozenset[Edge]:
    """Return every edge: the changes of state, those that follow in other documents, and verbs that change none."""
    moving = {
        Edge(step.action.name, doc.value, step.before.value if step.before else "", step.after.value)
        for doc in STATES
        for step in transitions(doc)
    }
    return frozenset(moving | {edge for action in TABLE for edge in _staying(action)})


def _staying(action: Action) -> Iterator[Edge]:
    """Yield the edges on which the verb's own document stays in its state."""
    if not action.when and not action.new:
        yield Edge(action.name, action.doc.value, "*", "*")
    for state in action.when:
        if not action.then or state in action.then:
            yield Edge(action.name, action.doc.value, state.value, state.value)


def stays(action: Action, state: str | None) -> Edge:
    """Return the edge of a verb that left its document as it was."""
    known = (state or "*") if action.when else "*"
    return Edge(action.name, action.doc.value, known, known)


EDGES = edges()


class Coverage:
    """How often each edge was walked over all examples, and how the steps ended."""

    def __init__(self) -> None:
        """Begin with nothing walked."""
        self.walked: Counter[Edge] = Counter()
        self.endings: Counter[str] = Counter()
        self.steps = 0
        self.examples = 0
        self.guide: Counter[Edge] | None = None
        """What the running example takes for walked before it; kept when it fails, so that it comes out the same."""

    def begin(self) -> Counter[Edge]:
        """Return what an example shall take for walked."""
        self.examples += 1
        self.guide = Counter(self.walked) if self.guide is None else self.guide
        return self.guide

    @property
    def share(self) -> float:
        """Return the share of the edges that were walked."""
        return len(EDGES & self.walked.keys()) / len(EDGES)

    def told(self) -> str:
        """Return what was reached, and by name what was not."""
        missing = sorted(EDGES - self.walked.keys())
        endings = ", ".join(f"{count} {ending}" for ending, count in self.endings.most_common())
        return "\n".join([
            f"{len(EDGES) - len(missing)} of {len(EDGES)} edges ({self.share:.1%}), {self.steps} steps in "
            f"{self.examples} examples: {endings}",
            *(f"  not reached: {edge}" for edge in missing)])  # fmt: skip
