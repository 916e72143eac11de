import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shopterm.db import models as m
from shopterm.db import sql
from shopterm.db.queries.part_card import part_card
from shopterm.db.queries.parts import BEGINS, BLOCK, MIDDLE, PartHit, search_parts
from shopterm.db.search import index_parts, search_text, settle
from shopterm.db.session import Shop
from shopterm.domain.errors import NotFound
from shopterm.domain.partnumber import Match, compact
from shopterm.domain.searchtext import query_terms
from shopterm.domain.units import Money, Quantity
from tests.rules.story import agreed_sheet
from tests.shopkit import FILTER, KIT, RING, traced


def find(shop: Shop, text: str, limit: int = 50, offset: int = 0) -> list[PartHit]:
    return search_parts(shop, text, 1, limit, offset)


def told(shop: Shop, text: str) -> list[tuple[str, str]]:
    return [(f"{hit.maker} {hit.number}", hit.reason) for hit in find(shop, text)]


def add(shop: Shop, key: int, number: str, zh: str = "", en: str = "", maker: str = "Komatsu") -> int:
    with shop.reader():
        m.Part.insert(id=key, maker=maker, number=number, compact=compact(number), name_zh=zh, name_en=en,
                      search=search_text(maker, number, zh, en)).execute()  # fmt: skip
    return key


@pytest.mark.parametrize("typed", ["600-311-3750", " 600-311-3750 ", "６００－３１１－３７５０"])
def test_the_exact_number_comes_first_with_every_maker(shop: Shop, typed: str) -> None:
    assert told(shop, typed)[:2] == [
        ("Huashen 600-311-3750", Match.EXACT.label), ("Komatsu 600-311-3750", Match.EXACT.label)]  # fmt: skip


def test_a_number_is_found_without_dashes_but_never_merged(shop: Shop) -> None:
    add(shop, 5001, "805-2")
    add(shop, 5002, "8052")
    assert told(shop, "8052")[:2] == [
        ("Komatsu 8052", Match.EXACT.label),
        ("Komatsu 805-2", Match.WITHOUT_DASHES.label),
    ]
    assert told(shop, "805-2")[:2] == [
        ("Komatsu 805-2", Match.EXACT.label), ("Komatsu 8052", Match.WITHOUT_DASHES.label)]  # fmt: skip


def test_characters_that_are_misread_are_suggested(shop: Shop) -> None:
    assert told(shop, "7O8-2L-OO3OO")[0] == ("Komatsu 708-2L-00300", Match.LOOKALIKE.label)


def supersede(shop: Shop, key: int, old: str, new: str) -> None:
    with shop.reader():
        m.Supersession.insert(id=key, maker="Komatsu", old_number=old, old_compact=compact(old), new_number=new,
                              new_compact=compact(new)).execute()  # fmt: skip


def test_a_superseded_number_leads_to_what_replaces_it(shop: Shop) -> None:
    supersede(shop, 1, "600-311-3000", "600-311-3700")
    supersede(shop, 2, "600-311-3700", FILTER)
    supersede(shop, 3, FILTER, "600-311-3000")
    hit = find(shop, "6003113000")[0]
    assert (hit.number, hit.reason, hit.via) == (FILTER, Match.SUPERSEDED_BY.label, "600-311-3000")
    assert find(shop, f"{FILTER}")[1].successor == "600-311-3000"


def test_what_fits_instead_and_what_customers_call_it_is_found(shop: Shop) -> None:
    with shop.reader():
        m.Interchange.insert(id=1, maker="Komatsu", number=KIT, compact=compact(KIT), other_maker="Huashen",
                             other_number=FILTER, other_compact=compact(FILTER)).execute()  # fmt: skip
        m.OwnNumber.insert(id=1, customer=m.Customer.get(), own_number="物料-27057", compact=compact("物料-27057"),
                           maker="Komatsu", number=RING).execute()  # fmt: skip
    assert ("Huashen 600-311-3750", Match.INTERCHANGE.label) in told(shop, KIT)
    assert ("Komatsu 707-98-45230", Match.INTERCHANGE.label) in told(shop, f"{FILTER}")
    assert told(shop, "物料-27057")[0] == ("Komatsu 07000-12011", Match.CUSTOMER_NUMBER.label)


@pytest.mark.parametrize(("typed", "number", "reason"), [
    ("0700", RING, BEGINS), ("12011", RING, MIDDLE), ("45230", KIT, MIDDLE), ("斗齿", "205-70-19570", Match.NAME.label),
    ("修理包", KIT, Match.NAME.label), ("油", "HM46", Match.NAME.label), ("cylx", FILTER, Match.PINYIN.label),
    ("dc", "205-70-19570", Match.PINYIN.label), ("boom kit", KIT, Match.NAME.label),
    ("komatsu o形圈", RING, Match.NAME.label), ("huashen 3750", FILTER, Match.NAME.label),
])  # fmt: skip
def test_words_pinyin_and_pieces_of_numbers_find_it(shop: Shop, typed: str, number: str, reason: str) -> None:
    assert (number, reason) in [(hit.number, hit.reason) for hit in find(shop, typed)]


@pytest.mark.parametrize(
    "typed", ["", " ", "'", '"', "x' OR 1=1 --", "& | !", "*", "%", "(", ":*", "\\", "斗齿 filter", "nichts"]
)
def test_what_is_nowhere_finds_nothing_and_breaks_nothing(shop: Shop, typed: str) -> None:
    assert find(shop, typed) == []


def test_a_hit_shows_stock_and_price_of_the_site(shop: Shop) -> None:
    agreed_sheet(shop, (RING, "4"))
    hit = find(shop, RING)[0]
    assert (hit.on_hand, hit.reserved, hit.free, hit.bin, hit.price) == (
        Quantity(55_000), Quantity(4_000), Quantity(51_000), "C-04-2", Money(800))  # fmt: skip
    assert (hit.name, hit.name_en) == ("O形圈", "O-ring")
    assert search_parts(shop, RING, 2)[0].on_hand == 0


def test_what_is_in_stock_comes_first_and_pages_join(shop: Shop) -> None:
    for key in range(6000, 6000 + BLOCK + 50):
        add(shop, key, f"77-{key}", "斗齿销")
    with shop.reader():
        m.Bin.insert(id=7000, site=1, code="Z-1").execute()
        m.Balance.insert(part=6007, bin=7000, on_hand=1000).execute()
        m.Move.insert(id=7001, site=1, at=0, part=6007, bin=7000, quantity=1000, kind="opening", person=1).execute()
    whole = [hit.id for hit in find(shop, "斗齿", limit=1000)]
    assert len(whole) == len(set(whole)) == BLOCK + 51
    assert whole[0] == 6007
    assert [hit.id for at in range(0, 500, 50) for hit in find(shop, "斗齿", 50, at)] == whole


def test_changed_and_deleted_parts_are_found_as_they_are(shop: Shop) -> None:
    key = add(shop, 5001, "11-22-3344", "滤清器")
    with shop.reader():
        m.Part.update(name_zh="密封件").where(m.Part.id == key).execute()
        index_parts([key])
    assert (find(shop, "滤清器"), [hit.id for hit in find(shop, "密封件")]) == ([], [key])
    with shop.reader() as db:
        m.Part.delete().where(m.Part.id == key).execute()
        settle(db, shop.backend.name)
    assert find(shop, "密封件") == []


ALPHABET = "油缸斗齿滤芯\U00020bb7々ｱー0123OISB-abÉß "


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(st.text(ALPHABET, max_size=8), min_size=1, max_size=6), query=st.text(ALPHABET, max_size=5))
def test_words_find_the_same_as_a_full_scan(shop: Shop, names: list[str], query: str) -> None:
    with shop.reader():
        m.Part.delete().where(m.Part.id >= 8000).execute()
    for place, name in enumerate(names):
        add(shop, 8000 + place, f"X{place}", name)
    terms = query_terms(query)
    with shop.reader():
        tokens = {key: text.split() for key, text in sql.rows("SELECT id, search FROM part")}
    wanted = {key for key, words in tokens.items()
              if terms and all(any(word.startswith(term) for word in words) for term in terms)}  # fmt: skip
    found = {
        hit.id for hit in find(shop, query) if hit.reason in {MIDDLE, BEGINS, Match.NAME.label, Match.PINYIN.label}
    }
    assert found <= wanted
    assert wanted <= {hit.id for hit in find(shop, query)}


def test_the_card_of_a_part_says_all_about_it(shop: Shop) -> None:
    supersede(shop, 1, "07000-02011", RING)
    agreed_sheet(shop, (RING, "4"))
    card = part_card(shop, find(shop, RING)[0].id)
    titles = [section.title for section in card.sections]
    assert titles == ["Stock", "Reserved for", "Part", "Replaces", "Last moves"]
    assert [row[2:] for row in card.sections[0].rows] == [
        ("C-04-2", 50_000, 4_000, 46_000), ("C-04-3", 5_000, 0, 5_000)]  # fmt: skip
    with pytest.raises(NotFound):
        part_card(shop, 1)


def test_a_search_costs_a_few_statements_however_many_are_found(sqlite_shop: Shop) -> None:
    for key in range(6000, 6100):
        add(sqlite_shop, key, f"77-{key}", "斗齿销")
    with traced(sqlite_shop) as seen:
        find(sqlite_shop, "205-70-19570", limit=100)
        by_number = len(seen)
        find(sqlite_shop, "斗齿", limit=100)
    assert by_number <= 7 and len(seen) - by_number <= 3
