"""A working day of three mechanics in the test workshop, each verb at its minute; and what a foreman would count."""

from datetime import datetime
from typing import Any

from shopterm.db.session import Shop
from shopterm.demo.player import Player
from shopterm.demo.visit import Crew, Line, Visit, part_line
from shopterm.domain.units import Instant, Minutes
from tests import shopkit

DAY = "2030-03-13"
"""A Wednesday, later than any host's clock: the test workshop is set up today."""
NOON = "2030-03-12 12:00"
CREW = Crew("A1", "F1", "M1", "M2", "P1", "Q1", "W1")
FILTER = "Komatsu 600-311-3750"


class Evening:
    """The workshop after the day."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        self.player = Player(shop, dict.fromkeys(shopkit.PEOPLE, shopkit.PIN), self.instant(NOON))
        self.visit = Visit(self.player, CREW)

    def instant(self, text: str) -> int:
        """Read a time of the shop's clock."""
        return Instant.of(datetime.fromisoformat(text).replace(tzinfo=self.shop.zone))

    def at(self, clock: str, person: str, action: str, ref: str = "", **values: Any) -> None:
        """Do a verb at a time of the day; about oneself, or about the job where one is named."""
        self.player.now = self.instant(f"{DAY} {clock}") - self.player.pace
        self.player.do(person, action, ref or person, **values)

    def come_to_work(self) -> str:
        """Bring a machine to where its three lines may be worked on, the day before; returns the job."""
        visit = self.visit
        visit.receive("KMT0021001", "K00001", [{"text": "大臂油缸漏油"}], maker="Komatsu")
        visit.intake()
        visit.hand_over("检修大臂油缸")
        visit.take_in("1")
        (job,) = visit.jobs
        work: list[Line] = [
            {"text": "大臂油缸检修", "kind": "repair", "minutes": Minutes(120)},
            {"standard": "HY201"},  # removal and installation, 240 minutes
            {"text": "试压", "kind": "repair", "minutes": Minutes(60)},
        ]
        visit.report(job, [part_line(FILTER)], work)
        visit.approve(job)
        visit.price(job)
        visit.make_quote()
        visit.show()
        visit.consent({1: True})
        return job


def work_a_day(shop: Shop, *, go_home: bool = True) -> Evening:
    """Live the day; unless all go home, the third mechanic is still there."""
    evening = Evening(shop)
    job, at = evening.come_to_work(), evening.at
    for clock, person, action, ref, values in (
        ("08:00", "M1", "clock_in", "", {}),
        ("08:05", "M1", "clock_on", job, {"line": 2}),
        ("08:10", "M2", "clock_in", "", {}),
        ("08:10", "M2", "start_indirect", "", {"code": "clean"}),
        ("08:40", "M2", "clock_on", job, {"line": 2}),
        ("10:05", "M1", "start_break", "", {}),
        ("10:20", "M1", "clock_on", job, {"line": 2}),
        ("10:20", "M2", "clock_off", job, {}),
        ("10:30", "M2", "start_indirect", "", {"code": "meeting"}),
        ("11:00", "M2", "stop_entry", "", {}),
        ("12:00", "M1", "start_break", "", {}),
        ("12:00", "M2", "start_break", "", {}),
        ("13:00", "M1", "clock_on", job, {"line": 2}),
        ("13:00", "M2", "clock_on", job, {"line": 3}),
        ("13:00", "M3", "clock_in", "", {}),
        ("13:00", "M3", "start_indirect", "", {"code": "tools"}),
        ("14:20", "M1", "clock_off", job, {}),
        ("14:25", "M1", "finish_line", job, {"line": 2}),
        ("16:00", "M2", "clock_off", job, {}),
        ("16:00", "M2", "finish_line", job, {"line": 3}),
    ):
        at(clock, person, action, ref, **values)
    evening.visit.issue(job, evening.visit.to_issue(evening.visit.material[job]))
    evening.visit.tag_all(evening.visit.material[job])
    evening.visit.self_check(job)
    at("16:20", "Q1", "fail_inspection", job, reason="油缸杆头有渗油", marks={})
    at("16:25", "M1", "clock_on", job)  # the line left open; from here on it is rework
    at("17:00", "M2", "clock_out")
    at("17:05", "M1", "clock_off", job)
    at("18:10", "M1", "clock_out")
    if go_home:
        at("18:30", "M3", "clock_out")
    evening.player.now = evening.instant(f"{DAY} 18:30")
    return evening


COUNTED: dict[str, dict[str, int | None]] = {
    # Wu Jin: 08:05-10:05, 10:20-12:00 and 13:00-14:20 on line 2, rework 16:25-17:05; breaks of 15 and 60 minutes.
    # Of line 2 he worked 300 of 400 minutes, so 90 of its 120 are his; 17:30 is the end of the planned day.
    "M1": {
        "attendance": 610, "direct": 340, "rework": 40, "indirect": 0, "break": 75, "unexplained": 195, "outside": 0,
        "earned": 90, "shift": 510, "overtime": 25, "efficiency": 300, "productivity": 561, "proficiency": 168,
    },
    # Ji Wu: clean 08:10-08:40, line 2 till 10:20, meeting 10:30-11:00, line 3 alone 13:00-16:00.
    "M2": {
        "attendance": 530, "direct": 280, "rework": 0, "indirect": 60, "break": 60, "unexplained": 130, "outside": 0,
        "earned": 270, "shift": 510, "overtime": 0, "efficiency": 964, "productivity": 596, "proficiency": 574,
    },
    # Xin Xu came at one and mended tools; he was on no line, so that efficiency is undefined.
    "M3": {
        "attendance": 330, "direct": 0, "rework": 0, "indirect": 330, "break": 0, "unexplained": 0, "outside": 0,
        "earned": 0, "shift": 510, "overtime": 0, "efficiency": None, "productivity": 0, "proficiency": 0,
    },
}  # fmt: skip
"""By hand, in minutes and thousandths."""
