"""People from a file: what each may be at which site; OPS-4 holds for files as for the administrator's verbs."""

import pytest

from shopterm.db.session import Shop
from shopterm.domain.errors import SignInFailed
from shopterm.domain.vocabulary import Role
from shopterm.usecases.sign_in import sign_in
from shopterm.usecases.verify import verify
from tests.shopkit import PIN
from tests.usecases.importing import everything, lines, one, reasons, rows, take_in

HEADER = "person_no,name_zh,roles,sites,badge,active,discount_limit_pct"
ROLES = "SELECT s.code, r.role FROM person_role r JOIN site s ON s.id = r.site JOIN person p ON p.id = r.person_id "


def roles(shop: Shop, number: str) -> set[tuple[str, str]]:
    return set(rows(shop, ROLES + "WHERE p.number = ?", number))


def people(shop: Shop, *entries: str) -> list[tuple[int, str]]:
    """Import people and return who was left out."""
    return reasons(take_in(shop, "people", lines(HEADER, *entries)))


def test_somebody_new_has_roles_at_every_site_named(shop: Shop) -> None:
    done = take_in(shop, "people", lines(HEADER, "N1,王一,service_advisor|receiving_clerk,C01|R02,BN1,1,5"))
    assert (done.added, done.sites) == (1, ["R02"])
    assert roles(shop, "N1") == {("C01", "service_advisor"), ("R02", "service_advisor")}
    assert one(shop, "SELECT state, discount_limit, pin_hash FROM person WHERE number = 'N1'") == ("active", 500, None)
    assert one(shop, "SELECT COUNT(*) FROM chain_head") == (3,)
    assert verify(shop) == []


def test_the_event_tells_who_may_be_what_now(shop: Shop) -> None:
    people(shop, "M3,许辛,mechanic|foreman,C01,,,")
    ((payload,),) = rows(shop, "SELECT payload FROM event WHERE action = 'import_people'")
    for told in ('"number":"M3"', '"roles":["foreman","mechanic"]', '"before":[["C01","mechanic"]]'):
        assert told in payload


def test_a_change_of_roles_alone_is_a_change(shop: Shop) -> None:
    entry = "M3,许辛,foreman,C01,,,"
    (version,) = one(shop, "SELECT version FROM person WHERE number = 'M3'")
    done = take_in(shop, "people", lines(HEADER, entry))
    assert (done.changed, roles(shop, "M3")) == (1, {("C01", "foreman")})
    assert one(shop, "SELECT version FROM person WHERE number = 'M3'") == (version + 1,)
    assert take_in(shop, "people", lines(HEADER, entry)).same == 1


def test_a_site_that_is_no_longer_named_is_given_up(shop: Shop) -> None:
    people(shop, "M3,许辛,mechanic,C01|R02,,,")
    people(shop, "M3,许辛,mechanic,R02,,,")
    assert roles(shop, "M3") == {("R02", "mechanic")}


def test_who_left_cannot_sign_in_and_returns_without_a_pin(shop: Shop) -> None:
    assert sign_in(shop, "M3", PIN, "test").number == "M3"
    people(shop, "M3,许辛,mechanic,C01,,0,")
    assert one(shop, "SELECT state, pin_hash FROM person WHERE number = 'M3'") == ("inactive", None)
    people(shop, "M3,许辛,mechanic,C01,,,")
    assert one(shop, "SELECT state FROM person WHERE number = 'M3'") == ("inactive",), "an empty cell changes nothing"
    people(shop, "M3,许辛,mechanic,C01,,1,")
    assert one(shop, "SELECT state, pin_hash FROM person WHERE number = 'M3'") == ("active", None)
    with pytest.raises(SignInFailed):
        sign_in(shop, "M3", PIN, "test")
    assert verify(shop) == []


def test_somebody_who_left_before_is_taken_on_as_such(shop: Shop) -> None:
    assert people(shop, "N9,秦丑,mechanic,C01,,0,") == []
    assert one(shop, "SELECT state FROM person WHERE number = 'N9'") == ("inactive",)
    assert verify(shop) == []


@pytest.mark.refuses("OPS-4")
@pytest.mark.parametrize("entry", ["X1,张冬八,mechanic,C01,,,", "X1,张冬八,administrator,C01,,0,"])
def test_the_last_administrator_cannot_be_imported_away(shop: Shop, entry: str) -> None:
    """Whoever imports people is an administrator, so that the last one is always the one who imports."""
    people(shop, "X2,陈夏六,mechanic,C01,,,")
    before = everything(shop)
    assert people(shop, entry, "M3,许辛,mechanic,C01,,,") == [(2, "Another administrator must do this to you.")]
    assert everything(shop) == before


@pytest.mark.allows("OPS-4")
def test_one_of_several_administrators_may_go(shop: Shop) -> None:
    assert people(shop, "X2,陈夏六,mechanic,C01,,,") == []
    assert roles(shop, "X2") == {("C01", "mechanic")}


@pytest.mark.refuses("OPS-4")
@pytest.mark.parametrize(
    "entry",
    ["X1,张冬八,administrator|foreman,C01,,,", "X1,张冬八,administrator,C01,,0,", "X1,张冬八,administrator,C01,,,50"],
)
def test_nobody_imports_more_rights_for_oneself(shop: Shop, entry: str) -> None:
    before = everything(shop)
    assert people(shop, entry) == [(2, "Another administrator must do this to you.")]
    assert everything(shop) == before


def test_the_own_name_may_be_corrected(shop: Shop) -> None:
    assert people(shop, "X1,张冬九,administrator,C01,,,") == []
    assert one(shop, "SELECT name_zh FROM person WHERE number = 'X1'") == ("张冬九",)


def test_a_badge_is_one_persons(shop: Shop) -> None:
    assert people(shop, "N1,王一,mechanic,C01,BM1,,", "N2,王二,mechanic,C01,BN2,,") == [(2, "The badge is that of M1.")]
    assert rows(shop, "SELECT number FROM person WHERE number LIKE 'N%'") == [("N2",)]


def test_a_site_has_a_code_that_numbers_can_begin_with(shop: Shop) -> None:
    ((line, reason),) = people(shop, "N1,王一,mechanic,C01|北-1,,,")
    assert line == 2
    assert "cannot be the code of a site" in reason
    assert Role.MECHANIC.value not in {role for _site, role in roles(shop, "N1")}
