"""What the terminal can do, decided from the environment before textual is imported.

Textual reads its settings while it is imported, so `prepare` comes first and imports nothing of it.
"""

import os
import re
import sys
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass

from shopterm.domain.words import _

NO_SCREENS = _(
    "This terminal cannot show screens (TERM is empty, dumb or unknown). Use the commands instead: shopterm --help"
)
NO_UTF8 = _(
    "This terminal is not set to UTF-8, so Chinese would be lost. Set the terminal and LANG to UTF-8"
    " (for example LANG=C.UTF-8), or use the commands: shopterm --help"
)
CONSOLE = _("This console has no Chinese characters, so shopterm speaks English here.")

_CONSOLE = re.compile(r"(linux|vt\d+|ansi|cons25|pcansi|wsvt25)\b")
# Rich knows the first three endings; of the others it thinks 16 colours where COLORTERM is gone.
_COLOURFUL = re.compile(r".*\b(256color|kitty|direct|alacritty|foot|ghostty|wezterm)$")
_COLOUR_SYSTEMS = {"auto", "standard", "256", "truecolor"}


@dataclass(frozen=True)
class Profile:
    """What may be used on a terminal."""

    usable: bool = True
    """Whether screens can be shown at all."""
    reason: str = ""
    """Why not, or where screens can be shown what to tell the person once; a message id."""
    ansi: bool = False
    """Whether only the terminal's own 16 colours are to be used: take the theme ansi-dark."""
    mouse: bool = True
    ascii: bool = False
    """Whether pictures are to be drawn in ASCII."""
    animation: bool = False
    language_forced: str = ""
    """The only language the terminal can show, or "" where it can show any."""


def profile(environ: Mapping[str, str], encoding: str = "") -> Profile:
    """Return what the terminal of this environment can do; `encoding` is standard output's, if known."""
    term = environ.get("TERM", "").strip().lower()
    if term in {"", "dumb", "unknown"}:
        return Profile(usable=False, reason=NO_SCREENS)
    if not (_is_utf8(encoding) and _is_utf8(_codeset(environ))):
        return Profile(usable=False, reason=NO_UTF8)
    if _CONSOLE.match(term):
        return Profile(reason=CONSOLE, ansi=True, mouse=False, ascii=True, language_forced="en")
    asked = environ.get("TEXTUAL_ANIMATIONS", "none").lower()
    return Profile(ansi=not _many_colours(environ, term), animation=asked != "none")


def prepare(environ: MutableMapping[str, str] = os.environ, encoding: str = "") -> Profile:
    """Set the environment up for textual and return the profile; call it before textual is imported."""
    found = profile(environ, encoding or getattr(sys.stdout, "encoding", ""))
    # Kitty's "report all keys" makes some terminals drop what an input method commits.
    environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
    if not found.animation:
        environ["TEXTUAL_ANIMATIONS"] = "none"
    environ.pop("TTY_COMPATIBLE", None)  # "0" makes textual send 24-bit colours
    _settle_colours(environ, found)
    return found


def _settle_colours(environ: MutableMapping[str, str], found: Profile) -> None:
    system = environ.get("TEXTUAL_COLOR_SYSTEM", "auto").strip().lower()
    if system not in _COLOUR_SYSTEMS:  # textual ends at once on any other word
        del environ["TEXTUAL_COLOR_SYSTEM"]
        if system == "none":
            environ.setdefault("NO_COLOR", "1")
    if found.ansi:
        environ.pop("COLORTERM", None)
        environ["TEXTUAL_COLOR_SYSTEM"] = "standard"
    elif _over_ssh(environ):  # 24-bit colours cost bytes on a thin line
        environ.pop("COLORTERM", None)
        environ.setdefault("TEXTUAL_COLOR_SYSTEM", "256")


def _many_colours(environ: Mapping[str, str], term: str) -> bool:
    asked = environ.get("TEXTUAL_COLOR_SYSTEM", "").lower()
    if asked in {"standard", "256", "truecolor"}:
        return asked != "standard"
    told = environ.get("COLORTERM", "").strip().lower() in {"truecolor", "24bit"}
    return told or _COLOURFUL.match(term) is not None


def _over_ssh(environ: Mapping[str, str]) -> bool:
    return any(environ.get(name) for name in ("SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"))


def _codeset(environ: Mapping[str, str]) -> str:
    """Return the character set the locale names; "" where it names none, for which Python takes UTF-8."""
    locale = next((environ[name] for name in ("LC_ALL", "LC_CTYPE", "LANG") if environ.get(name)), "")
    return locale.partition(".")[2].partition("@")[0]


def _is_utf8(codeset: str) -> bool:
    return codeset.lower().replace("-", "").replace("_", "") in {"", "utf8"}
