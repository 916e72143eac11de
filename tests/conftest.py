"""What every test has: a home of its own, and on demand a PostgreSQL database of its own."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from shopterm.db.session import Shop
from shopterm.i18n import use
from tests import postgres, shopkit
from tests.ssh import server

RUN_FOLDER = pytest.StashKey[Path]()
LEFT_OUT = "left_out"
"""File in the run's folder with the names of the tests that a machine without sshd cannot run."""

settings.register_profile("default", deadline=None)  # examples are not timed: machines are shared
settings.register_profile("ci", parent=settings.get_profile("default"), derandomize=True, print_blob=True)
settings.register_profile("soak", parent=settings.get_profile("default"), max_examples=20_000)
settings.load_profile("ci" if os.environ.get("CI") else "default")


def pytest_configure(config: pytest.Config) -> None:
    """Share one folder between all workers of the run."""
    lent = getattr(config, "workerinput", {}).get("run_folder")
    config.stash[RUN_FOLDER] = Path(lent or tempfile.mkdtemp(prefix="shopterm-"))


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a worker the run's folder."""
    node.workerinput["run_folder"] = str(node.config.stash[RUN_FOLDER])


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Fail a run that had to see PostgreSQL and did not."""
    if exitstatus == 0 and missed_postgres(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def missed_postgres(config: pytest.Config) -> bool:
    """Say whether a run that had to see PostgreSQL did not; listing tests is no run."""
    if is_worker(config) or config.option.collectonly or not os.environ.get("SHOPTERM_REQUIRE_POSTGRES"):
        return False
    return not postgres.was_used(config.stash[RUN_FOLDER])


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what needs an sshd where there is none, unless a run has to see one: there these tests fail."""
    if os.environ.get("SHOPTERM_REQUIRE_SSHD") or not server.missing():
        return
    left_out = [item for item in items if server.FOLDER in item.path.parents]
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=left_out)
    (config.stash[RUN_FOLDER] / LEFT_OUT).write_text("".join(f"  {item.nodeid}\n" for item in left_out))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say what was not seen."""
    if missed_postgres(config):
        terminalreporter.write_line("SHOPTERM_REQUIRE_POSTGRES is set, but no test used PostgreSQL", red=True)
    left_out = config.stash[RUN_FOLDER] / LEFT_OUT
    if not is_worker(config) and left_out.exists() and left_out.stat().st_size:
        why = f"NOT RUN, for this machine has no {', '.join(server.missing())} (Debian: openssh-server):"
        terminalreporter.write_line(f"{why}\n{left_out.read_text()}", yellow=True)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server after the last worker."""
    if not is_worker(config) and RUN_FOLDER in config.stash:
        postgres.end(config.stash[RUN_FOLDER])


def is_worker(config: pytest.Config) -> bool:
    """Tell whether this process is one worker among several."""
    return hasattr(config, "workerinput")


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the test an empty home; what it sets in the environment is undone."""
    use("en")  # a test that spoke Chinese leaves nothing to the next one in this process
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(folder))
    for name, place in (
        ("DATA", ".local/share"),
        ("STATE", ".local/state"),
        ("CONFIG", ".config"),
        ("CACHE", ".cache"),
    ):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(folder / place))
    return folder


@pytest.fixture(scope="session")
def pg_server(pytestconfig: pytest.Config, worker_id: str) -> postgres.Server:
    """The run's PostgreSQL server; that there is none is a failure."""
    return postgres.Server(pytestconfig.stash[RUN_FOLDER], worker_id)


@pytest.fixture
def pg_database(pg_server: postgres.Server) -> Iterator[str]:
    """URL of an empty PostgreSQL database of this test's own."""
    name = pg_server.create()
    yield pg_server.url(name)
    pg_server.drop(name)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Data directory of a test workshop in a SQLite file, to be copied."""
    folder = tmp_path_factory.mktemp("template")
    shopkit.build(f"sqlite:///{folder / 'shop.db'}", folder).close()
    return folder


@pytest.fixture(params=["sqlite", "postgres"])
def shop(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Shop]:
    """A test workshop of this test's own, on both databases."""
    if request.param == "sqlite":
        yield from _sqlite_shop(request.getfixturevalue("sqlite_template"), tmp_path)
    else:
        yield from _postgres_shop(request.getfixturevalue("pg_server"), tmp_path)


@pytest.fixture
def sqlite_shop(sqlite_template: Path, tmp_path: Path) -> Iterator[Shop]:
    """A test workshop on SQLite only, for what does not depend on the database."""
    yield from _sqlite_shop(sqlite_template, tmp_path)


def _sqlite_shop(template: Path, folder: Path) -> Iterator[Shop]:
    for name in ("shop.db", "pepper"):
        shutil.copy(template / name, folder / name)
    shop = shopkit.reopen(f"sqlite:///{folder / 'shop.db'}", folder)
    yield shop
    shop.close()


def _postgres_shop(server: postgres.Server, folder: Path) -> Iterator[Shop]:
    secrets = server.folder / "workshop"

    def fill(url: str) -> None:
        shopkit.build(url, secrets).close()

    name = server.create(template=server.template("workshop", fill))
    shutil.copy(secrets / "pepper", folder / "pepper")
    shop = shopkit.reopen(server.url(name), folder)
    yield shop
    shop.close()
    server.drop(name)
