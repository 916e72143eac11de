"""After an answer was lost nobody says "nothing was saved" before the operation itself was asked for."""

import pytest

from shopterm.db.session import LOST, NOTHING_SAVED
from shopterm.domain.errors import Invalid, Problem, Refused, ShopError, SignInFailed, Unavailable, Unsure
from shopterm.domain.vocabulary import Doc
from shopterm.screens.lost_reply import KEPT, LostReply, SavedBefore
from shopterm.usecases.request import Done

AWAY = Unavailable(NOTHING_SAVED, reason="connection refused")
DONE = Done(Doc.JOB, 5, "SH1-WO-2611-0007/2", None, 4, 9, "", {}, ())


def lost(done: Done | None = None) -> LostReply:
    """Return what a form asks with, of which the database knows this."""

    async def became(_op_id: str) -> Done | None:
        return done

    return LostReply(became, KEPT)


def test_a_database_away_before_anything_was_sent_saved_nothing() -> None:
    told = lost().judge(AWAY, {"bay": "B1"})
    assert (told.sentence, told.hint) == (NOTHING_SAVED, KEPT)


@pytest.mark.parametrize("between", [None, SignInFailed("PIN"), Invalid([Problem("bay", "?")])])
def test_a_retry_that_does_not_connect_does_not_deny_what_may_have_been_saved(between: ShopError | None) -> None:
    reply = lost()
    assert reply.judge(Unsure(LOST), {"bay": "B1"}).sentence == LOST
    if between:
        assert reply.judge(between, {"bay": "B1"}) is between
    told = reply.judge(AWAY, {"bay": "B1"})
    assert isinstance(told, Unsure)
    assert (told.sentence, told.hint, reply.is_open) == (LOST, KEPT, True)


def test_an_answer_ends_the_doubt() -> None:
    reply = lost()
    reply.judge(Unsure(LOST), {"bay": "B1"})
    reply.judge(Refused("The machine is not washed.", "SHP-1.4"), {"bay": "B1"})
    assert reply.judge(AWAY, {"bay": "B1"}).sentence == NOTHING_SAVED


async def test_what_was_typed_between_two_tries_is_not_taken_for_saved() -> None:
    reply = lost(DONE)
    reply.judge(Unsure(LOST), {"bay": "B1"})
    reply.judge(AWAY, {"bay": "B2"})
    assert isinstance(await reply.settle("0" * 32, {"bay": "B2"}), SavedBefore)
    assert reply.judge(AWAY, {"bay": "B2"}).sentence == NOTHING_SAVED
