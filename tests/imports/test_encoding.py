"""Which encodings are recognised, and what is said where none is."""

from io import BytesIO

import pytest

from shopterm.imports import Verdict
from shopterm.imports.encoding import CHUNK, BadLine, detect
from tests.imports.conftest import Checking
from tests.imports.findings import told

ROW = "maker,part_no,list_price\n小松,708-2L,1.00\n"


@pytest.mark.parametrize(
    ("encoding", "name"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("gb18030", "gb18030"), ("gbk", "gb18030"), ("utf-16", "utf-16")],
)
def test_encodings_are_recognised(checked: Checking, encoding: str, name: str) -> None:
    check = checked("prices", ROW.encode(encoding))
    assert check.encoding == name
    assert [row.values["maker"] for row in check.rows()] == ["小松"]


def test_the_person_may_name_it(checked: Checking) -> None:
    check = checked("prices", ROW.encode("big5"), encoding="big5")
    assert [row.values["maker"] for row in check.rows()] == ["小松"]
    check = checked("prices", ROW.encode("utf-8-sig"), encoding="UTF-8")
    assert check.verdict is Verdict.ACCEPT


@pytest.mark.parametrize("name", ["klingon", "base64", "rot13", ""])
def test_what_is_no_encoding_is_named(checked: Checking, name: str) -> None:
    check = checked("prices", ROW.encode("gb18030"), encoding=name or "ascii ")
    assert [issue.reason.value for issue in check.file_issues] == ["encoding"]
    assert check.file_issues[0].arguments["encoding"]


def test_the_line_that_does_not_fit_the_named_encoding_is_told(checked: Checking) -> None:
    check = checked("prices", ROW.encode("gb18030"), encoding="utf-8")
    assert told(check) == [(2, "reject", "encoding", "")]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty_file"),
        (b"\xef\xbb\xbf\r\n\r\n", "empty_file"),
        (b",,,\n,,,\n", "empty_file"),
        (b"PK\x03\x04 a workbook", "workbook"),
        (ROW.encode("utf-16-le"), "encoding"),
        (ROW.encode("utf-16-be"), "encoding"),
        (b"\xff\xfea", "encoding"),
    ],
)
def test_what_is_no_text_file_is_refused(checked: Checking, content: bytes, reason: str) -> None:
    check = checked("prices", content)
    assert check.verdict is Verdict.REJECT
    assert [issue.reason.value for issue in check.file_issues] == [reason]


def test_utf8_inside_gb18030_is_no_gb18030(checked: Checking) -> None:
    """Both lines can be read as GB18030, the second as nonsense: the file is not guessed, but asked about."""
    content = ROW.encode("gb18030") + "丰田,708-2M,1.00\n".encode()
    assert content.decode("gb18030")
    check = checked("prices", content)
    assert told(check) == [(2, "reject", "mixed_encoding", "maker")]
    assert checked("prices", content, encoding="gb18030").verdict is Verdict.ACCEPT


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_the_bad_line_is_found_behind_a_million_bytes(end: bytes) -> None:
    line = "密封圈".encode() + b"x" * 90 + end
    count = CHUNK // len(line) + 7
    content = line * count + b"\xff\xff bad" + end + line
    with pytest.raises(BadLine) as caught:
        detect(BytesIO(content), None, lambda _done: None)
    assert (caught.value.line, caught.value.text) == (count + 1, b"\xff\xff bad")


def test_a_character_cut_by_the_end_of_the_file() -> None:
    with pytest.raises(BadLine) as caught:
        detect(BytesIO("a\n密封".encode()[:-1]), None, lambda _done: None)
    assert caught.value.line == 2
