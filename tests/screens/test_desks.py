"""The desks as data: everybody has one, every column has a cell, everything fits 80 columns."""

import pytest

from shopterm.db.queries.desks import DESKS as QUEUES
from shopterm.domain.actions import actions_for
from shopterm.domain.facts import Actor
from shopterm.domain.vocabulary import Doc, Role
from shopterm.screens.cells import CELLS
from shopterm.screens.desks import DESKS, Desk, columns_for, desks_of, widths

BY_DESK = pytest.mark.parametrize("desk", DESKS, ids=lambda desk: desk.name)


def actor(*roles: Role) -> Actor:
    return Actor(1, "E1", "Li", frozenset(roles), 1, "C01")


@pytest.mark.parametrize("role", Role)
def test_every_role_has_a_desk_and_the_board(role: Role) -> None:
    found = [desk.name for desk in desks_of(actor(role))]
    assert found and found[-1] == "board"


def test_the_own_desks_come_before_the_board() -> None:
    roles = (Role.FOREMAN, Role.QUALITY_INSPECTOR)
    assert [desk.name for desk in desks_of(actor(*roles))] == ["foreman", "inspector", "board"]


@BY_DESK
def test_a_desks_queue_exists_and_every_column_has_a_cell(desk: Desk) -> None:
    assert desk.name in QUEUES
    assert {column.cell for column in desk.columns} <= set(CELLS)
    assert desk.sort in {column.cell for column in desk.columns} and desk.empty


@BY_DESK
def test_the_columns_fit_eighty_cells_at_their_widest(desk: Desk) -> None:
    columns = columns_for(desk, 80)
    given = widths(columns, [column.width for column in columns], 80 - 3)
    assert sum(given) + len(given) - 1 <= 80 - 3
    assert sum(column.grows for column in columns) == 1
    assert all(size == column.width for column, size in zip(columns, given, strict=True) if column.firm)


def test_every_verb_belongs_to_a_desk_of_somebody_who_may_do_it() -> None:
    for doc in Doc:
        for action in actions_for(doc):
            seats = [desk for role in action.by for desk in desks_of(actor(role))]
            reachable = {doc for desk in seats for doc in desk.docs} | {Doc.PART, Doc.DAY}
            assert action.doc in reachable or Role.REGIONAL_SUPERVISOR in action.by, action.name
