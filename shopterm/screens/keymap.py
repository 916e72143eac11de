"""Which key does what: the table's keys and the house's, changed where keymap.toml says so."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from textual.binding import Binding

from shopterm.domain.action import Action
from shopterm.domain.actions import BY_NAME, TABLE
from shopterm.domain.errors import Invalid, Problem
from shopterm.domain.words import _
from shopterm.i18n import tr

HOUSE: dict[str, tuple[str, str]] = {
    "help": ("f1", _("Help")),
    "language": ("f12", _("中文/English")),
    "why_not": ("question_mark", _("Why not?")),
    "search": ("slash", _("Search")),
    "sort": ("less_than_sign", _("Sort")),
    "jump": ("full_stop", _("Jump")),
    "jump_typing": ("ctrl+f", _("Jump, also while typing")),
    "why_typing": ("ctrl+y", _("Why not?, also while typing")),
    "next_desk": ("ctrl+n", _("Next desk")),
    "labour_day": ("equals_sign", _("Labour day")),
    "person": ("ctrl+o", _("Other person")),
    "palette": ("ctrl+p", _("All actions")),
    "drafts": ("ctrl+r", _("Drafts")),
    "colours": ("ctrl+t", _("Light or dark")),
    "repaint": ("ctrl+l", _("Paint again")),
    "quit": ("ctrl+q", _("Quit")),
}
"""Keys of the house by name: what they are unless changed, and what they do."""

FIXED = {
    "enter",
    "escape",
    "tab",
    "shift+tab",
    "up",
    "down",
    "left",
    "right",
    "pageup",
    "pagedown",
    "home",
    "end",
    "backspace",
    "delete",
    "space",
    "ctrl+c",
    "f2",
}
"""Keys nobody can give away."""
OF_FORMS = {"f4", "f8"}
"""Keys of an open form; verbs may have them, because a form offers none, but no key of the house."""

_KEY = re.compile(r"[A-Za-z]|f([1-9]|1\d|2[0-4])|(ctrl|alt)\+[a-z0-9]|[a-z]+(_[a-z]+)+|slash|comma|minus|plus")
_SIGNS = {
    "question_mark": "?",
    "full_stop": ".",
    "slash": "/",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "comma": ",",
    "equals_sign": "=",
    "minus": "-",
    "plus": "+",
    "escape": "Esc",
    "enter": "Enter",
    "tab": "Tab",
    "space": "Space",
}


@dataclass(frozen=True)
class Keymap:
    """The keys in force; without changes those of the table."""

    actions: Mapping[str, str] = field(default_factory=dict)
    house: Mapping[str, str] = field(default_factory=dict)

    def key(self, action: Action) -> str:
        """Return the key of an action."""
        return self.actions.get(action.name, action.key)

    def of_house(self, name: str) -> str:
        """Return a key of the house."""
        return self.house.get(name, HOUSE[name][0])

    def binding(self, name: str, action: str, *, priority: bool = False) -> Binding:
        """Bind a key of the house to something a screen or the app does."""
        return Binding(self.of_house(name), action, HOUSE[name][1], id=name, show=False, priority=priority)

    def verbs(self, actions: Iterable[Action]) -> list[Binding]:
        """Bind every action to its key; the screen decides which of several with one key is meant."""
        return [Binding(self.key(a), f"perform('{a.name}')", a.label, id=a.name, show=False) for a in actions]


def with_alt(key: str) -> str:
    """Return what takes the place of a letter where letters type; other keys stay."""
    if not (len(key) == 1 and key.isalpha()):
        return key
    return f"alt+{key}" if key.islower() else f"alt+shift+{key.lower()}"


def shown(key: str) -> str:
    """Return a key as it stands on the keyboard."""
    if key.startswith("ctrl+"):
        return "^" + key[5:].upper()
    if key.startswith("alt+"):
        return "Alt+" + (key[-1].upper() if "shift+" in key else key[4:])
    if re.fullmatch(r"f\d+", key):
        return key.upper()
    return _SIGNS.get(key, key)


def house_label(name: str) -> str:
    """Return what a key of the house does, in the spoken language."""
    return tr(HOUSE[name][1])


def load_keymap(path: Path) -> Keymap:
    """Return the keys a file asks for; Invalid names the file and every line that cannot be."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise Invalid([_problem(path, "", _("{file} cannot be read: {reason}"), reason=str(error))]) from error
    keymap = Keymap(tables.pop("actions", {}), tables.pop("house", {}))
    problems = [_problem(path, name, _("{file}: there is no table “{name}”")) for name in tables]
    problems += _strangers(path, keymap)
    problems = problems or _clashes(path, keymap)
    if problems:
        raise Invalid(problems)
    return keymap


def _strangers(path: Path, keymap: Keymap) -> list[Problem]:
    """Find names and keys that do not exist."""
    names = [name for name in keymap.actions if name not in BY_NAME] + [n for n in keymap.house if n not in HOUSE]
    problems = [_problem(path, name, _("{file}: there is nothing called “{name}”")) for name in names]
    for name, key in {**keymap.actions, **keymap.house}.items():
        if not (isinstance(key, str) and _KEY.fullmatch(key)):
            problems.append(_problem(path, name, _("{file}: “{key}” of “{name}” is no key"), key=key))
    return problems


def _clashes(path: Path, keymap: Keymap) -> list[Problem]:
    """Find keys that would mean two things at one moment."""
    taken = {keymap.of_house(name): name for name in HOUSE}
    problems = []
    for key, name in taken.items():
        if key in FIXED | OF_FORMS:
            sentence = _("{file}: “{key}” of “{name}” is taken by “{rival}”")
            problems.append(_problem(path, name, sentence, key=key, rival=key))
    if len(taken) < len(HOUSE):
        problems.append(_problem(path, "house", _("{file}: two keys of the house are the same")))
    for action in TABLE:
        key = keymap.key(action)
        rival = taken.get(key) or next((other.name for other in TABLE if _collide(action, other, keymap)), "")
        if key in FIXED or rival:
            sentence = _("{file}: “{key}” of “{name}” is taken by “{rival}”")
            problems.append(_problem(path, action.name, sentence, key=key, rival=rival or key))
    return problems


def _collide(action: Action, other: Action, keymap: Keymap) -> bool:
    """Say whether two actions of one kind of document want the same key in the same state."""
    if action is other or action.doc is not other.doc or keymap.key(action) != keymap.key(other):
        return False
    return action.new == other.new and (not action.when or not other.when or bool(action.when & other.when))


def _problem(path: Path, name: str, sentence: str, **params: Any) -> Problem:
    return Problem(name or str(path), sentence, {"file": path, "name": name} | params)
