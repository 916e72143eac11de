"""What is written into the search column is found by what a clerk types."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopterm.db.pinyin import initials
from shopterm.domain.searchtext import fold, query_terms, words_of

FILTER = words_of(
    ["Hydraulic return filter element, PC200-8(LC)", "液压回油滤芯"], ["708-2L-00300"], initials("液压回油滤芯")
)
HAN = st.text("液压油缸总成滤芯器密封圈", min_size=1, max_size=8)


def finds(column: str, query: str) -> bool:
    """Tell whether the query finds the record, as the databases do it."""
    terms = query_terms(query)
    return bool(terms) and all(any(token.startswith(term) for token in column.split(" ")) for term in terms)


@pytest.mark.parametrize(
    "query",
    [
        "708-2L-00300", "7082L00300", "708-2l", "７０８－２Ｌ", "708–2L–00300", "2L-003", "00300", "300", "708 2L",
        "filter", "FILTER elem", "hydr retu", "滤芯", "滤", "液压 滤芯", "回油滤", "滤芯filter", "yyhylx", "lx",
        "hylx", "PC200-8", "pc200", "pc2008",
    ],
)  # fmt: skip
def test_what_a_clerk_types_finds_the_part(query: str) -> None:
    assert finds(FILTER, query)


@pytest.mark.parametrize("query", ["708-2L-00301", "芯滤", "ilter", "zzz", "", "  ", "--", "filter pump", "液芯"])
def test_what_is_not_there_is_not_found(query: str) -> None:
    assert not finds(FILTER, query)


def test_column_holds_only_small_letters_digits_and_chinese() -> None:
    column = words_of(['Öl-Filter 3/4" [b]', "ﾌｨﾙﾀ", "Ａｂ"], ["NL 002.210.04"])
    assert column.replace(" ", "").isalnum()
    assert column == column.lower()
    assert finds(column, "öl")
    assert finds(column, "OL")
    assert finds(column, "ab")


def test_no_token_is_written_twice() -> None:
    tokens = words_of(["seal seal SEAL", "密封密封"], ["SEAL", "1111111"]).split(" ")
    assert len(tokens) == len(set(tokens))


def test_terms_are_few_and_short_whatever_is_pasted() -> None:
    terms = query_terms(" ".join(f"w{place}{'x' * 500}" for place in range(500)))
    assert len(terms) == 16
    assert max(map(len, terms)) == 64


def test_folding_ignores_case_accents_and_width() -> None:
    assert fold("ＡÖé℃ß") == "aoe°css"


@given(HAN, st.data())
def test_each_piece_of_a_chinese_name_is_found(name: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(name) - 1))
    end = data.draw(st.integers(start + 1, len(name)))
    assert finds(words_of([name]), name[start:end])


@given(st.text(string.ascii_letters + string.digits + " -./(),滤芯", max_size=30).filter(query_terms))
def test_each_name_is_found_by_itself(name: str) -> None:
    assert finds(words_of([name]), name)


def test_initials_hold_every_reading() -> None:
    assert initials("滤芯器") == {"lxq"}
    assert {"cls", "zls"} <= initials("长螺栓")
    assert initials("SEAL 45") == frozenset()
    assert "yyyg" in initials("液压油缸(CH-4)")


def test_initials_are_capped_and_keep_the_usual_reading() -> None:
    found = initials("行长重行长重行长重行长重")
    assert len(found) == 16
    assert all(len(letters) == 12 for letters in found)
