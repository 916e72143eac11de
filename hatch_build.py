"""Build hook: compiles the message catalogues; a wheel also takes config/ along as shopterm/config."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


def compile_catalogues(locale: Path) -> list[Path]:
    """Write the .mo beside every .po of the folder and return the files written."""
    written = []
    for source in sorted(locale.glob("*/LC_MESSAGES/*.po")):
        with source.open("rb") as stream:
            catalogue = read_po(stream, abort_invalid=True)
        target = source.with_suffix(".mo")
        with target.open("wb") as output:
            write_mo(output, catalogue)
        written.append(target)
    return written


class CatalogueHook(BuildHookInterface[Any]):
    """Compiles shopterm/locale before a wheel or an editable installation is made."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile; an editable installation reads config/ where it stands, so only a wheel gets a copy."""
        root = Path(self.root)
        compile_catalogues(root / "shopterm" / "locale")
        if version != "editable":
            build_data["force_include"][str(root / "config")] = "shopterm/config"


if __name__ == "__main__":
    compile_catalogues(Path(__file__).parent / "shopterm" / "locale")
