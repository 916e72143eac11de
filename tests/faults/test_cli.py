"""The command line where files, servers, streams and hands fail: one sentence, the right status, nothing half done."""

import json
import os
import resource
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest

from tests.faults.house import House
from tests.faults.server import OwnServer
from tests.journeys.program import Program
from tests.journeys.setting_up import verified

READING = ["order list", "report labor --csv", "verify", "backup copy"]
WRITING = "--as A1 --pin-file pins/A1 do ask_question X --set question=x"


class Ended(NamedTuple):
    """How a command ended."""

    status: int
    out: str
    err: str


def run(program: Program, command: str, *, url: str = "", shell: str = "", room: int | None = None) -> Ended:
    """Run a command, maybe inside a line of a shell, maybe with little room on the disk."""
    words = shlex.join([sys.executable, "-m", "shopterm", *shlex.split(command)])
    done = subprocess.run(
        ["bash", "-c", shell.format(words) if shell else words],
        cwd=program.folder,
        env=program.environ | ({"SHOPTERM_DB": url} if url else {}),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        preexec_fn=None if room is None else lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)),
    )
    return Ended(done.returncode, done.stdout, done.stderr)


def ask(house: House, *more: str) -> str:
    """Return a command that writes a question on an order."""
    house.program.pin_file("A1")
    return shlex.join(["--as", "A1", "--pin-file", "pins/A1", "do", "ask_question", house.numbers["opened"],
                       "--set", "question=since when", *more])  # fmt: skip


def one_sentence(ended: Ended, status: int) -> None:
    """Check status, and that a person reads one line and maybe a hint, nothing of the program's inside."""
    assert ended.status == status, ended
    assert "Traceback" not in ended.err and "Error" not in ended.err, ended.err
    assert 1 <= len(ended.err.splitlines()) <= 2, ended.err


# ── no database ──────────────────────────────────────────────────────────────────────────────────────


def _directory(place: Path, _good: Path) -> None:
    place.mkdir(mode=0o700)


def _text(place: Path, _good: Path) -> None:
    place.write_text("This is a letter, no database.\n" * 100)


def _empty(place: Path, _good: Path) -> None:
    place.touch()


def _torn(place: Path, good: Path) -> None:
    place.write_bytes(good.read_bytes()[:20_000])


def _foreign(place: Path, _good: Path) -> None:
    make = "import sys, sqlite3; c = sqlite3.connect(sys.argv[1]); c.execute('CREATE TABLE letters (text)')"
    subprocess.run([sys.executable, "-c", make, str(place)], check=True)


def _pipe(place: Path, _good: Path) -> None:
    os.mkfifo(place)


def _loop(place: Path, _good: Path) -> None:
    place.symlink_to(place)


def _open_to_others(place: Path, good: Path) -> None:
    shutil.copy(good, place)


NO_DATABASE = [_directory, _text, _empty, _torn, _foreign, _pipe, _loop, _open_to_others]


@pytest.mark.parametrize("make", NO_DATABASE, ids=[make.__name__.strip("_") for make in NO_DATABASE])
def test_what_is_no_database_is_refused_and_left_alone(house: House, make: Callable[[Path, Path], None]) -> None:
    place = house.program.folder / "other.db"
    make(place, house.program.data_dir / "shop.db")
    if place.is_file():
        place.chmod(0o644 if make is _open_to_others else 0o600)
    before = place.read_bytes() if place.is_file() else None
    for command in READING[:2]:
        ended = run(house.program, command, url=f"sqlite:///{place}")
        one_sentence(ended, 7)
        assert "saved" not in ended.err and "draft" not in ended.err
    assert (place.read_bytes() if place.is_file() else None) == before
    assert not list(place.parent.glob("other.db-*"))


@pytest.mark.parametrize("command", [*READING, WRITING])
def test_a_database_that_is_not_there_is_not_made(house: House, command: str) -> None:
    house.program.pin_file("A1")
    for place in (house.program.folder / "none.db", house.program.folder / "none" / "none.db"):
        one_sentence(run(house.program, command, url=f"sqlite:///{place}"), 7)
        assert not place.exists()


@pytest.mark.parametrize("url", ["mysql://root@localhost/shop", "sqlite://shop.db", "postgresql://["])
def test_an_address_that_names_no_database(house: House, url: str) -> None:
    one_sentence(run(house.program, "order list", url=url), 7)


# ── a server ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_server_that_refuses_is_one_sentence(house: House) -> None:
    for url in ("postgresql://shop:secret-word@127.0.0.1:1/shop", "postgresql:///shop?host=/nowhere"):
        for command in READING[:2]:
            ended = run(house.program, command, url=url)
            one_sentence(ended, 7)
            assert "secret-word" not in ended.err
            assert "saved" not in ended.err and "draft" not in ended.err


def test_a_server_without_the_database_and_one_that_is_down(served: House, own_server: OwnServer) -> None:
    missing = urlsplit(served.program.url)._replace(path="/nowhere").geturl()
    one_sentence(run(served.program, "order list", url=missing), 7)
    assert run(served.program, "order list").status == 0
    own_server.stop()
    one_sentence(run(served.program, "order list"), 7)
    told = run(served.program, ask(served) + " --json")
    assert (told.status, json.loads(told.out)["error"]["code"]) == (7, "unavailable")
    own_server.start()
    assert run(served.program, ask(served)).status == 0
    assert served.done("ask_question") == 1


# ── streams ──────────────────────────────────────────────────────────────────────────────────────────

STREAMS = {
    "reader gone": ("{} | true; exit ${{PIPESTATUS[0]}}", 141),
    "closed": ("{} >&-", 0),
    "full": ("{} >/dev/full", 7),
    "all full": ("{} >/dev/full 2>/dev/full", 7),
}


@pytest.mark.parametrize("stream", STREAMS)
@pytest.mark.parametrize("command", ["part list --json", "report labor --csv", "--help"])
def test_output_that_cannot_be_written(house: House, stream: str, command: str) -> None:
    shell, status = STREAMS[stream]
    ended = run(house.program, command, shell=shell)
    assert ended.status in {status, 0 if status == 141 else status}  # a reader that goes away may have read it all
    assert "Traceback" not in ended.err and "fault" not in ended.err
    if stream == "full":
        one_sentence(ended, 7)


@pytest.mark.parametrize("stream", STREAMS)
def test_a_page_that_cannot_be_written_is_no_fault_of_the_database(house: House, stream: str) -> None:
    shell, status = STREAMS[stream]
    for command in (f"order show {house.numbers['opened']}", "part show 'Komatsu 600-311-3750'"):
        ended = run(house.program, command, shell=shell)
        assert ended.status in {status, 0 if status == 141 else status}
        assert "database" not in ended.err


def test_what_was_done_is_not_said_to_be_undone_when_its_result_cannot_be_written(house: House) -> None:
    ended = run(house.program, ask(house), shell=STREAMS["full"][0])
    assert ended.status == 7
    assert house.done("ask_question") == 1
    assert "nothing was saved" not in ended.err.lower() and "没有保存" not in ended.err


def test_a_refusal_keeps_its_status_where_nothing_can_be_told(house: House) -> None:
    assert run(house.program, "order show nothing", shell=STREAMS["all full"][0]).status == 6


# ── the disk, and Ctrl-C ─────────────────────────────────────────────────────────────────────────────


def test_a_full_disk_saves_nothing(house: House) -> None:
    for room in (0, 4096):
        one_sentence(run(house.program, ask(house), room=room), 7)
        one_sentence(run(house.program, "backup copy", room=room), 7)
    assert house.done("ask_question") == 0
    assert not (house.program.folder / "copy").exists() or not list((house.program.folder / "copy").glob("*.json"))
    verified(house.program)


def test_ctrl_c_does_all_or_nothing(house: House) -> None:
    program, statuses = house.program, []
    house.program.pin_file("A1")
    for delay in range(2, 8):
        command = [sys.executable, "-m", "shopterm", *shlex.split(ask(house))]
        child = subprocess.Popen(command, cwd=program.folder, env=program.environ, stdout=subprocess.DEVNULL,
                                 stderr=subprocess.PIPE, text=True)  # fmt: skip
        time.sleep(delay / 10)
        child.send_signal(signal.SIGINT)
        _out, err = child.communicate(timeout=30)
        statuses.append(child.returncode)
        assert child.returncode in {0, 130, -signal.SIGINT}
        assert child.returncode != 130 or "Traceback" not in err, err
    assert house.done("ask_question") >= statuses.count(0)
    verified(program)
