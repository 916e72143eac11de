"""Numbers are read exactly, or named."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopterm.imports.issues import Finding
from shopterm.imports.numbers import decimal, hours, money, price
from tests.imports.findings import brief

QUANTITY = decimal(3)
COUNT = decimal(0, least=1)
WEIGHT = decimal(3, rounded=True)


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        ("12.50", 1250),
        ("12.5", 1250),
        ("12", 1200),
        (".5", 50),
        (" 12.50 ", 1250),
        ("12.5000", 1250),
        ("0", 0),
        ("-0.00", 0),
        ("48,531.07", 4853107),
        ("1,234,567", 123456700),
        ("￥166.67", 16667),
        ("¥ 1,166.67", 116667),
        ("166.67元", 16667),
        ("CNY 5", 500),
        ("", None),
        ("\u3000", None),
        ("１２．５０", ("normalise", "full_width", 1250)),
        ("-12.50", ("reject", "negative", None)),
        ("−0.01", ("reject", "negative", None)),
        ("12.505", ("reject", "too_precise", None)),
        ("1,000", ("hold", "bad_number", None)),
        ("12,50", ("reject", "bad_number", None)),
        ("1.234,56", ("reject", "bad_number", None)),
        ("12.", ("reject", "bad_number", None)),
        (".", ("reject", "bad_number", None)),
        ("￥", ("reject", "bad_number", None)),
        ("$5", ("reject", "bad_number", None)),
        ("1e3", ("reject", "bad_number", None)),
        ("1_000", ("reject", "bad_number", None)),
        ("NaN", ("reject", "bad_number", None)),
        ("inf", ("reject", "bad_number", None)),
        ("٣", ("reject", "bad_number", None)),
        ("+5", ("reject", "bad_number", None)),
        ("9" * 13, ("reject", "bad_number", None)),
        ("9" * 5000, ("reject", "bad_number", None)),
    ],
)
def test_money(raw: str, found: object) -> None:
    assert brief(money()(raw)) == found


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        ("0.00", ("warn", "price_zero", None)),
        ("０", ("warn", "price_zero", None)),
        ("面议", ("normalise", "no_price", None)),
        ("On Request", ("normalise", "no_price", None)),
        ("free", ("reject", "bad_number", None)),
        ("0.01", 1),
        ("", None),
    ],
)
def test_prices_of_nothing_are_no_price(raw: str, found: object) -> None:
    assert brief(price()(raw)) == found


def test_quantities_counts_and_weights() -> None:
    assert QUANTITY("18.250") == 18250
    assert brief(QUANTITY("0.0005")) == ("reject", "too_precise", None)
    assert brief(COUNT("0")) == ("reject", "bad_number", None)
    assert brief(COUNT("-5")) == ("reject", "negative", None)
    assert COUNT("100.0") == 100
    assert brief(WEIGHT("0.0005")) == ("normalise", "too_precise", 1)
    assert brief(WEIGHT("0.0004")) == ("normalise", "too_precise", 0)


def test_a_full_hour_meter_is_no_reading() -> None:
    assert hours("34391") == 34391
    assert brief(hours("1200.5")) == ("normalise", "too_precise", 1201)
    assert brief(hours("99999")) == ("warn", "implausible", None)


@given(st.decimals(0, 10**9, places=3))
def test_every_number_is_read_exactly(number: Decimal) -> None:
    for raw in (f"{number:f}", f"{number:,.3f}", f"{number:.6f}"):
        value = QUANTITY(raw)
        assert brief(value) in (int(number * 1000), ("hold", "bad_number", None))


@given(st.text(max_size=20))
def test_any_text_is_a_number_nothing_or_a_finding(raw: str) -> None:
    value = money()(raw)
    assert value is None or isinstance(value, int | Finding)
