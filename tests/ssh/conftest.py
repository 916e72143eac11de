"""A workshop that people reach over SSH, one account for all of them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.house import House, build, move_in
from tests.ssh.door import Door, Remote

Connect = Callable[..., Remote]
OpenDoor = Callable[..., Door]


@pytest.fixture(scope="session")
def ssh_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files of the workshop in a SQLite file, to be copied."""
    folder = tmp_path_factory.mktemp("ssh")
    build(f"sqlite:///{folder / 'shop.db'}", folder)
    return folder


@pytest.fixture
def house(ssh_template: Path, tmp_path: Path) -> House:
    """A workshop of this test's own."""
    return move_in(ssh_template, f"sqlite:///{tmp_path / 'data' / 'shop.db'}", tmp_path)


@pytest.fixture
def open_door(house: House, tmp_path: Path) -> Iterator[OpenDoor]:
    """Open a door to the workshop; it is closed at the end."""
    opened: list[Door] = []

    def open_one(asks_every: int = 30) -> Door:
        opened.append(Door(house, tmp_path / f"door-{len(opened)}", asks_every))
        return opened[-1]

    yield open_one
    for door in opened:
        door.end()


@pytest.fixture
def door(open_door: OpenDoor) -> Door:
    """A door to the workshop, as README sets it up."""
    return open_door()


@pytest.fixture
def connect() -> Iterator[Connect]:
    """Connect terminals to a door; they are closed at the end."""
    opened: list[Remote] = []

    def connect_one(door: Door, *command: str, kind: str = "xterm-256color") -> Remote:
        opened.append(Remote(door, *command, kind=kind))
        return opened[-1]

    yield connect_one
    for terminal in opened:
        if not terminal.process.terminated:
            terminal.process.close(force=True)
