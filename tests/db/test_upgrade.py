"""A new program in an old one's house: a backup first, then the migrations, and nobody writes with the wrong one."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from shopterm.db import sql
from shopterm.db.backup import restore
from shopterm.db.session import SCHEMA, Shop, open_shop
from shopterm.db.setup import MIGRATIONS
from shopterm.db.upgrade import upgrade
from shopterm.domain.errors import Unavailable
from shopterm.settings import Settings, load
from shopterm.usecases.verify import verify
from tests import shopkit
from tests.concurrency.crew import ROOT, url_of
from tests.postgres import tools

NEWEST = sorted(path.stem for path in MIGRATIONS.glob("0*.py"))[-1]
UNDO = {"0002_delegation": "DROP TABLE delegation"}
"""What makes the house of the program before a migration out of the house after it."""


@pytest.fixture(autouse=True)
def path(monkeypatch: pytest.MonkeyPatch) -> None:
    """Find the client programs that came with the test server."""
    monkeypatch.setenv("PATH", f"{tools()}{os.pathsep}{os.environ['PATH']}")


def receive(shop: Shop) -> str:
    told: dict[str, Any] = {"customer": "K00001", "serial": "KMT0021001", "complaints": [{"text": "大臂无力"}]}
    return shopkit.do(shop, "A1", "open_order", "new", **told).number


@pytest.fixture
def old(shop: Shop) -> str:
    """Address of a house as the program before this one left it, with a machine in it."""
    receive(shop)
    url = url_of(shop)
    with shop.reader() as db:
        db.execute_sql(UNDO[NEWEST])
        sql.change("DELETE FROM schema_migration WHERE name = ?", NEWEST)
        sql.change("UPDATE mark SET value = ? WHERE key = 'schema'", str(SCHEMA - 1))
    shop.close()
    return url


def settings(shop: Shop, url: str) -> Settings:
    return load({}, {"storage.data_dir": str(shop.data_dir), "database.url": url})


def events(url: str, shop: Shop) -> int:
    opened = open_shop(url, data_dir=shop.data_dir, settings=settings(shop, url))
    assert verify(opened) == []
    with opened.reader():
        count = int(sql.scalar("SELECT COUNT(*) FROM event"))
    opened.close()
    return count


def test_an_upgrade_saves_first_and_loses_nothing(shop: Shop, old: str) -> None:
    with pytest.raises(Unavailable, match="shopterm migrate"):
        shopkit.reopen(old, shop.data_dir)
    done = upgrade(old, data_dir=shop.data_dir, settings=settings(shop, old))
    assert done.applied == (NEWEST,) and done.saved is not None
    assert done.saved.manifest.schema == SCHEMA - 1
    assert events(old, shop) == sum(anchor.count for anchor in done.saved.manifest.anchors)
    again = upgrade(old, data_dir=shop.data_dir, settings=settings(shop, old))
    assert (again.saved, again.applied) == (None, ())


def test_an_old_backup_is_restored_and_upgraded(shop: Shop, old: str, pg_database: str, tmp_path: Path) -> None:
    saved = upgrade(old, data_dir=shop.data_dir, settings=settings(shop, old)).saved
    assert saved is not None
    new = pg_database if shop.backend.name == "postgres" else f"sqlite:///{tmp_path}/new/shop.db"
    restore(saved.path, new, shop.data_dir)
    with pytest.raises(Unavailable, match="shopterm migrate"):
        shopkit.reopen(new, shop.data_dir)
    assert upgrade(new, data_dir=shop.data_dir, settings=settings(shop, new)).applied == (NEWEST,)
    assert events(new, shop) == events(old, shop)


def test_without_a_backup_there_is_no_upgrade(shop: Shop, old: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Unavailable):
        upgrade(old, data_dir=shop.data_dir, settings=settings(shop, old), target=tmp_path / "file" / "one")
    with pytest.raises(Unavailable, match="shopterm migrate"):
        shopkit.reopen(old, shop.data_dir)


def test_who_is_at_work_while_others_upgrade_writes_nothing_more(shop: Shop) -> None:
    order = receive(shop)
    with shop.reader():
        sql.change("UPDATE mark SET value = ? WHERE key = 'schema'", str(SCHEMA + 1))
        before = sql.scalar("SELECT COUNT(*) FROM event")
    with pytest.raises(Unavailable, match="newer program"):
        shopkit.do(shop, "A1", "ask_question", order, question="几时好")
    with shop.reader():
        assert sql.scalar("SELECT COUNT(*) FROM event") == before
        assert sql.scalar("SELECT COUNT(*) FROM question") == 0
    with pytest.raises(Unavailable, match="newer program"):
        upgrade(url_of(shop), data_dir=shop.data_dir, settings=settings(shop, url_of(shop)))


def test_two_may_upgrade_at_the_same_moment(shop: Shop, old: str) -> None:
    environ = os.environ | {
        "PYTHONPATH": str(ROOT), "SHOPTERM_DB": old, "SHOPTERM_STORAGE__DATA_DIR": str(shop.data_dir)
    }  # fmt: skip
    both = [
        subprocess.Popen(
            [sys.executable, "-m", "shopterm", "--json", "migrate", "--backup", f"{shop.data_dir}/{number}.backup"],
            cwd=ROOT, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for number in range(2)
    ]  # fmt: skip
    told = [one.communicate(timeout=60) for one in both]
    assert [one.returncode for one in both] == [0, 0], told
    assert sorted(json.loads(out)["applied"] for out, _err in told)[-1] == [NEWEST]
    assert events(old, shop) > 0
