"""What can go wrong, in the user's words: one class per exit status of the command line."""

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from shopterm.domain.words import _, fill


@dataclasses.dataclass(frozen=True)
class Problem:
    """One thing wrong with one typed value: the field's name, the sentence and what it speaks of."""

    field: str
    sentence: str
    params: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    line: int | None = None


class ShopError(Exception):
    """Something went wrong."""

    code: ClassVar[str] = "error"
    exit_status: ClassVar[int] = 9
    title: ClassVar[str] = _("Something went wrong")

    def __init__(self, sentence: str, hint: str = "", /, **params: Any) -> None:
        """Keep the sentence as a message id and its parameters, so that it can be told in any language."""
        super().__init__(sentence)
        self.sentence, self.hint, self.params = sentence, hint, params

    def __str__(self) -> str:
        """Say the sentence in English, for logs and tracebacks."""
        return fill(self.sentence, self.params)


class CheckFailed(ShopError):
    """A check found something wrong (verify, doctor, clocks)."""

    code, exit_status, title = "check_failed", 1, _("A check failed")


class Usage(ShopError):
    """The command was put together wrongly."""

    code, exit_status, title = "usage", 2, _("The command is not right")


class Refused(ShopError):
    """A rule of the house refuses it; carries the rule, the reason and who can lift it."""

    code, exit_status, title = "refused", 3, _("Refused by a rule")

    def __init__(self, sentence: str, rule: str, who: Sequence[str] = (), guard: str = "", /, **params: Any) -> None:
        """Name the rule by its id of the rule book and the roles that can supply what is missing."""
        super().__init__(sentence, **params)
        self.rule, self.who, self.guard = rule, tuple(who), guard


class Invalid(ShopError):
    """A typed value cannot be used."""

    code, exit_status, title = "invalid", 4, _("Please check what was typed")

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Collect every problem at once, so that nobody mends them one by one."""
        first = problems[0]
        super().__init__(first.sentence, **first.params)
        self.problems = tuple(problems)


class Conflict(ShopError):
    """Somebody else was faster; carries what they changed."""

    code, exit_status, title = "conflict", 5, _("Changed meanwhile by somebody else")


class NotFound(ShopError):
    """There is no such document, part or person."""

    code, exit_status, title = "not_found", 6, _("Not found")


class Unavailable(ShopError):
    """The database or the disk does not answer; nothing was saved."""

    code, exit_status, title = "unavailable", 7, _("The database does not answer")


class Unsure(Unavailable):
    """The database went away before it said whether it saved: ask for the operation id, do not do it again."""


class SignInFailed(ShopError):
    """Name, badge or PIN do not fit, or the person is locked out."""

    code, exit_status, title = "sign_in", 8, _("Sign-in failed")
    second = False
    """Whether it is the second signer's name or PIN, not that of who acts."""


def invalid(field_name: str, sentence: str, line: int | None = None, /, **params: Any) -> Invalid:
    """Make the error for one problem with one field."""
    return Invalid([Problem(field_name, sentence, params, line)])
