"""What cannot be meant is told by field and line, and changes nothing."""

import uuid
from typing import Any

import pytest

from shopterm.db import models as m
from shopterm.db.queries.details import detail
from shopterm.db.session import Shop
from shopterm.domain.errors import Conflict, SignInFailed
from shopterm.domain.vocabulary import Doc, SheetState
from shopterm.usecases.pins import WRONG
from shopterm.usecases.request import Request, Second
from shopterm.usecases.run import SECOND_WRONG, run
from tests.rules.refusal import failing, recorded, unusable
from tests.rules.story import Stage, bare_material_line, to
from tests.shopkit import PIN, do, who

FILTER, KIT, OIL, RING = "600-311-3750", "707-98-45230", "HM46", "07000-12011"
NAMES = [
    "seal [/",
    "[@click=app.bell()]x[/]",
    "[state=CLOSED]",
    "[b]O形圈[/b] $name {quantity} %s",
    "'; DROP TABLE part; --",
    "=HYPERLINK(1)",
]


@pytest.mark.parametrize("quantity", ["0", "-1", "-0.5", "", "two", "1e3", "0.0001", "9" * 30])
def test_a_quantity_that_is_none(sqlite_shop: Shop, quantity: str) -> None:
    story = to(sqlite_shop, Stage.IN_SHOP)
    lines: list[dict[str, Any]] = [{"part": OIL, "quantity": "1"}, {"part": RING, "quantity": quantity}]
    if not quantity:  # nothing typed means one piece
        do(sqlite_shop, "M1", "report_parts", story.job, lines=lines)
        return
    with unusable(sqlite_shop, "lines.quantity", 2):
        do(sqlite_shop, "M1", "report_parts", story.job, lines=lines)


@pytest.mark.parametrize(("part", "quantity"), [(RING, "0.5"), (KIT, "1.5"), (FILTER, "2.001")])
def test_a_fraction_of_a_piece(sqlite_shop: Shop, part: str, quantity: str) -> None:
    story = to(sqlite_shop, Stage.DRAFTED)
    lines = [{"part": OIL, "quantity": "0.5"}, {"part": part, "quantity": quantity}]
    with unusable(sqlite_shop, "lines.quantity", 2) as caught:
        do(sqlite_shop, "M1", "edit_parts", story.material, lines=lines)
    assert quantity in str(caught.value)
    do(sqlite_shop, "M1", "edit_parts", story.material, lines=lines[:1])
    assert bare_material_line(sqlite_shop, story.material).quantity == 500


def test_a_fraction_of_a_piece_in_a_supplement(sqlite_shop: Shop) -> None:
    story = to(sqlite_shop, Stage.IN_WORK)
    with unusable(sqlite_shop, "lines.quantity", 1):
        do(sqlite_shop, "M1", "supplement_parts", story.job, lines=[{"part": RING, "quantity": "0.5"}], finding="磨损")


@pytest.mark.parametrize("quantity", ["0", "-1", "0.5"])
def test_a_quantity_nobody_can_hand_out(sqlite_shop: Shop, quantity: str) -> None:
    story = to(sqlite_shop, Stage.CONFIRMED)
    lines = [{"part": RING, "quantity": quantity}]
    with unusable(sqlite_shop, "lines.quantity", 1):
        do(sqlite_shop, "P1", "issue_parts", story.material, lines=lines)
    with unusable(sqlite_shop, "lines.quantity", 1):
        do(sqlite_shop, "P1", "lend_parts", "new", second="M1", lines=lines, purpose="试装")


@pytest.mark.parametrize("quantity", ["0", "-1", "0.5"])
def test_a_quantity_nobody_can_receive(sqlite_shop: Shop, quantity: str) -> None:
    with unusable(sqlite_shop, "quantity"):
        do(sqlite_shop, "P1", "receive_parts", RING, quantity=quantity, bin="C-04-2")


def test_words_that_turn_out_to_be_a_piece_are_not_a_fraction_of_it(sqlite_shop: Shop) -> None:
    story = to(sqlite_shop, Stage.APPROVED, parts=({"part": "大臂油封", "quantity": "0.5"},))
    with unusable(sqlite_shop, "lines.part", 1):
        do(sqlite_shop, "P1", "price_parts", story.material, lines=[{"line": 1, "part": RING}])


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ({"text": "拆装", "minutes": "0"}, "lines.minutes"),
        ({"text": "拆装", "minutes": "-30"}, "lines.minutes"),
        ({"text": "拆装", "minutes": "60", "people": "0"}, "lines.people"),
        ({"text": "拆装", "minutes": "60", "kind": "magic"}, "lines.kind"),
        ({"text": "拆装"}, "lines"),
        ({"minutes": "60"}, "lines"),
        ({"standard": "XX999"}, "lines"),
    ],
    ids=lambda value: str(value),
)
def test_work_that_is_none(sqlite_shop: Shop, line: dict[str, str], field: str) -> None:
    story = to(sqlite_shop, Stage.IN_SHOP)
    with unusable(sqlite_shop, field, 1):
        do(sqlite_shop, "M1", "report_labour", story.job, lines=[line])


def test_a_price_below_nothing(sqlite_shop: Shop) -> None:
    story = to(sqlite_shop, Stage.APPROVED)
    with unusable(sqlite_shop, "lines.price", 2):
        do(sqlite_shop, "P1", "price_parts", story.material, lines=[{"line": 1}, {"line": 2, "price": "-8"}])


def test_every_problem_is_told_at_once(sqlite_shop: Shop) -> None:
    with unusable(sqlite_shop, "serial") as caught:
        do(
            sqlite_shop,
            "A1",
            "open_order",
            "new",
            hours="-3",
            tonnage="many",
            complaints=[{"text": "x" * 501}],
            mood="bad",
        )
    assert {problem.field for problem in caught.value.problems} == {
        "serial", "hours", "tonnage", "complaints.text", "mood"}  # fmt: skip


def test_an_hour_meter_does_not_run_back(sqlite_shop: Shop) -> None:
    complaints = [{"text": "大臂下沉"}]
    with unusable(sqlite_shop, "hours"):
        do(
            sqlite_shop,
            "A1",
            "open_order",
            "new",
            serial="KMT0021001",
            customer="K00001",
            hours=5199,
            complaints=complaints,
        )


@pytest.mark.parametrize("fuel", ["half", "3/2", "1/0", "-1/2", "1/2/3"])
def test_a_fuel_level_is_a_fraction(sqlite_shop: Shop, fuel: str) -> None:
    story = to(sqlite_shop, Stage.OPEN)
    with unusable(sqlite_shop, "fuel"):
        do(sqlite_shop, "A1", "inspect_intake", story.order, marks=story.marks("inspect_intake"), fuel=fuel)


# Somebody else was faster


def test_a_sheet_that_changed_while_the_foreman_read_it_is_not_signed(shop: Shop) -> None:
    story = to(shop, Stage.REPORTED)
    seen = story.version(Doc.MATERIAL_SHEET, story.material)
    do(shop, "M1", "revise_parts", story.material, reason="多报一件")
    do(shop, "M1", "edit_parts", story.material, lines=[{"part": KIT, "quantity": "1"}])
    do(shop, "M1", "submit_parts", story.material)
    with failing(shop, Conflict, 5):
        do(shop, "F1", "approve_parts", story.material, version=seen, old_parts_seen=True)
    seen = story.version(Doc.MATERIAL_SHEET, story.material)
    done = do(shop, "F1", "approve_parts", story.material, version=seen, old_parts_seen=True)
    assert done.state is SheetState.APPROVED


def test_rates_that_changed_while_another_foreman_read_them_are_not_signed(shop: Shop) -> None:
    story = to(shop, Stage.REPORTED)
    seen = story.version(Doc.LABOUR_SHEET, story.labour)
    do(shop, "F1", "change_rates", story.labour, lines=[{"line": 1, "rate": "150"}])
    with failing(shop, Conflict, 5):
        do(shop, "F2", "approve_labour", story.labour, version=seen)


def test_an_operation_takes_effect_once_and_its_id_serves_nothing_else(shop: Shop) -> None:
    story = to(shop, Stage.REPORTED)
    first = do(shop, "F1", "approve_labour", story.labour, op_id="0af1")
    again = do(shop, "F1", "approve_labour", story.labour, op_id="0af1")
    assert (again.replayed, again.seq, again.state) == (True, first.seq, first.state)
    with failing(shop, Conflict, 5):
        do(shop, "F1", "approve_parts", story.material, op_id="0af1", old_parts_seen=True)


# Nobody signs without the own PIN


@pytest.mark.parametrize("pin", ["000000", "", PIN + "0", "482914"])
def test_a_wrong_pin_signs_nothing(shop: Shop, pin: str) -> None:
    story = to(shop, Stage.REPORTED)
    with failing(shop, SignInFailed, 8):
        do(shop, "F1", "approve_labour", story.labour, pin=pin)
    assert recorded(shop, "signing_failed") == bool(pin)


def test_whose_pin_is_wrong_is_told_apart(sqlite_shop: Shop) -> None:
    shop, lines = sqlite_shop, [{"part": RING, "quantity": "1"}]
    for own, theirs in (("000000", PIN), (PIN, "000000")):
        values = {"lines": lines, "purpose": "试装"}
        request = Request("lend_parts", "new", values, str(uuid.uuid4()), None, own, Second("M1", theirs))
        with pytest.raises(SignInFailed) as caught:
            run(shop, who(shop, "P1"), request)
        assert caught.value.second is (own == PIN)
        assert caught.value.sentence == (SECOND_WRONG if own == PIN else WRONG)


def test_wrong_pins_lock_the_person_and_the_right_one_does_not_help(shop: Shop) -> None:
    story = to(shop, Stage.REPORTED)
    for _attempt in range(shop.settings.pin.attempts):
        with failing(shop, SignInFailed, 8):
            do(shop, "F1", "approve_labour", story.labour, pin="000000")
    with failing(shop, SignInFailed, 8):
        do(shop, "F1", "approve_labour", story.labour)
    do(shop, "X1", "unlock_person", "F1")
    do(shop, "F1", "approve_labour", story.labour)


# Text is text


@pytest.mark.parametrize("name", NAMES)
def test_a_part_called_like_markup_is_only_a_name(shop: Shop, name: str) -> None:
    story = to(shop, Stage.APPROVED, parts=({"part": name, "quantity": "1", "reason": name},))
    assert bare_material_line(shop, story.material).text == name
    with unusable(shop, "lines.part", 1):
        do(shop, "P1", "price_parts", story.material, lines=[{"line": 1}])
    do(shop, "P1", "price_parts", story.material, lines=[{"line": 1, "part": RING}])
    shown = detail(shop, Doc.MATERIAL_SHEET, bare_material_line(shop, story.material).sheet_id, who(shop, "F1"))
    assert name in repr(shown)


@pytest.mark.parametrize("hidden", ["\x1b]0;pwned\x07", "\x1b[2J", "\x00", "\u202e", "\u200b", "\x9b31m"])
def test_control_characters_never_reach_the_house(shop: Shop, hidden: str) -> None:
    story = to(shop, Stage.DRAFTED, parts=({"part": f"油封{hidden}3750", "quantity": "1"},))
    stored = bare_material_line(shop, story.material).text
    assert stored.startswith("油封")
    assert "\ufffd" in stored
    assert not set(hidden) & set("\x1b\x00\u202e\u200b\x9b\x07") & set(stored)
    with shop.reader():
        payloads = "".join(event.payload for event in m.Event.select())
    assert not set(payloads) & set("\x1b\x00\u202e\u200b\x9b\x07")
