"""PostgreSQL through psycopg2, where what needs no answer travels with the next statement that does.

A round trip wakes two processes and costs more than most statements of a verb, and until it commits a verb keeps its
site's evidence chain locked: BEGIN goes with the first statement, the last rows go with COMMIT.
"""

from collections.abc import Sequence
from typing import Any, cast

import peewee as pw
from psycopg2.extensions import connection, cursor

BEGIN = b"BEGIN"


class _Connection(connection):
    """A connection with the statements that wait to be sent."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.waiting: list[bytes] = []


class _Cursor(cursor):
    """Sends what waits, and then its own statement, as one message."""

    connection: _Connection

    def execute(self, query: Any, vars: Any = None) -> None:
        waiting = self.connection.waiting
        if waiting:
            query, vars = b"; ".join([*waiting, self.mogrify(query, vars)]), None
            waiting.clear()  # sent or not, it is never sent again: after an error the transaction is rolled back
        super().execute(query, vars)


class GatheringDatabase(pw.PostgresqlDatabase):
    """A database that gathers statements of a transaction until an answer is needed, at the latest that to COMMIT."""

    def __init__(self, url: str, **waits: Any) -> None:
        """Take the server's URL and how long to wait for it."""
        super().__init__(url, connection_factory=_Connection, cursor_factory=_Cursor, **waits)

    def later(self, statement: str, params: Sequence[Any] = ()) -> None:
        """Carry out a statement of the running transaction when the next one is asked; its error comes then."""
        if self.in_transaction():
            with self._open.cursor() as cursor:
                self._open.waiting.append(cursor.mogrify(statement, params))
        else:
            pw.PostgresqlDatabase.execute_sql(self, statement, params)

    def begin(self, isolation_level: Any = None) -> None:
        """Begin with the first statement."""
        if isolation_level is None:
            self._open.waiting.append(BEGIN)
        else:
            super().begin(isolation_level)

    def rollback(self) -> None:
        """Forget what was not sent; where nothing was sent, that is all."""
        waiting = [] if self.is_closed() else self._open.waiting
        begun = BEGIN not in waiting
        waiting.clear()
        if begun:
            super().rollback()

    @property
    def _open(self) -> _Connection:
        return cast(_Connection, pw.PostgresqlDatabase.connection(self))
