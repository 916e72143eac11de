"""Prints which tests show each rule of the rule book refusing, and which show the way through.

A test says so with `@pytest.mark.refuses("SHP-4.1")` and `@pytest.mark.allows("SHP-4.1")`. The rules listed
here are those the program enforces; the exit status is 1 while one of them is not shown both ways.
"""

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ENFORCED = [
    "ADV-4.2", "ADV-4.3", "ADV-5.1", "ADV-5.3", "ADV-6.1", "ADV-7.1", "ADV-7.2", "ADV-7.4", "ADV-8.1",
    "EMG-2.3", "FLD-7.1", "FLD-7.3", "FLD-9.3", "WAR-4.1",
    "SHP-4.1", "SHP-4.2", "SHP-6.5", "SHP-8.1", "SHP-9.1",
]  # fmt: skip
RULE = re.compile(r"\b(?:ADV|EMG|FLD|WAR|SHP|OPS)-\d+(?:\.\d+)?\b")
ROOT = Path(__file__).parent.parent


def marks(path: Path) -> Iterator[tuple[str, str, str]]:
    """Yield the kind of mark, the rule and the test of every mark in a test file."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        for decorator in node.decorator_list:
            if isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Attribute):
                kind = decorator.func.attr
                for argument in decorator.args if kind in {"refuses", "allows"} else ():
                    if isinstance(argument, ast.Constant):
                        yield kind, str(argument.value), f"{path.relative_to(ROOT)}::{node.name}"


def order(rule: str) -> tuple[str, list[int]]:
    """Sort rules as the rule book does."""
    family, _dash, number = rule.partition("-")
    return family, [int(part) for part in number.split(".")]


def main() -> int:
    """Print the table and return the exit status."""
    shown: dict[tuple[str, str], list[str]] = defaultdict(list)
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for kind, rule, test in marks(path):
            shown[kind, rule].append(test)
    in_code = {rule for path in (ROOT / "shopterm").rglob("*.py") for rule in RULE.findall(path.read_text("utf-8"))}
    rules = {*ENFORCED, *in_code, *(rule for _kind, rule in shown)}
    print(f"{'rule':<10}{'enforced':<10}{'in code':<9}{'refuses':>8}{'allows':>8}")
    for rule in sorted(rules, key=order):
        enforced, coded = "must" * (rule in ENFORCED), "yes" * (rule in in_code)
        counts = "".join(f"{len(shown[kind, rule]):>8}" for kind in ("refuses", "allows"))
        print(f"{rule:<10}{enforced:<10}{coded:<9}{counts}")
    missing = [rule for rule in ENFORCED if not (shown["refuses", rule] and shown["allows", rule])]
    print(f"{len(ENFORCED) - len(missing)} of {len(ENFORCED)} enforced rules shown both ways", *missing)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
