"""A machine without sshd: the run says which tests it left out, or fails when it has to see them."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
NO_SSHD = """
from tests.ssh import server

server.PATH = "/dev/null"
"""
"""A plugin of pytest's for a machine on which nothing is found."""
NEEDS_SSHD, NEEDS_NOTHING = "tests/ssh/test_door.py", "tests/domain/test_shares.py"
ONE = f"{NEEDS_SSHD}::test_without_a_terminal_the_commands_are_named"


def run(folder: Path, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run some tests where there is no sshd."""
    (folder / "no_sshd.py").write_text(NO_SSHD)
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "SHOPTERM_REQUIRE_"))}
    path = os.pathsep.join([str(folder), str(ROOT), *filter(None, sys.path)])
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no_sshd", "-p", "no:cacheprovider", *arguments],
        cwd=ROOT, env=clean | {"PYTHONPATH": path} | environ, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def test_what_needs_an_sshd_is_named_as_not_run(tmp_path: Path) -> None:
    ended = run(tmp_path, "-n", "2", NEEDS_SSHD, NEEDS_NOTHING)
    assert ended.returncode == 0, ended.stdout
    assert "NOT RUN, for this machine has no sshd" in ended.stdout
    assert f"  {ONE}\n" in ended.stdout
    assert NEEDS_NOTHING not in ended.stdout


def test_a_run_that_has_to_see_sshd_fails_without(tmp_path: Path) -> None:
    ended = run(tmp_path, "-n", "0", ONE, SHOPTERM_REQUIRE_SSHD="1")
    assert ended.returncode == 1, ended.stdout
    assert "ssh-keygen is missing on this machine (Debian: openssh-server)" in ended.stdout
    assert "NOT RUN" not in ended.stdout
