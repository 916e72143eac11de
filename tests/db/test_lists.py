"""Lists, cards and check-up figures read the same from both databases."""

import pytest

from shopterm.db.queries.cards import customer_card, machine_card
from shopterm.db.queries.health import health
from shopterm.db.queries.held import held_rows
from shopterm.db.queries.listings import LISTINGS, masked
from shopterm.db.queries.lists import Ask, Page, list_rows
from shopterm.db.session import Shop
from shopterm.domain.errors import NotFound, Usage
from shopterm.domain.units import Instant, Money, Quantity
from shopterm.domain.vocabulary import OrderState
from tests import shopkit


def read(shop: Shop, noun: str, ask: Ask) -> Page:
    with shop.reader():
        return list_rows(shop, noun, ask)


def column(page: Page, key: str) -> list[object]:
    place = [one.key for one in page.columns].index(key)
    return [row[place] for row in page.rows]


def receive(shop: Shop, *texts: str) -> str:
    complaints = [{"text": text} for text in texts]
    return shopkit.do(shop, "A1", "open_order", serial="KMT0021001", customer="K00001", complaints=complaints).number


@pytest.mark.parametrize("noun", LISTINGS)
def test_every_column_sorts_both_ways(shop: Shop, noun: str) -> None:
    receive(shop, "boom drifts", "no cooling")
    for one in LISTINGS[noun].columns:
        up = read(shop, noun, Ask(sort=one.key)).rows
        down = read(shop, noun, Ask(sort=f"-{one.key}")).rows
        assert len(up) == len(down)
    everything = read(shop, noun, Ask(text="no such text at all", site="C01", states=()))
    assert everything.total == 0


def test_cells_know_their_unit(shop: Shop) -> None:
    number = receive(shop, "boom drifts")
    page = read(shop, "order", Ask(site="C01"))
    assert column(page, "number") == [number]
    assert column(page, "state") == [OrderState.RECEIVED]
    assert isinstance(column(page, "received")[0], Instant)
    assert column(page, "promised") == [None]
    parts = read(shop, "part", Ask(text="hydraulic OIL"))
    assert [type(cell) for cell in (column(parts, "on_hand")[0], column(parts, "list_price")[0])] == [Quantity, Money]
    assert column(parts, "on_hand") == [400_000]
    people = read(shop, "person", Ask(text="F2"))
    assert column(people, "roles") == ["foreman quality_inspector"]
    assert column(people, "has_pin") == [True]


def test_pages_cover_the_list_once_whatever_is_equal(shop: Shop) -> None:
    for count in range(4):
        receive(shop, *["same text"] * (count + 1))
    whole = column(read(shop, "job", Ask(sort="text")), "number")
    paged = [
        number
        for offset in range(0, 12, 3)
        for number in column(read(shop, "job", Ask(sort="text", limit=3, offset=offset)), "number")
    ]
    assert paged == whole
    assert len(set(whole)) == 10


def test_all_words_must_occur_in_some_column(shop: Shop) -> None:
    receive(shop, "Boom drifts", "no cooling")
    assert read(shop, "job", Ask(text="BOOM drifts")).total == 1
    assert read(shop, "job", Ask(text="boom cooling")).total == 0
    assert read(shop, "customer", Ask(text="土方")).total == 1
    for wildcard in ("%", "_", "!"):
        assert read(shop, "job", Ask(text=wildcard)).total == 0


def test_states_and_sites_filter(shop: Shop) -> None:
    receive(shop, "boom drifts")
    assert read(shop, "order", Ask(states=("received", "checked"))).total == 1
    assert read(shop, "order", Ask(states=("checked",))).total == 0
    with pytest.raises(NotFound):
        read(shop, "order", Ask(site="Z99"))
    with pytest.raises(Usage):
        read(shop, "order", Ask(sort="id; DROP TABLE part"))


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("10003447795", "100******95"),
        ("+86 100-0344-7795 ext 8", "+86 1**-****-***5 ext 8"),
        ("12345", "***45"),
        ("7", "7"),
        ("", ""),
    ],
)
def test_telephones_keep_only_their_ends(phone: str, shown: str) -> None:
    assert masked(phone) == shown


def test_cards_name_the_newest_orders(shop: Shop) -> None:
    numbers = [receive(shop, "one"), receive(shop, "two")]
    for card in (customer_card(shop, "K00001"), machine_card(shop, "KMT0021001")):
        assert {row[0] for row in card.sections[-1].rows} == set(numbers)
    assert machine_card(shop, "komatsu KMT0021001").heading == "Komatsu PC210-8"
    with pytest.raises(NotFound):
        customer_card(shop, "K9")
    with pytest.raises(NotFound):
        machine_card(shop, "nobody KMT0021001")


def test_health_counts(shop: Shop) -> None:
    before = health(shop)
    receive(shop, "one")
    found = health(shop)
    assert found.events > before.events
    assert found.last_event > 0
    assert (found.kind, found.people, found.administrators, found.held_lines) == ("test", 12, 2, 0)
    assert found.checklists == 4
    assert held_rows(shop) == ()
