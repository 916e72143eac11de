"""Walking a checklist: one key a mark, nothing lost."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from shopterm.checklist_file import read_checklists
from shopterm.domain.checklist import Checklist, ItemKind, Mark
from shopterm.i18n import use
from shopterm.screens.checklist_screen import ChecklistScreen
from shopterm.screens.walk import LETTERS, Walk
from shopterm.screens.widgets.text_lines import TextLines
from shopterm.screens.widgets.walk_list import WalkList
from tests.screens.form_host import Host, answer, said_at, settle

Running = tuple[Host, Pilot[None]]
SHIPPED = read_checklists(Path(__file__).parents[2] / "config" / "checklists")
LISTS = {name: shipped.checklist for name, shipped in SHIPPED.items()}
INTAKE, QC = LISTS["intake_excavator"], LISTS["qc_excavator"].fitted("excavator", 21_000)


@pytest.fixture
async def running(tmp_path: Path) -> AsyncIterator[Running]:
    host = Host(tmp_path)
    async with host.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        yield host, pilot


async def walking(running: Running, checklist: Checklist) -> ChecklistScreen:
    host, pilot = running
    screen = ChecklistScreen(checklist, {}, "SH1-WO-2611-0007", host.photos)
    host.push_screen(screen)
    await pilot.pause()
    return screen


def said(screen: ChecklistScreen) -> dict[str, str]:
    return {item: part["mark"] or part["value"] for item, part in screen.walk.marks.items()}


def shown(screen: ChecklistScreen, selector: str) -> str:
    widget = screen.query_one(selector, TextLines)
    return "\n".join("".join(piece for piece, _tone in widget.line(y)) for y in range(widget.size.height))


async def test_numbers_and_letters_mark_and_go_on(running: Running) -> None:
    _host, pilot = running
    screen = await walking(running, INTAKE)
    await pilot.press("1", "y", "2", "d", "８", "z", "9")
    assert list(said(screen).values()) == ["ok", "ok", "damaged", "damaged", "not_applicable"]
    assert screen.walk.place == 5
    assert "2 not in order  5/28" in shown(screen, "#walk-title")


@pytest.mark.parametrize("name", LISTS)
def test_every_mark_of_a_list_has_a_letter_of_its_own(name: str) -> None:
    letters = [LETTERS[mark] for mark in LISTS[name].marks]
    assert len(set(letters)) == len(letters)
    assert not set(letters) & set("nuf")  # note, next open, photos


def test_every_mark_has_a_letter() -> None:
    assert set(LETTERS) == set(Mark)


async def test_a_measure_takes_digits_shows_limits_and_judges(running: Running) -> None:
    _host, pilot = running
    screen = await walking(running, QC)
    await pilot.press("y", "y", "y")
    assert screen.walk.item.id == "hydraulics.main_pressure"
    assert "limits 34 – 36" in shown(screen, "#walk-text")
    await pilot.press(*"35.2")
    assert "35.2" in shown(screen, "#walk-text")
    await pilot.press("enter", *"9.9", "enter", *"2", "backspace", "-")
    values = {item: (part["value"], part["mark"]) for item, part in screen.walk.marks.items()}
    assert values["hydraulics.main_pressure"] == ("35.2", "pass")
    assert values["hydraulics.pilot_pressure"] == ("9.9", "fail")
    assert values["hydraulics.swing_pressure"] == ("", "not_applicable")
    await pilot.press("up", "up")
    assert "9.9 MPa OUT" in shown(screen, "#walk-text")


@pytest.mark.parametrize("leave", ["down", "u", "n"])
async def test_a_typed_number_is_kept_by_whatever_key_goes_on(running: Running, leave: str) -> None:
    _host, pilot = running
    screen = await walking(running, QC)
    await pilot.press("y", "y", "y", *"35.2", leave)
    if leave == "n":
        await pilot.press(*"warm", "enter", "down")
    assert screen.walk.marks["hydraulics.main_pressure"]["value"] == "35.2"


async def test_a_mark_says_more_than_the_limits_but_only_with_a_figure(running: Running) -> None:
    _host, pilot = running
    screen = await walking(running, QC)
    await pilot.press("y", "y", "y", "y")
    assert screen.query_one("#walk-answer", TextLines).said == "Type the figure first: a mark alone proves nothing."
    assert (screen.walk.item.id, len(screen.walk.marks)) == ("hydraulics.main_pressure", 3)
    await pilot.press(*"35.2", "x")
    said = screen.walk.marks["hydraulics.main_pressure"]
    assert (said["value"], said["mark"], screen.walk.wrong) == ("35.2", "fail", 1)


async def test_what_is_no_number_keeps_one_at_the_item(running: Running) -> None:
    host, pilot = running
    screen = await walking(running, QC)
    await pilot.press("y", "y", "y", *"3.4.5", "down", "f2", "escape", "u")
    await pilot.pause()
    assert host.screen is screen
    assert screen.walk.item.id == "hydraulics.main_pressure"
    await pilot.press(*["backspace"] * 2, "f2")
    await pilot.pause()
    assert screen.walk.marks["hydraulics.main_pressure"]["value"] == "3.4"


async def test_no_number_is_told_and_stays(running: Running) -> None:
    _host, pilot = running
    screen = await walking(running, QC)
    await pilot.press("y", "y", "y", *"3.4.5", "enter")
    await pilot.pause()
    assert screen.query_one("#walk-answer", TextLines).said == "This is no number: 3.4.5"
    assert screen.walk.typed == "3.4.5"


async def test_without_limits_a_measure_is_recorded_and_says_so(running: Running) -> None:
    _host, pilot = running
    screen = await walking(running, LISTS["qc_excavator"].fitted("wheel_loader", None))
    await pilot.press("y", "y", "y", *"99", "enter", "up")
    assert "No limits are known for this machine: only recorded." in shown(screen, "#walk-text")
    assert screen.walk.marks["hydraulics.main_pressure"] == {"mark": "", "value": "99", "note": ""}
    assert screen.walk.wrong == 0


async def test_choices_and_lists(running: Running) -> None:
    _host, pilot = running
    screen = await walking(running, INTAKE)
    ids = [item.id for item in INTAKE.items]
    screen.action_step(ids.index("fuel.level"))
    await pilot.press("6")
    assert screen.walk.marks["fuel.level"]["value"] == "1/2"
    screen.action_step(ids.index("console.valuables") - screen.walk.place)
    await pilot.press("enter", *"drill, radio", "enter")
    await pilot.pause()
    assert screen.walk.marks["console.valuables"]["value"] == "drill, radio"
    assert ids[screen.walk.place - 1] == "console.valuables"


async def test_a_note_is_typed_with_the_letters_that_mark_elsewhere(running: Running) -> None:
    _host, pilot = running
    screen = await walking(running, INTAKE)
    await pilot.press("n", *"dry 1", "enter")
    await pilot.pause()
    assert screen.walk.marks[INTAKE.items[0].id] == {"mark": "", "value": "", "note": "dry 1"}
    assert screen.walk.place == 0  # noted, not marked
    await pilot.press("n", *"more", "escape", "2")
    await pilot.pause()
    assert screen.walk.marks[INTAKE.items[0].id] == {"mark": "damaged", "value": "", "note": "dry 1"}
    assert not screen.query_one(Input).display


async def test_the_next_open_item_is_one_key_away_round_the_end(running: Running) -> None:
    _host, pilot = running
    screen = await walking(running, QC)
    for item in QC.items:
        screen.walk.marks[item.id] = {
            "mark": "pass",
            "value": "35" if item.kind is ItemKind.MEASURE else "",
            "note": "",
        }
    del screen.walk.marks[QC.items[2].id], screen.walk.marks[QC.items[9].id]
    places = []
    for _press in range(3):
        await pilot.press("u")
        places.append(screen.walk.place)
    assert places == [2, 9, 2]
    await pilot.press("y", "u", "-", "u")
    await pilot.pause()
    assert screen.query_one("#walk-answer", TextLines).said == "Nothing is open: F2 keeps the marks."


async def test_a_mark_is_taken_back(running: Running) -> None:
    _host, pilot = running
    screen = await walking(running, QC)
    await pilot.press("y", "up", "backspace")
    assert said(screen) == {}


async def test_the_current_item_stays_in_view(running: Running) -> None:
    _host, pilot = running
    screen = await walking(running, INTAKE)
    view = screen.query_one(WalkList)
    for _item in INTAKE.items:
        assert sum(view.is_marked(y) for y in range(view.size.height)) == 1
        await pilot.press("y" if screen.walk.item.kind.value == "mark" else "down")


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_both_languages_fit(running: Running, language: str) -> None:
    _host, pilot = running
    use(language)
    try:
        screen = await walking(running, INTAKE)
        await pilot.press("1")
        assert INTAKE.items[1].text(language)[:10] in shown(screen, "#walk-text")
    finally:
        use("en")


def test_going_on_begins_at_the_first_open_item_and_forgets_strangers() -> None:
    first = QC.items[0].id
    walk = Walk(QC, {first: {"mark": "pass"}, "stranger": {"mark": "pass"}})
    assert walk.place == 1
    assert set(walk.marks) == {first}


# ── as a field of a form ─────────────────────────────────────────────────────────────────────────────


async def test_a_form_brings_marks_and_photos_back_and_asks_for_the_open_ones(running: Running) -> None:
    host, pilot = running
    form = await host.open(pilot, "inspect_intake", checklist=INTAKE)
    await pilot.press("f2")
    await settle(pilot)
    assert said_at(form, "marks") == "This is missing."
    await pilot.press("enter")
    await pilot.pause(0.1)
    await pilot.press("1", "2", "f")
    await pilot.pause(0.1)
    await pilot.press("enter", "f2")
    await pilot.pause(0.1)
    await pilot.press("f2")
    await settle(pilot)
    raw = form.body.raw()
    assert len(raw["marks"]) == 3
    assert raw["marks"][INTAKE.items[2].id]["note"] == "IMG_1.jpg"
    assert raw["photos"] == ["IMG_1.jpg"]
    await pilot.press("down", *"1/2", "f2")
    await settle(pilot)
    assert said_at(form, "marks") == "26 items are not marked yet."
    assert answer(form) == "Please check the marked fields."
    assert host.requests == []


async def test_marks_are_in_the_draft_while_one_is_still_walking(running: Running) -> None:
    host, pilot = running
    await host.open(pilot, "self_check", checklist=LISTS["self_check"])
    await pilot.press("enter")
    await pilot.pause(0.1)
    await pilot.press("y", "x")
    await pilot.pause(0.9)
    assert isinstance(host.screen, ChecklistScreen)
    (draft,) = host.drafts.all()
    assert [said["mark"] for said in draft.values["marks"].values()] == ["pass", "fail"]


async def test_digits_are_in_the_draft_before_enter_and_taken_up_as_they_stood(running: Running) -> None:
    host, pilot = running
    await host.open(pilot, "pass_inspection", checklist=QC)
    await pilot.press("enter")
    await pilot.pause(0.1)
    await pilot.press("y", "y", "y", *"35.")
    await pilot.pause(0.9)
    (draft,) = host.drafts.all()
    assert draft.values["marks"]["hydraulics.main_pressure"]["value"] == "35.…"
    await pilot.press("1", "f2")
    await settle(pilot)
    await pilot.press("escape")
    await settle(pilot)
    form = await host.open(pilot, "pass_inspection", checklist=QC, draft=draft)
    await pilot.press("f2")
    await settle(pilot)
    assert said_at(form, "marks") == "Item “hydraulics.main_pressure”: a number is expected."
    await pilot.press("enter")
    await pilot.pause(0.1)
    assert isinstance(host.screen, ChecklistScreen)
    assert (host.screen.walk.item.id, host.screen.walk.typed) == ("hydraulics.main_pressure", "35.")
    await pilot.press("2", "f2")
    await pilot.pause(0.1)
    assert form.body.raw()["marks"]["hydraulics.main_pressure"]["value"] == "35.2"


async def test_photos_are_in_the_draft_while_they_are_picked(running: Running) -> None:
    host, pilot = running
    await host.open(pilot, "inspect_intake", checklist=INTAKE)
    await pilot.press("enter")
    await pilot.pause(0.1)
    await pilot.press("1", "f")
    await pilot.pause(0.1)
    await pilot.press("enter", "enter")
    await pilot.pause(0.9)
    assert [draft.values["photos"] for draft in host.drafts.all()] == [["IMG_1.jpg", "IMG_2.jpg"]]
    await pilot.press("escape")
    await pilot.pause(0.9)
    assert [draft.values["photos"] for draft in host.drafts.all()] == [[]]


async def test_photos_of_the_forms_own_field_are_in_the_draft_and_escape_takes_them_back(running: Running) -> None:
    host, pilot = running
    form = await host.open(pilot, "inspect_intake", checklist=INTAKE)
    form.body.row("photos").enter()  # type: ignore[union-attr]
    await pilot.press("enter")
    await pilot.pause(0.1)
    await pilot.press("enter")
    await pilot.pause(0.9)
    assert [draft.values["photos"] for draft in host.drafts.all()] == [["IMG_1.jpg"]]
    await pilot.press("escape")
    await settle(pilot)
    assert not form.body.raw()["photos"]


async def test_marks_are_in_the_draft_and_the_walk_goes_on_from_them(running: Running) -> None:
    host, pilot = running
    await host.open(pilot, "self_check", checklist=LISTS["self_check"])
    await pilot.press("enter")
    await pilot.pause(0.1)
    await pilot.press("y", "y", "escape")
    await settle(pilot)
    await pilot.press("escape")
    await settle(pilot)
    (draft,) = host.drafts.all()
    assert len(draft.values["marks"]) == 2
    await host.open(pilot, "self_check", checklist=LISTS["self_check"], draft=draft)
    await pilot.press("enter")
    await pilot.pause(0.1)
    assert isinstance(host.screen, ChecklistScreen)
    assert host.screen.walk.place == 2
