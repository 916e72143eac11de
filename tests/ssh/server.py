"""A real sshd on a loopback port, run by whoever runs the tests; set up by what README says, and by throw-away keys."""

import getpass
import os
import re
import shutil
import socket
import subprocess
import time
from pathlib import Path

FOLDER = Path(__file__).parent
TOOLS = ("sshd", "ssh", "ssh-keygen")
PATH = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin", "/usr/local/sbin"])
README = FOLDER.parents[1] / "README.md"
PROGRAM, PUBLIC_KEY, ACCOUNT = "/usr/local/bin/shopterm", "ssh-ed25519 AAAA…", "Match User shopterm"
"""What stands in README for the program, a terminal's key and the account."""
# What a Debian server has, AcceptEnv above all; README's settings come after.
SETTINGS = """
ListenAddress 127.0.0.1
Port {port}
HostKey {folder}/host
AuthorizedKeysFile {folder}/authorized_keys
PidFile none
UsePAM no
AuthenticationMethods publickey
StrictModes no
AcceptEnv LANG LC_* COLORTERM NO_COLOR
Subsystem sftp internal-sftp
"""
STRICT = ("IdentitiesOnly=yes", "StrictHostKeyChecking=yes", "BatchMode=yes")
ANSWERS = 10
"""Seconds within which a server listens."""


def missing() -> list[str]:
    """Return which of the programs that are needed are not on this machine."""
    return [name for name in TOOLS if shutil.which(name, path=PATH) is None]


def tool(name: str) -> str:
    """Return where a program is; a machine without it fails the test that asks."""
    found = shutil.which(name, path=PATH)
    assert found, f"{name} is missing on this machine (Debian: openssh-server)"
    return found


def block(start: str) -> str:
    """Return the code block of README that starts so."""
    blocks: list[str] = re.findall(r"^```\n(.*?)^```", README.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    (found,) = [text for text in blocks if text.startswith(start)]
    return found


class Server:
    """A running sshd that lets one key in, to one program."""

    def __init__(self, folder: Path, program: Path, asks_every: int = 30) -> None:
        """Start it; it asks a silent client every so many seconds whether it is there, as README has it or oftener."""
        self.folder, self.port = folder, _free_port()
        self.folder.mkdir(mode=0o700)
        for name in ("host", "user"):
            _run(tool("ssh-keygen"), "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name))
        self._let_in(program)
        config = folder / "sshd_config"
        account = block(ACCOUNT).replace(ACCOUNT, f"Match User {getpass.getuser()}").replace("30", str(asks_every))
        config.write_text(SETTINGS.format(port=self.port, folder=folder) + account, encoding="utf-8")
        self._start(config)

    def _let_in(self, program: Path) -> None:
        line = block("restrict,").replace(PROGRAM, str(program))
        key = (self.folder / "user.pub").read_text().split()
        assert str(program) in line and PUBLIC_KEY in line
        (self.folder / "authorized_keys").write_text(line.replace(PUBLIC_KEY, " ".join(key[:2])), encoding="utf-8")
        host = (self.folder / "host.pub").read_text()
        (self.folder / "known_hosts").write_text(f"[127.0.0.1]:{self.port} {host}")

    def _start(self, config: Path) -> None:
        if os.geteuid() == 0:  # what the system's own start of sshd does
            Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
        with (self.folder / "log").open("w") as log:
            command = [tool("sshd"), "-D", "-e", "-f", str(config)]
            self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        deadline = time.monotonic() + ANSWERS
        while not _listens(self.port):
            ended = self.process.poll() is not None or time.monotonic() > deadline
            assert not ended, f"sshd does not listen:\n{self.log()}"
            time.sleep(0.02)

    def client(self, *options: str) -> list[str]:
        """Return the command of somebody who connects with the key and nothing of their own."""
        known = f"UserKnownHostsFile={self.folder / 'known_hosts'}"
        strict = [part for option in (known, *STRICT) for part in ("-o", option)]
        key, account = str(self.folder / "user"), f"{getpass.getuser()}@127.0.0.1"
        return [tool("ssh"), "-F", "none", "-p", str(self.port), "-i", key, *strict, *options, account]

    def log(self) -> str:
        """Return what the server said."""
        return (self.folder / "log").read_text(errors="replace")

    def end(self) -> None:
        """Stop listening; connections end with their clients."""
        self.process.terminate()
        self.process.wait(ANSWERS)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as held:
        return int(held.getsockname()[1])


def _listens(port: int) -> bool:
    with socket.socket() as trial:
        return trial.connect_ex(("127.0.0.1", port)) == 0


def _run(*command: str) -> None:
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, capture_output=True)
