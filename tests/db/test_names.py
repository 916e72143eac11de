"""Which of two names is shown: the same in Python and in SQL, on both databases."""

import pytest

from shopterm.db import sql
from shopterm.db.queries.names import name_of, named
from shopterm.db.session import Shop

ONE = "SELECT {name} FROM (SELECT CAST(? AS TEXT) AS name_zh, CAST(? AS TEXT) AS name_en) p"


@pytest.mark.parametrize(
    ("zh", "en", "shown_zh", "shown_en"),
    [("韩丙", "Bing Han", "韩丙", "Bing Han"), ("韩丙", "", "韩丙", "韩丙"), ("", "Bing Han", "Bing Han", "Bing Han")],
)
def test_the_readers_language_or_else_the_other(shop: Shop, zh: str, en: str, shown_zh: str, shown_en: str) -> None:
    for language, shown in (("zh", shown_zh), ("en", shown_en)):
        with shop.reader():
            assert sql.scalar(ONE.format(name=name_of("p", language)), zh, en) == shown
        assert named(language, zh, en) == shown


def test_nobody_has_no_name() -> None:
    assert named("zh", None, None) == ""
