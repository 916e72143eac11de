"""A PostgreSQL server of these tests' own, to be stopped and started; and a wire to it that can be cut."""

import select
import socket
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from tests import postgres

PORT = 5432
COMMITTED = b"COMMIT\x00"
"""What the server answers when it has committed."""


class OwnServer:
    """A server nobody else uses."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="shopterm-"))
        (self._folder / "address").write_text(postgres._start(self._folder))
        self.server = postgres.Server(self._folder, "own")

    @property
    def _pid_file(self) -> Path:
        return self._folder / "data" / "postmaster.pid"

    @property
    def socket(self) -> Path:
        """Where it listens."""
        (folder,) = parse_qs(urlsplit(self.server.address).query)["host"]
        return Path(folder) / f".s.PGSQL.{PORT}"

    def stop(self) -> None:
        """End all sessions and the server."""
        postgres._stop(self._pid_file)

    def start(self) -> None:
        """Start it again unless it runs."""
        if not self._pid_file.exists():
            postgres._start(self._folder)

    def end(self) -> None:
        """Stop it for good and remove its files."""
        postgres.end(self._folder)


class Wire:
    """Passes a program's bytes to the server and back until it is cut."""

    def __init__(self, folder: Path, server: Path) -> None:
        """Listen in this folder."""
        self._server = str(server)
        self.cut_at_commit = self.is_cut = self.is_frozen = False
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(folder / f".s.PGSQL.{PORT}"))
        self._listener.listen()
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):  # closed: the test has ended
            while True:
                program, _address = self._listener.accept()
                threading.Thread(target=self._pass, args=(program,), daemon=True).start()

    def _pass(self, program: socket.socket) -> None:
        with program, socket.socket(socket.AF_UNIX) as server, suppress(OSError):
            if self.is_cut:
                return
            server.connect(self._server)
            while self._carry(program, server):
                pass

    def _carry(self, program: socket.socket, server: socket.socket) -> bool:
        """Carry what comes next; says whether the wire still holds."""
        ready, _out, _bad = select.select([] if self.is_frozen else [program, server], [], [], 0.05)
        for one, other in ((program, server), (server, program)):
            data = one.recv(65536) if one in ready else None
            if data == b"" or self.is_cut:
                return False
            if data and one is server and self.cut_at_commit and COMMITTED in data:
                self.is_cut = True  # committed, and nobody heard it
                return False
            if data:
                other.sendall(data)
        return True

    def mend(self) -> None:
        """Let programs through again."""
        self.is_cut = self.cut_at_commit = False

    def close(self) -> None:
        """Listen no more."""
        self._listener.close()
        self.is_cut = True


@contextmanager
def wire_to(server: OwnServer, database: str) -> Iterator[tuple[Wire, str]]:
    """Open a wire to a database; yields it with the URL at its near end."""
    with tempfile.TemporaryDirectory(prefix="shopterm-") as folder:
        wire = Wire(Path(folder), server.socket)
        far = urlsplit(server.server.url(database))
        near = f"{far.scheme}://{far.username or 'postgres'}@/{database}?host={folder}"
        yield wire, near
        wire.close()
