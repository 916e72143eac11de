"""Everything that the table lets people do, in any order, on real databases: after every step all invariants hold."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.stateful.edges import Coverage
from tests.stateful.houses import House, PostgresHouse, SqliteHouse
from tests.stateful.machine import Workshop

LEAST = 0.9
"""The share of the table's edges that a run must walk."""
SHORT = settings(max_examples=6, stateful_step_count=300, derandomize=True, phases=(Phase.generate,))
LONG_WALK = 400
"""Steps of an example in the long form."""


@pytest.fixture(params=["sqlite", "postgres"])
def house(request: pytest.FixtureRequest, tmp_path: Path) -> House:
    """The prepared workshop on both databases."""
    if request.param == "sqlite":
        return SqliteHouse(tmp_path)
    return PostgresHouse(request.getfixturevalue("pg_server"), tmp_path)


def test_whatever_people_do_everything_holds(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    """Walk the edges of the table, at random and towards what was not walked yet."""
    coverage = Coverage()
    soak = settings.get_current_profile_name() == "soak"
    chosen = settings(settings.default, stateful_step_count=LONG_WALK) if soak else SHORT

    class Here(Workshop):
        """The machine in this house."""

        def __init__(self) -> None:
            """Open a copy of it."""
            super().__init__(house, coverage)

    run_state_machine_as_test(
        Here,
        settings=settings(chosen, deadline=None, suppress_health_check=list(HealthCheck), report_multiple_bugs=False),
    )
    with capsys.disabled():
        print(f"\n{type(house).__name__}: {coverage.told()}")
    assert coverage.share >= LEAST, coverage.told()
