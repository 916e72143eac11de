"""Lending a few verbs for a time: what it lets through, and everything it does not."""

from collections.abc import Callable

import pytest

from shopterm.db import models as m
from shopterm.db import sql
from shopterm.db.documents import find
from shopterm.db.queries.details import detail
from shopterm.db.queries.sheet_pages import material_page
from shopterm.db.session import Shop
from shopterm.domain.clash import Overtaken
from shopterm.domain.errors import Invalid, Refused, SignInFailed
from shopterm.domain.vocabulary import Doc, SheetState
from shopterm.screens.reading import delegated
from shopterm.usecases.verify import verify
from tests.rules.refusal import refusing
from tests.rules.story import Stage, grant, to
from tests.shopkit import PIN, do, who

HOUR = 3_600_000_000
UNTIL = "+2d 18:00"


def lend(shop: Shop, verbs: str = "approve_parts", giver: str = "F1", to_whom: str = "P1", until: str = UNTIL) -> None:
    do(shop, giver, "give_delegation", to_whom, verbs=verbs, until=until, reason="培训")


def reported(shop: Shop) -> str:
    return to(shop, Stage.REPORTED).material


def approve(shop: Shop, sheet: str, person: str = "P1") -> SheetState:
    state = do(shop, person, "approve_parts", sheet, old_parts_seen=True).state
    assert isinstance(state, SheetState)
    return state


def refused(shop: Shop, sheet: str, person: str = "P1") -> str:
    with pytest.raises(Refused) as told:
        approve(shop, sheet, person)
    return told.value.guard


@pytest.fixture
def clock(sqlite_shop: Shop) -> Callable[[int], None]:
    """Move the shop's clock on."""
    moment = [sqlite_shop.now()]
    sqlite_shop.shift = lambda: moment[0]

    def on(by: int) -> None:
        moment[0] += by

    return on


@pytest.mark.refuses("OPS-16")
def test_nobody_does_what_was_not_lent(shop: Shop) -> None:
    sheet = reported(shop)
    assert refused(shop, sheet) == "role"
    lend(shop, "approve_labour")
    assert refused(shop, sheet) == "role"


@pytest.mark.allows("OPS-16")
def test_what_was_lent_is_done_and_the_record_says_for_whom(shop: Shop) -> None:
    sheet = reported(shop)
    lend(shop)
    assert approve(shop, sheet) is SheetState.APPROVED
    with shop.reader():
        (payload,) = sql.row("SELECT payload FROM event WHERE action = 'approve_parts'") or ("",)
        lent = m.Delegation.get()
        page = material_page(find(Doc.MATERIAL_SHEET, sheet).id, "en")
    facts = {str(row[0]): row[1] for section in page.sections for row in section.rows if not section.columns}
    assert facts["Signed for"] == "Bing Han"
    assert f'"delegation":{{"giver":{who(shop, "F1").person},"id":{lent.id}}}' in payload
    assert verify(shop) == []


def test_giving_takes_the_pin(shop: Shop) -> None:
    for pin in ("", "000000"):
        with pytest.raises(SignInFailed):
            do(shop, "F1", "give_delegation", "P1", pin=pin, verbs="approve_parts", until=UNTIL, reason="x")
    with shop.reader():
        assert m.Delegation.select().count() == 0


def test_a_delegate_who_reported_the_sheet_does_not_approve_it(shop: Shop) -> None:
    sheet = reported(shop)
    lend(shop, to_whom="M1")
    assert refused(shop, sheet, "M1") == "not_reporter"


def test_a_giver_who_could_not_approve_it_cannot_have_it_approved_by_another(shop: Shop) -> None:
    grant(shop, "M1", "mechanic lead_mechanic foreman")
    sheet = reported(shop)
    lend(shop, giver="M1")
    assert refused(shop, sheet) == "not_reporter"
    lend(shop, giver="F1")  # another foreman may have it done
    assert approve(shop, sheet) is SheetState.APPROVED


def test_a_job_of_the_givers_may_be_reported_by_the_delegate(shop: Shop) -> None:
    story = to(shop, Stage.DRAFTED)
    with pytest.raises(Refused):
        do(shop, "P1", "submit_parts", story.material)
    lend(shop, "submit_parts", giver="M1", to_whom="P1")
    assert do(shop, "P1", "submit_parts", story.material).state is SheetState.SUBMITTED


def test_what_was_lent_is_not_lent_on(shop: Shop) -> None:
    lend(shop)
    with pytest.raises(Invalid) as told:
        lend(shop, giver="P1", to_whom="Q1")
    assert told.value.problems[0].field == "verbs"


@pytest.mark.parametrize("verb", ["clock_in", "clock_on", "issue_code", "give_delegation", "price_parts", "nonsense"])
def test_only_own_verbs_for_the_house_are_lent(shop: Shop, verb: str) -> None:
    with pytest.raises(Invalid):
        lend(shop, f"approve_parts {verb}")


def test_nobody_delegates_to_themselves(shop: Shop) -> None:
    with refusing(shop, "OPS-16", "not_to_oneself"):
        lend(shop, to_whom="F1")


@pytest.mark.parametrize("until", ["2020-01-01 12:00", "+400d 12:00"])
def test_the_time_is_ahead_and_bounded(shop: Shop, until: str) -> None:
    with pytest.raises(Invalid) as told:
        lend(shop, until=until)
    assert told.value.problems[0].field == "until"


def test_it_begins_and_ends_to_the_moment(sqlite_shop: Shop, clock: Callable[[int], None]) -> None:
    sheet, now = reported(sqlite_shop), sqlite_shop.now()
    do(sqlite_shop, "F1", "give_delegation", "P1", verbs="approve_parts return_parts", reason="x",
       since=now + HOUR, until=now + 2 * HOUR)  # fmt: skip
    clock(HOUR - 1)
    assert refused(sqlite_shop, sheet) == "role"
    clock(1)
    do(sqlite_shop, "P1", "return_parts", sheet, lines=[{"line": 1, "reason": "x"}])
    do(sqlite_shop, "M1", "submit_parts", sheet)
    clock(HOUR)
    assert refused(sqlite_shop, sheet) == "role"
    assert verify(sqlite_shop) == []


def test_a_delegation_taken_back_is_over_at_once(shop: Shop) -> None:
    sheet = reported(shop)
    with refusing(shop, "OPS-16", "lent_something"):
        do(shop, "F1", "revoke_delegation", "P1")
    lend(shop)
    with pytest.raises(Refused):
        do(shop, "F2", "revoke_delegation", "P1")  # another's
    do(shop, "F1", "revoke_delegation", "P1")
    assert refused(shop, sheet) == "role"


def test_a_giver_who_loses_the_role_lends_nothing_any_more(shop: Shop) -> None:
    sheet = reported(shop)
    lend(shop)
    do(shop, "X1", "change_roles", "F1", roles="quality_inspector")
    assert refused(shop, sheet) == "role"


def test_a_giver_who_leaves_lends_nothing_any_more(shop: Shop) -> None:
    sheet = reported(shop)
    lend(shop)
    do(shop, "X1", "deactivate", "F1", reason="x")
    assert refused(shop, sheet) == "role"


def test_the_giver_is_no_second_person_beside_the_delegate(shop: Shop) -> None:
    """The advisor hands over with the foreman: who is both cannot be both by lending one half."""
    story = to(shop, Stage.INTAKE)
    grant(shop, "F1", "foreman service_advisor")
    lend(shop, "hand_to_foreman", giver="F1", to_whom="P1")
    with pytest.raises(Refused) as told:
        do(shop, "P1", "hand_to_foreman", story.order, second="F1", purpose="repair")
    assert told.value.guard == "second"
    do(shop, "P1", "hand_to_foreman", story.order, second="F2", purpose="repair")


def test_both_see_it(shop: Shop) -> None:
    lend(shop)
    assert "Xin" not in delegated(shop, who(shop, "M3"))
    assert delegated(shop, who(shop, "F1")).startswith("孔寅 does for you until ")
    assert delegated(shop, who(shop, "P1")).startswith("for 韩丙 until ")
    for number in ("F1", "P1"):
        page = detail(shop, Doc.PERSON, who(shop, number).person, who(shop, "X1"))
        (section,) = [section for section in page.sections if section.title == "Delegations"]
        assert section.rows[0][1:4] == ("韩丙", "孔寅", ("Approve",))


def test_a_stale_form_of_a_delegate_is_a_conflict_and_not_a_wrong_role(shop: Shop) -> None:
    story = to(shop, Stage.REPORTED)
    lend(shop)
    with pytest.raises(Overtaken) as told:
        do(shop, "P1", "approve_parts", story.material, version=1, old_parts_seen=True)
    assert told.value.clash.refused is None


@pytest.mark.parametrize(
    "forged", ["until = 0", "verbs = 'submit_parts'", "revoked = 1", "giver_id = delegate_id", "site = 7"]
)
def test_verify_names_what_was_done_by_a_forged_delegation(sqlite_shop: Shop, forged: str) -> None:
    sheet = reported(sqlite_shop)
    lend(sqlite_shop)
    approve(sqlite_shop, sheet)
    sqlite_shop.write(lambda: sql.change(f"UPDATE delegation SET {forged}"))
    assert [found.number for found in verify(sqlite_shop)] == [15]


def test_the_pin_is_the_delegates_own(shop: Shop) -> None:
    sheet = reported(shop)
    lend(shop)
    with pytest.raises(SignInFailed):
        do(shop, "P1", "approve_parts", sheet, pin=PIN[::-1], old_parts_seen=True)
