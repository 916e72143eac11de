"""Whole files: progress, pipes, what cannot be opened, memory."""

import os
import threading
import tracemalloc
from pathlib import Path

import pytest

from shopterm.imports import KINDS, State, Verdict, check_file
from tests.imports.findings import HOUSE

HEADER = "maker,part_no,list_price\n"


def prices(path: Path, count: int) -> Path:
    rows = (f"Komatsu,{number:07}-A,{number % 900 + 1}.50\n" for number in range(count))
    path.write_text(HEADER + "".join(rows), encoding="utf-8")
    return path


def test_progress_only_grows_and_ends_at_the_whole(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    path = prices(tmp_path / "prices.csv", 3000)
    with check_file(path, "prices", HOUSE, progress=lambda done, total: seen.append((done, total))) as check:
        assert check.states[State.GOOD] == 3000
    assert seen == sorted(seen)
    assert seen[-1] == (2 * path.stat().st_size, 2 * path.stat().st_size)


def test_progress_may_stop_it(tmp_path: Path) -> None:
    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        check_file(prices(tmp_path / "prices.csv", 10), "prices", HOUSE, progress=stop)


def test_a_pipe_is_a_file(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    content = (HEADER + "小松,708-2L,1.00\n").encode("gb18030")
    writer = threading.Thread(target=pipe.write_bytes, args=(content,))
    writer.start()
    with check_file(pipe, "prices", HOUSE) as check:
        assert [row.values["maker"] for row in check.rows()] == ["小松"]
    writer.join()


def test_what_cannot_be_opened_is_said(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "missing.csv"):
        with check_file(path, "prices", HOUSE) as check:
            assert check.verdict is Verdict.REJECT
            assert [issue.reason.value for issue in check.file_issues] == ["unreadable"]
            assert check.file_issues[0].arguments["error"]


def test_rows_come_in_order_and_again(tmp_path: Path) -> None:
    with check_file(prices(tmp_path / "prices.csv", 1201), "prices", HOUSE) as check:
        lines = [row.line for row in check.rows()]
        assert lines == list(range(2, 1203))
        assert [row.line for row in check.rows()] == lines


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    """Python objects at most; rows themselves wait on disk."""
    path = prices(tmp_path / "prices.csv", 20_000)
    tracemalloc.start()
    with check_file(path, "prices", HOUSE) as check:
        assert check.states[State.GOOD] == 20_000
        _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 14 << 20


def test_every_kind_names_its_columns_once() -> None:
    for name, kind in KINDS.items():
        names = [column.name for column in kind.columns]
        assert kind.name == name
        assert len(names) == len(set(names))
        fields = {kind.key_field, *kind.key, *(kind.part or ()), *(kind.chain or ())}
        fields.update(field for unique in kind.unique for field in unique)
        fields.update(field for near in kind.near for field in (*near.fields, near.field))
        fields.update(field for reference in kind.references for field in (*reference.fields, reference.field))
        assert fields <= set(names)
