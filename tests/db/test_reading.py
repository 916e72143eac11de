"""A database opened for a report: judged like any other, never written, and one moment throughout."""

import shutil
from pathlib import Path

import pytest

from shopterm.db import sql
from shopterm.db.reading import open_reading
from shopterm.db.session import Shop
from shopterm.domain.errors import Unavailable


def url_of(shop: Shop) -> str:
    return f"sqlite:///{shop.backend.path}" if shop.backend.name == "sqlite" else shop.backend.url  # type: ignore[union-attr]


def test_it_reads_what_the_shop_holds(shop: Shop) -> None:
    with open_reading(url_of(shop)) as reading:
        assert reading.rows("SELECT number FROM person WHERE name_en LIKE 'W%' AND id < ?", 99) == [("M1",)]
        assert abs(reading.now() - shop.now()) < 60_000_000


def test_it_writes_nothing(shop: Shop) -> None:
    with open_reading(url_of(shop)) as reading, pytest.raises(Unavailable, match="The database says: "):
        reading.rows("UPDATE person SET phone = '1'")


def test_what_is_changed_meanwhile_is_not_seen(shop: Shop) -> None:
    with open_reading(url_of(shop)) as reading:
        before = reading.rows("SELECT phone FROM person WHERE id = 1")
        shop.write(lambda: sql.change("UPDATE person SET phone = '12345' WHERE id = 1"))
        assert reading.rows("SELECT phone FROM person WHERE id = 1") == before
    with open_reading(url_of(shop)) as reading:
        assert reading.rows("SELECT phone FROM person WHERE id = 1") == [("12345",)]


@pytest.mark.parametrize(("schema", "sentence"), [("0", "older than the program"), ("99", "by a newer program")])
def test_another_schema_is_refused(shop: Shop, schema: str, sentence: str) -> None:
    shop.write(lambda: sql.change("UPDATE mark SET value = ? WHERE key = 'schema'", schema))

    with pytest.raises(Unavailable, match=sentence), open_reading(url_of(shop)):
        pass


def test_an_empty_server_is_refused(pg_database: str) -> None:
    with pytest.raises(Unavailable, match="The database is empty"), open_reading(pg_database):
        pass


def test_a_server_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="The database says: "), open_reading(f"postgresql:///x?host={tmp_path}"):
        pass


def test_a_file_that_is_not_ours_is_refused(sqlite_shop: Shop, tmp_path: Path) -> None:
    missing, foreign, open_to_others = (tmp_path / name for name in ("missing.db", "foreign.db", "open.db"))
    foreign.touch(0o600)
    shutil.copy(sqlite_shop.backend.path, open_to_others)  # type: ignore[union-attr]
    open_to_others.chmod(0o644)

    for path, sentence in (
        (missing, "There is no database"),
        (foreign, "is not a shopterm database"),
        (open_to_others, "Others may read"),
    ):
        with pytest.raises(Unavailable, match=sentence), open_reading(f"sqlite:///{path}"):
            pass
