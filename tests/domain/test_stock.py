from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from shopterm.domain.stock import Ask, Room, Share, Shelf, allocate, spread, surplus

PART, OTHER = 1, 2


def shelf(place: int, on_hand: int, reserved: int = 0, part: int = PART) -> Shelf:
    return Shelf(part, place, f"A-{place:02}", on_hand, reserved, 100)


def share(key: int, quantity: int, part: int = PART, place: int | None = None) -> Share:
    return Share(Ask(part, quantity, bin=place), key, quantity)


def test_two_scans_of_a_part_go_to_the_lines_in_their_order() -> None:
    shares, over = spread([Ask(PART, 3), Ask(PART, 2)], [Room(7, PART, 4), Room(8, PART, 4), Room(9, OTHER, 9)])
    assert [(s.key, s.quantity) for s in shares] == [(7, 3), (7, 1), (8, 1)]
    assert not over


def test_too_much_is_told_for_the_whole_document() -> None:
    shares, over = spread([Ask(PART, 3), Ask(PART, 3)], [Room(7, PART, 4)])
    assert (sum(s.quantity for s in shares), over) == (4, {PART: 2})


def test_an_ask_for_a_certain_line_goes_first() -> None:
    shares, over = spread([Ask(PART, 1, row=1), Ask(PART, 1, key=7, row=2)], [Room(7, PART, 1), Room(8, PART, 1)])
    assert {s.ask.row: s.key for s in shares} == {1: 8, 2: 7}
    assert not over


def test_own_reservation_is_taken_before_free_stock() -> None:
    takes, short = allocate([share(7, 3)], [shelf(1, 9), shelf(2, 5, 2)], {(7, 2): 2})
    assert not short
    assert {(t.bin, t.quantity, t.promised) for t in takes} == {(2, 2, 2), (1, 1, 0)}


def test_one_bin_that_holds_all_spares_a_walk() -> None:
    takes, _short = allocate([share(7, 4)], [shelf(1, 2), shelf(2, 4), shelf(3, 9)])
    assert [(t.bin, t.quantity) for t in takes] == [(2, 4)]


def test_what_others_are_promised_stays() -> None:
    takes, short = allocate([share(7, 4)], [shelf(1, 5, 3)])
    assert sum(t.quantity for t in takes) == 2
    assert [(s.asked, s.missing, s.on_hand, s.reserved) for s in short] == [(4, 2, 5, 3)]


def test_two_lines_of_one_part_are_checked_together() -> None:
    _takes, short = allocate([share(7, 3), share(8, 3)], [shelf(1, 5)])
    assert [(s.asked, s.missing) for s in short] == [(6, 1)]


def test_a_piece_comes_from_its_bin_whatever_was_asked_first() -> None:
    takes, short = allocate([share(7, 1), share(8, 1, place=1)], [shelf(1, 1), shelf(2, 1)])
    assert not short
    assert {t.share.key: t.bin for t in takes} == {7: 2, 8: 1}


def test_what_is_reserved_beyond_the_need_is_freed() -> None:
    takes, _short = allocate([share(7, 1, place=1)], [shelf(1, 1), shelf(2, 1, 1)], {(7, 2): 1})
    assert surplus(takes, {(7, 2): 1}, {7: 0}) == {(7, 2): 1}
    assert surplus(takes, {(7, 2): 1}, {7: 1}) == {}


QUANTITY = st.integers(0, 6)


@st.composite
def stores(draw: st.DrawFn) -> tuple[list[Shelf], dict[tuple[int, int], int]]:
    """Draw bins of two parts, with reservations of some lines and of others unknown to the document."""
    shelves, held = [], {}
    for place in range(1, draw(st.integers(1, 4)) + 1):
        part = draw(st.sampled_from([PART, OTHER]))
        own = {key: draw(QUANTITY) for key in (7, 8) if part == (PART if key == 7 else OTHER)}
        held.update({(key, place): quantity for key, quantity in own.items() if quantity})
        reserved = sum(own.values()) + draw(QUANTITY)
        shelves.append(shelf(place, reserved + draw(QUANTITY), reserved, part))
    return shelves, held


@given(
    stores(), st.lists(st.tuples(st.sampled_from([(7, PART), (8, OTHER), (9, PART)]), st.integers(1, 9)), max_size=6)
)
def test_nothing_is_taken_twice_and_nothing_promised_to_others(
    store: tuple[list[Shelf], dict[tuple[int, int], int]], asked: list[tuple[tuple[int, int], int]]
) -> None:
    shelves, held = store
    shares = [share(key, quantity, part) for (key, part), quantity in asked]
    takes, short = allocate(shares, shelves, held)
    taken, promised = Counter[int](), Counter[tuple[int, int]]()
    for take in takes:
        assert 0 <= take.promised <= take.quantity > 0
        taken[take.bin] += take.quantity - take.promised
        promised[take.share.key, take.bin] += take.promised
    assert all(taken[s.bin] <= s.free for s in shelves)
    assert all(quantity <= held.get(pair, 0) for pair, quantity in promised.items())
    lacking = {s.part: s.missing for s in short}
    for part in (PART, OTHER):
        wanted = sum(s.quantity for s in shares if s.ask.part == part)
        assert wanted == sum(t.quantity for t in takes if t.share.ask.part == part) + lacking.get(part, 0)
        if lacking.get(part):
            assert all(taken[s.bin] == s.free for s in shelves if s.part == part)
