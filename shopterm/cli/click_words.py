"""Sentences of the option parser that a person may meet, marked so that they are translated too.

The parser asks the standard library's gettext for them; `listen` points that at our catalogue.
"""

import gettext
from pathlib import Path

from shopterm.domain.words import _
from shopterm.i18n import trn

WORDS = (
    _("Usage:"),
    _("Options"),
    _("Commands"),
    _("Show this message and exit."),
    _("Missing command."),
    _("Missing argument"),
    _("Missing option"),
    _("Missing parameter"),
    _("No such option {name!r}."),
    _("No such command {name!r}."),
    _("Invalid value: {message}"),
    _("Invalid value for {param_hint}: {message}"),
    _("Option {name!r} does not take a value."),
    _("{value!r} is not a valid {number_type}."),
    _("{value!r} is not a valid UUID."),
    _("{value} is not in the range {range}."),
    _("default: {default}"),
    _("required"),
    _("Repeat for confirmation"),
    _("Error: The two entered values do not match."),
    trn("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})", 1),
    trn("{value!r} is not {choice}.", "{value!r} is not one of {choices}.", 1),
    trn("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments.", 1),
)

PLACES = (
    _("OPTIONS"),
    _("COMMAND"),
    _("ARGS"),
    _("ACTION"),
    _("DOCUMENT"),
    _("NUMBER"),
    _("NAME"),
    _("FILE"),
    _("CODE"),
    _("PERSON"),
    _("LANGUAGE"),
    _("FIELD"),
    _("VALUE"),
    _("DATE"),
    _("TEXT"),
    _("COLUMN"),
    _("ENCODING"),
    _("THEIRS"),
    _("OURS"),
)
"""Words in usage lines and beside options that stand for what is to be typed."""


def listen(locale: Path) -> None:
    """Let the standard library's gettext look into our catalogue."""
    gettext.bindtextdomain("shopterm", locale)
    gettext.textdomain("shopterm")
