"""The workshop behind a door: what README calls /usr/local/bin/shopterm, and a terminal that connects to it."""

import fcntl
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.faults.house import House
from tests.faults.line import Line, wait_until
from tests.journeys.program import ROOT
from tests.journeys.terminal import PATIENCE
from tests.ssh.server import Server

LAUNCHER = """#!{python}
import fcntl, os, runpy, sys

sys.path[:0] = {path}
os.environ |= {environ}
held = open(f"{running}/{{os.getpid()}}", "w")  # the lock ends with the program, however that ends
fcntl.flock(held, fcntl.LOCK_EX)
sys.argv[0] = "shopterm"
runpy.run_module("shopterm", run_name="__main__")
"""
GBK_TERMINAL = {
    "LANG": "zh_CN.GBK", "LC_ALL": "zh_CN.GBK", "LC_CTYPE": "zh_CN.GBK", "COLORTERM": "truecolor",
    "SHOPTERM_DB": "sqlite:////dev/null",
}  # fmt: skip
"""What a client has in its environment, and sends along as far as anybody lets it."""
SENT = ["-o", "SendEnv=LANG LC_* COLORTERM SHOPTERM_*"]
ENDED = 15.0
"""Seconds within which a program that lost its line has ended."""


class Door:
    """A workshop's own program behind a server that lets one key in to it."""

    def __init__(self, house: House, folder: Path, asks_every: int = 30) -> None:
        self.house, self.folder = house, folder
        self.running = folder / "running"
        self.running.mkdir(parents=True)
        self.server = Server(folder / "sshd", self._launcher(), asks_every)

    @property
    def environ(self) -> dict[str, str]:
        """The environment of those who connect."""
        return self.house.program.environ | GBK_TERMINAL

    def _launcher(self) -> Path:
        program = self.house.program
        settings = {"SHOPTERM_DB": program.url, "SHOPTERM_STORAGE__DATA_DIR": str(program.data_dir)}
        path = self.folder / "shopterm"
        path.write_text(LAUNCHER.format(
            python=sys.executable, path=[str(ROOT), *filter(None, sys.path)], running=self.running,
            environ=json.dumps(settings | {"HOME": str(self.folder)}),
        ))  # fmt: skip
        path.chmod(0o700)
        return path

    def programs(self) -> list[int]:
        """Return the process ids of the programs that run just now, on the server's side."""
        return [int(path.name) for path in self.running.iterdir() if _is_held(path)]

    def until_ended(self) -> float:
        """Wait until no program runs any more; returns how many seconds that took."""
        return wait_until(lambda: self.programs() == [], ENDED, "the end of the program behind the line")

    def run(self, options: Sequence[str], *command: str) -> subprocess.CompletedProcess[bytes]:
        """Connect without a terminal and return what came of it."""
        words = [*self.server.client(*options), *command]
        return subprocess.run(words, env=self.environ, input=b"", capture_output=True, timeout=PATIENCE, check=False)

    def end(self) -> None:
        """Close it."""
        self.server.end()


class Remote(Line):
    """A terminal of 80 by 24 on which `ssh -tt` runs, and asks for a command if one is given."""

    def __init__(self, door: Door, *command: str, kind: str = "xterm-256color") -> None:
        """Connect; the terminal calls itself something that the server's side does not believe."""
        self.server, self.kind = door.server, kind
        super().__init__(door, "boss", *command)

    def command(self, arguments: Sequence[str]) -> list[str]:
        """The client with everything it can send along."""
        return [*self.server.client("-tt", "-e", "none", *SENT), *arguments]

    def picture(self) -> str:
        """The screen in a frame, and what the server said, for a failure's report."""
        return f"{super().picture()}\n{self.server.log()}"


def _is_held(path: Path) -> bool:
    with path.open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False
