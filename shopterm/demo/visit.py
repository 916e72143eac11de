"""One machine's way through the repair centre, stage by stage; the day and the living workshop are made of visits."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from shopterm.db.queries.cast import Cast, CastPart
from shopterm.db.queries.checklist_to_walk import checklist_of
from shopterm.db.queries.details import locate
from shopterm.db.queries.prefill import prefill
from shopterm.db.queries.quote_page import quote_lines_of
from shopterm.demo.player import MINUTE, Player
from shopterm.domain.checklist import Checklist, ItemKind, Mark
from shopterm.domain.units import Instant, Quantity
from shopterm.domain.vocabulary import Doc, Role

Line = dict[str, Any]


@dataclass
class Crew:
    """Who looks after a visit."""

    advisor: str
    foreman: str
    lead: str
    helper: str
    clerk: str
    inspector: str
    warranty: str


def crew_of(cast: Cast, index: int) -> Crew:
    """Choose people so that nobody inspects or approves the own work."""
    lead = cast.one(Role.LEAD_MECHANIC, index)
    helper = cast.one(Role.MECHANIC, index, but=(lead,))
    foreman = cast.one(Role.FOREMAN, 0)
    return Crew(
        cast.one(Role.SERVICE_ADVISOR, index),
        foreman,
        lead,
        helper,
        cast.one(Role.PARTS_CLERK, index),
        cast.one(Role.QUALITY_INSPECTOR, index, but=(foreman, lead, helper)),
        cast.one(Role.WARRANTY_CLERK, index),
    )


def tons(model: str) -> Quantity | None:
    """Return what a machine weighs by its model's name: PC228 and SY205 are 22.8 and 20.5 tons; None for others."""
    named = re.match(r"(?:PC|PW|SY|XE)(\d+)", model)
    return Quantity(int(named[1]) * 100) if named else None


@dataclass
class Visit:
    """A visit being played: its people and the numbers of what was made so far."""

    player: Player
    crew: Crew
    order: str = ""
    jobs: list[str] = field(default_factory=list)
    material: dict[str, str] = field(default_factory=dict)
    labour: dict[str, str] = field(default_factory=dict)
    quote: str = ""
    extra: str = ""
    """Material sheet of a supplement."""

    def receive(self, serial: str, customer: str, complaints: Sequence[Line], **values: Any) -> None:
        """Greet, write the complaint down, read it back."""
        done = self.player.do(
            self.crew.advisor, "open_order", serial=serial, customer=customer, complaints=list(complaints), **values
        )
        self.order = done.number
        self.jobs = [number for doc, _key, number in done.made if doc is Doc.JOB]
        self.player.do(self.crew.advisor, "read_back", self.order, confirmed_by="现场客户")

    def intake(self, *, photos: Sequence[str] = (), found: dict[str, str] | None = None, model: str = "") -> None:
        """Walk round the machine; the customer signs, covers go on, the foreman takes over."""
        marks = self.marks("inspect_intake", Doc.ORDER, self.order) | {
            item: {"mark": mark, "value": "", "note": ""} for item, mark in (found or {}).items()
        }
        self.player.do(self.crew.advisor, "inspect_intake", self.order, marks=marks, fuel="1/2", photos=list(photos),
                       tonnage=tons(model))  # fmt: skip
        self.player.do(self.crew.advisor, "sign_intake", self.order, signed_by="现场客户")

    def hand_over(self, purpose: str) -> None:
        """Covers on, handed to the foreman."""
        self.player.do(self.crew.advisor, "fit_covers", self.order)
        self.player.do(self.crew.advisor, "hand_to_foreman", self.order, second=self.crew.foreman, purpose=purpose)

    def take_in(self, bay: str, *, photos: Sequence[str] = ()) -> None:
        """Assign the jobs, inspect together, drive in."""
        for job in self.jobs:
            self.player.do(
                self.crew.foreman, "assign_job", job, lead=self.crew.lead, helpers=[self.crew.helper], bay=bay
            )
        self.player.do(self.crew.lead, "joint_inspection", self.order, second=self.crew.advisor, photos=list(photos))
        self.player.do(self.crew.lead, "take_in", self.order, bay=bay)

    def report(self, job: str, parts: Sequence[Line], work: Sequence[Line]) -> None:
        """Tear down, report what is needed, hand it to the foreman."""
        self.player.do(self.crew.lead, "start_teardown", job)
        self.note(job, parts, work)
        self.submit(job)

    def note(self, job: str, parts: Sequence[Line], work: Sequence[Line]) -> None:
        """Report parts and labour as drafts; no line means none needed."""
        lead = self.crew.lead
        done = self.player.do(lead, "report_parts", job, lines=list(parts), none=not parts)
        self.material[job] = self.player.made(done)
        done = self.player.do(lead, "report_labour", job, lines=list(work), none=not work)
        self.labour[job] = self.player.made(done)

    def submit(self, job: str) -> None:
        """Hand both sheets to the foreman."""
        self.player.do(self.crew.lead, "submit_parts", self.material[job])
        self.player.do(self.crew.lead, "submit_labour", self.labour[job])

    def approve(self, job: str) -> None:
        """The foreman signs both sheets and issues the plan."""
        self.player.do(self.crew.foreman, "approve_parts", self.material[job], old_parts_seen=True)
        self.player.do(self.crew.foreman, "approve_labour", self.labour[job])
        self.plan(job)

    def plan(self, job: str) -> None:
        """The foreman issues the work plan."""
        start = Instant(self.player.now + 60 * MINUTE)
        self.player.do(
            self.crew.foreman,
            "plan_job",
            job,
            people=[self.crew.lead, self.crew.helper],
            bay="3",
            start=start,
            finish=Instant(start + 360 * MINUTE),
            instruction="按作业指导书施工 / by the work instruction",
        )

    def price(self, job: str, lines: Sequence[Line] = ()) -> None:
        """The counter prices the sheet."""
        self.player.do(self.crew.clerk, "price_parts", self.material[job], lines=list(lines))

    def make_quote(self) -> None:
        """The advisor makes the quote."""
        self.quote = self.player.made(self.player.do(self.crew.advisor, "make_quote", self.order))

    def show(self, warranty: Sequence[Line] = ()) -> None:
        """The warranty clerk signs, the quote is completed and shown."""
        self.player.do(self.crew.warranty, "sign_warranty", self.quote, lines=list(warranty))
        self.player.do(
            self.crew.advisor,
            "complete_quote",
            self.quote,
            file_checked=True,
            promised=Instant(self.player.now + 2880 * MINUTE),
        )
        self.player.do(self.crew.advisor, "show_quote", self.quote)

    def consent(self, answers: dict[int, bool]) -> None:
        """The customer signs, job by job; the foreman confirms the job order."""
        self.player.do(
            self.crew.advisor,
            "sign_quote",
            self.quote,
            signed_by="现场客户",
            answers=[{"job": job, "accepted": yes} for job, yes in answers.items()],
        )
        self.player.do(self.crew.foreman, "confirm_job_order", self.quote)

    def issue(self, job: str, lines: Sequence[Line]) -> None:
        """The counter issues by scan."""
        self.player.do(self.crew.clerk, "issue_parts", self.material[job], lines=list(lines), receiver=self.crew.lead)

    def work(self, job: str, minutes: int, person: str = "") -> None:
        """Somebody works on the job's first open line for a while."""
        worker = person or self.crew.lead
        self.player.do(worker, "clock_on", job)
        self.player.wait(minutes)
        self.player.do(worker, "clock_off", job)

    def tag(self, job: str, lines: Sequence[int]) -> None:
        """The old parts get tags and a place."""
        self.player.do(
            self.crew.lead,
            "tag_old_parts",
            self.material[job],
            lines=[{"line": line, "tag": f"{self.material[job]}-{line}", "place": "旧件库 2-1"} for line in lines],
        )

    def self_check(self, job: str) -> None:
        """The lead mechanic signs the self-check."""
        self.player.do(self.crew.lead, "self_check", job, marks=self.marks("self_check", Doc.JOB, job))

    def pass_inspection(self, job: str) -> None:
        """The inspector passes the job."""
        self.player.do(self.crew.inspector, "pass_inspection", job, marks=self.marks("pass_inspection", Doc.JOB, job))

    def close(self) -> None:
        """Wash, close the shop side, check."""
        self.player.do(self.crew.helper, "report_washed", self.order)
        self.player.do(self.crew.foreman, "close_shop", self.order)
        self.player.do(
            self.crew.advisor, "final_check", self.order, marks=self.marks("final_check", Doc.ORDER, self.order)
        )

    def marks(self, action: str, doc: Doc, number: str) -> dict[str, dict[str, str]]:
        """Mark every item of the checklist as fine, measures in the middle of their limits."""
        return fine_marks(checklist_of(self.player.shop, action, doc, self.key(number)))

    def key(self, number: str) -> int:
        """Return the key of a document."""
        return locate(self.player.shop, number)[1]

    def start(self, action: str, doc: Doc, number: str, person: str) -> dict[str, Any]:
        """Return what the form of a verb would start from."""
        return prefill(self.player.shop, action, doc, self.key(number), self.player.actor(person))

    def present_lines(self, sheet: str) -> list[Line]:
        """Return the lines of a material sheet as the form shows them."""
        return list(self.start("edit_parts", Doc.MATERIAL_SHEET, sheet, self.crew.lead)["lines"])

    def to_issue(self, sheet: str) -> list[Line]:
        """Return what is left to issue from a sheet."""
        return list(self.start("issue_parts", Doc.MATERIAL_SHEET, sheet, self.crew.clerk)["lines"])

    def tag_all(self, sheet: str) -> None:
        """Tag every old part of a sheet that has none."""
        lines = self.start("tag_old_parts", Doc.MATERIAL_SHEET, sheet, self.crew.lead)["lines"]
        if lines:
            self.player.do(
                self.crew.lead, "tag_old_parts", sheet, lines=[line | {"place": "旧件库 2-1"} for line in lines]
            )

    def open_line(self, job: str) -> int:
        """Return the number of the first agreed work line that is not done."""
        return int(self.start("clock_on", Doc.JOB, job, self.crew.lead)["line"])

    def quote_lines(self, job: str) -> list[int]:
        """Return the line numbers of a job in the present quote."""
        return quote_lines_of(self.player.shop, self.quote, job)

    def today(self) -> str:
        """Return today's date at the shop."""
        return Instant(self.player.now).local(self.player.shop.zone).date().isoformat()


def fine_marks(checklist: Checklist) -> dict[str, dict[str, str]]:
    """Return marks that find nothing wrong."""
    good = Mark.OK.value if Mark.OK in checklist.marks else Mark.PASS.value
    marks = {}
    for item in checklist.items:
        value = ""
        if item.kind is ItemKind.MEASURE:
            low, high = item.low, item.high
            value = str(type(low)((low + high) // 2)) if low is not None and high is not None else str(low or high or 1)
        elif item.kind is ItemKind.CHOICE:
            value = item.choices[0]
        marks[item.id] = {"mark": good, "value": value, "note": ""}
    return marks


def part_line(part: CastPart | str, pieces: int = 1, reason: str = "磨损") -> Line:
    """Return a line of a parts report."""
    return {"part": part if isinstance(part, str) else part.scan, "quantity": Quantity(pieces * 1000), "reason": reason}
