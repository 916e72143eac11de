"""Whatever the file holds, it is judged: no error, no control character in what is stored or said."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shopterm.domain.text import has_control, is_clean
from shopterm.imports import KINDS, Check, State, Verdict, check_file
from tests.imports.findings import HOUSE

SETTINGS = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
CELLS = st.sampled_from(
    [
        "",
        " ",
        "0",
        "-1",
        "12,50",
        "1e3",
        "件",
        "EA",
        "Y",
        "=1+1",
        '"',
        '"a',
        'b"',
        "a\nb",
        "\r",
        "\x00",
        "\x1b[2J",
        "\u202e",
    ]
) | st.text(st.characters(exclude_categories=["Cs"]), max_size=6)


def judged(path: Path, content: bytes, kind: str) -> None:
    path.write_bytes(content)
    with check_file(path, kind, HOUSE) as check:
        assert check.verdict in Verdict
        assert_harmless(check)


def assert_harmless(check: Check) -> None:
    for issue in check.issues():
        assert not any(has_control(text) for text in issue.arguments.values())
    for row in check.rows():
        if row.state is State.GOOD:
            texts = [value for value in row.values.values() if isinstance(value, str)]
            assert all(is_clean(text, multiline=True) for text in texts)
            required = {column.name for column in check.kind.columns if column.required} - {"list_price"}
            assert all(row.values[name] is not None for name in required)


@SETTINGS
@given(content=st.binary(max_size=300))
def test_any_bytes(tmp_path: Path, content: bytes) -> None:
    judged(tmp_path / "any.csv", content, "parts")


@pytest.mark.parametrize("kind", sorted(KINDS))
@SETTINGS
@given(data=st.data())
def test_any_cells_under_our_header(tmp_path: Path, kind: str, data: st.DataObject) -> None:
    names = [column.name for column in KINDS[kind].columns]
    row = st.lists(CELLS, min_size=1, max_size=len(names) + 1)
    rows = data.draw(st.lists(row, max_size=6))
    ends = data.draw(st.sampled_from(["\n", "\r\n", "\r"]))
    encoding = data.draw(st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]))
    text = ends.join(",".join(cells) for cells in [names, *rows])
    judged(tmp_path / "any.csv", text.encode(encoding), kind)
