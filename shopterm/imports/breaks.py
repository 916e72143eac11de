"""Rows that were broken in two because a line break in a text was not put between quotes."""

from collections.abc import Iterable, Iterator, Sequence

from shopterm.imports.columns import Plan
from shopterm.imports.reader import BadRecord

_Record = tuple[int, list[str] | BadRecord]
_Piece = tuple[int, list[str]]


def joined(records: Iterable[_Record], plan: Plan) -> Iterator[_Record]:
    """Yield the records, pieces of a broken row put together again with the line break in place.

    Pieces are put together only where they add up to exactly one row and one of them cannot stand alone, for a
    spreadsheet also leaves out empty cells at the end of a row.
    """
    pieces: list[_Piece] = []
    width = len(plan.header)
    for line, cells in records:
        if isinstance(cells, BadRecord) or len(cells) >= width:
            yield from pieces
            pieces = []
            yield line, cells
            continue
        if _size(pieces, cells) > width:
            yield from pieces
            pieces = []
        pieces.append((line, cells))
        if _size(pieces) == width:
            yield from [_whole(pieces)] if _broken(pieces, plan) else pieces
            pieces = []
    yield from pieces


def _size(pieces: Sequence[_Piece], more: Sequence[str] = ("",)) -> int:
    """Return how many cells the pieces make together; where two meet, they share one."""
    return sum(len(cells) - 1 for _line, cells in pieces) + len(more)


def _broken(pieces: Sequence[_Piece], plan: Plan) -> bool:
    required = [place for column, place in plan.columns if column.required]
    return any(place >= len(cells) or not cells[place].strip() for _line, cells in pieces for place in required)


def _whole(pieces: Sequence[_Piece]) -> _Piece:
    line, whole = pieces[0][0], list(pieces[0][1])
    for _line, cells in pieces[1:]:
        whole[-1] += "\n" + cells[0]
        whole += cells[1:]
    return line, whole
