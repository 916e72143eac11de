"""Watches that what is refused changes nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from shopterm.db import models as m
from shopterm.db import sql
from shopterm.db.session import Shop
from shopterm.domain.errors import Conflict, Invalid, Refused, ShopError, SignInFailed

UNWATCHED = (m.Event, m.ChainHead, m.Attempts)
"""Tables that a refusal may touch: it is recorded, and wrong PINs are counted."""
RECORDED = ("refused", "signing_failed")
"""Events a refusal may leave."""


def content(shop: Shop) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table, versions and balances included, and the events that are changes."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    with shop.reader():
        for model in m.MODELS:
            if model not in UNWATCHED:
                found[model.__name__] = sorted(sql.rows(f'SELECT * FROM "{model._meta.table_name}"'), key=repr)
        found["Event"] = sql.rows(
            f"SELECT site, seq FROM event WHERE action NOT IN ({sql.marks(len(RECORDED))})", *RECORDED
        )
    return found


def recorded(shop: Shop, action: str = "refused") -> int:
    """Return how many refusals (or other events of a name) are on record."""
    with shop.reader():
        return int(m.Event.select().where(m.Event.action == action).count())


@contextmanager
def refusing(shop: Shop, rule: str, guard: str) -> Iterator[pytest.ExceptionInfo[Refused]]:
    """Expect a refusal by this rule and guard, exit status 3, and an unchanged house."""
    before = content(shop)
    with pytest.raises(Refused) as caught:
        yield caught
    assert (caught.value.rule, caught.value.guard, caught.value.exit_status) == (rule, guard, 3)
    assert caught.value.who, "the refusal names nobody who can lift it"
    assert str(caught.value)
    assert content(shop) == before


@contextmanager
def unusable(shop: Shop, field: str, line: int | None = None) -> Iterator[pytest.ExceptionInfo[Invalid]]:
    """Expect that a field (or a cell of a line) is called unusable, exit status 4, and an unchanged house."""
    before = content(shop)
    with pytest.raises(Invalid) as caught:
        yield caught
    assert caught.value.exit_status == 4
    assert (field, line) in [(problem.field, problem.line) for problem in caught.value.problems]
    assert content(shop) == before


@contextmanager
def failing(
    shop: Shop, error: type[Conflict] | type[SignInFailed], exit_status: int
) -> Iterator[pytest.ExceptionInfo[ShopError]]:
    """Expect another error and an unchanged house."""
    before = content(shop)
    with pytest.raises(error) as caught:
        yield caught
    assert caught.value.exit_status == exit_status
    assert content(shop) == before
