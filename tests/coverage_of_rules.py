"""Prints which tests show each rule refusing and which show the way through; exit status 1 while one is not shown.

A test says so with `@pytest.mark.refuses("SHP-4.1")` and `@pytest.mark.allows("SHP-4.1")`. It counts when pytest would
run it on both databases. A guard is shown by a test that expects just its refusal: `with refusing(shop, rule, guard)`.
What must be shown is not listed here: every "must" of the rule lists that is in this release, and every guard.
"""

import ast
import contextlib
import inspect
import io
import sys
import textwrap
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from shopterm.domain.diagrams import places, rules_listed
from shopterm.domain.guards import GUARDS

ROOT = Path(__file__).parent.parent
LISTS = ("rules.md", "ops-rules.md")
SPEAKS_OF_RULES = ("mark.refuses(", "mark.allows(", "refusing(")
BOTH = {"sqlite", "postgres"}
REFUSES, ALLOWS, GUARD = "refuses", "allows", "guard"
Shown = dict[tuple[str, str], set[str]]
"""By what is shown (a rule refusing, a rule's way through, a guard) the tests that show it on both databases."""


class Collected:
    """A plugin that keeps the tests pytest would run."""

    def __init__(self) -> None:
        """Begin with none."""
        self.tests: list[pytest.Function] = []

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Take them when all are chosen."""
        self.tests = [item for item in session.items if isinstance(item, pytest.Function)]


def collect() -> list[pytest.Function]:
    """Return the tests of every file that speaks of rules."""
    files = [path for path in sorted((ROOT / "tests").rglob("test_*.py"))
             if any(word in path.read_text(encoding="utf-8") for word in SPEAKS_OF_RULES)]  # fmt: skip
    found = Collected()
    with contextlib.redirect_stdout(io.StringIO()) as said:
        status = pytest.main(["--collect-only", "--quiet", *map(str, files)], plugins=[found])
    if status is not pytest.ExitCode.OK:
        sys.exit(said.getvalue())
    return found.tests


def shown_by(tests: Iterable[pytest.Function]) -> Shown:
    """Return what the tests show; one that runs on a single database, or on none, shows nothing."""
    runs: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for test in tests:
        name = test.nodeid.partition("[")[0]
        for kind, what in _said(test):
            runs[kind, what, name].add(str(_params(test).get("shop")))
    shown: Shown = defaultdict(set)
    for (kind, what, name), databases in runs.items():
        if databases >= BOTH:
            shown[kind, what].add(name)
    return shown


def _said(test: pytest.Function) -> Iterator[tuple[str, str]]:
    for kind in (REFUSES, ALLOWS):
        for mark in test.iter_markers(kind):
            yield from ((kind, rule) for rule in mark.args)
    yield from ((GUARD, guard) for guard in guards_refused(inspect.getsource(test.function), _params(test)))


def _params(test: pytest.Function) -> dict[str, object]:
    return dict(test.callspec.params) if hasattr(test, "callspec") else {}


def guards_refused(source: str, params: dict[str, object]) -> Iterator[str]:
    """Yield the guards that a test cannot pass without having seen refuse: those of blocks which nothing skips."""
    (function,) = ast.parse(textwrap.dedent(source)).body
    assert isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
    for statement in _always(function.body):
        for item in statement.items:
            match item.context_expr:
                case ast.Call(func=ast.Name("refusing"), args=[_, _, ast.Constant(str(guard))]):
                    yield guard
                case ast.Call(func=ast.Name("refusing"), args=[_, _, ast.Name(name)]) if name in params:
                    yield str(params[name])


def _always(body: Iterable[ast.stmt]) -> Iterator[ast.With]:
    """Yield the with-blocks on the way from the first statement to the last."""
    for statement in body:
        match statement:
            case ast.Return():
                return
            case ast.With():
                yield statement
            case ast.For(iter=ast.Tuple(elts=[_, *_]) | ast.List(elts=[_, *_]), body=inner):
                yield from _always(inner)


def listed() -> dict[str, str]:
    """Return how each rule of the lists holds: must, records, prompts, clock."""
    texts = "\n".join((ROOT / "docs" / name).read_text(encoding="utf-8") for name in LISTS)
    return {rule: says.rpartition("|")[2].strip() for rule, says in rules_listed(texts).items()}


def faults(shown: Shown) -> Iterator[str]:
    """Yield what is not shown but must be, and what is said of rules that are none of this release."""
    rules, here = listed(), {rule for rule in listed() if places(rule)}
    must = {rule for rule in here if "must" in rules[rule]}
    guarded = {guard.rule for guard in GUARDS.values()}
    for kind, needed in ((REFUSES, must), (ALLOWS, must | guarded), (GUARD, GUARDS.keys())):
        yield from (f"no test on both databases: {kind} {what}" for what in sorted(needed) if not shown[kind, what])
    marked = {what for kind, what in shown if kind != GUARD}
    yield from (f"marked in a test, but not in this release: {rule}" for rule in sorted(marked - here))


def table(shown: Shown) -> Iterator[str]:
    """Yield the lines of the table: how a rule holds, and how many tests show it."""
    yield f"{'rule':<10}{'how':<26}{'refuses':>8}{'allows':>8}"
    for rule, how in listed().items():
        counts = "".join(f"{len(shown[kind, rule]) or '':>8}" for kind in (REFUSES, ALLOWS))
        yield f"{rule:<10}{how if places(rule) else f'({how}, later)':<26}{counts}"
    refusing = sum(bool(shown[GUARD, guard]) for guard in GUARDS)
    yield f"{refusing} of {len(GUARDS)} guards refuse in a test on both databases"


def main() -> int:
    """Print the table and what is missing; return the exit status."""
    shown = shown_by(collect())
    missing = list(faults(shown))
    print(*table(shown), *missing, sep="\n")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
