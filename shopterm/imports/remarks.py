"""Supersessions that makers tell only in a remark of their price file."""

import re

from shopterm.domain.partnumber import normalise

_NUMBER = r"[0-9A-Z][-0-9A-Z./]*[0-9A-Z]"
_ONE = re.compile(
    rf"(?:SUPERSEDED BY|REPLACED (?:BY|WITH)|USE INSTEAD|替代为|替换为|已改为|改用)[:：\s]*({_NUMBER})"
    r"(?:\W+(?:QTY|数量)[:：\s]*([0-9]{1,2})\b)?",
    re.IGNORECASE,
)
_SET = re.compile(r"USE SET[:：\s]*(.*)", re.IGNORECASE)
_OF_SET = re.compile(rf"\b([0-9]{{1,2}})\s*[X×*]\s*({_NUMBER})", re.IGNORECASE)


def superseding(remark: str) -> tuple[str, ...]:
    """Return the new numbers a remark names, each as often as one old part needs it; empty if it names none."""
    if match := _SET.search(remark):
        return tuple(normalise(number) for count, number in _OF_SET.findall(match[1]) for _ in range(int(count)))
    if match := _ONE.search(remark):
        return (normalise(match[1]),) * int(match[2] or 1)
    return ()
