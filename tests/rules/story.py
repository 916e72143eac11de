"""Brings an order to a stage through the real use cases: ``to(shop, Stage.PRICED)``; ``go`` takes it further."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum, auto
from pathlib import Path
from typing import Any

from shopterm.db import models as m
from shopterm.db.documents import find
from shopterm.db.queries.checklist_to_walk import checklist_of
from shopterm.db.session import Shop
from shopterm.domain.checklist import Checklist, Item, ItemKind, Mark
from shopterm.domain.units import Quantity
from shopterm.domain.vocabulary import Doc, Word
from shopterm.usecases.request import Done
from tests.shopkit import do, material_lines

CUSTOMER = "北岭东样土方工程"
LATER = "+3d 17:00"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8ffff3f0005fe02fe0dc24b200000000049454e44ae426082"
)
"""A PNG picture of one pixel."""

Lines = Sequence[dict[str, Any]]
PARTS: Lines = ({"part": "600-311-3750", "quantity": "1"}, {"part": "07000-12011", "quantity": "4"})
WORK: Lines = ({"standard": "HY201"},)


class Stage(IntEnum):
    """How far a visit is, in its order."""

    OPEN = auto()
    """The order is open, the complaint read back."""
    INTAKE = auto()
    """The walk-round is done, the customer has signed, covers are on."""
    FOREMAN = auto()
    """The foreman has the machine and named the lead mechanic."""
    IN_SHOP = auto()
    """Inspected together and driven in."""
    DRAFTED = auto()
    """Teardown is done; both sheets are drafts."""
    REPORTED = auto()
    APPROVED = auto()
    PRICED = auto()
    QUOTED = auto()
    """The quote is complete and shown."""
    CONSENTED = auto()
    """The customer has signed."""
    CONFIRMED = auto()
    """The shop has confirmed the job order."""
    IN_WORK = auto()
    """The lead mechanic is clocked on, the parts are issued."""
    SELF_CHECKED = auto()
    QC_PASSED = auto()
    WASHED = auto()
    """Washed, old parts tagged."""
    CLOSED = auto()
    CHECKED = auto()


@dataclass
class Story:
    """One visit and the numbers of what was made so far."""

    shop: Shop
    parts: Lines = PARTS
    """Lines of the material sheet; none: the sheet says that none are needed."""
    work: Lines = WORK
    payer: str = "customer"
    assembly: bool = False
    warranty: Lines = ()
    """What the warranty clerk signs."""
    order: str = ""
    job: str = ""
    material: str = ""
    labour: str = ""
    quote: str = ""
    stage: Stage | None = None
    said: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Values that a verb is called with instead of the usual ones."""

    def go(self, stage: Stage) -> "Story":
        """Bring the visit to a stage; a stage it has passed is left alone."""
        for step in Stage:
            if (self.stage or 0) < step <= stage:
                getattr(self, f"_{step.name.lower()}")()
                self.stage = step
        return self

    def do(self, person: str, action: str, ref: str, second: str | None = None, **usual: Any) -> Done:
        """Do a verb with the usual values or those the story was told."""
        return do(self.shop, person, action, ref, second=second, **(usual | self.said.get(action, {})))

    def state(self, doc: Doc, number: str = "") -> Word:
        """Return the stored state of a document, of the story's own unless told."""
        own = {Doc.ORDER: self.order, Doc.JOB: self.job, Doc.MATERIAL_SHEET: self.material,
               Doc.LABOUR_SHEET: self.labour, Doc.QUOTE: self.quote}  # fmt: skip
        with self.shop.reader():
            found: Word = find(doc, number or own[doc]).state
        return found

    def version(self, doc: Doc, number: str) -> int:
        """Return the stored version of a document."""
        with self.shop.reader():
            return int(find(doc, number).version)

    def marks(self, action: str, **other: str) -> dict[str, dict[str, str]]:
        """Return the marks of a verb's whole checklist, all in order but for the items named (dots as __)."""
        doc, number = (Doc.ORDER, self.order) if action in ("inspect_intake", "final_check") else (Doc.JOB, self.job)
        with self.shop.reader():
            row = find(doc, number).id
        said = {name.replace("__", "."): {"mark": mark} for name, mark in other.items()}
        return all_in_order(checklist_of(self.shop, action, doc, row)) | said

    def _open(self) -> None:
        complaint = {"text": "大臂下沉", "payer": self.payer, "assembly": self.assembly}
        done = self.do("A1", "open_order", "new", serial="KMT0021001", customer="K00001", hours=5230,
                       complaints=[complaint])  # fmt: skip
        self.order, self.job = done.number, next(number for doc, _key, number in done.made if doc is Doc.JOB)
        self.do("A1", "read_back", self.order, confirmed_by=CUSTOMER)

    def _intake(self) -> None:
        photos = [photo(self.shop)] if self.assembly else []
        marks = self.marks("inspect_intake")
        self.do("A1", "inspect_intake", self.order, marks=marks, fuel="1/2", photos=photos)
        self.do("A1", "sign_intake", self.order, signed_by=CUSTOMER)
        self.do("A1", "fit_covers", self.order)

    def _foreman(self) -> None:
        self.do("A1", "hand_to_foreman", self.order, "F1", purpose="大臂维修")
        self.do("F1", "assign_job", self.job, lead="M1", helpers="M3")

    def _in_shop(self) -> None:
        self.do("M1", "joint_inspection", self.order, "A1")
        self.do("F1", "take_in", self.order, bay="3")

    def _drafted(self) -> None:
        self.do("M1", "start_teardown", self.job)
        parts = self.do("M1", "report_parts", self.job, lines=self.parts, none=not self.parts)
        work = self.do("M1", "report_labour", self.job, lines=self.work, none=not self.work)
        self.material, self.labour = parts.made[0][2], work.made[0][2]

    def _reported(self) -> None:
        self.do("M1", "submit_parts", self.material)
        self.do("M1", "submit_labour", self.labour)

    def _approved(self) -> None:
        self.do("F1", "approve_parts", self.material, old_parts_seen=True)
        self.do("F1", "approve_labour", self.labour)

    def _priced(self) -> None:
        if self.parts:
            prices = [{"line": line, "source": "stock"} for line in range(1, len(self.parts) + 1)]
            self.do("P1", "price_parts", self.material, lines=prices)
        plan = {"people": "M1 M3", "bay": "3", "start": "+1d 08:00", "finish": LATER, "instruction": "按作业标准"}
        self.do("F1", "plan_job", self.job, **plan)

    def _quoted(self) -> None:
        self.quote = self.do("A1", "make_quote", self.order, promised=LATER).made[0][2]
        self.show_quote(self.quote)

    def show_quote(self, quote: str) -> None:
        """Have the warranty clerk sign a draft quote, complete and show it."""
        self.do("W1", "sign_warranty", quote, lines=self.warranty)
        self.do("A1", "complete_quote", quote, file_checked=True, promised=LATER)
        self.do("A1", "show_quote", quote)

    def _consented(self) -> None:
        self.do("A1", "sign_quote", self.quote, answers=[{"job": 1, "accepted": True}], signed_by=CUSTOMER)

    def _confirmed(self) -> None:
        self.do("F1", "confirm_job_order", self.quote)

    def _in_work(self) -> None:
        if self.payer == "warranty" or self.warranty:
            self.do("W1", "approve_warranty", self.job, reference="KMT-26-0917", date="today")
        self.do("M1", "clock_on", self.job)
        if self.parts:
            self.do("P1", "issue_parts", self.material, lines=[dict(line) for line in self.parts], receiver="M1")

    def _self_checked(self) -> None:
        self.do("M1", "clock_off", self.job)
        self.do("M1", "self_check", self.job, marks=self.marks("self_check"))

    def _qc_passed(self) -> None:
        self.do("Q1", "pass_inspection", self.job, marks=self.marks("pass_inspection"))

    def _washed(self) -> None:
        self.do("M1", "report_washed", self.order)
        if self.parts:
            tags = [{"line": line, "tag": f"旧{line}", "place": "旧件库 A"} for line in range(1, len(self.parts) + 1)]
            self.do("M1", "tag_old_parts", self.material, lines=tags)

    def _closed(self) -> None:
        self.do("F1", "close_shop", self.order)

    def _checked(self) -> None:
        self.do("A1", "final_check", self.order, marks=self.marks("final_check"))


def to(shop: Shop, stage: Stage, **told: Any) -> Story:
    """Bring a new order to a stage; ``told`` sets the story's own fields (parts, work, payer, assembly, …)."""
    return Story(shop, **told).go(stage)


def asked(*parts: tuple[str, str]) -> Lines:
    """Return lines of a material sheet: part number or words, and quantity."""
    return [{"part": part, "quantity": quantity} for part, quantity in parts]


def signed_sheet(shop: Shop, *parts: tuple[str, str]) -> str:
    """Return the number of a material sheet with these parts that the foreman has signed."""
    return to(shop, Stage.APPROVED, parts=asked(*parts)).material


def agreed_sheet(shop: Shop, *parts: tuple[str, str], prices: Lines | None = None) -> str:
    """Return the number of a material sheet with these parts that is priced and agreed to."""
    said = {"price_parts": {"lines": prices}} if prices else {}
    return to(shop, Stage.CONSENTED, parts=asked(*parts), said=said).material


def photo(shop: Shop, name: str = "大臂.png") -> str:
    """Put a picture into the drop folder and return its name."""
    (Path(shop.settings.photos.drop_dir) / name).write_bytes(PIXEL)
    return name


def all_in_order(checklist: Checklist) -> dict[str, dict[str, str]]:
    """Return marks for every item of a checklist that find nothing wrong."""
    fine = Mark.PASS if Mark.PASS in checklist.marks else Mark.OK
    return {item.id: _in_order(item, fine) for item in checklist.items}


def _in_order(item: Item, fine: Mark) -> dict[str, str]:
    if item.kind is ItemKind.MEASURE:
        limits = [limit for limit in (item.low, item.high) if limit is not None]
        return {"value": str(Quantity(sum(limits) // max(1, len(limits))))}
    if item.kind is ItemKind.CHOICE:
        return {"value": item.choices[0]}
    return {"mark": fine.value}


def grant(shop: Shop, person: str, roles: str) -> None:
    """Give a person other roles than the workshop's, for what nobody there may do."""
    do(shop, "X1", "change_roles", person, roles=roles)


def bare_material_line(shop: Shop, sheet: str) -> m.MaterialLine:
    """Return the first line of a sheet's present version as stored."""
    return material_lines(shop, sheet)[0]
