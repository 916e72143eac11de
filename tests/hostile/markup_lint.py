"""Finds every place of a source where a string would be read as markup: by what textual and rich parse on their own."""

import ast
from collections.abc import Iterator
from pathlib import Path

WIDGETS = {"Input", "TextArea", "Static", "Label"}
"""Widgets of textual's that may be used at all: two draw what is typed as it is, two can be told to."""
TOLD = {"Static", "Label"}
PARSERS = {"from_markup", "append_markup", "render_str", "render_markup", "visualize", "markup_to_content"}
MODULES = ("rich.markup", "textual.markup", "rich.emoji", "rich.prompt", "rich.pretty")
SHOWN = {"tooltip", "border_title", "border_subtitle", "sub_title", "title", "loading_message"}
"""Attributes and keywords that textual parses when they are strings."""
PLAIN = {"Content", "Text", "assemble", "styled", "from_text", "Strip"}
"""What makes text that is not parsed any more."""
PRINTERS = {"print", "log", "rule", "status", "print_json"}
"""Methods of a rich console that parse strings, unless the console was told not to."""


def complaints(source: str, path: str = "") -> Iterator[str]:
    """Yield where and how a source lets a string be parsed."""
    tree = ast.parse(source, path)
    consoles = _silent_consoles(tree)
    for node in ast.walk(tree):
        for complaint in (*_imports(node), *_calls(node, consoles), *_assigned(node), *_renders(node)):
            yield f"{path}:{getattr(node, 'lineno', 0)}: {complaint}"


def in_folder(folder: Path) -> list[str]:
    """Return the complaints about every source of a folder."""
    return [one for path in sorted(folder.rglob("*.py")) for one in complaints(path.read_text(), str(path))]


def _imports(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        names = [alias.name for alias in node.names]
    elif isinstance(node, ast.ImportFrom):
        names = [f"{node.module}.{alias.name}" for alias in node.names]
    else:
        return
    for name in names:
        if name.startswith(MODULES) or name == "rich.print":
            yield f"{name} parses markup"
        elif name.startswith("textual.widgets") and name.rpartition(".")[2] not in WIDGETS:
            yield f"{name} draws strings as markup"


def _calls(node: ast.AST, consoles: set[str]) -> Iterator[str]:
    if isinstance(node, ast.Attribute) and node.attr in PARSERS:
        yield f"{node.attr} parses markup"
    if isinstance(node, ast.Name) and node.id in PARSERS:
        yield f"{node.id} parses markup"
    if not isinstance(node, ast.Call):
        return
    name, keywords = _last(node.func), {word.arg: word.value for word in node.keywords}
    silent = _is(keywords.get("markup"), False)
    if "markup" in keywords and not silent:
        yield "markup must be off"
    if name in TOLD | {"notify", "Console"} and not silent:
        yield f"{name} without markup=False"
    if name == "notify" and "title" in keywords:
        yield "the title of a toast is parsed"
    if name in PRINTERS and _is_console(node.func) and _owner(node.func) not in consoles:
        yield f"a console that parses markup is asked to {name}"
    if name == "panic" and any(isinstance(value, ast.Constant | ast.JoinedStr) for value in node.args):
        yield "panic parses a string"
    for word in (SHOWN - {"title"}) & keywords.keys():  # of a toast it is looked at above
        if not _is_plain(keywords[word]):
            yield f"{word}= is parsed"
    by_name = name == "setattr" and isinstance(node.args[1], ast.Constant) and node.args[1].value in SHOWN
    if (by_name or name == "with_tooltip") and not all(_is_plain(value) for value in node.args[-1:]):
        yield f"{name} is parsed"


def _assigned(node: ast.AST) -> Iterator[str]:
    if not isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign) or node.value is None:
        return
    for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
        if isinstance(target, ast.Attribute) and target.attr in SHOWN and not _is_plain(node.value):
            yield f".{target.attr} is parsed"


def _renders(node: ast.AST) -> Iterator[str]:
    """Find a widget that renders a string: textual parses it; text and lines are returned by type."""
    if isinstance(node, ast.FunctionDef) and node.name == "render" and _is_method(node):
        told = ast.unparse(node.returns) if node.returns else "nothing"
        if told.rpartition(".")[2] not in PLAIN:
            yield f"render returns {told}, which may be parsed"


def _is_method(node: ast.FunctionDef) -> bool:
    return bool(node.args.args) and node.args.args[0].arg == "self"


def _silent_consoles(tree: ast.AST) -> set[str]:
    """Return the names of consoles that were made with markup=False."""
    return {
        ast.unparse(target)
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and _last(node.value.func) == "Console"
        and any(word.arg == "markup" and _is(word.value, False) for word in node.value.keywords)
        for target in node.targets
    }  # fmt: skip


def _is_console(function: ast.expr) -> bool:
    return "console" in _owner(function).lower()


def _owner(function: ast.expr) -> str:
    return ast.unparse(function.value) if isinstance(function, ast.Attribute) else ""


def _last(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _is(value: ast.expr | None, constant: object) -> bool:
    return isinstance(value, ast.Constant) and value.value is constant


def _is_plain(value: ast.expr) -> bool:
    """Tell whether a value is nothing, or text that was made without a parser."""
    return _is(value, None) or (isinstance(value, ast.Call) and _last(value.func) in PLAIN)
