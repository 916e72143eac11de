"""Who sits at this terminal: its name, its language, and PINs that never pass through arguments or pipes."""

import os
import stat
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from shopterm import i18n
from shopterm.domain.errors import SignInFailed, Usage
from shopterm.domain.text import clean
from shopterm.domain.words import _
from shopterm.i18n import tr

LONGEST_SECRET = 64
NO_TERMINAL = _("There is no terminal to ask for the PIN on: name a file that holds it with {option}.")
UNREADABLE = _("{path} cannot be read: {reason}")
OPEN_TO_OTHERS = _("Others may read {path}: its mode must be 0600.")
NO_SECRET = _("{path} holds no PIN.")


def terminal_name(environ: Mapping[str, str] = os.environ) -> str:
    """Return this terminal's name: as the host's administrator set it for the line, else host and tty."""
    named = environ.get("SHOPTERM_TERMINAL", "").strip()
    if named:
        return clean(named, 60)
    for stream in (sys.__stdin__, sys.__stdout__, sys.__stderr__):
        with suppress(OSError, ValueError, AttributeError):  # closed, or no terminal
            return clean(f"{os.uname().nodename} {os.ttyname(stream.fileno())}", 60)  # type: ignore[union-attr]
    return clean(os.uname().nodename, 60)


def speak(language: str) -> None:
    """Speak a language from now on, unless this is a console that has no characters for it."""
    if language not in i18n.LANGUAGES:
        raise Usage(_("There is no language “{language}”: zh or en."), language=language)
    i18n.use(_forced_language() or language)
    # the words of the option parser come through the standard library's own lookup
    os.environ["LANGUAGE"] = i18n.language()


def _forced_language() -> str:
    """Return the only language this terminal has characters for, if it is such a one."""
    if not sys.stdout.isatty():
        return ""
    from shopterm.terminal import profile

    return profile(os.environ, "utf-8").language_forced


def secret(prompt: str, named: str | None, option: str, **params: str) -> str:
    """Return a PIN or code from a private file, or ask for it on the terminal itself."""
    if named:
        return _from_file(Path(named).expanduser())
    try:
        os.close(os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY))
    except OSError as error:
        raise Usage(NO_TERMINAL, option=option) from error
    return ask(tr(prompt, **params))


def ask(question: str) -> str:
    """Ask without echo on the controlling terminal, whatever standard input is."""
    import click

    return str(click.prompt(clean(question), hide_input=True, err=True)).strip()


def _from_file(path: Path) -> str:
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        with os.fdopen(handle, "rb") as file:
            found = os.fstat(handle)
            if not stat.S_ISREG(found.st_mode) or found.st_mode & 0o077:
                raise SignInFailed(OPEN_TO_OTHERS, path=path)
            held = file.read(LONGEST_SECRET + 1)
    except OSError as error:
        raise SignInFailed(UNREADABLE, path=path, reason=error.strerror or str(error)) from error
    text = held.decode("utf-8", "replace").strip()
    if not text or len(held) > LONGEST_SECRET:
        raise SignInFailed(NO_SECRET, path=path)
    return text
