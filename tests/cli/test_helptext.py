"""Help pages stay within the terminal in both languages."""

import re

import pytest

from shopterm.cli.click_words import PLACES
from shopterm.cli.helptext import Formatter, wrap
from shopterm.cli.root import COMMANDS
from shopterm.domain.text import width
from tests.cli.conftest import Shopterm

CHINESE = "在数据库之外保存一份口令密钥，否则恢复之后谁的口令都不能用。备份里没有照片，请另行复制。"


def test_latin_text_wraps_at_blanks() -> None:
    assert list(wrap("one two three four", 9)) == ["one two", "three", "four"]


def test_chinese_wraps_anywhere_but_before_punctuation() -> None:
    lines = list(wrap(CHINESE, 20))
    assert "".join(lines) == CHINESE
    assert all(width(line) <= 20 for line in lines)
    assert not any(line[0] in "，。" for line in lines)


def test_a_word_longer_than_the_line_is_not_cut() -> None:
    assert list(wrap("see postgresql://user@host/name please", 10)) == ["see", "postgresql://user@host/name", "please"]


@pytest.mark.parametrize("cells", [40, 78])
def test_a_list_of_terms_aligns_by_cells(cells: int) -> None:
    formatter = Formatter(width=cells)
    formatter.write_dl([("车辆", CHINESE), ("a-very-long-term-that-takes-more-than-thirty-cells", "short"), ("b", "")])
    lines = formatter.getvalue().splitlines()
    assert all(width(line) <= cells or "very-long" in line for line in lines)
    assert {width(line[: line.index(line.lstrip("车辆 ")[0])]) for line in lines[:2]} == {min(30, cells // 2) + 2}
    assert lines[-1] == "b"


@pytest.mark.parametrize(
    "page", [*COMMANDS, "person set-pin", "import held", "import parts", "order list", "part find"]
)
def test_what_is_to_be_typed_is_named_in_the_spoken_language(page: str, shopterm: Shopterm) -> None:
    told = shopterm("--lang", "zh", *page.split(), "--help")
    assert told.out.startswith(f"用法：shopterm {page} [选项]")
    assert not set(re.findall(r"\b[A-Z]{3,}\b", told.out)) & set(PLACES)


def test_a_missing_argument_is_named_as_the_usage_names_it(shopterm: Shopterm) -> None:
    told = shopterm("--lang", "zh", "order", "show")
    assert (told.status, "order show [选项] 编号" in told.err, "'编号'" in told.err) == (2, True, True)


def test_paragraphs_stay_apart() -> None:
    formatter = Formatter(width=40)
    formatter.write_text("one\ntwo\n\nthree")
    assert formatter.getvalue() == "one two\n\nthree\n"
