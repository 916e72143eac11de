"""Where the function of a verb is: in its family's module, under the verb's name; loaded when it is first asked for."""

from collections.abc import Callable, Iterator
from importlib import import_module
from types import ModuleType
from typing import Any, cast

from shopterm.domain.action import Action
from shopterm.domain.vocabulary import Doc
from shopterm.usecases.context import Context

UseCase = Callable[[Context, Any, dict[str, Any]], None]

FAMILIES: dict[Doc, tuple[str, ...]] = {
    Doc.ORDER: ("reception", "closing", "quotes"),
    Doc.JOB: ("jobs", "inspections", "material", "labour_sheets"),
    Doc.MATERIAL_SHEET: ("material", "pricing", "issues"),
    Doc.LABOUR_SHEET: ("labour_sheets",),
    Doc.QUOTE: ("quotes",),
    Doc.LOAN: ("loans",),
    Doc.PART: ("store",),
    Doc.PERSON: ("people", "delegations"),
    Doc.DAY: ("days", "corrections"),
}
"""The modules that hold the verbs of each kind of document."""


def family(doc: Doc) -> Iterator[ModuleType]:
    """Yield the modules that hold the verbs of a kind of document, each loaded as it is reached."""
    return (import_module(f"shopterm.usecases.{name}") for name in FAMILIES[doc])


def use_case(action: Action) -> UseCase:
    """Return the function that does a verb; the table lint proves there is exactly one."""
    return cast(UseCase, next(getattr(m, action.name) for m in family(action.doc) if hasattr(m, action.name)))
