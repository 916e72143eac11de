"""Where the function of a verb is: in its family's module, under the verb's name."""

from collections.abc import Callable
from typing import Any, cast

from shopterm.domain.actions.action import Action
from shopterm.domain.vocabulary import Doc
from shopterm.usecases import (
    closing,
    days,
    inspections,
    issues,
    jobs,
    labour_sheets,
    loans,
    material,
    people,
    pricing,
    quotes,
    reception,
    store,
)
from shopterm.usecases.context import Context

UseCase = Callable[[Context, Any, dict[str, Any]], None]

FAMILIES: dict[Doc, tuple[Any, ...]] = {
    Doc.ORDER: (reception, closing, quotes),
    Doc.JOB: (jobs, inspections, material, labour_sheets),
    Doc.MATERIAL_SHEET: (material, pricing, issues),
    Doc.LABOUR_SHEET: (labour_sheets,),
    Doc.QUOTE: (quotes,),
    Doc.LOAN: (loans,),
    Doc.PART: (store,),
    Doc.PERSON: (people,),
    Doc.DAY: (days,),
}
"""The modules that hold the verbs of each kind of document."""


def use_case(action: Action) -> UseCase:
    """Return the function that does a verb; the table lint proves there is exactly one."""
    found = [getattr(module, action.name) for module in FAMILIES[action.doc] if hasattr(module, action.name)]
    return cast(UseCase, found[0])
