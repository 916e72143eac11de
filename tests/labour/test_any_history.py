"""Any history of clock verbs and corrections adds up: each person's day, the range, orders and kinds, to the minute."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shopterm.db.session import Shop
from shopterm.domain.errors import Invalid, Refused
from shopterm.usecases.verify import verify
from tests.labour import counts
from tests.labour.days import FIRST
from tests.labour.painting import Colour, Painting
from tests.labour.script import Fix, Step, at
from tests.labour.stage import REWORKED, STANDARDS, Stage

PEOPLE = ("M1", "M2", "M3")
SPAN = 4
"""Dates one history may reach over."""
LINES = st.sampled_from(["A2", "A3", "B2", "C4", "R2", "R3"])
CODES = st.sampled_from(["clean", "wait"])
GAPS = st.one_of(
    st.sampled_from([0, 1, 29, 30, 59, 60]), st.integers(0, 90).map(lambda n: n * 60), st.integers(0, 9000)
)
DOINGS = st.one_of(
    st.tuples(st.sampled_from(["in", "out", "break", "stop"]), st.just("")),
    st.tuples(st.just("on"), LINES),
    st.tuples(st.just("on"), LINES),
    st.tuples(st.just("off"), LINES.map(lambda line: line[0])),
    st.tuples(st.just("code"), CODES),
    st.tuples(st.just("fix"), st.sampled_from(["in", "on"])),
)
HISTORIES = st.lists(
    st.tuples(GAPS, st.sampled_from(PEOPLE), DOINGS, st.integers(0, 3), st.integers(-90, 90), st.booleans()),
    max_size=24,
)


class World:
    """The workshop through all examples; each history begins on a date of its own with nobody there."""

    def __init__(self, shop: Shop) -> None:
        """Bring the jobs to where they may be worked on."""
        self.stage = Stage(shop, FIRST - timedelta(days=1))
        self.first = FIRST


@pytest.fixture
def world(shop: Shop) -> World:
    """One workshop for all examples."""
    return World(shop)


@settings(
    max_examples=max(15, settings().max_examples // 5),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(history=HISTORIES)
def test_any_history_adds_up_stateful(world: World, history: list[Any]) -> None:
    stage, first = world.stage, world.first
    last = first + timedelta(days=SPAN - 1)
    world.first = last + timedelta(days=1)
    painting = Painting(at(first, "00:00") // 60, at(last + timedelta(days=1), "00:00") // 60, REWORKED)
    second = at(first, "07:59:30")
    for gap, person, (verb, what), back, move, again in history:
        second += gap
        step = Step(second, person, verb, what)
        if verb == "fix":
            fixed = correction(painting, step, back, move, again)
            if fixed is None:
                continue
            step = fixed
        _do(stage, painting, step)
    for person in PEOPLE:
        second += 60
        if _is_there(painting, person):
            _do(stage, painting, Step(second, person, "out"))
    counts.agree(stage, painting, first, last, STANDARDS)
    for day in range(SPAN):
        date = first + timedelta(days=day)
        counts.agree(stage, painting, date, date, STANDARDS)


def test_no_history_leaves_a_trace_that_is_wrong(world: World) -> None:
    test_any_history_adds_up_stateful.hypothesis.inner_test(world, [  # type: ignore[attr-defined]
        (0, "M1", ("on", "A2"), 0, 0, False), (3600, "M1", ("break", ""), 0, 0, False),
        (30, "M1", ("fix", "on"), 1, -20, False), (30, "M1", ("fix", "in"), 0, -70, False),
        (3600, "M1", ("on", "R2"), 0, 0, False), (600, "M1", ("fix", "in"), 0, -60, True),
    ])  # fmt: skip
    assert verify(world.stage.shop) == []


def _do(stage: Stage, painting: Painting, step: Step) -> None:
    """Do a step; what the program refuses must be what the strip says cannot be."""
    try:
        stage.play(step)
    except (Refused, Invalid):
        assert step.fix or not _possible(painting, step), step
        return
    assert step.fix or _possible(painting, step), step
    painting.see(step)


def _is_there(painting: Painting, person: str) -> bool:
    strip = painting.people.get(person)
    return strip is not None and strip.presence[-1] is not None


def _possible(painting: Painting, step: Step) -> bool:
    """Say whether somebody may do this now, by the strip: what is painted to the end of time runs."""
    strip = painting.people.get(step.person)
    runs = strip.doing[-1] if strip else None
    if step.verb == "off":
        return runs is not None and runs.kind == "line" and runs.what[0] == step.what
    if step.verb == "stop":
        return runs is not None
    return step.verb == "on" or _is_there(painting, step.person) != (step.verb == "in")


def correction(painting: Painting, step: Step, back: int, move: int, again: bool) -> Step | None:
    """Choose one of somebody's last intervals that have a minute, and another end for it, up to now."""
    strip = painting.people.get(step.person)
    if strip is None:
        return None
    row = strip.row(step.what)
    strokes: list[Colour] = sorted({one for one in row if one is not None}, key=lambda one: one.stroke)
    strokes = [one for one in strokes if row[one.begun - painting.first] is one]
    if back >= len(strokes):
        return None
    one = strokes[-1 - back]
    ended = max(place for place, painted in enumerate(row) if painted is one) + 1 + painting.first
    end = min(ended, step.minute) + move
    returned = min(end + abs(move), step.minute) if again and step.what == "in" else None
    return replace(step, person="F1", fix=Fix(step.person, step.what, one.begun, end, returned))
