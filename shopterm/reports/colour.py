"""Writes drawn lines to a terminal in its colours; what has no terminal gets the same lines plain."""

from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from shopterm.domain.text import clean
from shopterm.reports.table import Line


def write(lines: Iterable[Line]) -> None:
    """Write lines; text from data is never read as markup."""
    console = Console(highlight=False, markup=False, emoji=False)
    for line in lines:
        spans = [(clean(text), style) for text, style in line]
        console.print(Text.assemble(*spans, no_wrap=False), soft_wrap=False)
