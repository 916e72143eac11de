"""A stale version, a delegation and a lock by the command line: what a program reads."""

from pathlib import Path

import pytest

from tests.cli.conftest import Shopterm, Told, private_file
from tests.rules.story import Stage, Story, to
from tests.shopkit import do, reopen


@pytest.fixture
def act(shopterm: Shopterm, workshop: Path, pin_file: Path) -> Shopterm:
    """Do an action as a person of the workshop."""

    def run(person: str, *arguments: str, stdin: str | bytes | None = None) -> Told:
        return shopterm("do", *arguments, "--as", person, "--pin-file", str(pin_file), "--json", stdin=stdin)

    return run


def drafted(workshop: Path) -> Story:
    """Bring a sheet to a draft in the command line's own workshop."""
    shop = reopen(f"sqlite:///{workshop}/shopterm.db", workshop)
    story = to(shop, Stage.DRAFTED)
    shop.close()
    return story


def changed(workshop: Path, story: Story) -> None:
    shop = reopen(f"sqlite:///{workshop}/shopterm.db", workshop)
    lines = [{"part": "600-311-3750", "quantity": "3"}, {"part": "07000-12011", "quantity": "4"}]
    do(shop, "M3", "edit_parts", story.material, lines=lines)
    shop.close()


def test_a_stale_version_tells_was_theirs_and_mine(workshop: Path, act: Shopterm) -> None:
    story = drafted(workshop)
    changed(workshop, story)
    mine = "lines=600-311-3750;2;;y"
    told = act("M1", "edit_parts", story.material, "--set", mine, "--if-version", "1")
    assert told.status == 5
    conflict = told.error["conflict"]
    assert (conflict["number"], conflict["base_version"], conflict["version"]) == (story.material, 1, 2)
    assert (conflict["by"], conflict["refused"]) == ("许辛", None)
    assert conflict["action"]
    filter_, ring = conflict["fields"]
    assert (filter_["field"], filter_["line"]) == ("lines", "600-311-3750")
    assert [filter_[side]["quantity"] for side in ("was", "theirs", "mine")] == ["1", "3", "2"]
    assert (ring["line"], ring["mine"], ring["theirs"]["quantity"]) == ("07000-12011", None, "4")


def test_a_person_reads_the_same(workshop: Path, shopterm: Shopterm, pin_file: Path) -> None:
    story = drafted(workshop)
    changed(workshop, story)
    told = shopterm(
        "do", "edit_parts", story.material, "--as", "M1", "--pin-file", str(pin_file), "--lang", "en",
        "--set", "lines=600-311-3750;2;;y", "--if-version", "1")  # fmt: skip
    assert told.status == 5
    assert "600-311-3750" in told.err
    assert [word in told.err for word in ("was", "theirs", "mine", "Edit")] == [True] * 4


def test_what_cannot_be_done_to_the_newer_version_says_so(workshop: Path, act: Shopterm) -> None:
    story = drafted(workshop)
    shop = reopen(f"sqlite:///{workshop}/shopterm.db", workshop)
    do(shop, "M1", "submit_parts", story.material)
    shop.close()
    told = act("M1", "edit_parts", story.material, "--set", "lines=A;1;;y", "--if-version", "1")
    assert told.status == 5
    assert told.error["conflict"]["refused"]


def test_a_delegation_is_given_shown_used_and_taken_back(workshop: Path, act: Shopterm, shopterm: Shopterm) -> None:
    story = drafted(workshop)
    assert act("M1", "submit_parts", story.material).status == 0
    assert act("P1", "approve_parts", story.material, "--set", "old_parts_seen=y").status == 3
    given = act("F1", "give_delegation", "P1", "--set", "verbs=approve_parts", "--set", "until=+1d 18:00",
                "--set", "reason=培训")  # fmt: skip
    assert given.status == 0
    assert "韩丙" in shopterm("person", "show", "P1").out
    assert act("P1", "approve_parts", story.material, "--set", "old_parts_seen=y").status == 0
    assert act("F1", "revoke_delegation", "P1").status == 0
    assert act("F1", "revoke_delegation", "P1").status == 3
    assert shopterm("verify").status == 0


def test_a_lock_is_told_and_lifted(workshop: Path, act: Shopterm, shopterm: Shopterm, tmp_path: Path) -> None:
    wrong = private_file(tmp_path / "wrong", "000000")
    guesses = [shopterm("do", "clock_in", "M1", "--as", "M1", "--pin-file", str(wrong), "--json") for _n in range(5)]
    assert [told.status for told in guesses] == [8] * 5
    assert "15" in guesses[-1].error["sentence"]
    assert act("M1", "clock_in", "M1").status == 8
    assert act("X1", "unlock_person", "M1").status == 0
    assert act("M1", "clock_in", "M1").status == 0
