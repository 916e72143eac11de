"""A house to break things in, on SQLite and on a PostgreSQL server of these tests' own."""

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import pytest

from tests.faults.house import House, build, move_in
from tests.faults.line import Line
from tests.faults.server import OwnServer

SOAK = bool(os.environ.get("SHOPTERM_SOAK"))
"""Whether everything is tried with everything (``make soak``), or each once."""
Sit = Callable[..., Line]
T = TypeVar("T")


def tried(everything: Sequence[T], *short: T) -> Sequence[T]:
    """Return what is tried: everything in a long run, else these."""
    return everything if SOAK else short


@pytest.fixture(scope="session")
def house_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files of the workshop in a SQLite file, to be copied."""
    folder = tmp_path_factory.mktemp("faults")
    build(f"sqlite:///{folder / 'shop.db'}", folder)
    return folder


@pytest.fixture
def house(house_template: Path, tmp_path: Path) -> House:
    """A workshop of this test's own."""
    return move_in(house_template, f"sqlite:///{tmp_path / 'data' / 'shop.db'}", tmp_path)


@pytest.fixture(scope="session")
def own_server() -> Iterator[OwnServer]:
    """A PostgreSQL server that may be stopped."""
    server = OwnServer()
    yield server
    server.end()


@pytest.fixture(scope="session")
def served_template(own_server: OwnServer, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """The workshop in a database of that server, to be copied, and its files."""
    folder = tmp_path_factory.mktemp("served")
    return own_server.server.template("faults", lambda url: build(url, folder)), folder


@pytest.fixture
def served(own_server: OwnServer, served_template: tuple[str, Path], tmp_path: Path) -> Iterator[House]:
    """A workshop of this test's own in a database of that server."""
    template, folder = served_template
    name = own_server.server.create(template=template)
    yield move_in(folder, own_server.server.url(name), tmp_path)
    own_server.start()
    own_server.server.drop(name)


@pytest.fixture
def sit() -> Iterator[Sit]:
    """Open terminals in a house; they are closed at the end."""
    opened: list[Line] = []

    def open_one(house: House, *arguments: str) -> Line:
        opened.append(Line(house.program, f"bay-{len(opened) + 1}", *arguments))
        return opened[-1]

    yield open_one
    for line in opened:
        if not line.process.terminated:
            line.process.close(force=True)
