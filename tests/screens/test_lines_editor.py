"""Lines of a form by scanner and by keyboard: aligned, changeable, never lost."""

import os
import select
import signal
import sys
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from ptyprocess import PtyProcess
from textual import events
from textual.pilot import Pilot

from shopterm.domain.errors import Problem
from shopterm.domain.text import width
from shopterm.drafts import Drafts
from shopterm.screens.form import FormScreen
from shopterm.screens.form_data import Ending
from shopterm.screens.lines import cells
from shopterm.screens.widgets.editors import ChoiceEditor
from shopterm.screens.widgets.lines_editor import LinesEditor
from tests.screens.form_host import Host, answer, said_at, settle

Running = tuple[Host, Pilot[None]]
WIDE = {"part": "斗杆油缸密封件包", "quantity": 12_500, "reason": "磨损严重,需更换"}
THREE = {"lines": [{"part": "A"}, {"part": "B"}, {"part": "C"}]}
LONG = {"part": "20Y-70-14520", "quantity": 1000, "reason": "a very long reason that does not fit"}


@pytest.fixture
async def running(tmp_path: Path) -> AsyncIterator[Running]:
    host = Host(tmp_path)
    async with host.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        yield host, pilot


def editor(form: FormScreen) -> LinesEditor:
    return form.query_one(LinesEditor)


def parts(form: FormScreen) -> list[str]:
    return [f"{line['part']} × {line['quantity']}" for line in form.body.raw()["lines"]]


async def test_every_scan_adds_a_line_and_says_what_it_is(running: Running) -> None:
    host, pilot = running
    form = await host.open(pilot, "report_parts")
    await pilot.press(*"20Y-70-14520", "enter", *"PC200", "ctrl+j", "ctrl+b", *"X1", "ctrl+c")
    await settle(pilot)
    assert parts(form) == ["20Y-70-14520 × 1", "PC200 × 1", "X1 × 1"]
    await pilot.press("up", "up", "up")
    assert editor(form).said == "20Y-70-14520  斗杆销轴 Pin, arm"
    await pilot.press("f2")
    await settle(pilot)
    assert len(host.requests[0].values["lines"]) == 3


async def test_a_typed_code_is_named_when_its_cell_is_left(running: Running) -> None:
    host, pilot = running
    form = await host.open(pilot, "report_parts")
    await pilot.press(*"20Y-70-14520", "tab")
    await settle(pilot)
    assert editor(form).said == "20Y-70-14520  斗杆销轴 Pin, arm"


async def test_a_quantity_is_typed_in_the_next_cell_and_enter_keeps_the_line(running: Running) -> None:
    host, pilot = running
    form = await host.open(pilot, "report_parts")
    await pilot.press(*"A-1", "tab", *"2.5", "tab", *"worn", "enter")
    assert form.body.raw()["lines"] == [{"part": "A-1", "quantity": "2.5", "reason": "worn", "old_part": "y"}]
    assert editor(form).cells[0].raw() == ""


async def test_a_wrong_cell_keeps_the_keyboard_and_says_why(running: Running) -> None:
    host, pilot = running
    form = await host.open(pilot, "report_parts")
    await pilot.press(*"A-1", "tab", "backspace", *"two", "enter")
    await pilot.pause()
    assert editor(form).rows == []
    assert editor(form).said == "Quantity: A quantity is expected, like 2 or 2.5."
    assert parts(form) == ["A-1 × two"]  # the draft has it all the same
    await pilot.press("f2")
    await settle(pilot)
    assert host.requests == []
    assert editor(form).said == "Line 1, Quantity: A quantity is expected, like 2 or 2.5."
    await pilot.press("backspace", "backspace", "backspace", "2", "enter")
    assert parts(form) == ["A-1 × 2"]


async def test_a_cell_not_reached_yet_is_only_entered(running: Running) -> None:
    host, pilot = running
    form = await host.open(pilot, "tag_old_parts")
    await pilot.press("1", "enter", *"T-9", "enter", *"rack 3", "enter")
    await pilot.pause()
    assert form.body.raw()["lines"] == [{"line": "1", "tag": "T-9", "place": "rack 3"}]


async def test_a_line_is_chosen_changed_and_put_back(running: Running) -> None:
    host, pilot = running
    form = await host.open(pilot, "report_parts", prefill=THREE)
    await pilot.press("up", "up", "enter")  # B goes into the entry, at its quantity
    await pilot.press("4", "tab", *"worn", "enter")
    await pilot.pause()
    assert parts(form) == ["A × 1", "B × 4", "C × 1"]
    assert editor(form).rows[1]["reason"] == "worn"
    assert editor(form).cursor == 2  # the next line is chosen
    await pilot.press(*"D", "enter")  # typing begins a new one
    assert parts(form) == ["A × 1", "B × 4", "C × 1", "D × 1"]


async def test_a_scan_while_a_line_is_changed_replaces_its_part_and_the_next_adds(running: Running) -> None:
    host, pilot = running
    form = await host.open(pilot, "report_parts", prefill={"lines": [{"part": "A"}, {"part": "B"}]})
    await pilot.press("up", "up", "enter", "shift+tab", "ctrl+u")
    await pilot.press(*"N-1", "enter", *"N-2", "enter")
    await pilot.pause()
    assert parts(form) == ["N-1 × 1", "B × 1", "N-2 × 1"]


async def test_delete_removes_the_chosen_line_and_types_nowhere(running: Running) -> None:
    host, pilot = running
    form = await host.open(pilot, "report_parts", prefill={"lines": [{"part": "A"}, {"part": "B"}]})
    await pilot.press("up", "delete")
    assert parts(form) == ["A × 1"]
    await pilot.press("delete", *"B", "home", "delete")  # no line is chosen: deletes the typed character
    assert parts(form) == ["A × 1"]


async def test_escape_gives_up_the_entry_before_it_leaves_the_form(running: Running) -> None:
    host, pilot = running
    form = await host.open(pilot, "report_parts", prefill={"lines": [{"part": "A"}]})
    await pilot.press("up", "enter", *"half", "escape")
    await pilot.pause()
    assert host.screen is form
    assert parts(form) == ["A × 1"]
    await pilot.press("escape")
    await settle(pilot)
    assert host.endings == [Ending.DROPPED]


async def test_the_arrows_leave_the_lines_at_both_ends_but_not_with_something_typed(running: Running) -> None:
    host, pilot = running
    form = await host.open(pilot, "report_parts", prefill={"lines": [{"part": "A"}]})
    await pilot.press("x", "down")
    await pilot.pause()
    assert editor(form).said == "Enter keeps this line, Esc clears it."
    await pilot.press("escape", "down")
    await pilot.pause()
    assert form.body.here is form.body.row("none")
    await pilot.press("up")
    await pilot.pause()
    assert form.body.here is form.body.row("lines")


async def test_an_unfinished_scanned_line_is_marked_and_named(running: Running) -> None:
    host, pilot = running
    rows = [{"part": "A"}, {"part": "B", "quantity": -1}]
    form = await host.open(pilot, "report_parts", prefill={"lines": rows})
    assert editor(form).cursor == 1
    assert editor(form).table.line(2)[0] == ("!  2 ", "bad")
    await pilot.press("f2")
    await settle(pilot)
    assert host.requests == []
    assert answer(form) == "Please check the marked fields."
    assert editor(form).said.startswith("Line 2, Quantity: Too small")


async def test_a_refused_line_is_taken_up_at_the_wrong_cell_and_typed_over(running: Running) -> None:
    host, pilot = running
    form = await host.open(pilot, "report_parts", prefill=THREE)
    editor(form).complain([Problem("lines.part", "Not in the catalogue.", line=2)])
    await pilot.press("enter")
    await pilot.pause()
    await pilot.press(*"D-7", "enter")
    await pilot.pause()
    assert parts(form) == ["A × 1", "D-7 × 1", "C × 1"]


async def test_a_line_taken_up_and_left_as_it_was_is_no_new_line_when_another_is_refused(running: Running) -> None:
    host, pilot = running
    form = await host.open(pilot, "report_parts", prefill=THREE)
    await pilot.press("up", "enter")
    editor(form).complain([Problem("lines.part", "Not in the catalogue.", line=1)])
    await pilot.pause()
    assert parts(form) == ["A × 1", "B × 1", "C × 1"]


async def test_ctrl_u_empties_a_cell_wherever_its_cursor_stands(running: Running) -> None:
    host, pilot = running
    form = await host.open(pilot, "report_parts")
    await pilot.press(*"A-1", "home", "right", "ctrl+u", *"B", "enter")
    assert parts(form) == ["B × 1"]


async def test_the_number_of_a_given_line_is_not_typed_over_but_a_wrong_one_is(running: Running) -> None:
    host, pilot = running
    form = await host.open(pilot, "price_parts", prefill={"lines": [{"line": 1, "part": "A"}, {"line": 2}]})
    await pilot.press("enter", *"12.50", "shift+tab", "shift+tab", "shift+tab")  # from the price over the part
    await pilot.pause()
    assert not editor(form).cells[0].has_focus  # type: ignore[attr-defined]
    await pilot.press("escape")
    editor(form).complain([Problem("lines.line", "There is no such line.", line=1)])
    await pilot.press("enter")
    await pilot.pause()
    await pilot.press("3", "enter")
    assert [line["line"] for line in form.body.raw()["lines"]] == ["3", "2"]


async def test_choices_in_a_line_say_their_keys(running: Running) -> None:
    host, pilot = running
    form = await host.open(pilot, "report_labour")
    await pilot.press("tab", "tab")
    await pilot.pause()
    assert editor(form).said.startswith("Space changes it: 1 repair, 2 outsourced machining")
    columns = "".join(piece for line in form.help_lines(76) for piece, _tone in line)
    assert "Kind – Space changes it: 1 repair" in columns


async def test_what_a_slow_scanner_types_at_a_choice_chooses_nothing(running: Running) -> None:
    host, pilot = running
    form = await host.open(pilot, "report_labour")
    await pilot.press("tab", *"weld", "tab")
    choice = editor(form).cells[2]
    assert isinstance(choice, ChoiceEditor)
    for character in "207312":
        choice.on_key(events.Key(character, character))
    choice.on_key(events.Key("enter", "\r"))
    await pilot.pause()
    assert choice.raw() == "repair"
    assert editor(form).rows == []


async def test_choices_in_a_line_by_key(running: Running) -> None:
    host, pilot = running
    form = await host.open(pilot, "report_labour")
    await pilot.press("tab", *"weld", "tab", "2", "tab", *"1.5h", "enter")
    assert form.body.raw()["lines"] == [
        {"standard": "", "text": "weld", "kind": "outsourced", "minutes": "1.5h", "people": "1"}
    ]
    shown = "".join(piece for piece, _tone in editor(form).table.line(1))
    assert "outsourced machining" in shown


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (60, 24)])
async def test_columns_stay_aligned_whatever_is_in_them(tmp_path: Path, size: tuple[int, int]) -> None:
    host = Host(tmp_path)
    async with host.run_test(size=size, notifications=True, tooltips=True) as pilot:
        form = await host.open(pilot, "report_parts", prefill={"lines": [WIDE, LONG]})
        table = editor(form).table
        lines = [table.line(y) for y in range(3)]
        assert len({cells(line) for line in lines}) == 1
        starts = [5 + sum(table.sizes[:n]) + 2 * n for n in range(len(table.sizes))]
        assert [cell.region.x for cell in editor(form).entry.children] == starts
        assert cells(lines[0]) <= size[0] + 1
        for name, quantity in zip(("斗", "20Y"), ("12.5", "1"), strict=True):
            text = next(
                "".join(piece for piece, _tone in line)
                for line in lines
                if any(piece.startswith(name) for piece, _tone in line)
            )
            end = width(text[: text.index(f" {quantity} ") + 1 + len(quantity)])
            assert end == 5 + table.sizes[0] + 2 + table.sizes[1] - 1


async def test_more_lines_than_fit_scroll_with_the_chosen_one(running: Running) -> None:
    host, pilot = running
    rows = [{"part": f"P-{n}"} for n in range(1, 31)]
    form = await host.open(pilot, "report_parts", prefill={"lines": rows})
    table = editor(form).table
    assert "P-30" in str([table.line(y) for y in range(table.size.height)])
    await pilot.press(*["up"] * 30)
    assert "P-1'" in str(table.line(1))
    assert table.is_marked(1)
    assert table.size.height < 14


async def test_pasted_lines_become_lines(running: Running) -> None:
    host, pilot = running
    form = await host.open(pilot, "report_parts")
    assert form.focused
    form.focused.post_message(events.Paste("A-1\r\nA-2\r\nA-3"))
    await pilot.pause()
    assert parts(form) == ["A-1 × 1", "A-2 × 1", "A-3 × 1"]


async def test_required_lines_are_asked_for(running: Running) -> None:
    host, pilot = running
    form = await host.open(pilot, "lend_parts")
    await pilot.press("f2")
    await settle(pilot)
    assert said_at(form, "lines") == "This is missing."
    await pilot.press(*"A-1", "enter")
    await settle(pilot)
    assert said_at(form, "lines") == ""


# ── over a real terminal ─────────────────────────────────────────────────────────────────────────────

PROGRAM = """
import sys
from pathlib import Path
from tests.screens.form_host import Host
class Program(Host):
    def on_ready(self):
        self.push_screen(self.form(sys.argv[2]))
        self.set_interval(0.05, self.tell)
    def tell(self):
        if self.focused: Path(sys.argv[1], "ready").touch()
    async def submit(self, request):
        Path(sys.argv[1], "submitted").write_text(repr(request.values))
Program(Path(sys.argv[1])).run()
"""


def start(folder: Path, action: str) -> PtyProcess:
    root = str(Path(__file__).parents[2])
    environ = os.environ | {"PYTHONPATH": os.pathsep.join([root, *sys.path])}
    terminal = PtyProcess.spawn([sys.executable, "-c", PROGRAM, str(folder), action], env=environ)
    wait(terminal, lambda: (folder / "ready").exists())
    return terminal


def wait(terminal: PtyProcess, happened: Callable[[], bool], seconds: float = 20) -> None:
    """Read what the program draws until something has happened."""
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "it did not happen"
        if select.select([terminal.fd], [], [], 0.05)[0]:
            terminal.read(65536)


def drafted(folder: Path) -> list[str]:
    return [line["part"] for draft in Drafts(folder, 7).all() for line in draft.values.get("lines", [])]


def test_a_burst_of_scans_and_a_hang_up_lose_nothing(tmp_path: Path) -> None:
    codes = [f"P-{n}" for n in range(40)]
    terminal = start(tmp_path, "report_parts")
    terminal.write("".join(f"{code}\r" for code in codes).encode())
    wait(terminal, lambda: drafted(tmp_path) == codes)
    terminal.kill(signal.SIGHUP)
    terminal.wait()
    assert drafted(tmp_path) == codes
    assert not (tmp_path / "submitted").exists()


def test_a_hostile_paste_does_not_sign(tmp_path: Path) -> None:
    terminal = start(tmp_path, "cancel_order")
    terminal.write(b"\x1b[200~sold\r\x1bOQ482913\r\x1b\r\r\x1b[12~y\n1\r\x1b[201~")
    terminal.write(b"sold\r482913\r\r\r\n\n")
    wait(terminal, lambda: any(draft.values["reason"] for draft in Drafts(tmp_path, 7).all()))
    time.sleep(0.3)
    terminal.terminate(force=True)
    assert not (tmp_path / "submitted").exists()


GIVEN = {
    "lines": [{"part": "Komatsu 01010-67855", "quantity": 2000}, {"part": "Komatsu 07000-12011", "quantity": 4000}]
}


async def test_a_scan_of_what_the_document_asks_for_chooses_its_line_and_adds_none(running: Running) -> None:
    host, pilot = running
    form = await host.open(pilot, "issue_parts", prefill=GIVEN)
    await pilot.press(*"0700012011", "enter")
    await settle(pilot)
    assert parts(form) == ["Komatsu 01010-67855 × 2", "Komatsu 07000-12011 × 4"]
    assert editor(form).cursor == 1
    assert editor(form).said.startswith("“0700012011” stands in line 2")
    await pilot.press("delete", *"X9-1", "enter")
    await settle(pilot)
    assert parts(form) == ["Komatsu 01010-67855 × 2", "X9-1 × 1"]


async def test_a_line_that_was_changed_is_not_the_documents_any_more(running: Running) -> None:
    host, pilot = running
    form = await host.open(pilot, "issue_parts", prefill=GIVEN)
    await pilot.press("up", "enter", "ctrl+u", "1", "enter", *"07000-12011", "enter")
    await settle(pilot)
    assert parts(form)[1:] == ["Komatsu 07000-12011 × 1", "07000-12011 × 1"]
