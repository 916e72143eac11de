"""A journey's clock: it runs ahead of the host's and of the database server's, so that a day fits into a minute."""

import os
import time
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import psycopg2
from psycopg2 import sql

ZONE = ZoneInfo("Asia/Shanghai")
LOADED = Path(__file__).with_name("ahead")
"""Directory for the programs' path: what is in it reads the file."""
AHEAD = """
    CREATE SCHEMA journey;
    CREATE TABLE journey.ahead (seconds float8);
    INSERT INTO journey.ahead VALUES (0);
    CREATE FUNCTION journey.clock_timestamp() RETURNS timestamptz LANGUAGE sql AS
      'SELECT pg_catalog.clock_timestamp() + seconds * interval ''1 second'' FROM journey.ahead'
"""
FOUND_FIRST = sql.SQL("ALTER DATABASE {} SET search_path = public, journey, pg_catalog")


class Clock:
    """Moves the time of all programs of a journey, and of their PostgreSQL database; never backwards."""

    def __init__(self, folder: Path, url: str) -> None:
        self.file, self._server = folder / "clock", url if url.startswith("postgres") else ""
        self._ahead = timedelta()
        self.wait(0)

    def now(self) -> datetime:
        """The time of the workshop."""
        return datetime.fromtimestamp(time.time(), ZONE) + self._ahead

    def in_days(self, days: int, hour: int) -> str:
        """That hour some days from now, as it is typed."""
        return f"{self.now() + timedelta(days=days):%Y-%m-%d} {hour:02}:00"

    def next_morning(self) -> None:
        """Let the night pass: it is eight o'clock."""
        now = self.now()
        self._wait(now.replace(hour=8, minute=0, second=0, microsecond=0) + timedelta(days=1) - now)

    def wait(self, minutes: int) -> None:
        """Let time pass."""
        self._wait(timedelta(minutes=minutes))

    def _wait(self, passing: timedelta) -> None:
        self._ahead += passing
        fresh = self.file.with_suffix(".new")
        fresh.write_text(str(self._ahead // timedelta(microseconds=1) * 1000))
        os.replace(fresh, self.file)
        if self._server:
            self._tell_server()

    def _tell_server(self) -> None:
        with closing(psycopg2.connect(self._server)) as connection, connection, connection.cursor() as cursor:
            if not self._ahead:
                cursor.execute(AHEAD)
                cursor.execute(FOUND_FIRST.format(sql.Identifier(connection.info.dbname)))
            cursor.execute("UPDATE journey.ahead SET seconds = %s", [self._ahead.total_seconds()])
