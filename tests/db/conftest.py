"""A house after the whole day of the repair centre, played through the use cases."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from shopterm.db.session import Shop
from shopterm.demo.build import build
from shopterm.demo.day import play_day
from tests import postgres, shopkit


def _play(url: str, folder: Path) -> None:
    """Play the whole day of the repair centre in an empty database."""
    player = build(url, folder, shopkit.settings_for(folder), kind="test")
    play_day(player)
    player.shop.close()


@pytest.fixture(scope="session")
def played_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Data directory of a day played in a SQLite file, to be copied."""
    folder = tmp_path_factory.mktemp("played")
    _play(f"sqlite:///{folder / 'shop.db'}", folder)
    return folder


@pytest.fixture(params=["sqlite", "postgres"])
def played(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Shop]:
    """A house after a day's work, of this test's own, on both databases."""
    if request.param == "sqlite":
        shutil.copytree(request.getfixturevalue("played_template"), tmp_path, dirs_exist_ok=True)
        shop = shopkit.reopen(f"sqlite:///{tmp_path / 'shop.db'}", tmp_path)
        yield shop
        shop.close()
        return
    server: postgres.Server = request.getfixturevalue("pg_server")
    folder = server.folder / "played-files"
    name = server.create(template=server.template("played", lambda url: _play(url, folder)))
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    shop = shopkit.reopen(server.url(name), tmp_path)
    yield shop
    shop.close()
    server.drop(name)
