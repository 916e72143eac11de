"""Tells what an import found and did: for people the worst first, for programs every line."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shopterm.cli.context import Cli
from shopterm.cli.output import Heading, answer, write_csv
from shopterm.domain.text import clean
from shopterm.domain.words import _
from shopterm.i18n import tr, trn

if TYPE_CHECKING:
    from shopterm.imports import Check, Issue
    from shopterm.usecases.imports import Imported

MOST_SHOWN = 40
"""Issues a person is shown; programs get them all."""
PROBLEMS = frozenset({"reject", "hold"})
"""Outcomes after which a line is not stored."""
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
        rows = (
            (issue.line, issue.field, issue.outcome.value, issue.reason.value, _sentence(issue), issue.stored)
            for issue in check.issues()
        )
        write_csv(COLUMNS, rows, cli.zone, bom=cli.bom)
        return
    answer(
        cli,
        _described(path, check, done, failed=failed, dry_run=dry_run) if cli.json else {},
        lambda: _told(path, check, done, dry_run=dry_run),
    )


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
    left_out = [{"line": line, "sentence": tr(reason)} for line, reason in (done.left_out if done else [])]
    body: dict[str, Any] = {
        "file": str(path),
        "kind": check.kind.name,
        "verdict": check.verdict.value,
        "encoding": check.encoding,
        "delimiter": check.delimiter,
        "dry_run": dry_run,
        "lines": {state.value: count for state, count in check.states.items()},
        "stored": {"added": done.added, "changed": done.changed, "same": done.same} if done else None,
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
    good, kept = states.get("good", 0), states.get("held", 0)
    yield tr(
        "{file}: {good} good, {held} held, {refused} refused, {repeated} repeated lines.",
        file=clean(path.name),
        good=good,
        held=kept,
        refused=states.get("refused", 0),
        repeated=states.get("repeated", 0),
    )
    yield from _issues(check)
    for line, reason in done.left_out if done else []:
        yield "  " + tr("Line {line} was left out: {reason}", line=line, reason=tr(reason))
    if done is not None:
        yield tr(
            "{added} added, {changed} changed, {same} as they were.",
            added=done.added,
            changed=done.changed,
            same=done.same,
        )
    if dry_run:
        yield tr("Dry run: nothing was stored.")
    elif kept:
        yield tr("Answer the held lines with: shopterm import held")


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
