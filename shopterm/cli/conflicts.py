"""Tells what a newer version of a document holds: was, theirs and mine, field by field."""

from collections.abc import Iterator, Mapping
from datetime import tzinfo
from typing import Any

from shopterm.cli.output import plain
from shopterm.domain.actions import action_named
from shopterm.domain.clash import Clash, Difference, differences
from shopterm.domain.units import Instant
from shopterm.i18n import tr
from shopterm.show import say, show


def described(clash: Clash, zone: tzinfo) -> dict[str, Any]:
    """Return a conflict as other programs read it; a value nobody can tell any more is null."""
    return {
        "number": clash.number,
        "base_version": clash.base,
        "version": clash.version,
        "by": clash.by,
        "at": plain(Instant(clash.at), zone) if clash.at else None,
        "action": tr(clash.action),
        "fields": [_difference(one, zone) for one in _differences(clash)],
        "refused": say(clash.refused.sentence, clash.refused.params, zone) if clash.refused else None,
    }


def told(found: Mapping[str, Any]) -> Iterator[str]:
    """Yield what a person reads below the sentence of a conflict."""
    if found["by"]:
        yield "  " + tr("{who}, {time}: {action}", who=found["by"], time=found["at"] or "", action=found["action"])
    for one in found["fields"]:
        yield f"  {one['label']}" + (f" {one['line']}" if one["line"] else "")
        for word, side in ((tr("was"), "was"), (tr("theirs"), "theirs"), (tr("mine"), "mine")):
            yield f"    {word}  {_text(one[side])}"
    if found["refused"]:
        yield f"  {found['refused']}"


def _differences(clash: Clash) -> list[Difference]:
    return differences(action_named(clash.verb).form, clash.was, clash.theirs, clash.mine)


def _difference(one: Difference, zone: tzinfo) -> dict[str, Any]:
    sides = {side: _value(getattr(one, side), zone) for side in ("was", "theirs", "mine")}
    return {"field": one.field.name, "label": tr(one.field.label), "line": one.line or None} | sides


def _value(value: Any, zone: tzinfo) -> Any:
    if isinstance(value, Mapping):
        return {str(name): _value(part, zone) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_value(part, zone) for part in value]
    return plain(value, zone)


def _text(value: Any) -> str:
    if isinstance(value, dict):
        return "; ".join(_text(part) for part in value.values() if part not in ("", None))
    if isinstance(value, list):
        return " | ".join(_text(part) for part in value)
    return "–" if value is None else show(value)
