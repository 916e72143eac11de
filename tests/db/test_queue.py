"""The advisor follows every machine in the house; what waits for the advisor comes first and is marked."""

import pytest

from shopterm.db.queries.desks import queue
from shopterm.db.queries.rows import QueueRow
from shopterm.db.session import Shop
from shopterm.domain.vocabulary import Role
from shopterm.screens.cells import View, sign
from tests.rules.story import CUSTOMER, LATER, Stage, asked, to
from tests.shopkit import RING, TOOTH, do, who

OWN = View(own=frozenset({Role.SERVICE_ADVISOR}))


def test_a_quote_waits_for_the_warranty_clerk_until_it_is_signed(shop: Shop) -> None:
    story = to(shop, Stage.PRICED)
    quote = do(shop, "A1", "make_quote", story.order, promised=LATER).made[0][2]
    waiting = [row.number for row in queue(shop, "warranty", who(shop, "W1"))[0]]
    do(shop, "W1", "sign_warranty", quote, lines=[])
    assert (waiting, queue(shop, "warranty", who(shop, "W1"))[0]) == ([quote], [])


def rows(shop: Shop, sort: str = "since") -> list[QueueRow]:
    """Return the advisor's queue."""
    return queue(shop, "advisor", who(shop, "A1"), sort=sort)[0]


def test_what_waits_for_the_advisor_comes_before_what_waits_for_others(shop: Shop) -> None:
    others, own = to(shop, Stage.FOREMAN), to(shop, Stage.PRICED)
    assert [row.number for row in rows(shop)] == [own.order, others.order]
    assert [row.number for row in rows(shop, "number")] == [others.order, own.order]


def test_a_priced_supplement_is_the_advisors_turn(shop: Shop) -> None:
    story = to(shop, Stage.IN_WORK)
    assert [row.waits_for for row in rows(shop)] == [Role.MECHANIC]
    sheet = do(shop, "M1", "supplement_parts", story.job, finding="磨损", lines=[{"part": RING, "quantity": "2"}]).made
    do(shop, "M1", "submit_parts", sheet[0][2])
    do(shop, "F1", "approve_parts", sheet[0][2], old_parts_seen=True)
    assert [row.waits_for for row in rows(shop)] == [Role.PARTS_CLERK]
    do(shop, "P1", "price_parts", sheet[0][2])
    assert [row.waits_for for row in rows(shop)] == [Role.SERVICE_ADVISOR]


def test_whose_turn_it_is_is_seen_without_colour(shop: Shop) -> None:
    to(shop, Stage.FOREMAN), to(shop, Stage.PRICED)
    signs = [sign(row, OWN)[0][0] for row in rows(shop)]
    assert signs == ["=", " "]


def test_a_sheet_of_which_nothing_is_here_waits_for_a_part(shop: Shop) -> None:
    prices = [{"line": 1, "source": "stock"}, {"line": 2, "source": "order"}]
    story = to(shop, Stage.CONSENTED, parts=asked((RING, "4"), (TOOTH, "2")), said={"price_parts": {"lines": prices}})
    before = queue(shop, "counter", who(shop, "P1"))[0][0].flags
    do(shop, "P1", "issue_parts", story.material, lines=[{"part": RING, "quantity": "4"}], receiver="M1")
    waiting = queue(shop, "counter", who(shop, "P1"))[0][0].flags
    do(shop, "P1", "receive_parts", TOOTH, quantity="5", bin="C-04-2")
    assert (before, waiting, queue(shop, "counter", who(shop, "P1"))[0][0].flags) == ((), ("waits: part",), ())


@pytest.mark.parametrize("accepted", [True, False])
def test_only_what_was_agreed_to_is_to_be_confirmed(shop: Shop, accepted: bool) -> None:
    story = to(shop, Stage.QUOTED)
    do(shop, "A1", "sign_quote", story.quote, answers=[{"job": 1, "accepted": accepted}], signed_by=CUSTOMER)
    for desk, person in (("mechanic", "M1"), ("foreman", "F1")):
        waiting = [row.number for row in queue(shop, desk, who(shop, person))[0]]
        assert (story.quote in waiting) is accepted
