"""Limits of the house on the size of files and functions, and no word left without explanation."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).parent.parent
FILES = sorted((ROOT / "shopterm").rglob("*.py"))
LONGEST_FILE, LONGEST_FUNCTION, LARGEST_MEDIAN = 400, 60, 130
UNFINISHED = re.compile(
    r"\b(TODO|FIXME|XXX|HACK|NotImplementedError)\b|# type: ignore(?!\[)|except Exception\b|except:"
)
SILENCED = re.compile(r"pytest\.(skip|xfail|importorskip)\(|mark\.(skip|skipif|xfail)\b")

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def public(tree: ast.Module | ast.ClassDef) -> Iterator[Definition]:
    """Functions, methods and classes that others may use."""
    for node in tree.body:
        if isinstance(node, Definition) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from public(node)


def is_overload(node: Definition) -> bool:
    return any(isinstance(mark, ast.Name) and mark.id == "overload" for mark in node.decorator_list)


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", FILES, ids=name)
def test_file(path: Path) -> None:
    tree = ast.parse(path.read_bytes())
    assert len(lines(path)) <= LONGEST_FILE
    assert ast.get_docstring(tree) or not tree.body, "the module has no docstring"
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or 0) - node.lineno + 1
            assert length <= LONGEST_FUNCTION, f"{node.name} has {length} lines"
    undocumented = [node.name for node in public(tree) if not (ast.get_docstring(node) or is_overload(node))]
    assert not undocumented


def test_a_usual_file_is_read_at_a_glance() -> None:
    sizes = [len(lines(path)) for path in FILES if path.name != "__init__.py"]
    assert median(sizes) <= LARGEST_MEDIAN


@pytest.mark.parametrize(("folder", "mark"), [("shopterm", UNFINISHED), ("tests", SILENCED)], ids=["shopterm", "tests"])
def test_nothing_is_unfinished_or_silenced(folder: str, mark: re.Pattern[str]) -> None:
    here = Path(__file__)
    found = [
        f"{name(path)}:{number} {line.strip()}"
        for path in sorted((ROOT / folder).rglob("*.py"))
        if path != here
        for number, line in enumerate(lines(path), 1)
        if mark.search(line)
    ]
    assert not found
