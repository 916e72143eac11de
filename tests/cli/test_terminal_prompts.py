"""PINs asked on a real terminal: without echo, whatever standard input is."""

import os
import sys
from pathlib import Path

import pytest
from ptyprocess import PtyProcess

from tests import shopkit
from tests.cli.conftest import Shopterm

PROGRAM = f"{sys.executable} -m shopterm"
ORDER = "--set serial=KMT0021001 --set customer=K00001 --set 'complaints=drifts'"


def talk(command: str, *answers: tuple[str, str]) -> tuple[int, str]:
    """Run a shell command on a terminal of its own and answer what it asks; returns status and all it showed."""
    environ = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    child = PtyProcess.spawn(["bash", "-c", command], env=environ, dimensions=(24, 80))
    shown = read = ""
    for question, answer in answers:
        while question not in read:
            read += child.read(1024).decode()
        child.write(answer.encode())
        shown, read = shown + read, ""
    try:
        while True:
            read += child.read(1024).decode()
    except EOFError:
        child.wait()
    return child.exitstatus, shown + read


def test_the_pin_is_asked_without_echo(workshop: Path) -> None:
    status, shown = talk(f"{PROGRAM} --as A1 do open_order new {ORDER}", ("PIN of A1", shopkit.PIN + "\n"))
    assert status == 0, shown
    assert shopkit.PIN not in shown
    assert "C01-WO-" in shown


def test_it_is_asked_on_the_terminal_even_in_a_pipe(workshop: Path) -> None:
    command = (
        f"echo '{{}}' | {PROGRAM} --as A1 --json do open_order new --values - {ORDER} | cat; exit ${{PIPESTATUS[1]}}"
    )
    status, shown = talk(command, ("PIN of A1", shopkit.PIN + "\n"))
    assert status == 0, shown
    assert '"action": "open_order"' in shown


def test_both_signers_are_asked(workshop: Path) -> None:
    lend = "do lend_parts new --set 'lines=07000-12011;2' --set purpose=trial"
    status, shown = talk(
        f"{PROGRAM} --as P1 --with M1 --lang en {lend}",
        ("PIN of P1", shopkit.PIN + "\n"),
        ("PIN of M1", shopkit.PIN + "\n"),
    )
    assert status == 0, shown
    assert "loan" in shown.lower() or "LN" in shown or "out" in shown


def test_a_wrong_pin_ends_with_status_8(workshop: Path) -> None:
    status, shown = talk(f"{PROGRAM} --as A1 do open_order new {ORDER}", ("PIN of A1", "111222\n"))
    assert status == 8
    assert "wrong" in shown


@pytest.mark.parametrize("key", ["\x03", "\x04"])
def test_whoever_changes_their_mind_has_done_nothing(workshop: Path, shopterm: Shopterm, key: str) -> None:
    status, shown = talk(f"{PROGRAM} --as A1 do open_order new {ORDER}", ("PIN of A1", key))
    assert status == 130, shown
    assert "Traceback" not in shown
    assert shopterm("order", "list", "--json").json["total"] == 0


def test_a_first_pin_is_asked_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shopterm: Shopterm) -> None:
    monkeypatch.setenv("SHOPTERM_STORAGE__DATA_DIR", str(tmp_path / "house"))
    code = shopterm("init", "--json").json["code"]
    ask = f"{PROGRAM} person set-pin ADM"
    status, shown = talk(
        ask, ("One-time code of ADM", code + "\n"), ("New PIN of ADM", "482913\n"), ("again", "482914\n")
    )
    assert status == 4
    assert "differ" in shown
    status, shown = talk(
        ask, ("One-time code of ADM", code + "\n"), ("New PIN of ADM", "482913\n"), ("again", "482913\n")
    )
    assert status == 0, shown
    assert code not in shown
    assert "482913" not in shown


def test_a_table_fits_a_terminal_of_80_columns(workshop: Path) -> None:
    status, shown = talk(f"{PROGRAM} part list")
    assert status == 0
    from shopterm.domain.text import width

    assert all(width(line) <= 80 for line in shown.splitlines())
