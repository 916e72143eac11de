"""Tells what an import found and did: for people the worst first, for programs every line."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shopterm.cli.context import Cli
from shopterm.cli.output import Heading, answer, write_csv
from shopterm.domain.text import clean
from shopterm.domain.words import _
from shopterm.i18n import tr, trn
from shopterm.show import say

if TYPE_CHECKING:
    from shopterm.imports import Check, Issue
    from shopterm.usecases.imports import Imported

MOST_SHOWN = 40
"""Issues a person is shown; programs get them all."""
PROBLEMS = frozenset({"reject", "hold"})
"""Outcomes after which a line is not stored."""
LEFT_OUT = "left_out"
"""Outcome of a good line that what is on file stands against."""
COLUMNS = (
    Heading("line", _("Line")),
    Heading("field", _("Field")),
    Heading("outcome", _("Outcome")),
    Heading("reason", _("Reason")),
    Heading("sentence", _("What was found")),
    Heading("stored", _("Stored as")),
)


def tell(cli: Cli, path: Path, check: "Check", done: "Imported | None", *, failed: bool, dry_run: bool) -> None:
    """Write what was found and done in the form that was asked for."""
    if cli.csv:
        write_csv(COLUMNS, _rows(check, done), cli.zone, bom=cli.bom)
        return
    answer(
        cli,
        _described(path, check, done, failed=failed, dry_run=dry_run) if cli.json else {},
        lambda: _told(path, check, done, dry_run=dry_run),
    )


def _rows(check: "Check", done: "Imported | None") -> Iterator[tuple[Any, ...]]:
    for issue in check.issues():
        yield issue.line, issue.field, issue.outcome.value, issue.reason.value, _sentence(issue), issue.stored
    for out in done.left_out if done else ():
        yield out.line, "", LEFT_OUT, LEFT_OUT, say(out.sentence, out.params), None


def _described(path: Path, check: "Check", done: "Imported | None", *, failed: bool, dry_run: bool) -> dict[str, Any]:
    issues: list[dict[str, Any]] = [
        {
            "line": issue.line,
            "field": clean(issue.field),
            "outcome": issue.outcome.value,
            "reason": issue.reason.value,
            "sentence": _sentence(issue),
            "stored": clean(issue.stored) if issue.stored is not None else None,
        }
        for issue in check.issues()
    ]
    left_out = [
        {"line": out.line, "sentence": say(out.sentence, out.params)} for out in (done.left_out if done else [])
    ]
    body: dict[str, Any] = {
        "file": str(path),
        "kind": check.kind.name,
        "verdict": check.verdict.value,
        "encoding": check.encoding,
        "delimiter": check.delimiter,
        "dry_run": dry_run,
        "lines": {state.value: count for state, count in check.states.items()},
        "stored": {"added": done.added, "changed": done.changed, "same": done.same} if done else None,
        "waiting": done.held if done else 0,
        "answered": done.answered if done else 0,
        "sites": done.sites if done else [],
        "left_out": left_out,
        "issues": issues,
    }
    if failed:
        problems = [
            {"field": one["field"], "line": one["line"], "sentence": one["sentence"]}
            for one in issues
            if one["outcome"] in PROBLEMS
        ]
        problems += [{"field": "", "line": one["line"], "sentence": one["sentence"]} for one in left_out]
        body["error"] = {
            "code": "invalid",
            "title": tr("Please check what was typed"),
            "rule": None,
            "who": [],
            "sentence": tr("Not every line was taken in."),
            "problems": problems,
        }
    return body


def _told(path: Path, check: "Check", done: "Imported | None", *, dry_run: bool) -> Iterator[str]:
    states = {state.value: count for state, count in check.states.items()}
    yield tr(
        "{file}: {good} good, {held} held, {refused} refused, {repeated} repeated lines.",
        file=clean(path.name),
        good=states.get("good", 0),
        held=states.get("held", 0),
        refused=states.get("refused", 0),
        repeated=states.get("repeated", 0),
    )
    yield from _issues(check)
    yield from _left_out(done)
    if done is not None:
        yield tr(
            "{added} added, {changed} changed, {same} as they were.",
            added=done.added,
            changed=done.changed,
            same=done.same,
        )
        yield from _besides(done)
    if dry_run:
        yield tr("Dry run: nothing was stored.")


def _besides(done: "Imported") -> Iterator[str]:
    """Yield what else came of it: sites set up, lines that wait for a person."""
    if done.sites:
        yield tr("New sites: {sites}.", sites=", ".join(done.sites))
    if done.answered:
        yield trn("{n} held line was answered before.", "{n} held lines were answered before.", done.answered)
    if done.held and not done.dry_run:
        yield trn(
            "{n} line waits for an answer: shopterm import held list",
            "{n} lines wait for an answer: shopterm import held list",
            done.held,
        )


def _left_out(done: "Imported | None") -> Iterator[str]:
    lines = done.left_out if done else []
    for out in lines[:MOST_SHOWN]:
        yield "  " + tr("Line {line} was left out: {reason}", line=out.line, reason=say(out.sentence, out.params))
    if len(lines) > MOST_SHOWN:
        yield "  " + trn("{n} more; --csv lists all.", "{n} more; --csv lists all.", len(lines) - MOST_SHOWN)


def _issues(check: "Check") -> Iterator[str]:
    """Yield what was found, what keeps a line out first, and how much more there is."""
    total = 0
    shown: dict[bool, list[str]] = {True: [], False: []}
    for issue in check.issues():
        total += 1
        some = shown[issue.outcome.value in PROBLEMS]
        if len(some) < MOST_SHOWN:
            some.append(f"  {_sentence(issue)}")
    lines = (shown[True] + shown[False])[:MOST_SHOWN]
    yield from lines
    if total > len(lines):
        yield "  " + trn("{n} more; --csv lists all.", "{n} more; --csv lists all.", total - len(lines))


def _sentence(issue: "Issue") -> str:
    return clean(tr(issue.sentence, **issue.arguments))
