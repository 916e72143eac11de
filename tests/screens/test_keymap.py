"""Which key does what, and what keymap.toml may change."""

from pathlib import Path

import pytest

from shopterm.domain.actions import BY_NAME, TABLE
from shopterm.domain.errors import Invalid
from shopterm.screens.keymap import FIXED, HOUSE, Keymap, load_keymap, shown, with_alt

SHIPPED = Path(__file__).parents[2] / "config" / "keymap.toml"


def written(folder: Path, text: str) -> Path:
    path = folder / "keymap.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_shipped_file_changes_nothing_and_names_every_key_of_the_house() -> None:
    assert load_keymap(SHIPPED) == Keymap()
    text = SHIPPED.read_text(encoding="utf-8")
    for name, (key, _label) in HOUSE.items():
        assert f'# {name} = "{key}"' in text


def test_no_row_of_the_table_takes_a_key_of_the_house() -> None:
    assert not {action.key for action in TABLE} & ({key for key, _label in HOUSE.values()} | FIXED)


def test_no_key_of_the_house_hides_one_of_a_form(tmp_path: Path) -> None:
    with pytest.raises(Invalid):
        load_keymap(written(tmp_path, '[house]\njump = "f4"\n'))


def test_a_key_is_changed(tmp_path: Path) -> None:
    keymap = load_keymap(written(tmp_path, '[actions]\nreport_parts = "f11"\n[house]\nhelp = "ctrl+g"\n'))
    assert keymap.key(BY_NAME["report_parts"]) == "f11"
    assert keymap.of_house("help") == "ctrl+g"
    assert keymap.key(BY_NAME["report_labour"]) == "l"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ('[actions]\nreport_part = "f11"', "report_part"),
        ('[actions]\nreport_parts = "l"', "report_labour"),
        ('[actions]\nreport_parts = "f1"', "help"),
        ('[actions]\nreport_parts = "enter"', "report_parts"),
        ('[actions]\nreport_parts = "7"', "7"),
        ("[actions]\nreport_parts = 7", "7"),
        ('[keys]\nx = "y"', "keys"),
        ("[actions", "keymap.toml"),
        ('[house]\nhelp = "f12"', "house"),
    ],
)
def test_what_cannot_be_is_refused_with_file_and_name(tmp_path: Path, text: str, names: str) -> None:
    with pytest.raises(Invalid) as refused:
        load_keymap(written(tmp_path, text))
    told = " ".join(f"{p.field} {p.sentence} {dict(p.params)}" for p in refused.value.problems)
    assert names in told and "keymap.toml" in told


def test_keys_are_written_as_they_stand_on_the_keyboard() -> None:
    assert [shown(key) for key in ("question_mark", "f4", "ctrl+p", "a", "A", "alt+g", "alt+shift+n")] == [
        "?",
        "F4",
        "^P",
        "a",
        "A",
        "Alt+g",
        "Alt+N",
    ]
    assert [with_alt(key) for key in ("g", "N", "f4")] == ["alt+g", "alt+shift+n", "f4"]
