"""Numbers that replace each other in a circle."""

from collections.abc import Iterable

_Follows = dict[str, set[str]]


def circles(edges: Iterable[tuple[str, str]]) -> set[str]:
    """Return the numbers that lead back to themselves over one or more others; edges go from old to new."""
    follows: _Follows = {}
    for old, new in edges:
        if old != new:
            follows.setdefault(old, set()).add(new)
    core = _without_ends(_reversed(_without_ends(follows)))  # what is left lies on circles or between two
    return {start for start in core if _leads_back(start, core)}


def _without_ends(follows: _Follows) -> _Follows:
    """Take away numbers that lead nowhere until none is left."""
    onward = {old: set(new) for old, new in follows.items()}
    before = _reversed(follows)
    ends = [number for number in before if number not in onward]
    while ends:
        number = ends.pop()
        for old in before.get(number, ()):
            onward[old].discard(number)
            if not onward[old]:
                del onward[old]
                ends.append(old)
    return onward


def _reversed(follows: _Follows) -> _Follows:
    before: _Follows = {}
    for old, new in follows.items():
        for number in new:
            before.setdefault(number, set()).add(old)
    return before


def _leads_back(start: str, follows: _Follows) -> bool:
    seen, todo = set[str](), list(follows[start])
    while todo:
        number = todo.pop()
        if number == start:
            return True
        if number not in seen:
            seen.add(number)
            todo.extend(follows.get(number, ()))
    return False
