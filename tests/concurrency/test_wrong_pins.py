"""Wrong PINs from many processes at once: each is counted, so that nobody guesses faster by guessing in parallel."""

from collections import Counter

from shopterm.db import sql
from shopterm.db.session import Shop
from tests.concurrency import house
from tests.concurrency.crew import Crew

AT_ONCE = 8


def test_guessing_in_parallel_gives_no_more_guesses(shop: Shop, crew: Crew) -> None:

    def guess() -> house.Call:
        return house.call("F1", "approve_parts", "C01-MS-2600-0001", old_parts_seen=True) | {"pin": "111222"}

    calls = [[guess() for _try in range(3)] for _one in range(AT_ONCE)]
    answers = crew.run(*calls)
    assert {answer["outcome"] for answer in answers} == {"sign_in"}
    sentences = Counter(answer["sentence"] for answer in answers)
    allowed = shop.settings.pin.attempts
    assert sum(count for sentence, count in sentences.items() if "is wrong" in sentence) < allowed, sentences
    with shop.reader():
        person = sql.scalar("SELECT id FROM person WHERE number = 'F1'")
        until = sql.scalar("SELECT locked_until FROM attempts WHERE subject = ?", f"person:{person}")
    assert until > shop.now()
