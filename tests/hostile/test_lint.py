"""No string from data goes through a markup parser: shown by looking at every place that would parse one."""

from pathlib import Path

import pytest

import shopterm
from shopterm.app import ShopApp
from tests.hostile.markup_lint import complaints, in_folder

PARSED = [
    "from textual.widgets import Static\nStatic(x)",
    "from textual.widgets import Static\nStatic(f'{x}')",
    "from textual.widgets import Label\nLabel(x, classes='a')",
    "from textual import widgets\nwidgets.Label(x)",
    "from textual.widgets import Label\nLabel(x, markup=True)",
    "from textual.widgets import Label\nLabel(x, markup=is_ours)",
    "from textual.widgets import DataTable",
    "from textual.widgets import Button as B",
    "from textual.widgets.option_list import Option\nOption(x)",
    "import textual.widgets.option_list",
    "app.notify(x)",
    "self.notify(tr('saved'), severity='error')",
    "self.app.notify(x, markup=False, title=name)",
    "Text.from_markup(x)",
    "Content.from_markup(f'[b]{x}[/b]')",
    "parse = Content.from_markup",
    "from rich.markup import escape",
    "import rich.markup",
    "from rich import print",
    "console.print(x)",
    "self._console.print(x)",
    "c = Console()\nc.print(x)",
    "app.console.log(x)",
    "Console(highlight=False)",
    "widget.tooltip = x",
    "widget.tooltip = f'{x}'",
    "Button(x, tooltip=x)",
    "widget.with_tooltip(x)",
    "self.border_title = x",
    "self.border_subtitle: str = x",
    "self.sub_title += x",
    "self.title = f'{name}'",
    "setattr(self, 'tooltip', x)",
    "class A(Widget):\n    def render(self) -> str:\n        return x",
    "class A(Widget):\n    def render(self) -> RenderResult:\n        return x",
    "class A(Widget):\n    def render(self):\n        return x",
    "self.panic(f'{x}')",
    "visualize(self, x)",
]
HARMLESS = [
    "from textual.widgets import Static\nStatic(x, markup=False)",
    "from textual.widgets import Input, TextArea\nInput(x)",
    "self.notify(x, markup=False)",
    "Content(x)",
    "Text(x)",
    "Text.assemble((x, 'bold'))",
    "console = Console(markup=False)\nconsole.print(x)",
    "widget.tooltip = Content(x)",
    "widget.tooltip = None",
    "self.border_title = Text(x)",
    "class A(Widget):\n    def render(self) -> Content:\n        return Content(x)",
    "class A(Widget):\n    def render_line(self, y: int) -> Strip:\n        return Strip([])",
    "print(x)",
]


@pytest.mark.parametrize("source", PARSED)
def test_what_would_be_parsed_is_found(source: str) -> None:
    assert list(complaints(source))


@pytest.mark.parametrize("source", HARMLESS)
def test_what_is_only_text_is_let_through(source: str) -> None:
    assert not list(complaints(source))


def test_nothing_of_the_program_is_parsed() -> None:
    assert in_folder(Path(shopterm.__file__).parent) == []


def test_the_parsing_palette_of_textual_is_off() -> None:
    assert ShopApp.ENABLE_COMMAND_PALETTE is False
