"""Words of the screens reach the catalogue: the extractor of Python 3.11 does not look into f-strings."""

import ast
from pathlib import Path

import pytest

SCREENS = Path(__file__).parents[2] / "shopterm" / "screens"
FILES = [SCREENS.parent / "app.py", *sorted(SCREENS.rglob("*.py"))]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_word_is_translated_inside_an_f_string(path: Path) -> None:
    for string in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(string, ast.JoinedStr):
            calls = [node for node in ast.walk(string) if isinstance(node, ast.Call)]
            hidden = [
                ast.unparse(call)
                for call in calls
                if isinstance(call.func, ast.Name)
                and call.func.id == "tr"
                and call.args
                and isinstance(call.args[0], ast.Constant)
            ]
            assert not hidden
