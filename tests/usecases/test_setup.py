"""First set-up: checklists are stored as they are shipped, or not at all."""

import shutil
from pathlib import Path

import pytest

from shopterm.db import sql
from shopterm.db.session import Shop
from shopterm.domain.errors import Invalid
from shopterm.usecases.setup import load_checklists

SHIPPED = Path(__file__).parents[2] / "config" / "checklists"


def stored(shop: Shop) -> int:
    with shop.reader():
        return int(sql.scalar("SELECT COUNT(*) FROM checklist"))


def test_a_changed_checklist_is_stored_beside_the_old_one_and_an_unchanged_one_is_not(
    shop: Shop, tmp_path: Path
) -> None:
    before, folder = stored(shop), tmp_path / "lists"
    shutil.copytree(SHIPPED, folder)
    assert load_checklists(shop, folder) == []
    changed = folder / "self_check.toml"
    changed.write_text(changed.read_text(encoding="utf-8").replace("version = 1", "version = 2"), encoding="utf-8")
    assert load_checklists(shop, folder) == ["self_check"]
    assert stored(shop) == before + 1


def test_a_file_that_is_no_checklist_is_named_and_nothing_is_stored(shop: Shop, tmp_path: Path) -> None:
    before, folder = stored(shop), tmp_path / "lists"
    shutil.copytree(SHIPPED, folder)
    new = (folder / "self_check.toml").read_text(encoding="utf-8").replace("version = 1", "version = 2")
    (folder / "self_check.toml").write_text(new, encoding="utf-8")
    (folder / "broken.toml").write_text("id = [")
    with pytest.raises(Invalid, match="broken.toml"):
        load_checklists(shop, folder)
    assert stored(shop) == before
