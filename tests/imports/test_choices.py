"""Words of a closed vocabulary, also as other systems spell them."""

import pytest

from shopterm.imports.choices import RETURNABLE, ROLES, UNITS, choice, flag, several, terms
from tests.imports.findings import brief


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        ("EA", "EA"),
        ("ea ", "EA"),
        ("件", "EA"),
        ("套", "SET"),
        ("ＥＡ", ("normalise", "full_width", "EA")),
        ("", None),
        ("furlong", ("reject", "bad_choice", None)),
        ("\x1b", ("reject", "bad_choice", None)),
    ],
)
def test_units(raw: str, found: object) -> None:
    assert brief(choice(UNITS)(raw)) == found


def test_full_width_brackets_are_only_another_spelling() -> None:
    assert choice(RETURNABLE)("否（特订）") == "S"
    assert choice(RETURNABLE)("否(特订)") == "S"


@pytest.mark.parametrize(
    ("raw", "found"), [("1", 1), ("Y", 1), ("是", 1), ("T", 1), ("0", 0), ("false", 0), ("", None)]
)
def test_flags(raw: str, found: int | None) -> None:
    assert flag(raw) == found
    assert brief(flag("maybe")) == ("reject", "bad_choice", None)


def test_terms_are_words_or_days() -> None:
    assert [terms(raw) for raw in ("cash", "现金", "30d", "60D", "")] == ["cash", "cash", "30d", "60d", None]
    assert brief(terms("soon")) == ("reject", "bad_choice", None)
    assert brief(terms("12345d")) == ("reject", "bad_choice", None)


def test_lists_are_separated_by_bars() -> None:
    assert several()("SN1|SN2| SN1 |") == ("SN1", "SN2")
    assert several()("") is None
    assert several(ROLES)("foreman|receiving_clerk|service_advisor") == ("foreman", "service_advisor")
    assert brief(several(ROLES)("foreman|king")) == ("reject", "bad_choice", None)
    assert brief(several()("SN1|S\x00N")) == ("reject", "control_character", None)
