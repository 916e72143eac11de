"""What a person typed is quoted in errors and refusals as text: on the command line, by the database, on the screen."""

from collections.abc import Callable
from pathlib import Path

import pytest

from shopterm.db.queries.details import find, locate
from shopterm.db.queries.lists import Ask, list_rows
from shopterm.db.queries.parts import search_parts
from shopterm.db.session import Shop
from shopterm.domain.errors import Invalid, Problem, ShopError
from shopterm.show import say
from shopterm.usecases.sign_in import sign_in
from tests.cli.conftest import Shopterm, Told, english, private_file, shopterm, workshop
from tests.hostile.texts import LONE, TEXTS, unsafe
from tests.shopkit import PIN, do

__all__ = ["english", "shopterm", "workshop"]

MIXED = "[@click=app.bell()]x[/] seal [/\x1b]0;owned\x07\x9b31m\u202e\u200b{x} {} %s ${x}"
TYPED = [MIXED, LONE["not UTF-8"]]
"""As arguments: bytes that are no UTF-8 come in as lone surrogates, no other surrogates do, nor NUL."""
QUOTING = [
    *([noun, "show", "{}"] for noun in ("order", "job", "sheet", "quote", "loan", "part", "customer", "machine")),
    ["person", "show", "{}"], ["customer", "find", "{}"], ["part", "find", "{}"], ["order", "list", "--text", "{}"],
    ["order", "list", "--sort", "{}"], ["order", "list", "--state", "{}"], ["order", "list", "--limit", "{}"],
    ["{}"], ["order", "{}"], ["order", "list", "--{}"], ["--lang", "{}", "order", "list"],
    ["--site", "{}", "order", "list"], ["--db", "sqlite:///{}", "order", "list"], ["--db", "{}", "order", "list"],
    ["actions", "{}"], ["actions", "edit_parts", "{}"], ["actions", "--doc", "{}"],
    ["report", "{}"], ["report", "labor", "--date", "{}"], ["report", "labor", "--by", "{}"],
    ["import", "{}", "x.csv"], ["import", "customers", "{}.csv", "--dry-run"], ["import", "held", "show", "{}"],
    ["verify", "--anchors", "{}"], ["restore", "{}"],
    ["--as", "{}", "--pin-file", "PIN", "do", "open_order", "new"],
    ["--as", "A1", "--pin-file", "{}", "do", "open_order", "new"],
    ["--as", "A1", "--pin-file", "PIN", "do", "{}", "new"],
    ["--as", "A1", "--pin-file", "PIN", "do", "promise", "{}", "--set", "promised=+1d"],
    ["--as", "A1", "--pin-file", "PIN", "do", "open_order", "new", "--set", "{}"],
    ["--as", "A1", "--pin-file", "PIN", "do", "open_order", "new", "--set", "{}=1"],
    ["--as", "A1", "--pin-file", "PIN", "do", "open_order", "new", "--set", "serial={}", "--set", "complaints={}"],
    ["--as", "A1", "--pin-file", "PIN", "do", "open_order", "new", "--set", "serial={}",
     "--set", 'complaints=[{"text": "\\ud83d\\u0000\\u009b{}", "payer": "{}", "{}": 1}]'],
    ["--as", "A1", "--pin-file", "PIN", "do", "open_order", "new", "--values", "{}"],
    ["--as", "P1", "--pin-file", "PIN", "--with", "{}", "--with-pin-file", "PIN", "do", "lend_parts", "new",
     "--set", 'lines=[{"part": "{}\\udc1b"}]', "--set", "purpose={}"],
]  # fmt: skip


@pytest.fixture
def told(shopterm: Shopterm, workshop: Path, tmp_path: Path) -> Callable[[list[str], str], Told]:
    """Run a command in whose arguments a text was put."""
    pin = private_file(tmp_path / "pin", PIN)

    def run(arguments: list[str], text: str) -> Told:
        return shopterm(*[str(pin) if one == "PIN" else one.replace("{}", text) for one in arguments])

    return run


@pytest.mark.parametrize("arguments", QUOTING, ids=" ".join)
def test_a_quoted_text_is_text(arguments: list[str], told: Callable[[list[str], str], Told]) -> None:
    for text in TYPED:
        for form in ([], ["--json"]):
            said = told([*arguments, *form], text)
            assert said.status not in (1, 9) and (said.out or said.err), said
            assert not unsafe(said.out) and not unsafe(said.err), f"{said.out!r} {said.err!r}"


@pytest.mark.parametrize("text", [*TEXTS.values(), *LONE.values()], ids=[*TEXTS, *LONE])
def test_a_database_is_asked_for_any_text(shop: Shop, text: str) -> None:
    asked: list[Callable[[], object]] = [
        lambda: find(shop, text),
        lambda: locate(shop, text),
        lambda: search_parts(shop, text, 1),
        lambda: [list_rows(shop, noun, Ask(text)) for noun in ("order", "customer", "part", "person")],
        lambda: sign_in(shop, text, PIN, text[:60]),
        lambda: do(shop, "A1", "promise", text, promised="+1d"),
        lambda: do(shop, "A1", "open_order", "new", serial=text, customer=text, complaints=[{"text": text}]),
        lambda: do(shop, "A1", text, "new"),
    ]
    for ask in asked:
        try:
            with shop.reader():
                ask()
        except ShopError as error:
            said: list[ShopError | Problem] = [error, *(error.problems if isinstance(error, Invalid) else ())]
            assert not [one for one in said if unsafe(say(one.sentence, one.params))]
