import re
import tomllib
from pathlib import Path

import pytest

from shopterm.domain.errors import Invalid, NotFound
from shopterm.domain.vocabulary import LabourKind
from shopterm.settings import Settings, find_config, load

SHIPPED = Path(__file__).parent.parent / "config" / "shopterm.toml"


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    return {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data")}


def own(environ: dict[str, str], text: str) -> Path:
    path = Path(environ["XDG_DATA_HOME"], "shopterm", "shopterm.toml")
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    return path


def problem(environ: dict[str, str], flags: dict[str, object] | None = None) -> str:
    with pytest.raises(Invalid) as caught:
        load(environ, flags)
    return str(caught.value)


def test_the_shipped_file_and_the_structs_name_the_same_settings() -> None:
    tables = tomllib.loads(SHIPPED.read_text(encoding="utf-8"))
    in_file = {section: set(table) for section, table in tables.items()}
    assert in_file == {section: set(kind.__struct_fields__) for section, kind in Settings.__annotations__.items()}


def test_every_setting_has_exactly_one_comment() -> None:
    lines = SHIPPED.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        if re.match(r"\w+ =", line):
            assert lines[number - 1].startswith("# "), f"{line} has no comment"
            assert not lines[number - 2].startswith("#"), f"{line} has more than one line of comment"


def test_defaults_hang_on_the_data_directory(environ: dict[str, str], tmp_path: Path) -> None:
    settings = load(environ)
    assert settings.data_dir == tmp_path / "data" / "shopterm"
    assert settings.database.url == f"sqlite:///{tmp_path}/data/shopterm/shopterm.db"
    assert settings.photos.drop_dir == f"{tmp_path}/data/shopterm/photos-in"
    assert load({"HOME": "/home/li"}).data_dir == Path("/home/li/.local/share/shopterm")


def test_every_labour_kind_has_a_rate(environ: dict[str, str]) -> None:
    labour = load(environ).labour
    assert all(labour.rate(kind) > 0 for kind in LabourKind)


def test_own_file_under_environment_under_flag(environ: dict[str, str]) -> None:
    assert load(environ).quote.valid_days == 15
    own(environ, "\ufeff[quote]\nvalid_days = 20\n[loan]\ndue_days = 9\n")
    assert load(environ).quote.valid_days == 20
    environ["SHOPTERM_QUOTE__VALID_DAYS"] = "25"
    assert load(environ).quote.valid_days == 25
    settings = load(environ, {"quote.valid_days": 30, "loan.due_days": None})
    assert (settings.quote.valid_days, settings.loan.due_days) == (30, 9)


def test_environment_text_is_read_as_the_type_of_the_setting(environ: dict[str, str]) -> None:
    environ |= {"SHOPTERM_MONEY__PRICES_INCLUDE_TAX": "false", "SHOPTERM_SITE__CODE": "R02"}
    settings = load(environ)
    assert settings.money.prices_include_tax is False
    assert settings.site.code == "R02"


def test_short_name_of_the_database(environ: dict[str, str]) -> None:
    environ["SHOPTERM_DB"] = "postgresql://shop@db/shopterm"
    assert load(environ).database.url == "postgresql://shop@db/shopterm"
    assert load(environ, {"database.url": "sqlite:///x.db"}).database.url == "sqlite:///x.db"


def test_other_variables_of_ours_are_no_settings(environ: dict[str, str]) -> None:
    environ |= {"SHOPTERM_TERMINAL": "bay 3", "SHOPTERM_PIN_FILE": "/run/pin"}
    assert load(environ) == load({name: environ[name] for name in ("HOME", "XDG_DATA_HOME")})


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('[pin]\nattempts = "5"', "pin.attempts must be a whole number from 1 to 100, not 5"),
        ("[pin]\nmin_length = 4", "pin.min_length must be a whole number from 6 to 32, not 4"),
        ("[site]\nlanguage = 'fr'", "site.language must be one of zh, en, auto, not fr"),
        ("[consent]\ncalls_for_first_quote = 1", "must be true or false, not 1"),
        ("[site]\ncode = 'x y'", "site.code does not fit"),
        ("[pin]\nlenght = 8", "there is no setting pin.lenght"),
        ("[pins]\nlength = 8", "there is no setting pins.length"),
        ("pin = 8", "there is no setting pin"),
        ("[indirect]\ncodes = [{code = 'a', zh = '会'}]", "indirect.codes does not fit"),
        ("[storage]\ndata_dir = 5", "storage.data_dir does not fit"),
        ("[pin", "cannot be read"),
    ],
)
def test_an_error_names_file_and_key(environ: dict[str, str], text: str, sentence: str) -> None:
    path = own(environ, text)
    told = problem(environ)
    assert str(path) in told
    assert sentence in told


def test_all_errors_are_told_at_once(environ: dict[str, str]) -> None:
    own(environ, "[pin]\nattempts = 0\n[quote]\nvalid_days = -1\n")
    environ["SHOPTERM_LOG__LEVEL"] = "loud"
    with pytest.raises(Invalid) as caught:
        load(environ)
    assert [told.field for told in caught.value.problems] == ["quote.valid_days", "pin.attempts", "log.level"]
    assert caught.value.problems[2].params["origin"] == "SHOPTERM_LOG__LEVEL"


def test_an_unknown_variable_is_named(environ: dict[str, str]) -> None:
    environ["SHOPTERM_PIN__LENGHT"] = "8"
    assert problem(environ) == "SHOPTERM_PIN__LENGHT: there is no setting pin.lenght"


def test_own_file_elsewhere(environ: dict[str, str], tmp_path: Path) -> None:
    elsewhere = tmp_path / "etc" / "our.toml"
    environ["SHOPTERM_CONFIG"] = str(elsewhere)
    assert str(elsewhere) in problem(environ), "a file that was named must be there"
    elsewhere.parent.mkdir()
    elsewhere.write_text("[site]\ncode = 'R03'\n")
    (elsewhere.parent / "keymap.toml").write_text("")
    assert load(environ).site.code == "R03"
    assert find_config("keymap.toml", environ) == elsewhere.parent / "keymap.toml"


def test_own_folder_elsewhere(environ: dict[str, str], tmp_path: Path) -> None:
    environ["SHOPTERM_CONFIG"] = str(tmp_path)
    (tmp_path / "shopterm.toml").write_text("[site]\ncode = 'R03'\n")
    assert load(environ).site.code == "R03"


def test_shipped_files_are_found_until_the_workshop_has_its_own(environ: dict[str, str]) -> None:
    shipped = find_config("checklists/self_check.toml", environ)
    assert shipped == SHIPPED.parent / "checklists" / "self_check.toml"
    mine = own(environ, "").parent / "checklists" / "self_check.toml"
    mine.parent.mkdir()
    mine.touch()
    assert find_config("checklists/self_check.toml", environ) == mine
    with pytest.raises(NotFound, match="no-such.toml"):
        find_config("no-such.toml", environ)


def test_zone(environ: dict[str, str]) -> None:
    assert load(environ).zone.key == "Asia/Shanghai"
    environ["SHOPTERM_SITE__TIMEZONE"] = "Asia/Nowhere"
    with pytest.raises(Invalid, match="Asia/Nowhere"):
        _ = load(environ).zone
