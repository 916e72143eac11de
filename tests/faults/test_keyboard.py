"""What a keyboard, a scanner and a mouse can send by mistake: nothing typed is lost, nothing is done by it."""

import pytest

from shopterm.screens.sturdy import NOT_UTF8
from tests.faults.at_form import begin, draft_of, save
from tests.faults.conftest import Sit, tried
from tests.faults.house import BY_NAME, Form, House
from tests.journeys import terminal as keys
from tests.journeys.hands import Hands

GBK = "中文".encode("gbk") + b"\xe9\xff"
ASKED = BY_NAME["ask_question"]
NOTE = BY_NAME["promise"]
PASTE = "\x1b[200~{}\x1b[201~"


def told_of_utf8(hands: Hands) -> None:
    """Wait for the sentence, over whatever screen is in front."""
    hands.terminal.expect(hands.word(NOT_UTF8)[:10])


def test_a_terminal_of_another_encoding_is_told_of_on_every_screen(house: House, sit: Sit) -> None:
    line = sit(house)
    hands = Hands(line)
    hands.language = "en"
    line.expect("shopterm")
    line.send_bytes(GBK)
    told_of_utf8(hands)
    hands = begin(house, line, ASKED)
    line.send_bytes(GBK)
    told_of_utf8(hands)
    draft_of(house, ASKED)
    save(house, hands, ASKED)
    assert line.quit() == 0


def test_bytes_of_another_encoding_press_no_key_of_a_verb(house: House, sit: Sit) -> None:
    line = sit(house)
    hands = Hands(line)
    hands.sign_in("M1")
    line.send_bytes("丄丅丆".encode("gbk"))  # their second bytes are the letters A, E, F
    told_of_utf8(hands)
    line.settle()
    assert hands.title.startswith("1 ")
    assert line.quit() == 0


@pytest.mark.parametrize("broken", tried(["whole", "unended", "torn"], "unended", "torn"))
def test_a_paste_with_control_characters_is_text_and_nothing_else(house: House, sit: Sit, broken: str) -> None:
    line, form = sit(house), Form("ask_question", "A1", {"question": "since when"}, on="opened")
    hands = begin(house, line, form)
    paste = PASTE.format(", and\x1b[31m why\x1b]0;owned\x07\r\x1bOQat all")
    pieces = {"whole": [paste], "unended": [paste[:-6]], "torn": [paste[:3], paste[3:20], paste[20:-2], paste[-2:]]}
    for piece in pieces[broken]:
        line.send(piece)
    text = "since when, and why at all"
    line.expect(text)
    draft_of(house, Form("ask_question", "A1", {"question": text}, on="opened"))
    line.send("!")
    line.expect(f"{text}!")
    assert house.done("ask_question") == 0
    save(house, hands, form)
    assert line.quit() == 0


def test_several_lines_are_pasted_into_a_note(house: House, sit: Sit) -> None:
    line = sit(house)
    hands = begin(house, line, NOTE)
    line.send(PASTE.format("\rsecond\x1b[2J line\r\nthird line"))
    line.expect("third line")
    text = f"{NOTE.values['note']}\nsecond line\nthird line"
    draft_of(house, Form(NOTE.name, "A1", NOTE.values | {"note": text}, on=NOTE.on))
    save(house, hands, NOTE)
    assert line.quit() == 0


def test_a_paste_on_a_desk_does_nothing(house: House, sit: Sit) -> None:
    line = sit(house)
    hands = Hands(line)
    hands.sign_in("A1")
    line.send(PASTE.format("XXXX\r482913\r\x1bOQ"))
    line.send(keys.F1)
    line.until(lambda: hands.title.startswith(hands.word("Help")), "the help")
    assert line.quit() == 0
    assert house.drafts() == []


def test_a_scanner_at_full_speed_makes_a_line_of_every_code(house: House, sit: Sit) -> None:
    line, form = sit(house), BY_NAME["report_parts"]
    hands = Hands(line)
    hands.sign_in(form.person)
    hands.choose(house.number(form))
    codes = ["600-311-3750", "707-98-45230", "07000-12011", "HM46"] * 5
    line.send(form.action.key)
    hands.wait_for_form(form.action)
    line.until(lambda: hands.cell == 0, "the first cell")
    line.send("".join(code + keys.ENTER for code in codes))
    scanned = Form(form.name, form.person, {"lines": [{"part": code} for code in codes]}, on=form.on)
    draft_of(house, scanned)
    save(house, hands, form)
    assert line.quit() == 0


def test_codes_scanned_on_a_desk_open_the_last_and_do_nothing(house: House, sit: Sit) -> None:
    line = sit(house)
    hands = Hands(line)
    hands.sign_in("P1")
    line.send("".join(f"{code}{keys.ENTER}" for code in ["600-311-3750", "HM46", "07000-12011"] * 10))
    line.until(lambda: hands.cursor > 0 and "07000-12011" in line.lines[hands.cursor], "the last code's part")
    assert line.quit() == 0
    assert house.drafts() == []


def test_keys_held_down_are_a_cursor_that_moves(house: House, sit: Sit) -> None:
    line = sit(house)
    hands = Hands(line)
    hands.sign_in("A1")
    line.send(keys.DOWN * 400 + keys.UP * 400 + keys.TAB * 100 + "\x1b[6~" * 100)
    line.send(keys.F1)
    line.until(lambda: hands.title.startswith(hands.word("Help")), "the help")
    assert line.quit() == 0
