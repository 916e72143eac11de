"""What the house asks for of its own, refused; and the way through, on both databases."""

from typing import Any

import pytest

from shopterm.db import models as m
from shopterm.db.documents import find
from shopterm.db.queries.labour_marks import mark_of
from shopterm.db.session import Shop
from shopterm.domain.vocabulary import DayState, Doc, JobState, OrderState, PersonState, QuoteState, Word
from shopterm.usecases.sign_in import set_first_pin
from tests.rules.refusal import refusing
from tests.rules.story import CUSTOMER, LATER, Stage, asked, to
from tests.shopkit import KIT, PIN, RING, do, material_lines, stock

HOUR = 3_600_000_000
YES = [{"job": 1, "accepted": True}]


def later(shop: Shop, hours: int) -> None:
    """Let the workshop's clock stand that many hours ahead."""
    moment = shop.now() + hours * HOUR
    shop.shift = lambda: moment


def state(shop: Shop, doc: Doc, number: str) -> Word:
    with shop.reader():
        found: Word = find(doc, number).state
    return found


# OPS-1: a visit ends before any work


@pytest.mark.allows("OPS-1")
@pytest.mark.parametrize("stage", [Stage.OPEN, Stage.INTAKE, Stage.FOREMAN, Stage.IN_SHOP], ids=lambda s: s.name)
def test_an_order_is_cancelled_while_nothing_was_done(shop: Shop, stage: Stage) -> None:
    story = to(shop, stage)
    do(shop, "A1", "cancel_order", story.order, reason="客户改期")
    assert story.state(Doc.ORDER) is OrderState.CANCELLED


@pytest.mark.refuses("OPS-1")
@pytest.mark.parametrize("work", ["clock_on", "start_teardown", "report_parts", "report_labour"])
def test_an_order_is_not_cancelled_once_work_has_begun(shop: Shop, work: str) -> None:
    story = to(shop, Stage.IN_SHOP)
    do(shop, "M1", work, story.job)
    if work == "clock_on":
        do(shop, "M1", "clock_off", story.job)
    with refusing(shop, "OPS-1", "no_work_yet"):
        do(shop, "A1", "cancel_order", story.order, reason="客户改期")


@pytest.mark.refuses("OPS-1")
def test_what_the_shop_has_closed_is_not_cancelled(shop: Shop) -> None:
    story = to(shop, Stage.CLOSED)
    with refusing(shop, "OPS-1", "state"):
        do(shop, "A1", "cancel_order", story.order, reason="客户改期")


# OPS-4: administrators


@pytest.mark.refuses("OPS-4")
@pytest.mark.allows("OPS-4")
@pytest.mark.parametrize(
    ("verb", "values"),
    [("change_roles", {"roles": "administrator foreman"}), ("unlock_person", {}), ("deactivate", {"reason": "离职"})],
    ids=["change_roles", "unlock_person", "deactivate"],
)
def test_another_administrator_does_it(shop: Shop, verb: str, values: dict[str, Any]) -> None:
    with refusing(shop, "OPS-4", "not_oneself"):
        do(shop, "X1", verb, "X1", **values)
    do(shop, "X2", verb, "X1", **values)


@pytest.mark.refuses("OPS-4")
@pytest.mark.allows("OPS-4")
def test_the_last_administrator_stays(shop: Shop) -> None:
    do(shop, "X1", "deactivate", "X2", reason="离职")
    with refusing(shop, "OPS-4", "not_last_admin"):
        do(shop, "X1", "deactivate", "X1", reason="离职")
    do(shop, "X1", "reactivate", "X2")
    set_first_pin(shop, "X2", do(shop, "X1", "issue_code", "X2").secret, PIN, "test")
    do(shop, "X2", "deactivate", "X1", reason="离职")
    assert state(shop, Doc.PERSON, "X1") is PersonState.INACTIVE


# OPS-6 and OPS-10: parts come back, and go out as far as they are there and promised to nobody else


@pytest.mark.refuses("OPS-6")
@pytest.mark.allows("OPS-6")
def test_only_what_was_issued_comes_back(shop: Shop) -> None:
    story = to(shop, Stage.CONFIRMED, parts=asked((RING, "4")))
    back: dict[str, Any] = {"lines": asked((RING, "1")), "reason": "多领"}
    exchange: dict[str, Any] = {"part": RING, "quantity": "1", "reason": "发错"}
    with refusing(shop, "OPS-6", "something_issued"):
        do(shop, "P1", "take_back_parts", story.material, **back)
    with refusing(shop, "OPS-6", "something_issued"):
        do(shop, "P1", "exchange_parts", story.material, **exchange)
    story.go(Stage.IN_WORK)
    do(shop, "P1", "exchange_parts", story.material, **exchange)
    do(shop, "P1", "take_back_parts", story.material, **back)
    (line,) = material_lines(shop, story.material)
    assert (line.issued, line.returned) == (5000, 2000)


@pytest.mark.refuses("OPS-10")
@pytest.mark.allows("OPS-10")
def test_what_is_promised_to_another_order_is_not_given_out(shop: Shop) -> None:
    to(shop, Stage.CONSENTED, parts=asked((KIT, "1")))
    loan: dict[str, Any] = {"second": "M1", "purpose": "试装"}
    with refusing(shop, "OPS-10", "not_promised"):
        do(shop, "P1", "lend_parts", "new", lines=asked((KIT, "2")), **loan)
    do(shop, "P1", "lend_parts", "new", lines=asked((KIT, "1")), **loan)
    assert stock(shop, KIT) == (1, 1)


# OPS-8 and SHP-6.4: a quote lapses


@pytest.mark.refuses("OPS-8", "SHP-6.4")
@pytest.mark.allows("OPS-8", "SHP-6.4")
def test_a_quote_is_signed_until_its_time_has_run_out(shop: Shop) -> None:
    story = to(shop, Stage.QUOTED)
    answer: dict[str, Any] = {"answers": YES, "signed_by": CUSTOMER}
    with refusing(shop, "OPS-8", "has_expired"):
        do(shop, "A1", "expire_quote", story.quote)
    later(shop, 24 * (shop.settings.quote.valid_days + 1))
    with refusing(shop, "SHP-6.4", "not_expired"):
        do(shop, "A1", "sign_quote", story.quote, **answer)
    do(shop, "A1", "expire_quote", story.quote)
    assert (story.state(Doc.QUOTE), story.state(Doc.JOB)) == (QuoteState.EXPIRED, JobState.PRICED)
    again = do(shop, "A1", "make_quote", story.order, promised=LATER).made[0][2]
    story.show_quote(again)
    do(shop, "A1", "sign_quote", again, **answer)
    assert story.state(Doc.JOB) is JobState.CONSENTED


# OPS-12 and OPS-15: the labour day


@pytest.mark.refuses("OPS-12")
@pytest.mark.allows("OPS-12")
def test_everybody_clocks_the_own_day(shop: Shop) -> None:
    with refusing(shop, "OPS-12", "own_day"):
        do(shop, "F1", "clock_in", "M1")
    do(shop, "M1", "clock_in", "M1")
    with refusing(shop, "OPS-12", "own_day"):
        do(shop, "F1", "clock_out", "M1")
    assert DayState.PRESENT is _day(shop, "M1")


def _day(shop: Shop, person: str) -> DayState:
    with shop.reader():
        key = find(Doc.DAY, person).id
        here = m.Attendance.select().where((m.Attendance.person == key) & m.Attendance.end.is_null()).count()
    return DayState.PRESENT if here else DayState.AWAY


@pytest.mark.refuses("OPS-12")
@pytest.mark.allows("OPS-12")
def test_only_who_is_clocked_on_clocks_off(shop: Shop) -> None:
    story = to(shop, Stage.IN_WORK)
    with refusing(shop, "OPS-12", "own_clock_runs"):
        do(shop, "M3", "clock_off", story.job)
    do(shop, "M3", "clock_on", story.job)
    do(shop, "M3", "clock_off", story.job)
    with shop.reader():
        running = [entry.person.number for entry in m.LabourEntry.select().where(m.LabourEntry.end.is_null())]
    assert running == ["M1"]


@pytest.mark.refuses("OPS-12")
@pytest.mark.allows("OPS-12")
def test_only_what_runs_is_ended(shop: Shop) -> None:
    do(shop, "M1", "clock_in", "M1")
    with refusing(shop, "OPS-12", "something_runs"):
        do(shop, "M1", "stop_entry", "M1")
    do(shop, "M1", "start_break", "M1")
    do(shop, "M1", "stop_entry", "M1")
    with refusing(shop, "OPS-12", "something_runs"):
        do(shop, "M1", "stop_entry", "M1")


@pytest.mark.refuses("OPS-15")
@pytest.mark.allows("OPS-15")
def test_another_foreman_corrects_a_day(shop: Shop) -> None:
    do(shop, "F1", "clock_in", "F1")
    with shop.reader():
        shift = m.Attendance.get()
    later(shop, 3)
    correction: dict[str, Any] = {"interval": mark_of(shift.id), "end": shop.now() - HOUR, "reason": "忘打下班"}
    with refusing(shop, "OPS-15", "not_own_day"):
        do(shop, "F1", "correct_day", "F1", **correction)
    do(shop, "F2", "correct_day", "F1", **correction)
    with shop.reader():
        kept = [(row.end, row.voided, row.reason) for row in m.Attendance.select().order_by(m.Attendance.id)]
    assert kept == [(None, 1, ""), (correction["end"], 0, "忘打下班")]
