from contextlib import closing
from pathlib import Path

import psycopg2
import pytest

from tests.postgres import Server


def execute(url: str, statement: str) -> None:
    with closing(psycopg2.connect(url)) as connection, connection, connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("turn", range(4))
def test_each_test_has_a_database_of_its_own(pg_database: str, turn: int) -> None:
    execute(pg_database, f"CREATE TABLE mine AS SELECT {turn} AS turn")


def test_a_template_is_filled_once_and_copied(pg_server: Server) -> None:
    filled = []

    def fill(url: str) -> None:
        execute(url, "CREATE TABLE part (number text)")
        filled.append(url)

    templates = {pg_server.template("of_this_test", fill) for _ in range(3)}
    assert len(templates) == len(filled) == 1
    copy = pg_server.create(template=templates.pop())
    execute(pg_server.url(copy), "INSERT INTO part VALUES ('207-30-00101')")
    pg_server.drop(copy)
    with pytest.raises(psycopg2.OperationalError):
        execute(pg_server.url(copy), "SELECT 1")


def test_the_server_speaks_utf8(pg_database: str) -> None:
    execute(pg_database, "CREATE TABLE part (name text CHECK (length(name) = 2))")
    execute(pg_database, "INSERT INTO part VALUES ('滤芯')")


def test_a_test_has_a_home_of_its_own(home: Path) -> None:
    assert Path.home() == home
    assert not list(home.iterdir())
