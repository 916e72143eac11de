"""What may be typed into a form, and what is said when it cannot be used."""

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopterm.domain.actions import TABLE, action_named
from shopterm.domain.errors import Invalid
from shopterm.domain.fields import Field, Kind
from shopterm.domain.parse import parse_field, parse_form
from shopterm.domain.units import Instant, Minutes, Money, Quantity
from shopterm.domain.vocabulary import Payer, Source
from shopterm.show import show

SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
NOW = 1_795_501_800_000_000
"""2026-11-24 14:30 in Shanghai."""
numbers = st.integers(-(10**14), 10**14)


def a(kind: Kind, **more: object) -> Field:
    """Make a field of this kind."""
    return Field("it", "It", kind, **more)  # type: ignore[arg-type]


def refused(field: Field, raw: object) -> str:
    """Return the sentence that refuses this value."""
    with pytest.raises(Invalid) as caught:
        parse_field(field, raw, SHANGHAI, now=NOW)
    return caught.value.problems[0].sentence


@given(numbers)
def test_a_quantity_reads_as_it_is_shown(number: int) -> None:
    field = a(Kind.QUANTITY, minimum=-(10**15))
    assert parse_field(field, show(Quantity(number))) == number


@given(numbers)
def test_an_amount_reads_as_it_is_shown(number: int) -> None:
    field = a(Kind.MONEY, minimum=-(10**15))
    assert parse_field(field, show(Money(number))) == number


@given(numbers)
def test_a_duration_reads_as_it_is_shown(number: int) -> None:
    field = a(Kind.MINUTES, minimum=-(10**15))
    assert parse_field(field, show(Minutes(number))) == number


@given(st.integers(946_684_800, 4_000_000_000))
def test_a_moment_reads_as_it_is_shown(seconds: int) -> None:
    minute = seconds // 60 * 60 * 1_000_000
    assert parse_field(a(Kind.INSTANT), show(Instant(minute), SHANGHAI), SHANGHAI) == minute


@given(
    st.sampled_from(
        [
            Kind.QUANTITY,
            Kind.MONEY,
            Kind.MINUTES,
            Kind.INTEGER,
            Kind.INSTANT,
            Kind.DATE,
            Kind.YES_NO,
            Kind.CHOICE,
            Kind.LINES,
            Kind.CHECKLIST,
            Kind.PEOPLE,
            Kind.TEXT,
        ]
    ),
    st.one_of(
        st.text(), st.integers(), st.floats(), st.booleans(), st.lists(st.text()), st.dictionaries(st.text(), st.text())
    ),
)
def test_whatever_is_typed_is_read_or_refused_with_a_sentence(kind: Kind, raw: object) -> None:
    field = a(kind, choices=Payer, columns=(Field("part", "Part"),), required=False)
    try:
        parse_field(field, raw, SHANGHAI, now=NOW)
    except Invalid as error:
        assert all(problem.sentence for problem in error.problems)


@pytest.mark.parametrize(
    ("typed", "thousandths"),
    [
        ("2", 2000),
        ("2.5", 2500),
        ("0.001", 1),
        ("１２．５", 12_500),
        (" 3 ", 3000),
        ("1,200", 1_200_000),
        (".5", 500),
        (2, 2000),
        (1.5, 1500),
        (0.1, 100),
        (Quantity(1500), 1500),
    ],
)
def test_quantities(typed: object, thousandths: int) -> None:
    assert parse_field(a(Kind.QUANTITY), typed) == thousandths


@pytest.mark.parametrize("typed", ["", "two", "1.2345", "1,20", "1e3", "٣", "--1", "-1", "9" * 40, True, [1]])
def test_no_quantities(typed: object) -> None:
    assert refused(a(Kind.QUANTITY), typed)


@pytest.mark.parametrize(
    ("typed", "fen"),
    [("1234.5", 123_450), ("1,234.50", 123_450), ("¥12", 1200), ("￥１２", 1200), (12, 1200), (0.29, 29)],
)
def test_amounts(typed: object, fen: int) -> None:
    assert parse_field(a(Kind.MONEY), typed) == fen


def test_an_amount_finer_than_the_minor_unit_is_refused() -> None:
    assert refused(a(Kind.MONEY), "1.005") == "An amount is expected, like 1234.50."


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("90", 90),
        ("90m", 90),
        ("1:30", 90),
        ("1h30", 90),
        ("1h30m", 90),
        ("1.5h", 90),
        ("1.55H", 93),
        ("2h", 120),
        ("1小时30分", 90),
        ("90分钟", 90),
        ("１：３０", 90),
        (90, 90),
    ],
)
def test_durations(typed: object, minutes: int) -> None:
    assert parse_field(a(Kind.MINUTES), typed) == minutes


@pytest.mark.parametrize("typed", ["1:60", "1.5", "h", "1:3", "-5"])
def test_no_durations(typed: str) -> None:
    assert refused(a(Kind.MINUTES), typed)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("2026-11-24 16:30", "2026-11-24 16:30"),
        ("2026/11/24 6:30", "2026-11-24 06:30"),
        ("2026年11月24日 16:30", "2026-11-24 16:30"),
        ("16:30", "2026-11-24 16:30"),
        ("12-01 8:00", "2026-12-01 08:00"),
        ("+2d 16:00", "2026-11-26 16:00"),
        ("明天 8:00", "2026-11-25 08:00"),
        ("2026-11-24T16:30", "2026-11-24 16:30"),
        ("2026-11-24T16:30:00Z", "2026-11-25 00:30"),
    ],
)
def test_moments(typed: str, shown: str) -> None:
    assert show(parse_field(a(Kind.INSTANT), typed, SHANGHAI, now=NOW), SHANGHAI) == shown


@pytest.mark.parametrize("typed", ["2026-11-24", "25:00", "2026-02-30 8:00", "16.30", "0001-01-01 0:00", "soon"])
def test_no_moments(typed: str) -> None:
    assert refused(a(Kind.INSTANT), typed)


def test_a_time_the_clocks_skip_is_refused() -> None:
    with pytest.raises(Invalid, match="put forward"):
        parse_field(a(Kind.INSTANT), "2026-03-29 02:30", BERLIN)


def test_a_time_without_a_date_needs_to_know_today() -> None:
    with pytest.raises(Invalid):
        parse_field(a(Kind.INSTANT), "16:30", SHANGHAI)


def test_days() -> None:
    field = a(Kind.DATE)
    assert [parse_field(field, typed, SHANGHAI, now=NOW) for typed in ("2026-1-5", "11-30", "+2d", "今天")] == [
        "2026-01-05",
        "2026-11-30",
        "2026-11-26",
        "2026-11-24",
    ]
    assert refused(field, "2026-02-30")


@pytest.mark.parametrize("typed", ["warranty", "Warranty", "w", "ｗ", Payer.WARRANTY])
def test_a_choice_by_value_label_or_beginning(typed: str) -> None:
    assert parse_field(a(Kind.CHOICE, choices=Payer), typed) is Payer.WARRANTY


def test_an_exact_choice_wins_over_a_longer_one_and_a_vague_one_is_refused() -> None:
    assert parse_field(a(Kind.CHOICE, choices=("ok", "okay")), "ok") == "ok"
    assert refused(a(Kind.CHOICE, choices=("okay", "oked")), "ok") == "Several fit: {choices}."
    assert refused(a(Kind.CHOICE, choices=Source), "moon") == "One of these is expected: {choices}."


def test_yes_and_no() -> None:
    field = a(Kind.YES_NO)
    assert all(parse_field(field, typed) for typed in ("y", "YES", "是", "1", "true", True, 1))
    assert not any(parse_field(field, typed) for typed in ("n", "No", "否", "0", "false", False, 0))
    assert refused(field, "perhaps")


def test_people_are_named_once_each() -> None:
    assert parse_field(a(Kind.PEOPLE), "M01 M02,M03、M01") == ("M01", "M02", "M03")
    assert parse_field(a(Kind.PEOPLE), ["M01", "M02"]) == ("M01", "M02")


def test_text_is_cleaned_and_too_long_is_refused_not_cut() -> None:
    assert parse_field(a(Kind.TEXT), " a\x1b[2Jb\u202e ") == "a\ufffd[2Jb\ufffd"
    assert parse_field(a(Kind.LONG_TEXT), "a\r\nb") == "a\nb"
    assert refused(a(Kind.TEXT, max_length=3), "four") == "Too long: {length} characters, {limit} fit."


def test_lines_from_dicts_json_and_text_are_the_same() -> None:
    form = action_named("report_parts").form
    dicts = {"lines": [{"part": "20Y-70-14520", "quantity": "2"}, {"part": "", "quantity": ""}]}
    json = {"lines": '[{"part": "20Y-70-14520", "quantity": 2}]'}
    text = {"lines": "20Y-70-14520; 2\n\n"}
    expected = ({"part": "20Y-70-14520", "quantity": 2000, "reason": None, "old_part": True},)
    assert [parse_form(form, raw)["lines"] for raw in (dicts, json, text)] == [expected] * 3


def test_parsed_values_can_be_parsed_again() -> None:
    form = action_named("report_parts").form
    once = parse_form(form, {"lines": [{"part": "A"}, {"part": "B", "quantity": "1.5"}]})
    assert parse_form(form, once) == once


def test_all_problems_come_at_once_with_field_and_line() -> None:
    raw = {"lines": [{"part": "A", "quantity": "0"}, {"quantity": "x", "colour": "red"}], "none": "?", "more": 1}
    with pytest.raises(Invalid) as caught:
        parse_form(action_named("report_parts").form, raw)
    assert [(problem.field, problem.line) for problem in caught.value.problems] == [
        ("more", None),
        ("lines.quantity", 1),
        ("lines.colour", 2),
        ("lines.part", 2),
        ("lines.quantity", 2),
        ("none", None),
    ]


def test_a_limit_is_told_in_the_unit_that_was_typed() -> None:
    with pytest.raises(Invalid) as caught:
        parse_field(a(Kind.MINUTES, maximum=90), "2h")
    assert str(caught.value) == "Too large: at most 1:30."


def test_marks_by_item() -> None:
    field = a(Kind.CHECKLIST)
    assert parse_field(field, {"cab.brake": "ok", "fuel": {"value": "1/2", "note": None}}) == {
        "cab.brake": {"mark": "ok", "value": "", "note": ""},
        "fuel": {"mark": "", "value": "1/2", "note": ""},
    }
    assert refused(field, {"cab": {"colour": "red"}})
    assert refused(field, "{broken")


def test_required_lines_and_empty_optional_lists() -> None:
    assert refused(a(Kind.LINES, columns=(Field("part", "Part"),)), [{"part": " "}]) == ("At least one line is needed.")
    assert parse_field(a(Kind.LINES, required=False), None) == ()
    assert parse_field(a(Kind.CHECKLIST, required=False), "") == {}


@pytest.mark.parametrize("action", TABLE, ids=lambda action: action.name)
def test_every_form_of_the_table_reads_its_defaults_back(action: object) -> None:
    optional = tuple(field.optional() for field in action.form)  # type: ignore[attr-defined]
    values = parse_form(optional, {})
    assert parse_form(optional, values) == values
