"""Writes what the action table knows into the documentation: `make docs`."""

from pathlib import Path

from shopterm.domain.diagrams import actions_page, states_page, with_places

HERE = Path(__file__).parent
RULE_LISTS = ("rules.md", "ops-rules.md")


def pages() -> dict[str, str]:
    """Return the text of every page by file name, as it should be."""
    lists = {name: with_places((HERE / name).read_text(encoding="utf-8")) for name in RULE_LISTS}
    return {"states.md": states_page(), "actions.md": actions_page()} | lists


def main() -> None:
    """Write every page."""
    for name, text in pages().items():
        (HERE / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
