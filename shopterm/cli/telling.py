"""Tells an error: to a person one sentence on standard error, to a program one JSON object on standard output."""

import errno
from contextlib import suppress
from typing import Any

import click

from shopterm.cli.context import Cli
from shopterm.cli.delivery import OutputLost
from shopterm.cli.faults import log_fault
from shopterm.domain.clash import Overtaken
from shopterm.domain.errors import Invalid, Problem, Refused, ShopError, Unavailable
from shopterm.domain.text import clean
from shopterm.domain.vocabulary import Role
from shopterm.domain.words import _
from shopterm.i18n import listed, tr
from shopterm.show import say, show

STORAGE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS}
"""Faults of the disk, which are not ours."""
DISK = _("The disk does not take it; nothing was saved: {reason}")
OURS = _("This is our fault, not yours. It is in the log under {reference}.")
OURS_UNLOGGED = _("This is our fault, not yours, and the log could not be written: {reason}")
INTERRUPTED, FAULT = 130, 9
"""As a shell reports a program ended by Ctrl-C; our own fault."""


def tell(error: BaseException, cli: Cli, *, as_json: bool) -> int:
    """Tell an error and return the exit status it means."""
    status, body = _judged(error, cli)
    with suppress(OSError):  # where nothing can be written the status tells
        _write(error, body, as_json=as_json and not isinstance(error, OutputLost))
    return status


def _write(error: BaseException, body: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        from shopterm.cli.output import write_json

        write_json({"error": body})
        return
    if isinstance(error, click.UsageError) and error.ctx is not None:
        click.echo(error.ctx.get_usage(), err=True)
    for line in lines(body):
        click.echo(clean(line, multiline=True), err=True)


def _judged(error: BaseException, cli: Cli) -> tuple[int, dict[str, Any]]:
    if isinstance(error, click.Abort | KeyboardInterrupt):
        return INTERRUPTED, _body("interrupted", tr("Interrupted"), tr("Nothing more was done."))
    if isinstance(error, click.ClickException):
        return error.exit_code, _body("usage", tr("The command is not right"), _usage(error))
    if isinstance(error, OSError) and error.errno in STORAGE:
        error = Unavailable(DISK, reason=error.strerror)
    if isinstance(error, ShopError):
        return error.exit_status, described(error, cli)
    reference, reason = log_fault(error, cli)
    sentence = tr(OURS, reference=reference) if not reason else tr(OURS_UNLOGGED, reason=reason)
    return FAULT, _body("fault", tr("Something went wrong"), sentence, reference=reference)


def _usage(error: click.ClickException) -> str:
    near = getattr(error, "possibilities", None)
    if near:
        meant = tr("Did you mean {names}?", names=", ".join(sorted(near)))
        return clean(f"{error.message} {meant}")
    return clean(error.format_message(), multiline=True)


def described(error: ShopError, cli: Cli) -> dict[str, Any]:
    """Return an error as a program reads it, its sentences in the spoken language."""
    zone = cli.zone
    body = _body(error.code, tr(error.title), say(error.sentence, error.params, zone))
    if isinstance(error, Refused):
        body |= {"rule": error.rule, "who": list(error.who)}
    if isinstance(error, Invalid):
        body["problems"] = [_problem(problem, cli) for problem in error.problems]
    if isinstance(error, Overtaken):
        from shopterm.cli.conflicts import described as overtaken

        body["conflict"] = overtaken(error.clash, zone)
    hint = say(error.hint, error.params, zone)
    return body | ({"hint": hint} if hint else {})


def lines(body: dict[str, Any]) -> list[str]:
    """Return an error as a person reads it: one sentence, and one line for each further thing."""
    rule = f" [{body['rule']}]" if body["rule"] else ""
    told = [tr("{head}: {told}", head=body["title"], told=body["sentence"]) + rule]
    if body["who"]:
        told.append("  " + tr("Who can: {roles}", roles=listed(show(Role(role)) for role in body["who"])))
    if "conflict" in body:
        from shopterm.cli.conflicts import told as overtaken

        told += overtaken(body["conflict"])
    problems = body["problems"]
    if problems:
        each = (tr("{head}: {told}", head=_place(problem), told=problem["sentence"]) for problem in problems)
        told = [tr("{head}:", head=body["title"]), *(f"  {line}" for line in each)]
    return told + ([f"  {body['hint']}"] if "hint" in body else [])


def _body(code: str, title: str, sentence: str, **more: Any) -> dict[str, Any]:
    return {"code": code, "title": title, "sentence": sentence, "rule": None, "who": [], "problems": []} | more


def _problem(problem: Problem, cli: Cli) -> dict[str, Any]:
    return {"field": problem.field, "line": problem.line, "sentence": say(problem.sentence, problem.params, cli.zone)}


def _place(problem: dict[str, Any]) -> str:
    line = tr(", line {line}", line=problem["line"]) if problem["line"] is not None else ""
    return f"{clean(problem['field'])}{line}"
