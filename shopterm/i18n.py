"""Speaks Chinese or English at run time, from compiled gettext catalogues."""

import gettext
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, reduce
from pathlib import Path
from typing import Any

from shopterm.domain.words import fill

__all__ = ["LANGUAGES", "fill", "from_environment", "language", "listed", "speaking", "tr", "trn", "use"]

LANGUAGES = ("en", "zh")
"""The languages the program speaks; English is what the message ids are written in."""

_LOCALE = Path(__file__).with_name("locale")

# A person's choice holds for the whole process: every screen runs in a task of its own, and a context
# variable set in one would not be seen by the others. A document for a customer is the exception, for its
# own context.
_chosen = "en"
_spoken: ContextVar[str | None] = ContextVar("spoken", default=None)


def use(language: str) -> None:
    """Speak this language from now on, in every thread and task; one of `LANGUAGES`."""
    global _chosen
    _chosen = _known(language)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak this language inside the block only, for example to print a document for a customer."""
    token = _spoken.set(_known(language))
    try:
        yield
    finally:
        _spoken.reset(token)


def language() -> str:
    """Return the language that is spoken here and now."""
    return _spoken.get() or _chosen


def tr(message: str, /, **params: Any) -> str:
    """Return the message in the spoken language, its `{name}` places filled from the parameters."""
    # gettext answers the empty message with the catalogue's header
    return fill(_catalogue(language()).gettext(message) if message else "", params)


def trn(singular: str, plural: str, n: int, /, **params: Any) -> str:
    """Return the form of the message that goes with the number, which is a parameter of its own: `{n}`."""
    return fill(_catalogue(language()).ngettext(singular, plural, n), {"n": n, **params})


def listed(parts: Iterable[str]) -> str:
    """Return parts side by side, parted as the spoken language parts them; nothing is an empty string."""
    whole = [part for part in parts if part]
    return reduce(lambda before, next_one: tr("{before}, {next}", before=before, next=next_one), whole) if whole else ""


def from_environment(environ: Mapping[str, str]) -> str:
    """Return the language the locale asks for: Chinese for any zh locale, else English."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environ.get(name):
            return "zh" if environ[name].lower().startswith("zh") else "en"
    return "en"


def _known(language: str) -> str:
    if language not in LANGUAGES:
        raise ValueError(f"no such language: {language!r}")
    return language


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    """Return the compiled catalogue; English has none, and without one the messages stay English."""
    return gettext.translation("shopterm", _LOCALE, [language], fallback=True)
