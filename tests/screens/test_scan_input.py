"""Codes from a hand scanner: none is lost, none runs into the next."""

import os
import select
import sys
import time
from pathlib import Path

import pytest
from ptyprocess import PtyProcess
from textual import events
from textual.app import App, ComposeResult

from shopterm.screens.widgets.scan_input import GROUP_MARK, ScanInput


class Counter(App[None]):
    """Collects what is scanned."""

    def __init__(self) -> None:
        super().__init__()
        self.codes: list[str] = []

    def compose(self) -> ComposeResult:
        yield ScanInput(max_length=60)

    def on_scan_input_scanned(self, event: ScanInput.Scanned) -> None:
        self.codes.append(event.value)


KEYS = {"\r": "enter", "\n": "ctrl+j", "\x02": "ctrl+b", "\x03": "ctrl+c", "\x1d": "ctrl+right_square_bracket"}


@pytest.mark.parametrize(
    ("sent", "codes"),
    [
        ("P-1\rP-2\rP-3\r", ["P-1", "P-2", "P-3"]),
        ("P-1\r\nP-2\r\n", ["P-1", "P-2"]),
        ("\x02P-1\x03\x02P-2\x03", ["P-1", "P-2"]),
        ("half\x02P-1\x03\r", ["P-1"]),
        ("(21)7\x1d(10)B\r", [f"(21)7{GROUP_MARK}(10)B"]),
        ("\x1dP-1\r", ["P-1"]),
        (" \r", []),
    ],
)
async def test_codes_end_where_the_scanner_says(sent: str, codes: list[str]) -> None:
    app = Counter()
    async with app.run_test(notifications=True, tooltips=True) as pilot:
        await pilot.press(*(KEYS.get(char, char) for char in sent))
        await pilot.pause()
        assert app.codes == codes
        assert app.query_one(ScanInput).value == ""


async def test_pasted_lines_are_codes_and_the_rest_waits() -> None:
    app = Counter()
    async with app.run_test(notifications=True, tooltips=True) as pilot:
        scan = app.query_one(ScanInput)
        scan.post_message(events.Paste("P-1\r\nP-2\x1b[2J\rrest"))
        await pilot.pause()
        assert app.codes == ["P-1", "P-2\ufffd[2J"]
        assert scan.value == "rest"


def test_the_elements_of_a_code() -> None:
    message = ScanInput.Scanned(ScanInput(), f"(21)7{GROUP_MARK}{GROUP_MARK}(10)B")
    assert message.elements == ("(21)7", "(10)B")


async def test_the_cursor_does_not_blink() -> None:
    app = Counter()
    async with app.run_test() as pilot:
        await pilot.pause()
        assert not app.query_one(ScanInput).cursor_blink


PROGRAM = """
import sys
from tests.screens.test_scan_input import Counter
class Printing(Counter):
    def on_ready(self): open(sys.argv[1] + ".ready", "w").close()
    def on_scan_input_scanned(self, event):  # textual calls the base class' handler too
        if event.value == "END": self.exit()
app = Printing()
app.run()
open(sys.argv[1], "w").write(",".join(app.codes))
"""


def test_a_burst_over_a_real_terminal(tmp_path: Path) -> None:
    root = str(Path(__file__).parents[2])
    environ = os.environ | {"PYTHONPATH": os.pathsep.join([root, *sys.path])}
    found = tmp_path / "codes"
    terminal = PtyProcess.spawn([sys.executable, "-c", PROGRAM, str(found)], env=environ, dimensions=(24, 80))
    try:
        wait_for(Path(f"{found}.ready"), terminal)
        terminal.write(b"P-1\rP-2\rP-3\r" + b"".join(b"Q-%d\x1dX\r" % n for n in range(50)) + b"END\r")
        wait_for(found, terminal)
    finally:
        terminal.terminate(force=True)
    expected = ["P-1", "P-2", "P-3", *(f"Q-{n}{GROUP_MARK}X" for n in range(50)), "END"]
    assert found.read_text().split(",") == expected


def wait_for(path: Path, terminal: PtyProcess) -> None:
    """Read what the program draws until it has made this file."""
    deadline = time.monotonic() + 20
    while not path.exists() or (path.suffix == "" and not path.read_text()):
        assert time.monotonic() < deadline, f"{path.name} did not come"
        try:
            if select.select([terminal.fd], [], [], 0.05)[0]:
                terminal.read(65536)
        except EOFError:
            time.sleep(0.05)
