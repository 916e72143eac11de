"""On PostgreSQL what needs no answer travels with the next statement; nothing is lost, kept back or saved by half."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import peewee as pw
import psycopg2
import pytest

from shopterm.db import prepared, sql
from shopterm.db.session import Shop
from shopterm.domain.errors import Unavailable, Unsure
from tests.concurrency.crew import url_of
from tests.shopkit import do

ONLY_POSTGRES = pytest.mark.parametrize("shop", ["postgres"], indirect=True)
MOST_MESSAGES = 10
"""Round trips of an order's opening: as many as it asks questions, and one to save it."""


def mark(key: str) -> None:
    sql.later("INSERT INTO mark (key, value) VALUES (?, '%')", f"test {key}")


def marks(shop: Shop) -> set[str]:
    with shop.reader():
        return {key for (key,) in sql.rows("SELECT key FROM mark WHERE key LIKE 'test %'")}


@contextmanager
def messages(shop: Shop) -> Iterator[list[str]]:
    """Collect what is sent to the server meanwhile, message by message."""
    seen, connection = list[str](), shop.db.connection()
    kind: Any = connection.cursor_factory

    class Telling(kind):  # type: ignore[misc]
        def execute(self, query: Any, vars: Any = None) -> None:
            waiting = [one.decode() for one in self.connection.waiting]
            super().execute(query, vars)
            seen.append("; ".join([*waiting, query]))

    connection.cursor_factory = Telling
    yield seen
    connection.cursor_factory = kind


def test_what_was_sent_later_is_there_for_the_next_question(shop: Shop) -> None:
    def work() -> object:
        mark("a")
        mark("b")
        return sql.scalar("SELECT COUNT(*) FROM mark WHERE key LIKE 'test %'")

    assert shop.write(work) == 2
    assert marks(shop) == {"test a", "test b"}


def test_of_a_transaction_that_failed_nothing_is_left_to_be_sent(shop: Shop) -> None:
    def work() -> None:
        mark("a")
        raise KeyError

    with pytest.raises(KeyError):
        shop.write(work)
    shop.write(lambda: mark("b"))
    assert marks(shop) == {"test b"}


def test_what_fails_with_commit_saves_nothing(shop: Shop) -> None:
    def work() -> None:
        mark("a")
        mark("a")

    with pytest.raises(pw.IntegrityError):
        shop.write(work)
    assert marks(shop) == set()


def test_without_a_transaction_it_is_carried_out_at_once(shop: Shop) -> None:
    with shop.reader():
        mark("a")
    assert marks(shop) == {"test a"}


@ONLY_POSTGRES
def test_begin_and_commit_take_no_message_of_their_own(shop: Shop) -> None:
    def work() -> None:
        sql.scalar("SELECT 1")
        mark("a")

    with messages(shop) as seen:
        shop.write(work)
        shop.write(lambda: None)
    begun, saved, nothing = seen
    assert begun == "BEGIN; SELECT 1"
    assert saved == "INSERT INTO mark (key, value) VALUES ('test a', '%'); COMMIT"
    assert nothing == "BEGIN; COMMIT"


@ONLY_POSTGRES
def test_a_transaction_that_sent_nothing_is_ended_without_a_word(shop: Shop) -> None:
    def work() -> None:
        mark("a")
        raise KeyError

    with messages(shop) as seen, pytest.raises(KeyError):
        shop.write(work)
    assert seen == []


@ONLY_POSTGRES
def test_a_verb_sends_one_message_for_each_question(shop: Shop) -> None:
    def opened() -> None:
        do(shop, "A1", "open_order", "new", customer="K00001", serial="KMT0021001", complaints=[{"text": "漏油"}])

    opened()  # what is prepared once is no part of it
    with messages(shop) as seen:
        opened()
    (whole,) = [at for at, message in enumerate(seen) if "FOR UPDATE" in message]
    ended = next(at for at in range(whole, len(seen)) if seen[at].endswith("COMMIT"))
    assert seen[whole].startswith("BEGIN; SELECT 1 FROM chain_head")
    assert 'INSERT INTO "event"' in seen[ended] and "UPDATE chain_head" in seen[ended]
    assert ended - whole < MOST_MESSAGES


@ONLY_POSTGRES
def test_what_the_server_refuses_with_commit_is_surely_not_saved(shop: Shop) -> None:
    with pytest.raises(Unavailable, match="division by zero") as caught:
        shop.write(lambda: sql.later("SELECT 1 / (SELECT COUNT(*) FROM mark WHERE key = ?)", "nothing"))
    assert not isinstance(caught.value, Unsure)


@ONLY_POSTGRES
def test_a_connection_that_ends_with_commit_leaves_it_open_what_was_saved(shop: Shop) -> None:
    def work() -> None:
        pid = sql.scalar("SELECT pg_backend_pid()")
        with closing(psycopg2.connect(url_of(shop))) as other, other.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 5000)", (pid,))
        mark("a")

    with pytest.raises(Unsure):
        shop.write(work)
    shop.write(lambda: mark("b"))
    assert marks(shop) == {"test b"}


@ONLY_POSTGRES
def test_a_statement_is_read_and_planned_once(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    def asked() -> object:
        with shop.reader():
            return prepared.row("SELECT value FROM mark WHERE key = ? AND 7 = ?", "kind", 7)

    with messages(shop) as seen:
        assert asked() == asked() == ("test",)
    assert [message.split()[0] for message in seen] == ["PREPARE", "EXECUTE", "EXECUTE"]
    monkeypatch.setattr(prepared, "MOST", 0)
    shop.close()
    with shop.reader(), messages(shop) as seen:
        assert asked() == ("test",)
    assert [message.split()[0] for message in seen] == ["SELECT"]
