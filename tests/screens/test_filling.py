"""What stands in a form before it is typed into."""

import json
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopterm.domain.actions import TABLE, action_named
from shopterm.domain.errors import Invalid
from shopterm.domain.fields import Field, Kind
from shopterm.domain.parse import parse_form
from shopterm.domain.units import Day, Instant, Quantity
from shopterm.domain.vocabulary import LabourKind, Payer
from shopterm.screens.filling import shown, typed, typed_form

ZONE = ZoneInfo("Asia/Shanghai")
MOMENT = Instant(1_795_501_800_000_000)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
)


@pytest.mark.parametrize("name", [action.name for action in TABLE])
def test_defaults_are_typed_so_that_they_are_read_again(name: str) -> None:
    fields = tuple(field.optional() for field in action_named(name).form)
    assert parse_form(fields, typed_form(fields, {}, ZONE), ZONE) == parse_form(fields, {}, ZONE)


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        (Kind.QUANTITY, 2500, "2.5"),
        (Kind.MONEY, 123_450, "1,234.50"),
        (Kind.MINUTES, 90, "1:30"),
        (Kind.INSTANT, MOMENT, "2026-11-24 14:30"),
        (Kind.INTEGER, 7, "7"),
        (Kind.YES_NO, False, "n"),
        (Kind.CHOICE, Payer.HOUSE, "house"),
        (Kind.PEOPLE, ("M01", "M02"), "M01 M02"),
        (Kind.DATE, Day("2026-11-24"), "2026-11-24"),
        (Kind.TEXT, "a\x1bb", "a\ufffdb"),
        (Kind.TEXT, None, ""),
    ],
)
def test_values_as_somebody_would_type_them(kind: Kind, value: object, text: str) -> None:
    assert typed(Field("it", "It", kind), value, ZONE) == text


def test_lines_are_typed_cell_by_cell() -> None:
    form = action_named("report_parts").form
    assert typed_form(form, {"lines": [{"part": "A", "quantity": Quantity(500), "old_part": False}]}, ZONE) == {
        "lines": [{"part": "A", "quantity": "0.5", "reason": "", "old_part": "n"}],
        "none": "n",
        "note": "",
    }


def test_tables_show_words() -> None:
    assert shown(Field("it", "It", Kind.YES_NO), "y") == "yes"
    assert shown(Field("it", "It", Kind.CHOICE, choices=LabourKind), "outsourced") == "outsourced machining"
    assert shown(Field("it", "It", Kind.CHOICE, choices=LabourKind), "strange") == "strange"


@given(st.sampled_from(TABLE), ANYTHING)
def test_whatever_a_draft_holds_can_be_shown_kept_and_judged(action: object, strange: object) -> None:
    form = action.form  # type: ignore[attr-defined]
    raw = typed_form(form, {field.name: strange for field in form}, ZONE)
    json.dumps(raw)
    try:
        parse_form(form, raw, ZONE)
    except Invalid as error:
        assert error.problems
