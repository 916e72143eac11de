"""Twenty scripted days through the real use cases, on both databases: every sum is the independent count's."""

from datetime import timedelta

import pytest

from shopterm.db.session import Shop
from shopterm.usecases.verify import verify
from tests.labour import counts
from tests.labour.days import DAYS, FIRST, TRAPS
from tests.labour.painting import Painting
from tests.labour.script import at, steps_of
from tests.labour.stage import REWORKED, STANDARDS, Stage

DATES = [FIRST + timedelta(days=number) for number in range(len(DAYS))]
STEPS = sorted(
    (step for day, labour in zip(DATES, DAYS, strict=True) for step in steps_of(day, labour.script)),
    key=lambda step: step.second,
)
LAST = DATES[-1]
RANGES = [
    *((day, day) for day in DATES),
    (FIRST, LAST),
    (DATES[2], DATES[9]),
    (DATES[7], DATES[13]),
    (DATES[0], DATES[1]),
]
EDGES = at(FIRST, "00:00") // 60, at(LAST + timedelta(days=2), "00:00") // 60


@pytest.fixture
def lived(shop: Shop) -> tuple[Stage, Painting]:
    """The workshop after the twenty days, and the strips painted from the same script."""
    stage = Stage(shop, FIRST - timedelta(days=1))
    painting = Painting(*EDGES, REWORKED)
    for step in STEPS:
        stage.play(step)
        painting.see(step)
    return stage, painting


def test_every_trap_is_set_at_least_twice() -> None:
    assert len(DAYS) == 20
    assert set(TRAPS) == {
        *("forgotten", "correction", "several", "hopping", "indirect", "break", "midnight", "overtime", "rework"),
        *("dayoff", "nextday", "twoshifts", "zero", "running", "seconds"),
    }
    assert min(TRAPS.values()) >= 2


def test_the_days_add_up_to_the_minute(lived: tuple[Stage, Painting]) -> None:
    stage, painting = lived
    for first, last in RANGES:
        counts.agree(stage, painting, first, last, STANDARDS)
    assert verify(stage.shop) == []


def test_a_few_of_the_counts_by_hand() -> None:
    painting = Painting(*EDGES, REWORKED)
    for step in STEPS:
        painting.see(step)
    counted = painting.days(STANDARDS)
    assert len(counted) == 37
    forgotten, night, sunday = counted[FIRST, "M1"], counted[DATES[2], "M1"], counted[DATES[6], "M1"]
    assert (forgotten.attendance, forgotten.direct, forgotten.pause, forgotten.unexplained) == (575, 510, 60, 5)
    assert (night.attendance, night.direct, night.indirect, night.overtime(DATES[2])) == (630, 600, 30, 120)
    assert (sunday.attendance, sunday.overtime(DATES[6])) == (360, 345)
    assert sum(1 for day in counted.values() if day.rework) == 6
