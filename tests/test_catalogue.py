"""Every message of the interface is translated, and the catalogues are those of the source."""

import gettext
import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

PACKAGE = Path(__file__).parent.parent / "shopterm"
LOCALE = PACKAGE / "locale"
KEYWORDS = {"_": None, "tr": None, "trn": (1, 2)}
"""As in the Makefile's target catalogue."""
PLACE = re.compile(r"\{\w+(?:!r)?\}")
WORD, HAN = re.compile(r"[a-z]{2}"), re.compile(r"[\u4e00-\u9fff]")
LANGUAGES = sorted(path.parent.parent.name for path in LOCALE.glob("*/LC_MESSAGES/shopterm.po"))

Id = str | tuple[str, ...]


def forms(value: object) -> tuple[str, ...]:
    """The singular, or singular and plurals, of a message id or translation."""
    return (value,) if isinstance(value, str) else tuple(value) if isinstance(value, (tuple, list)) else ()


def read(path: Path) -> Catalog:
    with path.open("rb") as stream:
        return read_po(stream, abort_invalid=True)


def messages(catalogue: Catalog) -> dict[Id, Message]:
    return {as_id(message.id): message for message in catalogue if message.id}


def as_id(value: object) -> Id:
    found = forms(value)
    return found[0] if len(found) == 1 else found


@pytest.fixture(scope="module")
def in_source() -> set[Id]:
    found = extract_from_dir(PACKAGE, method_map=[("**.py", "python")], keywords=KEYWORDS, comment_tags=())
    return {as_id(message) for _file, _line, message, _comments, _context in found}


@pytest.fixture(params=LANGUAGES)
def catalogue(request: pytest.FixtureRequest) -> Catalog:
    return read(LOCALE / request.param / "LC_MESSAGES" / "shopterm.po")


def test_there_is_a_chinese_catalogue() -> None:
    assert LANGUAGES == ["zh"]


def test_the_template_is_that_of_the_source(in_source: set[Id]) -> None:
    assert set(messages(read(LOCALE / "shopterm.pot"))) == in_source, "run make catalogue"


def test_the_catalogue_is_that_of_the_source(catalogue: Catalog, in_source: set[Id]) -> None:
    assert set(messages(catalogue)) == in_source, "run make catalogue"
    assert not catalogue.obsolete, "remove messages that are no longer used"


def test_every_message_is_translated(catalogue: Catalog) -> None:
    missing = [
        key
        for key, message in messages(catalogue).items()
        if not all(form.strip() for form in forms(message.string) or [""])
    ]
    assert not missing


def test_no_translation_is_left_english(catalogue: Catalog) -> None:
    """What has words in it, and not only places, signs and names in capitals, has Chinese in its translation."""
    for key, message in messages(catalogue).items():
        worded = any(WORD.search(PLACE.sub("", form)) for form in forms(key))
        assert not worded or all(HAN.search(form) for form in forms(message.string)), key


def test_no_translation_is_a_guess(catalogue: Catalog) -> None:
    assert not [key for key, message in messages(catalogue).items() if message.fuzzy]


def test_translations_keep_the_places(catalogue: Catalog) -> None:
    """Every place, and none twice or invented; of a message with a plural, those of one of its forms."""
    for key, message in messages(catalogue).items():
        wanted = [sorted(PLACE.findall(form)) for form in forms(key)]
        for form in forms(message.string):
            found = sorted(PLACE.findall(form))
            assert found in wanted or (set(found) == set().union(*map(set, wanted))), key


def test_translations_keep_blanks_and_line_ends(catalogue: Catalog) -> None:
    for key, message in messages(catalogue).items():
        original, translation = forms(key)[0], (forms(message.string) or ("",))[0]
        if not translation:
            continue
        for end in ("\n", " "):
            assert original.startswith(end) == translation.startswith(end), key
            assert original.endswith(end) == translation.endswith(end), key


def test_the_compiled_catalogue_is_that_of_the_text(catalogue: Catalog) -> None:
    compiled = gettext.translation("shopterm", LOCALE, [str(catalogue.locale)])
    for key, message in messages(catalogue).items():
        if isinstance(key, str):
            assert compiled.gettext(key) == (message.string or key), "run make catalogue"
