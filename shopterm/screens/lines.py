"""Lines of text with tones, the stuff all our widgets draw: pure, measured in terminal cells."""

import re
from collections.abc import Iterable, Sequence
from typing import Literal

from shopterm.domain.text import clean, shorten, width

Tone = Literal["", "dim", "strong", "warn", "bad", "good", "key", "title"]
"""How a piece of text is meant; the stylesheet says how that looks."""

LEAST = 4
"""A squeezed column keeps this many cells."""
ROOMY = 20
"""Text wider than this gives way before headings do."""
Piece = tuple[str, Tone]
Line = tuple[Piece, ...]

_WORD = re.compile(r"\S+\s*|\s+")
# Characters of scripts without blanks. To compile them into a pattern takes longer than to compare, at every start.
_BLANKLESS = "\u2e80", "\uffef"
_CLOSING = frozenset("、。，；：！？）”》")


def text(value: str, tone: Tone = "") -> Line:
    """Return a line of one piece, clean: what is measured is what will be seen."""
    return ((clean(value), tone),)


def cells(line: Line) -> int:
    """Return how many terminal cells a line takes."""
    return sum(width(piece) for piece, _tone in line)


def fit(line: Line, size: int, *, right: bool = False) -> Line:
    """Return the line in exactly `size` cells, the pieces that do not fit cut with an ellipsis."""
    left, kept = size, []
    for piece, tone in line:
        short = shorten(piece, left)
        kept.append((short, tone))
        left -= width(short)
        if short != piece or left <= 0:
            break
    blank: Piece = (" " * max(left, 0), "")
    return (blank, *kept) if right else (*kept, blank)


def spread(left: Line, right: Line, size: int) -> Line:
    """Return one line of `size` cells with the left part cut where the right part, kept whole, begins."""
    room = max(size - cells(right), 0)
    return (*fit(left, room), *right)


def join(parts: Sequence[Line], gap: str = "  ") -> Line:
    """Put lines side by side."""
    joined: list[Piece] = []
    for part in parts:
        if joined and part:
            joined.append((gap, ""))
        joined.extend(part)
    return tuple(joined)


def merged(line: Line) -> list[Piece]:
    """Return as few pieces as look the same: blanks take the tone before them, equal tones are joined.

    After Chinese a new piece begins, so that columns stay straight in pictures of the screen, too.
    """
    pieces: list[Piece] = []
    for value, tone in line:
        if not value:
            continue
        if pieces and (value.isspace() or (tone == pieces[-1][1] and pieces[-1][0].isascii())):
            pieces[-1] = (pieces[-1][0] + value, pieces[-1][1])
        else:
            pieces.append((value, tone))
    return pieces


def squeezed(sizes: Sequence[int], total: int, gap: int = 2) -> list[int]:
    """Take cells from the widest columns until the row fits."""
    sizes = list(sizes)
    while sum(sizes) + gap * (len(sizes) - 1) > total and max(sizes) > LEAST:
        sizes[sizes.index(max(sizes))] -= 1
    return sizes


def shared(heads: Sequence[int], needed: Sequence[int], total: int, gap: int = 2) -> list[int]:
    """Share a line out among columns: long text gives way first, then headings wider than what stands below them."""
    sizes = [max(pair) for pair in zip(heads, needed, strict=True)]
    least = [max(need, LEAST) for need in needed]
    while sum(sizes) + gap * (len(sizes) - 1) > total:
        spare = [size - floor for size, floor in zip(sizes, least, strict=True)]
        if max(sizes) > ROOMY:
            sizes[sizes.index(max(sizes))] -= 1
        elif max(spare) > 0:
            sizes[spare.index(max(spare))] -= 1
        else:
            return squeezed(sizes, total, gap)
    return sizes


def wrap(value: str, size: int) -> list[str]:
    """Break text into lines of at most `size` cells, between words or Chinese characters."""
    lines: list[str] = []
    for paragraph in value.split("\n"):
        lines.extend(_wrapped(paragraph, max(size, 2)))
    return lines


def _wrapped(paragraph: str, size: int) -> Iterable[str]:
    row = ""
    for token in _tokens(paragraph):
        if row and width(row) + width(token.rstrip()) > size:
            yield row.rstrip()
            row = ""
        while width(token.rstrip()) > size:  # a word longer than the line is cut anywhere
            head = _head(token, size)
            yield head
            token = token[len(head) :]
        row += token
    yield row.rstrip()


def _tokens(paragraph: str) -> Iterable[str]:
    """Yield what a line may break after: a word with its blanks, or any single character of a script without blanks."""
    for word in _WORD.findall(paragraph):
        yield from (word,) if word.isascii() else _pieces(word)


def _pieces(word: str) -> Iterable[str]:
    """Break a word around each character of a script without blanks; closing signs stay with what they close."""
    first, last = _BLANKLESS
    piece, alone = "", False
    for char in word:
        blankless = first <= char <= last
        if piece and not char.isspace() and not (char in _CLOSING if alone else not blankless):
            yield piece
            piece = ""
        if not piece:
            alone = blankless
        piece += char
    yield piece


def _head(token: str, size: int) -> str:
    end = min(len(token), size)
    while width(token[:end]) > size:
        end -= 1
    return token[:end]


def flow(parts: Iterable[Line], size: int, gap: str = "  ") -> list[Line]:
    """Lay parts out side by side over as many lines as they need; none is torn or cut unless wider than a line."""
    rows: list[list[Line]] = [[]]
    used = 0
    for part in parts:
        wide = cells(part)
        if rows[-1] and used + len(gap) + wide > size:
            rows.append([])
            used = 0
        used += wide + (len(gap) if rows[-1] else 0)
        rows[-1].append(part)
    return [join(row, gap) for row in rows]
