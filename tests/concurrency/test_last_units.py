"""Eight clerks, each a process of its own, and the last pieces of ten parts."""

from collections import Counter

from shopterm.db.session import Shop
from tests.concurrency import house
from tests.concurrency.conftest import pick
from tests.concurrency.crew import Crew
from tests.concurrency.proof import asked, assert_whole, effects, moved, stock

CLERKS = 8
ATTEMPTS, PIECES = pick(25, 200), pick(4, 20)


def test_exactly_the_stock_goes_out(shop: Shop, crew: Crew) -> None:
    house.stock_up(shop, PIECES)
    clerks, sheets = house.people(shop, "C", CLERKS, "parts_clerk"), house.sheets(shop, CLERKS // 2)
    answers = crew.run(*[house.issues(clerk, sheets[turn // 2], ATTEMPTS, turn) for turn, clerk in enumerate(clerks)])
    outcomes = Counter(answer["outcome"] for answer in answers)
    assert len(answers) == CLERKS * ATTEMPTS
    assert set(outcomes) == {"done", "refused"}, Counter(map(str, answers))
    assert all("LAST-" in answer["sentence"] for answer in answers if answer["outcome"] == "refused")
    assert stock(shop) == dict.fromkeys(house.PARTS, (0, 0))
    done = [crew.calls[answer["op_id"]] for answer in answers if answer["outcome"] == "done"]
    assert sum(map(asked, done)) == len(house.PARTS) * PIECES
    assert any(len({line["part"] for line in one["values"]["lines"]}) < len(one["values"]["lines"]) for one in done)
    seen = effects(shop)
    assert all(seen[answer["op_id"]] == (answer["outcome"] == "done") for answer in answers)
    assert {op_id for op_id in moved(shop) if op_id in crew.calls} == {one["op_id"] for one in done}
    assert_whole(shop, crew.calls)
