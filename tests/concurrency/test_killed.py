"""Processes killed in the middle of their work: what was acknowledged stands, once and whole, and work goes on."""

import random
import time
from collections import Counter

from shopterm.db.session import Shop
from shopterm.domain.errors import Invalid, Refused
from shopterm.usecases.request import Done
from tests.concurrency import house
from tests.concurrency.conftest import pick
from tests.concurrency.crew import Crew, Worker
from tests.concurrency.proof import assert_whole, effects
from tests.shopkit import do

AT_WORK = 4
KILLS = pick(10, 100)
PLAN = 400
"""Calls a process is given: more than it lives to do."""


def test_what_was_acknowledged_survives_kill_9(shop: Shop, crew: Crew) -> None:
    chance = random.Random(KILLS)
    house.stock_up(shop, 800)
    seats = list(
        zip(house.people(shop, "C", AT_WORK, "parts_clerk"), house.people(shop, "B", AT_WORK, "mechanic"),
            house.sheets(shop, AT_WORK, 100), strict=True)
    )  # fmt: skip

    def begin(seat: int) -> Worker:
        worker = crew.start(house.mixed(*seats[seat], PLAN, chance))
        worker.go()
        return worker

    at_work, killed = [begin(seat) for seat in range(AT_WORK)], 0
    while killed < KILLS:
        seat = chance.randrange(AT_WORK)
        wait_for_answers(at_work[seat], 1)
        time.sleep(chance.uniform(0, 0.03))
        killed += at_work[seat].kill()
        at_work[seat] = begin(seat)
    for seat in range(AT_WORK):
        wait_for_answers(at_work[seat], 3)  # the survivors go on
    crew.end()
    assert_acknowledged_once(shop, crew)
    assert_retried_once(shop, crew, at_least=KILLS // 2)


def wait_for_answers(worker: Worker, count: int) -> None:
    """Wait until a process is in the middle of its work."""
    deadline = time.monotonic() + 60
    while len(worker.lines("answered")) < count:
        assert worker.process.poll() is None and time.monotonic() < deadline, worker.log.read_text()[-2000:]
        time.sleep(0.002)


def assert_acknowledged_once(shop: Shop, crew: Crew) -> None:
    """What was answered with done is there once, what was refused is not there, and nothing is there by half."""
    answers, seen = crew.answers(), effects(shop)
    assert {answer["outcome"] for answer in answers} <= {"done", "refused", "invalid"}, Counter(map(str, answers))
    assert Counter(answer["outcome"] for answer in answers)["done"] > len(answers) // 3
    for answer in answers:
        assert seen[answer["op_id"]] == (answer["outcome"] == "done"), answer
    never = crew.calls.keys() - {answer["op_id"] for answer in answers} - set(crew.unanswered())
    assert not never & seen.keys()
    assert_whole(shop, crew.calls)


def assert_retried_once(shop: Shop, crew: Crew, *, at_least: int) -> None:
    """What was killed is asked for again with its operation id: it takes effect then, or had already."""
    before, unanswered = effects(shop), crew.unanswered()
    assert len(unanswered) >= at_least, "the processes were not killed in the middle of a verb"
    for op_id in unanswered:
        again = repeat(shop, crew, op_id)
        assert again is None or again.replayed == (before[op_id] == 1)
        assert effects(shop)[op_id] == (again is not None)
    answered = [answer["op_id"] for answer in crew.answers() if answer["outcome"] == "done"]
    now = effects(shop)
    for op_id in answered[:: len(answered) // 10]:
        again = repeat(shop, crew, op_id)
        assert again is not None and again.replayed
    assert effects(shop) == now
    assert_whole(shop, crew.calls)


def repeat(shop: Shop, crew: Crew, op_id: str) -> Done | None:
    """Do a call once more with its operation id; None where the house refuses it now."""
    call = crew.calls[op_id]
    try:
        return do(shop, call["person"], call["action"], call["ref"], second=call["second"], op_id=op_id,
                  **call["values"])  # fmt: skip
    except (Refused, Invalid):
        assert effects(shop)[op_id] == 0
        return None
