"""Whatever leaves a command becomes an exit status and one sentence; a traceback goes to the log only."""

import errno
import os
import sys
from collections.abc import Sequence
from types import TracebackType
from typing import Any, Self

import click

from shopterm.cli.context import Cli
from shopterm.cli.faults import log_fault
from shopterm.domain.errors import Invalid, Problem, Refused, ShopError, Unavailable
from shopterm.domain.text import clean
from shopterm.domain.vocabulary import Role
from shopterm.domain.words import _
from shopterm.i18n import tr
from shopterm.show import say, show

STORAGE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS}
"""Faults of the disk, which are not ours."""
DISK = _("The disk does not take it; nothing was saved: {reason}")
OURS = _("This is our fault, not yours. It is in the log under {reference}.")
OURS_UNLOGGED = _("This is our fault, not yours, and the log could not be written: {reason}")
INTERRUPTED, PIPE_CLOSED = 130, 141
"""As a shell reports a program ended by Ctrl-C, or by a reader that went away."""


class Outcome:
    """Runs a command inside; afterwards the exit status is known and the person has been told."""

    def __init__(self, cli: Cli, arguments: Sequence[str]) -> None:
        """Note whether JSON is wanted even where the arguments cannot be read."""
        self.cli, self.status = cli, 0
        self._json = "--json" in arguments

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None
    ) -> bool:
        """Close the shop and tell the error, if any; only an exit that was asked for passes."""
        asked = isinstance(error, SystemExit | GeneratorExit)
        if error is not None and not asked:
            self.status = self._tell(error)
        self.cli.close()
        return not asked

    def _tell(self, error: BaseException) -> int:
        if isinstance(error, BrokenPipeError):
            _forget_output()
            return PIPE_CLOSED
        if isinstance(error, click.Abort | KeyboardInterrupt):
            return self._answer(INTERRUPTED, _body("interrupted", tr("Interrupted"), tr("Nothing more was done.")))
        if isinstance(error, click.ClickException):
            return self._usage(error)
        if isinstance(error, OSError) and error.errno in STORAGE:
            error = Unavailable(DISK, reason=error.strerror)
        if isinstance(error, ShopError):
            return self._answer(error.exit_status, described(error, self.cli))
        return self._fault(error)

    def _usage(self, error: click.ClickException) -> int:
        sentence = clean(error.format_message() or tr("The command is not complete"), multiline=True)
        near = getattr(error, "possibilities", None)
        if near:
            sentence = f"{error.message} {tr('Did you mean {names}?', names=', '.join(sorted(near)))}"
        if not self._wants_json and isinstance(error, click.UsageError) and error.ctx is not None:
            click.echo(error.ctx.get_usage(), err=True)
        return self._answer(error.exit_code, _body("usage", tr("The command is not complete"), sentence))

    def _fault(self, error: BaseException) -> int:
        reference, reason = log_fault(error, self.cli)
        sentence = tr(OURS, reference=reference) if not reason else tr(OURS_UNLOGGED, reason=reason)
        return self._answer(9, _body("fault", tr("Something went wrong"), sentence, reference=reference))

    @property
    def _wants_json(self) -> bool:
        return self._json or self.cli.json

    def _answer(self, status: int, body: dict[str, Any]) -> int:
        if self._wants_json:
            from shopterm.cli.output import write_json

            write_json({"error": body})
        else:
            for line in lines(body):
                click.echo(line, err=True)
        return status


def described(error: ShopError, cli: Cli) -> dict[str, Any]:
    """Return an error as a program reads it, its sentences in the spoken language."""
    zone = cli.zone
    body = _body(error.code, tr(error.title), say(error.sentence, error.params, zone))
    if isinstance(error, Refused):
        body |= {"rule": error.rule, "who": list(error.who)}
    if isinstance(error, Invalid):
        body["problems"] = [_problem(problem, cli) for problem in error.problems]
    hint = say(error.hint, error.params, zone)
    return body | ({"hint": hint} if hint else {})


def lines(body: dict[str, Any]) -> list[str]:
    """Return an error as a person reads it: one sentence, and one line for each further thing."""
    rule = f" [{body['rule']}]" if body["rule"] else ""
    told = [f"{body['title']}: {body['sentence']}{rule}"]
    if body["who"]:
        told.append("  " + tr("Who can: {roles}", roles=", ".join(show(Role(role)) for role in body["who"])))
    problems = body["problems"]
    if problems:
        told = [f"{body['title']}:", *(f"  {_place(problem)}: {problem['sentence']}" for problem in problems)]
    return told + ([f"  {body['hint']}"] if "hint" in body else [])


def _body(code: str, title: str, sentence: str, **more: Any) -> dict[str, Any]:
    return {"code": code, "title": title, "sentence": sentence, "rule": None, "who": [], "problems": []} | more


def _problem(problem: Problem, cli: Cli) -> dict[str, Any]:
    return {"field": problem.field, "line": problem.line, "sentence": say(problem.sentence, problem.params, cli.zone)}


def _place(problem: dict[str, Any]) -> str:
    line = tr(", line {line}", line=problem["line"]) if problem["line"] is not None else ""
    return f"{clean(problem['field'])}{line}"


def _forget_output() -> None:
    """Let nothing more be written to a reader that went away."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
