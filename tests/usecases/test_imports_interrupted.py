"""An import that is killed, and two at once: whole batches stay, and the same file imported again finishes it."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from shopterm.db import sql
from shopterm.db.backends import SqliteBackend
from shopterm.db.session import Shop
from shopterm.usecases.imports import BATCH_ROWS
from shopterm.usecases.verify import verify
from tests.shopkit import PIN
from tests.usecases.importing import PART, lines, one, searched, take_in

ROOT = Path(__file__).parent.parent.parent
BATCHES = 6
PATIENCE = 60


def begin(shop: Shop, path: Path, person: str = "X1", site: str = "C01") -> subprocess.Popen[str]:
    """Begin to import parts in a process of its own."""
    pin_file = shop.data_dir / "pin"
    pin_file.touch(mode=0o600)
    pin_file.write_text(PIN)
    url = f"sqlite:///{shop.backend.path}" if isinstance(shop.backend, SqliteBackend) else shop.backend.url
    return subprocess.Popen(
        [sys.executable, "-m", "shopterm", "--db", url, "--site", site, "--as", person, "--pin-file", str(pin_file),
         "import", "parts", str(path), "--json"],
        env=os.environ | {"PYTHONPATH": str(ROOT), "SHOPTERM_STORAGE__DATA_DIR": str(shop.data_dir)},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip


def parts(shop: Shop) -> int:
    with shop.reader():
        return int(sql.scalar("SELECT COUNT(*) FROM part WHERE number LIKE 'X-%'"))


def big_file(folder: Path) -> Path:
    path = folder / "big.csv"
    rows = (f"Komatsu,X-{number:05},Seal ring {number},密封圈,EA,1.00" for number in range(BATCHES * BATCH_ROWS))
    path.write_text(lines(PART, *rows), encoding="utf-8")
    return path


def test_a_killed_import_leaves_whole_batches_and_is_finished_later(shop: Shop, tmp_path: Path) -> None:
    path, deadline = big_file(tmp_path), time.monotonic() + PATIENCE
    running = begin(shop, path)
    while not parts(shop):
        assert running.poll() is None, running.communicate()[0]
        assert time.monotonic() < deadline
        time.sleep(0.01)
    os.kill(running.pid, signal.SIGKILL)
    running.communicate()
    time.sleep(0.3)  # a server may still finish what it was told before its client died

    there = parts(shop)
    assert 0 < there < BATCHES * BATCH_ROWS
    assert there % BATCH_ROWS == 0
    assert one(shop, "SELECT COUNT(*) FROM event WHERE action = 'import_parts'") == (there // BATCH_ROWS,)
    assert verify(shop) == []

    done = take_in(shop, "parts", path)
    assert (done.added, done.same) == (BATCHES * BATCH_ROWS - there, there)
    assert verify(shop) == []
    searched(shop)


@pytest.mark.parametrize("site", ["C01", "R02"])
def test_two_imports_of_one_file_at_once_store_it_once(shop: Shop, tmp_path: Path, site: str) -> None:
    path = big_file(tmp_path)
    take_in(shop, "people", lines("person_no,name_zh,roles,sites", "X2,陈夏六,administrator,C01|R02"))
    running = [begin(shop, path), begin(shop, path, "X2", site)]
    told = [process.communicate(timeout=PATIENCE)[0] for process in running]
    assert [process.returncode for process in running] == [0, 0], told
    stored = [json.loads(one_told)["stored"] for one_told in told]
    assert sum(one_stored["added"] for one_stored in stored) == parts(shop) == BATCHES * BATCH_ROWS
    assert verify(shop) == []
    searched(shop)
