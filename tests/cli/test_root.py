"""The frame of the command line: help, options in any place, usage errors, exit statuses."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from shopterm import __version__
from shopterm.cli.base import COMMON, Option
from shopterm.cli.root import COMMANDS
from shopterm.cli.root import shopterm as root
from tests.cli.conftest import Shopterm


def test_version(shopterm: Shopterm) -> None:
    for arguments in (["--version"], ["--lang", "en", "--version"]):
        told = shopterm(*arguments)
        assert (told.status, told.out) == (0, f"shopterm {__version__}\n")


def test_help_lists_every_command(shopterm: Shopterm) -> None:
    told = shopterm("--help")
    assert told.status == 0
    for name in COMMANDS:
        assert f"\n  {name} " in told.out


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_has_help(name: str) -> None:
    import click

    context = root.make_context("shopterm", [], resilient_parsing=True)
    waiting = [root.get_command(context, name)]
    while waiting:
        command = waiting.pop()
        assert command is not None
        assert command.help, command.name
        for param in command.params:
            if isinstance(param, click.Option) and not param.hidden:
                assert isinstance(param, Option), param.name
                assert param.help, f"{command.name} {param.name}"
        if isinstance(command, click.Group):
            waiting += command.commands.values()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_help_page_can_be_read(name: str, shopterm: Shopterm) -> None:
    told = shopterm(name, "--help")
    assert told.status == 0
    assert told.out.startswith(f"Usage: shopterm {name}")


def test_a_near_name_is_suggested(shopterm: Shopterm) -> None:
    told = shopterm("ordr", "list")
    assert told.status == 2
    assert "Did you mean order" in told.err
    assert told.out == ""


def test_a_near_option_is_suggested(shopterm: Shopterm) -> None:
    told = shopterm("actions", "--rol", "foreman")
    assert told.status == 2
    assert "--role" in told.err


def test_usage_errors_are_json_too(shopterm: Shopterm) -> None:
    told = shopterm("actions", "--no-such", "--json")
    assert told.status == 2
    assert told.error["code"] == "usage"
    assert "--no-such" in told.error["sentence"]
    assert told.err == ""


def test_an_error_object_has_every_key(shopterm: Shopterm) -> None:
    error = shopterm("do", "no_such_action", "X", "--json").error
    assert set(error) == {"code", "title", "sentence", "rule", "who", "problems"}


def test_options_stand_before_or_after_the_command(shopterm: Shopterm) -> None:
    before, after = shopterm("--json", "actions", "read_back"), shopterm("actions", "read_back", "--json")
    assert before.json == after.json
    assert before.json["name"] == "read_back"


def test_every_command_takes_every_common_option() -> None:
    context = root.make_context("shopterm", [], resilient_parsing=True)
    command = root.get_command(context, "do")
    assert command is not None
    assert {param.name for param in command.params} >= set(COMMON)


def test_language_is_an_option(shopterm: Shopterm) -> None:
    told = shopterm("--lang", "xx", "actions")
    assert told.status == 2
    assert "zh or en" in told.err


def test_csv_where_there_is_no_table_is_refused_before_anything_is_done(shopterm: Shopterm, home: Path) -> None:
    told = shopterm("init", "--csv")
    assert told.status == 2
    assert not (home / ".local").exists()


def test_screens_have_no_json(shopterm: Shopterm) -> None:
    assert shopterm("--json").status == 2


def test_a_terminal_that_shows_no_screens_is_told_of_the_commands(
    shopterm: Shopterm, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "dumb")
    told = shopterm()
    assert told.status == 2
    assert "shopterm --help" in told.err


def test_a_missing_database_is_status_7(shopterm: Shopterm, tmp_path: Path) -> None:
    told = shopterm("--db", f"sqlite:///{tmp_path}/none.db", "order", "list", "--json")
    assert (told.status, told.error["code"]) == (7, "unavailable")
    assert not (tmp_path / "none.db").exists()


def test_a_bad_setting_is_status_4_and_names_it(shopterm: Shopterm, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOPTERM_MONEY__TAX_RATE", "much")
    told = shopterm("order", "list", "--json")
    assert told.status == 4
    assert told.error["problems"][0]["field"] == "money.tax_rate"
    assert "SHOPTERM_MONEY__TAX_RATE" in shopterm("order", "list").err


def program(*arguments: str, **environ: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "shopterm", *arguments]
    return subprocess.run(command, env=os.environ | environ, stdin=subprocess.DEVNULL, capture_output=True)


def test_a_closed_pipe_ends_quietly() -> None:
    command = f"{sys.executable} -m shopterm actions --csv | head -1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert done.stdout.startswith("name,document")
    assert done.stdout.split()[-1] in {"0", "141"}  # 0: all was written before the reader went away
    assert done.stderr == ""


def test_a_locale_without_chinese_fails_over_no_character() -> None:
    done = program("--lang", "zh", "actions", LC_ALL="POSIX", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert done.returncode == 0
    assert b"sign_quote" in done.stdout


def test_json_is_utf8_in_any_locale() -> None:
    done = program("actions", "--json", LC_ALL="POSIX", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert "“".encode() in done.stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_complete_commands_and_actions(shell: str) -> None:
    script = program(_SHOPTERM_COMPLETE=f"{shell}_source")
    assert script.returncode == 0
    assert b"_SHOPTERM_COMPLETE" in script.stdout
    words = program(_SHOPTERM_COMPLETE="bash_complete", COMP_WORDS="shopterm do sign_q", COMP_CWORD="2")
    assert words.stdout.split(b"\n")[0] == b"plain,sign_quote"
