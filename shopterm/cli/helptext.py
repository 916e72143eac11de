"""Help pages that wrap by terminal cells: a Chinese character takes two, and may be wrapped after."""

from collections.abc import Iterable, Iterator

import click

from shopterm.domain.text import width
from shopterm.i18n import tr

_GAP = 2


class Formatter(click.HelpFormatter):
    """Writes paragraphs and lists of terms that stay within the terminal in both languages."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the usage line; after a wide colon there is no blank."""
        head = tr("Usage:")
        super().write_usage(prog, args, head if width(head[-1:]) == 2 else f"{head} ")

    def write_heading(self, heading: str) -> None:
        """Write a heading with the colon of the spoken language."""
        self.write(" " * self.current_indent + tr("{head}:", head=heading) + "\n")

    def write_text(self, text: str) -> None:
        """Write paragraphs, which blank lines set apart."""
        indent = " " * self.current_indent
        for number, paragraph in enumerate(text.split("\n\n")):
            if number:
                self.write("\n")
            for line in wrap(" ".join(paragraph.split()), self.width - self.current_indent):
                self.write(f"{indent}{line}\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = _GAP) -> None:
        """Write terms with their explanations beside them, or below where a term is long."""
        rows = list(rows)
        col_max = min(col_max, (self.width - self.current_indent) // 2)
        column = min(max((width(term) for term, _text in rows), default=0), col_max) + col_spacing
        indent = " " * self.current_indent
        for term, text in rows:
            lines = list(wrap(text, max(self.width - self.current_indent - column, 10))) or [""]
            if width(term) > col_max:
                self.write(f"{indent}{term}\n")
            else:
                self.write(f"{indent}{term}{' ' * (column - width(term))}{lines.pop(0)}".rstrip() + "\n")
            for line in lines:
                self.write(f"{indent}{' ' * column}{line}\n")


def wrap(text: str, cells: int) -> Iterator[str]:
    """Yield the lines of one paragraph, none wider than ``cells`` unless a single word is."""
    line = ""
    for word in _words(text):
        if line and width(line + word.rstrip()) > cells:
            yield line.rstrip()
            line = ""
        line += word
    if line.strip():
        yield line.rstrip()


def _words(text: str) -> Iterator[str]:
    """Cut where a line may end: after a blank and after a wide character that no punctuation follows."""
    word = ""
    for place, char in enumerate(text):
        word += char
        after = text[place + 1 : place + 2]
        if char == " " or (width(char) == 2 and after not in "，。；：、！？）”》…"):
            yield word
            word = ""
    yield word
