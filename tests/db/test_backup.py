"""Backups of real files and servers: whole, private, checked, never over anything."""

import json
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest

from shopterm.db.anchors import broken_anchors
from shopterm.db.backup import Anchor, backup, manifest_of, newest_backup, read_manifest, restore
from shopterm.db.private_files import sha256_of
from shopterm.db.session import Shop, open_shop
from shopterm.domain.errors import CheckFailed, Invalid, NotFound, Unavailable
from shopterm.settings import load
from tests import shopkit
from tests.postgres import Server, tools


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/data/shopterm.db"


@pytest.fixture
def shop(tmp_path: Path, url: str) -> Iterator[Shop]:
    built = shopkit.build(url, tmp_path / "data")
    built.close()
    settings = load({}, {"storage.data_dir": str(tmp_path / "data"), "database.url": url})
    opened = open_shop(url, data_dir=tmp_path / "data", settings=settings)
    yield opened
    opened.close()


def receive(shop: Shop) -> str:
    return shopkit.do(
        shop, "A1", "open_order", serial="KMT0021001", customer="K00001", complaints=[{"text": "boom drifts"}]
    ).number


def orders(url: str, data_dir: Path) -> list[str]:
    from shopterm.db import sql

    opened = shopkit.reopen(url, data_dir)
    with opened.reader():
        found = [number for (number,) in sql.rows("SELECT number FROM work_order ORDER BY number")]
    opened.close()
    return found


def test_a_backup_brings_everything_back(shop: Shop, tmp_path: Path) -> None:
    number = receive(shop)
    saved = backup(shop, tmp_path / "safe" / "one.db")
    receive(shop)
    target = tmp_path / "new" / "shopterm.db"
    restored = restore(saved.path, f"sqlite:///{target}", shop.data_dir)
    assert restored.pepper_fits
    assert orders(f"sqlite:///{target}", shop.data_dir) == [number]


def test_a_backup_is_private_and_in_one_piece(shop: Shop, tmp_path: Path) -> None:
    saved = backup(shop, tmp_path / "safe" / "one.db")
    names = sorted(path.name for path in saved.path.parent.iterdir())
    assert names == ["one.db", "one.db.manifest.json"]
    assert stat.S_IMODE(saved.path.parent.stat().st_mode) == 0o700
    for path in saved.path.parent.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_folder_gives_the_backup_a_name_of_its_own(shop: Shop, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    saved = backup(shop, tmp_path / "stick")
    assert saved.path.parent == tmp_path / "stick"
    assert saved.path.name.startswith("shopterm-C01-")


def test_the_manifest_anchors_every_chain(shop: Shop) -> None:
    receive(shop)
    saved = backup(shop)
    manifest = read_manifest(manifest_of(saved.path))
    anchors = {anchor.site: anchor for anchor in manifest.anchors}
    assert set(anchors) == {"*", "C01"}
    assert anchors["C01"].count >= 2
    assert (manifest.engine, manifest.kind, manifest.size) == ("sqlite", "test", saved.path.stat().st_size)
    secret = (shop.data_dir / "pepper").read_text().strip()
    assert secret not in manifest_of(saved.path).read_text()


def test_pages_not_yet_in_the_main_file_are_in_the_backup(shop: Shop, tmp_path: Path) -> None:
    number = receive(shop)
    wal = Path(f"{tmp_path}/data/shopterm.db-wal")
    assert wal.stat().st_size > 0, "the last change must still wait in the log for this test to mean anything"
    saved = backup(shop)
    restore(saved.path, f"sqlite:///{tmp_path}/new.db", shop.data_dir)
    assert orders(f"sqlite:///{tmp_path}/new.db", shop.data_dir) == [number]


def test_others_write_on_while_a_backup_is_made(shop: Shop, url: str, tmp_path: Path) -> None:
    receive(shop)
    saved = backup(shop)
    assert receive(shop)
    assert len(orders(url, shop.data_dir)) == 2
    assert not list(saved.path.parent.glob(".*"))


def test_a_backup_never_overwrites(shop: Shop, tmp_path: Path) -> None:
    for taken in (tmp_path / "one.db", tmp_path / "two.db.manifest.json"):
        taken.write_text("mine")
        with pytest.raises(Invalid, match="exists already"):
            backup(shop, tmp_path / taken.name.removesuffix(".manifest.json"))
        assert taken.read_text() == "mine"


@pytest.mark.parametrize("companion", ["", "-wal", "-shm", "-journal"])
def test_a_restore_never_overwrites(shop: Shop, tmp_path: Path, companion: str) -> None:
    saved = backup(shop)
    taken = Path(f"{tmp_path}/new.db{companion}")
    taken.write_bytes(b"mine")
    with pytest.raises(Invalid, match="exists already"):
        restore(saved.path, f"sqlite:///{tmp_path}/new.db", shop.data_dir)
    assert taken.read_bytes() == b"mine"


def test_a_changed_byte_is_noticed(shop: Shop, tmp_path: Path) -> None:
    saved = backup(shop)
    data = bytearray(saved.path.read_bytes())
    data[len(data) // 2] ^= 1
    saved.path.write_bytes(data)
    with pytest.raises(CheckFailed, match="SHA-256"):
        restore(saved.path, f"sqlite:///{tmp_path}/new.db", shop.data_dir)
    assert not (tmp_path / "new.db").exists()


def forge(saved_path: Path, **changes: object) -> None:
    """Rewrite the manifest as somebody would who hides something."""
    manifest = json.loads(manifest_of(saved_path).read_text())
    manifest_of(saved_path).write_text(json.dumps(manifest | changes))


def test_a_backup_that_lost_events_is_not_restored(shop: Shop, tmp_path: Path) -> None:
    receive(shop)
    saved = backup(shop)
    manifest = read_manifest(manifest_of(saved.path))
    more = [{"site": one.site, "count": one.count + 1, "head": one.head} for one in manifest.anchors]
    forge(saved.path, anchors=more)
    with pytest.raises(CheckFailed, match="does not hold"):
        restore(saved.path, f"sqlite:///{tmp_path}/new.db", shop.data_dir)
    assert not [path for path in tmp_path.iterdir() if path.name.startswith((".", "new"))]


def test_a_newer_backup_is_refused(shop: Shop, tmp_path: Path) -> None:
    saved = backup(shop)
    forge(saved.path, schema=99)
    with pytest.raises(Unavailable, match="newer program"):
        restore(saved.path, f"sqlite:///{tmp_path}/new.db", shop.data_dir)


def test_a_foreign_database_is_no_backup(shop: Shop, tmp_path: Path) -> None:
    saved = backup(shop)
    with_other = apsw.Connection(str(saved.path))
    with_other.execute("PRAGMA application_id = 7")
    with_other.close()
    forge(saved.path, sha256=sha256_of(saved.path))
    with pytest.raises(CheckFailed):
        restore(saved.path, f"sqlite:///{tmp_path}/new.db", shop.data_dir)


def test_without_its_manifest_a_backup_is_refused(shop: Shop, tmp_path: Path) -> None:
    saved = backup(shop)
    manifest_of(saved.path).unlink()
    with pytest.raises(Invalid, match="manifest"):
        restore(saved.path, f"sqlite:///{tmp_path}/new.db", shop.data_dir)


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"engine": 7}', "\x00"])
def test_a_broken_manifest_is_refused(shop: Shop, tmp_path: Path, text: str) -> None:
    saved = backup(shop)
    manifest_of(saved.path).write_text(text)
    with pytest.raises(Invalid):
        restore(saved.path, f"sqlite:///{tmp_path}/new.db", shop.data_dir)


def test_the_manifest_may_be_named_instead_of_the_file(shop: Shop, tmp_path: Path) -> None:
    saved = backup(shop)
    assert restore(manifest_of(saved.path), f"sqlite:///{tmp_path}/new.db", shop.data_dir).path == saved.path


def test_a_missing_file_is_not_found(shop: Shop, tmp_path: Path) -> None:
    saved = backup(shop)
    saved.path.unlink()
    with pytest.raises(NotFound):
        restore(saved.path, f"sqlite:///{tmp_path}/new.db", shop.data_dir)


def test_another_pin_secret_is_noticed(shop: Shop, tmp_path: Path) -> None:
    saved = backup(shop)
    (tmp_path / "elsewhere").mkdir()
    assert not restore(saved.path, f"sqlite:///{tmp_path}/new.db", tmp_path / "elsewhere").pepper_fits


def test_a_backup_made_elsewhere_is_remembered_with_its_age(shop: Shop, tmp_path: Path) -> None:
    assert newest_backup(shop.data_dir) is None
    saved = backup(shop, tmp_path / "stick" / "one.db")
    assert newest_backup(shop.data_dir) == saved.manifest.made_at
    (shop.data_dir / "backups" / "other.manifest.json").write_text("no manifest")
    assert newest_backup(shop.data_dir) == saved.manifest.made_at


def test_a_folder_that_cannot_be_written_is_told(shop: Shop, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Unavailable, match="file"):
        backup(shop, tmp_path / "file" / "one.db")


def test_a_disk_that_is_full_leaves_nothing_behind(shop: Shop, tmp_path: Path) -> None:
    program = (
        "import resource, sys; from pathlib import Path; from tests import shopkit\n"
        "from shopterm.db.backup import backup; from shopterm.domain.errors import Unavailable\n"
        "from shopterm.db.session import open_shop; from shopterm.settings import load\n"
        "settings = load({}, {'storage.data_dir': sys.argv[1], 'database.url': sys.argv[2]})\n"
        "shop = open_shop(sys.argv[2], data_dir=Path(sys.argv[1]), settings=settings)\n"
        "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))\n"
        "try: backup(shop, Path(sys.argv[3]))\n"
        "except Unavailable as error: print(error); sys.exit(7)\n"
    )
    target = tmp_path / "small" / "one.db"
    done = subprocess.run(
        [sys.executable, "-c", program, str(shop.data_dir), f"sqlite:///{shop.data_dir}/shopterm.db", str(target)],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 7, done.stderr
    assert not list(target.parent.iterdir())


def test_anchors_see_a_cut_tail_and_a_rewritten_event(shop: Shop) -> None:
    from shopterm.db import sql

    receive(shop)
    anchors = backup(shop).manifest.anchors
    receive(shop)
    assert broken_anchors(shop, anchors) == []
    (anchor,) = [one for one in anchors if one.site == "C01"]
    rewritten = Anchor(anchor.site, anchor.count, "0" * 64)
    beyond = Anchor(anchor.site, anchor.count + 50, anchor.head)
    gone = Anchor("Z99", 3, anchor.head)
    for changed, word in ((rewritten, "is not the one"), (beyond, "ends at event"), (gone, "not in the database")):
        ((sentence, params),) = broken_anchors(shop, [changed])
        assert word in sentence
        assert params["site"] == changed.site
    with shop.reader():
        assert sql.scalar("SELECT COUNT(*) FROM event WHERE site = 1") > anchor.count


class TestPostgres:
    @pytest.fixture(autouse=True)
    def path(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Put the client programs that came with the test server before those of the host, which may be older."""
        monkeypatch.setenv("PATH", f"{tools()}{os.pathsep}{os.environ['PATH']}")

    @pytest.fixture
    def shop(self, tmp_path: Path, pg_database: str) -> Iterator[Shop]:
        shopkit.build(pg_database, tmp_path / "data").close()
        settings = load({}, {"storage.data_dir": str(tmp_path / "data"), "database.url": pg_database})
        opened = open_shop(pg_database, data_dir=tmp_path / "data", settings=settings)
        yield opened
        opened.close()

    def test_a_dump_brings_everything_back(self, shop: Shop, pg_server: Server) -> None:
        number = receive(shop)
        saved = backup(shop)
        receive(shop)
        shop.close()
        name = pg_server.create()
        restored = restore(saved.path, pg_server.url(name), shop.data_dir)
        assert restored.manifest.engine == "postgres"
        assert orders(pg_server.url(name), shop.data_dir) == [number]
        with pytest.raises(Unavailable, match="not empty"):
            restore(saved.path, pg_server.url(name), shop.data_dir)
        pg_server.drop(name)

    def test_a_dump_is_no_sqlite_file(self, shop: Shop, tmp_path: Path) -> None:
        saved = backup(shop)
        with pytest.raises(Invalid, match="cannot be restored"):
            restore(saved.path, f"sqlite:///{tmp_path}/new.db", shop.data_dir)

    def test_a_missing_tool_is_named(self, shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATH", "/nowhere")
        with pytest.raises(Unavailable, match="pg_dump"):
            backup(shop)
        assert not list((shop.data_dir / "backups").iterdir())
