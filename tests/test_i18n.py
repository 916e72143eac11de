from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopterm import i18n
from shopterm.i18n import fill, from_environment, language, speaking, tr, trn, use
from shopterm.terminal import CONSOLE


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    use("en")
    yield
    use("en")


def test_the_language_can_change_at_run_time() -> None:
    assert tr(CONSOLE) == CONSOLE
    use("zh")
    assert language() == "zh"
    assert "英文" in tr(CONSOLE)
    use("en")
    assert tr(CONSOLE) == CONSOLE


def test_a_block_may_speak_another_language_than_the_screen() -> None:
    with speaking("zh"):
        assert language() == "zh"
        with speaking("en"):
            assert language() == "en"
        assert language() == "zh"
    assert language() == "en"


def test_the_choice_reaches_other_threads_the_block_does_not() -> None:
    use("zh")
    with speaking("en"), ThreadPoolExecutor() as pool:
        assert pool.submit(language).result() == "zh"


def test_an_unknown_language_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="fr"):
        use("fr")
    assert language() == "en"


def test_an_unknown_message_stays_and_the_empty_one_is_empty() -> None:
    use("zh")
    assert tr("no such message") == "no such message"
    assert tr("") == ""


def test_plural() -> None:
    assert trn("{n} line", "{n} lines", 1) == "1 line"
    assert trn("{n} line", "{n} lines", 5) == "5 lines"
    assert trn("{n} of {all}", "{n} of {all}", 2, all=7) == "2 of 7"


def test_parameters_are_inserted_once() -> None:
    assert fill("{a} {b}", {"a": "{b}", "b": "{a}"}) == "{b} {a}"
    assert fill("{a} {missing} {} {0!r:>5} {{a}}", {"a": 1}) == "1 {missing} {} {0!r:>5} {1}"


@given(st.text(), st.text(), st.text())
def test_filling_never_fails(message: str, name: str, value: str) -> None:
    assert fill(message, {}) == message
    fill(message, {name: value})
    assert fill("[{x}]", {"x": value}) == f"[{value}]"


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "C.UTF-8", "LC_MESSAGES": "zh_TW.UTF-8"}, "zh"),
        ({"LANG": "de_DE.UTF-8", "LC_ALL": ""}, "en"),
    ],
)
def test_language_of_the_locale(environ: dict[str, str], expected: str) -> None:
    assert from_environment(environ) == expected
    assert expected in i18n.LANGUAGES
