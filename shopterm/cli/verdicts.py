"""Tells what does not hold."""

from collections.abc import Iterator, Sequence
from datetime import tzinfo
from typing import TYPE_CHECKING, Any

from shopterm.i18n import tr
from shopterm.show import say

if TYPE_CHECKING:
    from shopterm.db.invariants import Violation


def described(found: "Sequence[Violation]", zone: tzinfo) -> list[dict[str, Any]]:
    """Return violations as programs read them."""
    return [{"invariant": one.number, "sentence": say(one.sentence, one.params, zone)} for one in found]


def told(found: "Sequence[Violation]", zone: tzinfo) -> Iterator[str]:
    """Yield one line for each violation, or that there is none."""
    for one in found:
        yield f"{one.number:>3}  {say(one.sentence, one.params, zone)}"
    if not found:
        yield tr("Everything holds.")
