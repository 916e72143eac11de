"""Drafts survive anything and are private."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from shopterm.drafts import MAX_BYTES, Draft, Drafts

OP = "0123456789abcdef0123456789abcdef"
OTHER = "f" * 32
GOOD: dict[str, object] = {"action": "x", "ref": "", "op_id": OP, "values": {}, "version": None, "saved_at": 1}


def draft(op_id: str = OP, saved_at: int = 1, **values: object) -> Draft:
    return Draft("report_parts", "SH1-WO-2611-0007/2", op_id, values, 3, saved_at)


@pytest.fixture
def drafts(tmp_path: Path) -> Drafts:
    return Drafts(tmp_path, 7)


def test_a_draft_comes_back_as_it_was_saved(drafts: Drafts) -> None:
    saved = draft(lines=[{"part": "20Y-70-14520", "quantity": "2"}], note="两行\n文字", marks={"cab": {"mark": "ok"}})
    drafts.save(saved)
    assert drafts.load(OP) == saved


def test_the_newest_comes_first_and_is_found_by_what_it_is_for(drafts: Drafts) -> None:
    drafts.save(draft(OP, 1, note="old"))
    drafts.save(draft(OTHER, 2, note="new"))
    assert [one.saved_at for one in drafts.all()] == [2, 1]
    found = drafts.find("report_parts", "SH1-WO-2611-0007/2")
    assert found and found.values == {"note": "new"}
    assert drafts.find("report_parts", "another") is None


def test_saving_again_replaces_and_discarding_forgets(drafts: Drafts) -> None:
    drafts.save(draft(note="a"))
    drafts.save(draft(note="b"))
    assert [one.values for one in drafts.all()] == [{"note": "b"}]
    drafts.discard(OP)
    drafts.discard(OP)
    assert drafts.all() == []


def test_nobody_else_may_look(drafts: Drafts, tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        drafts.save(draft())
    finally:
        os.umask(before)
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (drafts.folder.parent, drafts.folder)]
    assert modes == [0o700, 0o700]
    assert stat.S_IMODE((drafts.folder / f"{OP}.json").stat().st_mode) == 0o600
    assert Drafts(tmp_path, 8).all() == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b'{"action": 1}',
        json.dumps(GOOD | {"values": []}).encode(),
        json.dumps(GOOD | {"version": "1"}).encode(),
        json.dumps(GOOD | {"op_id": OTHER}).encode(),
        json.dumps(GOOD | {"saved_at": True}).encode(),
        b'{"a": "' + b"x" * MAX_BYTES + b'"}',
    ],
    ids=range(12),
)
def test_a_broken_file_is_passed_over(drafts: Drafts, content: bytes) -> None:
    drafts.save(draft(OTHER))
    (drafts.folder / f"{OP}.json").write_bytes(content)
    assert drafts.load(OP) is None
    assert [one.op_id for one in drafts.all()] == [OTHER]


def test_links_pipes_and_directories_are_passed_over(drafts: Drafts, tmp_path: Path) -> None:
    drafts.save(draft(OTHER))
    elsewhere = tmp_path / "elsewhere.json"
    (drafts.folder / f"{OTHER}.json").rename(elsewhere)
    (drafts.folder / f"{OTHER}.json").symlink_to(elsewhere)
    os.mkfifo(drafts.folder / f"{OP}.json")
    (drafts.folder / f"{'a' * 32}.json").mkdir()
    assert drafts.all() == []


def test_a_planted_link_is_never_written_through(drafts: Drafts, tmp_path: Path) -> None:
    drafts.save(draft(OTHER))
    target = tmp_path / "target"
    target.write_text("mine")
    (drafts.folder / f"{OP}.new").symlink_to(target)
    drafts.save(draft(OP))
    assert target.read_text() == "mine"
    assert drafts.load(OP) is not None


def test_what_a_terminal_would_obey_is_made_harmless(drafts: Drafts) -> None:
    drafts.save(draft(note="\x1b]0;title\x07", lines=[{"part": "a\u202eb"}]))
    loaded = drafts.load(OP)
    assert loaded and loaded.values == {"note": "\ufffd]0;title\ufffd", "lines": [{"part": "a\ufffdb"}]}


@pytest.mark.parametrize("op_id", ["", "../../etc/passwd", "A" * 32, "0" * 100])
def test_an_operation_id_never_becomes_a_path(drafts: Drafts, op_id: str) -> None:
    with pytest.raises(ValueError, match="operation id"):
        drafts.load(op_id)


def test_a_killed_program_leaves_a_whole_draft(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from shopterm.drafts import Draft, Drafts\n"
        "drafts = Drafts(Path(sys.argv[1]), 7); n = 0\n"
        "while True:\n"
        f"    n += 1; drafts.save(Draft('note', '', '{OP}', {{'note': str(n) * 1000}}, None, n))\n"
        "    print(n, flush=True)\n"
    )
    environ = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", program, str(tmp_path)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environ)
    assert child.stdout is not None
    for _line in range(20):
        child.stdout.readline()
    child.kill()
    child.communicate()
    found = Drafts(tmp_path, 7).load(OP)
    assert found and found.saved_at >= 20
    assert found.values == {"note": str(found.saved_at) * 1000}
