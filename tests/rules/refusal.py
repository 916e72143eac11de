"""Expects that the house refuses, in its words, and that what is refused changes nothing."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from shopterm.db import models as m
from shopterm.db.session import Shop
from shopterm.domain.errors import Conflict, Invalid, Refused, ShopError, SignInFailed
from shopterm.domain.guards import GUARDS
from tests.shopkit import unchanged


def recorded(shop: Shop, action: str = "refused") -> int:
    """Return how many refusals (or other events of a name) are on record."""
    with shop.reader():
        return int(m.Event.select().where(m.Event.action == action).count())


@contextmanager
def refusing(shop: Shop, rule: str, guard: str) -> Iterator[pytest.ExceptionInfo[Refused]]:
    """Expect a refusal by this rule and guard, in the guard's sentence, exit status 3, and an unchanged house."""
    with unchanged(shop), pytest.raises(Refused) as caught:
        yield caught
    error = caught.value
    assert (error.rule, error.guard, error.exit_status) == (rule, guard, 3)
    assert error.who, "the refusal names nobody who can lift it"
    assert str(error)
    if guard in GUARDS:
        assert (error.rule, error.sentence) == (GUARDS[guard].rule, GUARDS[guard].sentence)
        assert set(error.who) == GUARDS[guard].who


@contextmanager
def unusable(shop: Shop, field: str, line: int | None = None) -> Iterator[pytest.ExceptionInfo[Invalid]]:
    """Expect that a field (or a cell of a line) is called unusable, exit status 4, and an unchanged house."""
    with unchanged(shop), pytest.raises(Invalid) as caught:
        yield caught
    assert caught.value.exit_status == 4
    assert (field, line) in [(problem.field, problem.line) for problem in caught.value.problems]


@contextmanager
def failing(
    shop: Shop, error: type[Conflict] | type[SignInFailed], exit_status: int
) -> Iterator[pytest.ExceptionInfo[ShopError]]:
    """Expect another error and an unchanged house."""
    with unchanged(shop), pytest.raises(error) as caught:
        yield caught
    assert caught.value.exit_status == exit_status
