"""What the command line says of photos and of the PIN secret, before and after a disaster."""

import secrets
from pathlib import Path

from shopterm.db.attachments import store
from tests import shopkit
from tests.cli.conftest import Shopterm
from tests.rules.story import photo


def with_photo(workshop: Path) -> str:
    """Put a photo on file, as a joint inspection does; returns its hash."""
    shop = shopkit.reopen(f"sqlite:///{workshop}/shopterm.db", workshop)
    order = shopkit.do(shop, "A1", "open_order", "new", customer="K00001", serial="KMT0021001",
                       complaints=[{"text": "大臂无力"}]).number  # fmt: skip
    name = photo(shop)
    shopkit.do(shop, "A1", "add_photos", order, photos=[name])
    shop.close()
    return store(shop, name).sha256


def test_a_backup_says_where_its_photos_are(shopterm: Shopterm, workshop: Path, tmp_path: Path) -> None:
    sha256 = with_photo(workshop)
    told = shopterm("backup", str(tmp_path / "safe" / "one.db"))
    assert told.status == 0 and f"Its photos (1) are in {tmp_path}/safe/files" in told.out
    assert (tmp_path / "safe" / "files" / sha256[:2] / sha256).is_file()


def test_a_photo_that_is_lost_is_told(shopterm: Shopterm, workshop: Path, tmp_path: Path) -> None:
    sha256 = with_photo(workshop)
    (workshop / "files" / sha256[:2] / sha256).unlink()
    told = shopterm("backup", str(tmp_path / "one.db"), "--json").json
    assert (told["photos"], told["photos_lost"]) == (1, 1)
    assert "shopterm verify" in shopterm("backup", str(tmp_path / "two.db")).out


def test_doctor_knows_another_houses_secret(shopterm: Shopterm, workshop: Path) -> None:
    (workshop / "pepper").write_text(secrets.token_hex(32))
    told = shopterm("doctor")
    assert told.status == 1 and "not the one of this database" in told.out
