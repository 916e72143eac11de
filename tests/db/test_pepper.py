"""The PIN secret of a database is known by its fingerprint: with another one nobody is told that the PIN was wrong."""

import secrets
from pathlib import Path

import pytest

from shopterm.db import sql
from shopterm.db.pepper import fingerprint
from shopterm.db.session import Shop
from shopterm.db.setup import create_database
from shopterm.domain.errors import Unavailable
from shopterm.usecases.sign_in import sign_in
from tests import shopkit
from tests.concurrency.crew import url_of


def exchange(shop: Shop) -> Shop:
    """Put another secret in its place, and open the house again."""
    (shop.data_dir / "pepper").write_text(secrets.token_hex(32))
    shop.close()
    return shopkit.reopen(url_of(shop), shop.data_dir)


def test_a_house_knows_its_secret_by_the_fingerprint(shop: Shop) -> None:
    with shop.reader():
        assert sql.scalar("SELECT value FROM mark WHERE key = 'pepper'") == fingerprint(shop.data_dir)
    secret = (shop.data_dir / "pepper").read_text().strip()
    assert len(fingerprint(shop.data_dir)) == 16 and fingerprint(shop.data_dir) not in secret


def test_another_secret_is_told_and_not_taken_for_a_wrong_pin(shop: Shop) -> None:
    changed = exchange(shop)
    for _time in range(changed.settings.pin.attempts + 1):  # and nobody is locked out by it
        with pytest.raises(Unavailable, match="not the PIN secret of this database"):
            sign_in(changed, "A1", shopkit.PIN, "test")
    with changed.reader():
        assert sql.scalar("SELECT COUNT(*) FROM attempts") == 0
    changed.close()


def test_a_house_of_an_earlier_program_knows_no_fingerprint(shop: Shop) -> None:
    with shop.reader():
        sql.change("DELETE FROM mark WHERE key = 'pepper'")
    shop.close()
    again = shopkit.reopen(url_of(shop), shop.data_dir)
    assert sign_in(again, "A1", shopkit.PIN, "test").number == "A1"
    again.close()


def test_a_second_host_makes_no_secret_of_its_own(shop: Shop, tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="not empty"):
        create_database(url_of(shop), tmp_path / "second", shopkit.settings_for(tmp_path / "second"))
    assert not (tmp_path / "second" / "pepper").exists()
