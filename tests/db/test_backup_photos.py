"""Photos belong to a backup: they lie beside it, once for all backups there, and come back with it."""

import os
import stat
from pathlib import Path

import pytest

from shopterm.db import sql
from shopterm.db.backup import Saved, backup, restore
from shopterm.db.backup_files import beside, stored
from shopterm.db.session import Shop, open_shop
from shopterm.settings import load
from shopterm.usecases.verify import verify
from tests.concurrency.crew import url_of
from tests.postgres import tools


@pytest.fixture(autouse=True)
def path(monkeypatch: pytest.MonkeyPatch) -> None:
    """Find the client programs that came with the test server."""
    monkeypatch.setenv("PATH", f"{tools()}{os.pathsep}{os.environ['PATH']}")


def opened(url: str, data_dir: Path) -> Shop:
    settings = load({}, {"storage.data_dir": str(data_dir), "database.url": url})
    return open_shop(url, data_dir=data_dir, settings=settings)


@pytest.fixture
def house(played: Shop) -> Shop:
    """A house after a day's work, with photos."""
    return opened(url_of(played), played.data_dir)


@pytest.fixture
def elsewhere(played: Shop, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """The address of a database in which nothing is."""
    if played.backend.name == "postgres":
        return str(request.getfixturevalue("pg_database"))
    return f"sqlite:///{tmp_path}/elsewhere/shop.db"


def photos(shop: Shop) -> list[str]:
    with shop.reader():
        return [sha256 for (sha256,) in sql.rows("SELECT DISTINCT sha256 FROM attachment ORDER BY sha256")]


def place(folder: Path, sha256: str) -> Path:
    return folder / sha256[:2] / sha256


def moved(saved: Saved, url: str, data_dir: Path, pepper: bytes) -> Saved:
    """Restore on another machine, to which the kept copy of the PIN secret was brought."""
    data_dir.mkdir(parents=True, mode=0o700)
    (data_dir / "pepper").write_bytes(pepper)
    return restore(saved.path, url, data_dir)


def test_photos_come_back_on_another_machine(house: Shop, elsewhere: str, tmp_path: Path) -> None:
    names, pepper = photos(house), (house.data_dir / "pepper").read_bytes()
    saved = backup(house, tmp_path / "safe" / "one")
    assert names and (saved.manifest.photos, saved.lost) == (len(names), 0)
    house.close()
    restored = moved(saved, elsewhere, tmp_path / "elsewhere", pepper)
    assert (restored.lost, restored.pepper_fits) == (0, True)
    new = opened(elsewhere, tmp_path / "elsewhere")
    assert verify(new) == []
    for name in names:
        kept = place(stored(tmp_path / "elsewhere"), name)
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600 and stat.S_IMODE(kept.parent.stat().st_mode) == 0o700
    new.close()


def test_the_next_backup_copies_only_what_is_new(house: Shop, tmp_path: Path) -> None:
    first = backup(house, tmp_path / "safe" / "one")
    before = {path: path.stat().st_ino for path in beside(first.path).rglob("*")}
    second = backup(house, tmp_path / "safe" / "two")
    assert second.manifest.photos == first.manifest.photos
    assert {path: path.stat().st_ino for path in beside(second.path).rglob("*")} == before


def test_a_photo_that_is_lost_or_damaged_is_told_and_not_kept(house: Shop, elsewhere: str, tmp_path: Path) -> None:
    name, pepper = photos(house)[0], (house.data_dir / "pepper").read_bytes()
    place(stored(house.data_dir), name).write_bytes(b"something else")
    saved = backup(house, tmp_path / "safe" / "one")
    assert saved.lost == 1 and not place(beside(saved.path), name).exists()
    house.close()
    assert moved(saved, elsewhere, tmp_path / "elsewhere", pepper).lost == 1
    new = opened(elsewhere, tmp_path / "elsewhere")
    assert {found.params["kind"] for found in verify(new)} == {"attachment"}
    new.close()
