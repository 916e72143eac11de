"""What starting a command may load, and what the domain may lean on."""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

DOMAIN = Path(__file__).parent.parent / "shopterm" / "domain"
HEAVY = {"textual", "rich.console", "psycopg2", "psycopg", "pypinyin", "asyncio", "babel"}
OUTSIDE = {"asyncio", "builtins", "ctypes", "gettext", "locale", "multiprocessing", "os", "pathlib", "random"}
OUTSIDE |= {"shutil", "socket", "sqlite3", "subprocess", "sys", "tempfile", "threading", "time", "tomllib"}
"""Modules of the standard library by which a pure decision would look at the world."""


def loaded(*arguments: str) -> set[str]:
    """Names of all modules that a run of the program imports."""
    command = [sys.executable, "-X", "importtime", "-m", "shopterm", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert done.returncode == 0, done.stderr[-2000:]
    rows = (line for line in done.stderr.splitlines() if line.startswith("import time:"))
    return {row.rpartition("|")[2].strip() for row in rows}


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["actions", "--json"]], ids=" ".join)
def test_the_command_line_starts_light(arguments: list[str]) -> None:
    modules = loaded(*arguments)
    assert "shopterm" in modules
    assert not modules & HEAVY


@pytest.mark.parametrize("module", ["i18n", "settings", "terminal"])
def test_a_module_everybody_needs_is_light(module: str) -> None:
    program = f"import sys, shopterm.{module}; print(*sys.modules)"
    environ = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", program], env=environ, capture_output=True, text=True, check=True)
    assert not set(done.stdout.split()) & (HEAVY | {"click", "peewee"})


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}: relative import"
            yield node.module or ""


@pytest.mark.parametrize("path", sorted(DOMAIN.rglob("*.py")), ids=lambda path: str(path.relative_to(DOMAIN)))
def test_the_domain_is_pure(path: Path) -> None:
    for name in imported(path):
        top = name.partition(".")[0]
        assert name.startswith("shopterm.domain") or (top in sys.stdlib_module_names and top not in OUTSIDE), name


ALONE = """
import importlib, pkgutil, sys
import shopterm.domain
names = [found.name for found in pkgutil.walk_packages(shopterm.domain.__path__, "shopterm.domain.")]
assert len(names) > 20
for name in names:
    for known in [known for known in sys.modules if known.startswith("shopterm")]:
        del sys.modules[known]
    importlib.import_module(name)
"""


def test_every_module_of_the_domain_can_be_imported_first() -> None:
    done = subprocess.run([sys.executable, "-c", ALONE], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
