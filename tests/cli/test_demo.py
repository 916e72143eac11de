"""The demo from the command line: played where there is no terminal, on screen where there is one."""

import os
import sys
from pathlib import Path

from ptyprocess import PtyProcess

from tests.cli.conftest import Shopterm


def test_without_a_terminal_the_day_is_played_and_verified(shopterm: Shopterm, home: Path) -> None:
    told = shopterm("demo", "--json")
    assert told.status == 0, told.err
    assert told.json["ok"] is True
    actions = {step["action"] for step in told.json["steps"]}
    assert actions >= {"open_order", "report_parts", "price_parts", "sign_quote", "issue_parts", "pass_inspection"}
    assert not list(home.iterdir()), "a demo leaves nothing behind"


def test_people_read_the_day_as_a_diary(shopterm: Shopterm) -> None:
    told = shopterm("--lang", "en", "demo")
    assert told.status == 0
    assert told.out.endswith("Everything holds.\n")
    assert "Pass" in told.out


def test_an_unknown_role_is_wrong_usage(shopterm: Shopterm) -> None:
    assert shopterm("demo", "--role", "king").status == 2


def test_a_database_that_is_not_empty_is_left_alone(shopterm: Shopterm, workshop: Path) -> None:
    told = shopterm("--db", f"sqlite:///{workshop}/shopterm.db", "demo")
    assert told.status == 7
    assert "not empty" in told.err


def test_on_a_terminal_the_screens_open(home: Path) -> None:
    environ = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-m", "shopterm", "--lang", "en", "demo", "--role", "parts_clerk"]
    child = PtyProcess.spawn(command, env=environ, dimensions=(24, 80))
    shown = ""
    while "\x1b[?1049h" not in shown:  # the alternate screen
        shown += child.read(4096).decode(errors="replace")
    assert "PIN for everybody is" in shown
    child.write(b"\x11")
    try:
        while True:
            shown += child.read(4096).decode(errors="replace")
    except EOFError:
        child.wait()
    assert child.exitstatus == 0, shown[-2000:]
    assert "Traceback" not in shown
