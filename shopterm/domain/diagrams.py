"""Writes the documentation that the table knows: state diagrams, the list of actions, where each rule stands."""

import re
from collections.abc import Iterable, Iterator

from shopterm.domain.action import Action, Guard
from shopterm.domain.actions import TABLE, actions_for
from shopterm.domain.guards import GUARDS
from shopterm.domain.transitions import FIRST, LAST, Transition, transitions
from shopterm.domain.vocabulary import STATES, Doc, Role, Word

MADE = "Written by `make docs` from the action table; do not edit."
RULE_LINE = re.compile(r"^\| ((?:ADV|EMG|FLD|WAR|SHP|OPS)-\d+(?:\.\d+)?) \|(.*)\|[^|]*\|$")
"""A line of a rule list: id, cells, and last the place, which is filled in."""
ACTION_HEAD = ("action", "key", "label", "who", "from", "to", "rule", "signs", "second", "guards")
GUARD_HEAD = ("guard", "rule", "refuses with", "who can lift it")
LATER = "not in this release"
EVERYBODY = frozenset(Role)
ELSEWHERE = {
    "ADV-2.2": ("in `open_order`",),
    "ADV-5.2": ("in `complete_quote`", "in `sign_quote`"),
    "SHP-5.2": ("in `price_parts`",),
    "SHP-6.2": ("in `complete_quote`",),
    "SHP-6.3": ("in `complete_quote`", f"a rework order is {LATER}"),
    "OPS-14": ("command `shopterm import`",),
}
"""Where a rule stands that has no verb or guard of its own: in another rule's verb, which says so, or in a command."""


def states_page() -> str:
    """Return docs/states.md: one Mermaid diagram for each kind of document that has states."""
    parts = [
        "# States",
        "",
        MADE,
        "",
        "An arrow is a verb; one that is done to another document names it. What is drawn to the black dot at "
        "the end may stay as it is for good.",
        "",
    ]
    for doc in STATES:
        parts += [f"## {_capital(doc.label)}", "", *_diagram(doc), ""]
    return "\n".join(parts)


def _diagram(doc: Doc) -> list[str]:
    steps = transitions(doc)
    names = [f'    state "{state.label}" as {state.value}' for state in STATES[doc] if _drawn(state, steps)]
    begun = [] if any(step.before is None for step in steps) else [f"    [*] --> {FIRST[doc].value}"]
    ends = [f"    {state.value} --> [*]" for state in STATES[doc] if state in LAST[doc]]
    return ["```mermaid", "stateDiagram-v2", *names, *begun, *_arrows(doc, steps), *ends, "```"]


def _drawn(state: Word, steps: Iterable[Transition]) -> bool:
    return any(state in (step.before, step.after) for step in steps)


def _arrows(doc: Doc, steps: Iterable[Transition]) -> Iterator[str]:
    verbs: dict[tuple[Word | None, Word], list[str]] = {}
    for step in steps:
        where = "" if step.action.doc is doc else f" ({step.action.doc.label})"
        label = step.action.label.replace(":", "") + where
        labels = verbs.setdefault((step.before, step.after), [])
        if label not in labels:
            labels.append(label)
    for (before, after), labels in verbs.items():
        yield f"    {before.value if before else '[*]'} --> {after.value}: {', '.join(labels)}"


def actions_page() -> str:
    """Return docs/actions.md: every verb with who, from, to, rule and signatures, and every guard with its sentence."""
    parts = [
        "# Actions",
        "",
        MADE,
        "",
        "*Signs*: it takes the PIN of who does it. *Second*: another person signs in the same verb. A verb "
        "without a state is done in any; one without a new state leaves it.",
        "",
    ]
    for doc in Doc:
        parts += [f"## {_capital(doc.label)}", "", *_table(ACTION_HEAD, map(_action_row, actions_for(doc))), ""]
    parts += ["## Guards", "", *_table(GUARD_HEAD, map(_guard_row, GUARDS.values())), ""]
    return "\n".join(parts)


def _action_row(action: Action) -> tuple[str, ...]:
    before = "new" if action.new else _words(action.when, action)
    after = _words(action.then, action) + (f"makes a {action.makes.label}" if action.makes else "")
    guards = ", ".join(f"`{guard.name}`" for guard in dict.fromkeys((*action.before, *action.guards)))
    return (f"`{action.name}`", f"`{action.key}`", action.label, _roles(action.by), before, after, action.rule,
            "yes" if action.signs else "", _roles(action.second), guards)  # fmt: skip


def _guard_row(guard: Guard) -> tuple[str, ...]:
    return f"`{guard.name}`", guard.rule, guard.sentence, _roles(guard.who)


def _words(states: frozenset[Word], action: Action) -> str:
    return ", ".join(state.label for state in STATES.get(action.doc, ()) if state in states)


def _roles(roles: frozenset[Role]) -> str:
    return "everybody" if roles == EVERYBODY else ", ".join(role.label for role in Role if role in roles)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield "|---" * len(head) + "|"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', '/') for cell in row)} |"


def with_places(text: str) -> str:
    """Return a rule list with the last cell of each rule filled in: its verbs and guards, or that it comes later."""
    return "\n".join(_placed(line) for line in text.split("\n"))


def _placed(line: str) -> str:
    found = RULE_LINE.match(line)
    return f"| {found[1]} |{found[2]}| {', '.join(places(found[1])) or LATER} |" if found else line


def places(rule: str) -> list[str]:
    """Return where a rule stands: its verbs, its guards, or what else carries it out; nowhere: not in this release."""
    verbs = [f"`{action.name}`" for action in TABLE if action.rule == rule]
    guards = [f"guard `{guard.name}`" for guard in GUARDS.values() if guard.rule == rule]
    return [*verbs, *guards, *ELSEWHERE.get(rule, ())]


def rules_listed(text: str) -> dict[str, str]:
    """Return the rules of a list by id, with what it says of each."""
    found = (RULE_LINE.match(line) for line in text.split("\n"))
    return {line[1]: line[2].strip() for line in found if line}


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
