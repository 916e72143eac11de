"""A workshop in which every form of the list can be filled in, and the list: who types what into which form."""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shopterm.db.session import Shop
from shopterm.domain.action import Action
from shopterm.domain.actions import action_named
from shopterm.usecases.setup import set_pins
from tests import shopkit
from tests.journeys.program import Program, pin_of
from tests.rules.story import Stage, to

STORY = "story.json"
"""File in the template with the numbers of the documents that were made, and of the last event."""


@dataclass(frozen=True)
class Form:
    """A form, and what somebody types into it."""

    name: str
    person: str
    values: dict[str, Any]
    on: str = ""
    """Which of the workshop's documents it is for; none: it makes one."""
    second: str = ""
    by_page: bool = False
    """Whether its document is opened first: it is no row of the person's desk."""

    @property
    def action(self) -> Action:
        """Its row of the table."""
        return action_named(self.name)


COMPLAINTS = [{"text": "大臂下沉 boom drops", "payer": "customer"}, {"text": "回转异响"}]
FORMS = (
    Form("open_order", "A1", {"customer": "K00001", "serial": "KMT0021001", "complaints": COMPLAINTS, "note": "等候"}),
    Form("ask_question", "A1", {"question": "什么时候开始漏油? since when"}, on="opened"),
    Form("inspect_intake", "A1", {"marks": {}, "fuel": "3/4", "valuables": "工具箱"}, on="opened"),
    Form("promise", "A1", {"promised": "+2d 16:00", "note": "客户急用"}, on="opened"),
    Form("assign_job", "F1", {"lead": "M2", "helpers": "M1 M3", "bay": "5"}, on="to_assign", by_page=True),
    Form("report_parts", "M1", {"lines": [{"part": "600-311-3750", "quantity": "2"}], "note": "油封"}, on="torn_down"),
    Form("report_labour", "M1", {"lines": [{"standard": "HY201"}], "note": "两人"}, on="torn_down"),
    Form("price_parts", "P1", {"note": "仓库有货 in stock"}, on="approved"),
    Form("lend_parts", "P1", {"lines": [{"part": "07000-12011", "quantity": "4"}], "purpose": "试装"}, second="M1"),
    Form("create_person", "X1", {"number": "M9", "name_zh": "郑十", "name_en": "Shi Zheng", "roles": "mechanic"}),
)
"""Ten forms of every make: new documents and old ones, lines, tables, people, moments, long texts, two signers."""
BY_NAME = {form.name: form for form in FORMS}


def build(url: str, folder: Path) -> None:
    """Set up the workshop in an empty database; secrets and the documents' numbers go into the folder."""
    shop = shopkit.build(url, folder)
    numbers = _documents(shop)
    set_pins(shop, [(person, pin_of(person)) for person in shopkit.PEOPLE])
    with shop.reader() as db:
        (last,) = db.execute_sql("SELECT MAX(seq) FROM event").fetchone()
    shop.close()
    (folder / STORY).write_text(json.dumps({"numbers": numbers, "last": last}))


def _documents(shop: Shop) -> dict[str, str]:
    torn_down = to(shop, Stage.IN_SHOP)
    shopkit.do(shop, "M1", "start_teardown", torn_down.job)
    return {
        "opened": to(shop, Stage.OPEN).order,
        "to_assign": to(shop, Stage.FOREMAN).job,
        "torn_down": torn_down.job,
        "approved": to(shop, Stage.APPROVED).material,
        "in_work": to(shop, Stage.IN_WORK).job,
        "shown": to(shop, Stage.QUOTED).quote,
    }


@dataclass
class House:
    """One copy of the workshop, and the program on it."""

    program: Program
    numbers: dict[str, str]
    last: int
    """The last event before somebody came."""

    def number(self, form: Form) -> str:
        """The document a form is for; empty for a new one."""
        return self.numbers[form.on] if form.on else ""

    def shop(self) -> Shop:
        """Open the shop in this process, to look."""
        return shopkit.reopen(self.program.url, self.program.data_dir)

    def drafts(self) -> list[Path]:
        """The drafts of all people."""
        return sorted((self.program.data_dir / "drafts").glob("*/*.json"))

    def done(self, action: str) -> int:
        """How often a verb took effect here."""
        shop = self.shop()
        with shop.reader() as db:
            query = f"SELECT COUNT(*) FROM event WHERE action = {db.param} AND seq > {db.param}"
            (count,) = db.execute_sql(query, (action, self.last)).fetchone()
        shop.close()
        return int(count)


def move_in(template: Path, url: str, folder: Path) -> House:
    """Give a test a data directory of its own with the template's secrets; a SQLite file is copied, too."""
    program = Program(url, folder)
    for name in ("pepper", "shop.db") if url.startswith("sqlite") else ("pepper",):
        shutil.copy(template / name, program.data_dir / name)
    (program.data_dir / "drop").mkdir()
    return House(program, **json.loads((template / STORY).read_text()))
