"""Chooses what is done next: what the table lets be done now, what was done least first; or anything by anybody."""

import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from shopterm.db import sql
from shopterm.db.queries.facts import facts_for
from shopterm.domain.action import Action
from shopterm.domain.actions import BY_NAME, TABLE
from shopterm.domain.facts import Facts
from shopterm.domain.policy import refusal
from shopterm.domain.vocabulary import Doc, PersonState
from tests.stateful.edges import EDGES, Edge
from tests.stateful.world import MINUTE, Paper, World

TRIES = 8
FAILED = 0.3
"""How much a verb tried in vain counts of one that was done."""
LIVE_ORDERS = 10
"""Machines in the house; above that, nobody opens another order."""
LIFTS: dict[str, tuple[str, ...]] = {
    "read_back": ("read_back",), "intake_done": ("inspect_intake",), "intake_signed": ("sign_intake",),
    "covers_fitted": ("fit_covers",), "all_assigned": ("assign_job",), "has_lead": ("assign_job",),
    "joint_signed": ("joint_inspection",), "order_in_house": ("hand_to_foreman",), "order_in_shop": ("take_in",),
    "own_job": ("assign_job",), "assembly_photos": ("add_photos",), "nobody_clocked_on": ("clock_off", "clock_out"),
    "hours_booked": ("clock_off", "clock_out"), "parts_issued": ("issue_parts", "release_parts"),
    "parts_settled": ("issue_parts", "release_parts"), "labour_approved": ("approve_labour", "submit_labour"),
    "has_lines": ("edit_parts", "edit_labour"), "sheet_consented": ("sign_quote", "call_quote"),
    "warranty_signed": ("sign_warranty",), "plans_issued": ("plan_job",), "old_parts_tagged": ("tag_old_parts",),
    "washed": ("report_washed",), "not_quoted": ("replace_quote",), "own_clock_runs": ("clock_on",),
    "something_runs": ("start_break",),
    "something_issued": ("issue_parts",), "old_parts_due": ("issue_parts",), "waiting": ("wait_job",),
    "not_waiting": ("resume_job",), "loans_settled": ("return_loan", "issue_loan", "write_off_loan"),
    "quotes_answered": ("sign_quote", "call_quote", "replace_quote", "show_quote"),
    "no_open_supplement": ("make_quote", "price_parts", "approve_parts", "approve_labour", "call_quote", "submit_parts",
                           "submit_labour", "withdraw_parts", "withdraw_labour", "complete_quote", "show_quote"),
    "ready_for_quote": ("price_parts", "approve_parts", "approve_labour", "submit_parts", "submit_labour"),
    "jobs_passed": ("self_check", "pass_inspection", "clock_on"),
    "jobs_finished": ("report_washed", "pass_inspection", "close_declined", "self_check"),
    "sheets_signed": ("approve_parts", "approve_labour", "submit_parts", "submit_labour", "withdraw_parts"),
}  # fmt: skip
"""Which verbs bring about what a guard misses."""
ONWARD = (
    "read_back", "inspect_intake", "sign_intake", "fit_covers", "hand_to_foreman", "assign_job",
    "joint_inspection", "take_in", "start_teardown", "report_parts", "report_labour", "submit_parts",
    "submit_labour", "approve_parts", "approve_labour", "price_parts", "plan_job", "make_quote",
    "sign_warranty", "complete_quote", "show_quote", "sign_quote", "call_quote", "confirm_job_order",
    "approve_warranty", "clock_on", "issue_parts", "clock_off", "self_check", "pass_inspection",
    "close_declined", "report_washed", "tag_old_parts", "close_shop", "final_check",
)  # fmt: skip
"""The way of a machine through the house; without a will to go on, a walk turns in circles."""
ORDER_OF = """
    SELECT 'order', id, id FROM work_order UNION ALL SELECT 'job', id, order_id FROM job
    UNION ALL SELECT 'material_sheet', id, order_id FROM material_sheet
    UNION ALL SELECT 'labour_sheet', id, order_id FROM labour_sheet UNION ALL SELECT 'quote', id, order_id FROM quote"""
ENDED = ("checked", "cancelled")
PARTS = "SELECT id FROM part ORDER BY id"
PEOPLE = """
    SELECT p.number, r.role FROM person p JOIN person_role r ON r.person_id = p.id
    WHERE p.state = 'active' AND p.pin_hash IS NOT NULL ORDER BY p.id, r.role"""
ADMINISTRATION = frozenset({"issue_code", "change_roles", "unlock_person", "deactivate", "create_person"})


def key_of(action: Action, state: str | None) -> tuple[str, str]:
    """Return a verb with the state it is done in, as edges name it."""
    return action.name, "" if action.new else str(state) if action.when else "*"


def _fits(action: Action, paper: Paper) -> bool:
    """Tell whether the table has the verb for a document in this state."""
    return action.doc is paper.doc and not action.new and (not action.when or paper.state in action.when)


def _asked() -> dict[tuple[str, str], list[Edge]]:
    """Return the edges that a verb may walk from each state, those of other documents with every state."""
    return {
        key: [edge for edge in EDGES if edge.action == key[0] and (edge.doc != action.doc or edge.before == key[1])]
        for action in TABLE
        for key in (key_of(action, state) for state in action.when or (None,))
    }


ASKED = _asked()


@dataclass(frozen=True)
class Plan:
    """A verb, the document it is done to (none for one that makes it), and who does it."""

    action: Action
    paper: Paper | None
    person: str


class Planner:
    """Looks at the workshop and chooses."""

    def __init__(self, world: World, walked: Mapping[Edge, int]) -> None:
        """Begin with nothing done in this example; what others have walked is less wanted."""
        self.world = world
        self.wanted = {key: min(walked.get(edge, 0) for edge in edges) for key, edges in ASKED.items()}
        """How often the rarest edge of each verb was walked, by the state it is done in."""
        self.chosen: dict[tuple[str, str], float] = defaultdict(float)
        """How often each verb was done in each state in this example; what was tried in vain counts less."""
        self.onward: Counter[tuple[str, int]] = Counter()
        """How often each verb was tried on each document, to bring its machine further."""
        self.machine = 0
        """The order that is brought further."""

    def sensible(self, dice: random.Random) -> Plan | None:
        """Return something the policy allows, rather a verb that was done seldom; time passes where it must."""
        papers = self._papers()
        if dice.random() < 0.4 and (plan := self._onward(papers, dice)):
            return plan
        for action, paper in self._weighted(papers, dice):
            person, missing = self._somebody(action, paper, dice)
            if person is not None:
                return self._chosen(action, paper, person)
            if missing == "has_expired":
                self.world.now += 40 * 24 * 60 * MINUTE
                person, missing = self._somebody(action, paper, dice)
                return self._chosen(action, paper, person) if person else None
            if found := self._lifting(missing, paper, papers, dice):
                return found
        return None

    def anything(self, dice: random.Random) -> Plan:
        """Return any verb on any document of its kind by anybody who has a PIN."""
        papers = [paper for paper in self._papers() if paper.doc is not Doc.DAY or dice.random() < 0.3]
        action = dice.choice(TABLE)
        fitting = [paper for paper in papers if paper.doc is action.doc]
        paper = None if action.new or not fitting else dice.choice(fitting)
        return Plan(action, paper, dice.choice(list(self.people())))

    def people(self) -> dict[str, set[str]]:
        """Return who has a PIN, with their roles."""
        return self.world.recall("people", self._read_people)

    def _read_people(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        with self.world.reading():
            for number, role in sql.rows(PEOPLE):
                found.setdefault(number, set()).add(role)
        return found

    def _orders(self) -> dict[tuple[Doc, int], int]:
        """Return the order of every document that belongs to one."""
        with self.world.reading():
            return {(Doc(doc), key): order for doc, key, order in sql.rows(ORDER_OF)}

    def second(self, action: Action, person: str, dice: random.Random) -> str | None:
        """Return who else may sign."""
        able = [number for number, roles in self.people().items() if number != person and roles & action.second]
        return dice.choice(able) if able else None

    def _papers(self) -> list[Paper]:
        return [*self.world.papers().values(), *self.world.recall("parts", self._parts)]

    def _parts(self) -> list[Paper]:
        with self.world.reading():
            return [Paper(Doc.PART, key, str(key), None) for (key,) in sql.rows(PARTS)]

    def _onward(self, papers: list[Paper], dice: random.Random) -> Plan | None:
        """Return a step that brings one machine further; now and then another machine is chosen."""
        order_of = self.world.recall("orders", self._orders)
        alive = [paper.id for paper in papers if paper.doc is Doc.ORDER and paper.state not in ENDED]
        if alive and (self.machine not in alive or dice.random() < 0.08):
            self.machine = dice.choice(alive)
        own = [paper for paper in papers if order_of.get((paper.doc, paper.id)) == self.machine]
        found = [(BY_NAME[name], paper) for paper in own for name in ONWARD if _fits(BY_NAME[name], paper)]
        weights = [1 / (1 + self.onward[action.name, paper.id]) ** 2 for action, paper in found]
        for action, paper in dice.choices(found, weights, k=TRIES) if found else ():
            self.onward[action.name, paper.id] += 1
            person, _missing = self._somebody(action, paper, dice)
            if person is not None:
                return self._chosen(action, paper, person)
        return None

    def _weighted(self, papers: list[Paper], dice: random.Random) -> Iterator[tuple[Action, Paper | None]]:
        """Yield verbs and documents whose states fit, drawn by weight."""
        live = sum(1 for paper in papers if paper.doc is Doc.ORDER and paper.state not in ENDED)
        found = [(action, paper) for paper in papers for action in TABLE if _fits(action, paper)]
        keys = [key_of(action, paper.state) for action, paper in found]
        many = Counter(keys)
        making = [one for one in TABLE if one.new and not (one.name == "open_order" and live > LIVE_ORDERS)]
        weights = [self._weight(action, key) / many[key] for (action, _paper), key in zip(found, keys, strict=True)]
        weights += [self._weight(action, key_of(action, None)) for action in making]
        yield from dice.choices([*found, *((action, None) for action in making)], weights, k=TRIES)

    def _weight(self, action: Action, key: tuple[str, str]) -> float:
        rare = 6.0 if self.wanted[key] == 0 else 1 / (1 + min(self.wanted[key], 3))
        kind = 0.3 if action.name in ADMINISTRATION else 3.0 if action.then else 1.0
        return kind * rare / (1 + self.chosen[key]) ** 2

    def succeeded(self, plan: Plan) -> None:
        """Count a verb that was done."""
        self.chosen[key_of(plan.action, plan.paper.state if plan.paper else None)] += 1 - FAILED

    def _chosen(self, action: Action, paper: Paper | None, person: str) -> Plan:
        self.chosen[key_of(action, paper.state if paper else None)] += FAILED
        return Plan(action, paper, person)

    def _somebody(self, action: Action, paper: Paper | None, dice: random.Random) -> tuple[str | None, str]:
        """Return who may do it, or none and the guard that speaks against it."""
        people = self.people()
        able = [number for number, roles in people.items() if roles & action.by]
        # now and then those without the role are asked first: somebody may have lent them the verb
        others = sorted(people.keys() - set(able)) if dice.random() < 0.2 else []
        dice.shuffle(able)
        if paper is not None and paper.doc is Doc.DAY:
            able.sort(key=lambda number: number != paper.number)
        missing = ""
        for number in (*others, *able):
            actor = self.world.actor(number)
            facts = Facts() if paper is None else facts_for(self.world.shop, paper.doc, paper.id, actor)
            refused = refusal(action, actor, facts)
            if refused is None:
                return number, ""
            missing = refused.guard
        return None, missing

    def _lifting(self, missing: str, paper: Paper | None, papers: list[Paper], dice: random.Random) -> Plan | None:
        """Return a step that brings about what a guard misses, on a document of the same order."""
        order_of = self.world.recall("orders", self._orders)
        home = order_of.get((paper.doc, paper.id)) if paper else None
        for name in dice.sample(LIFTS.get(missing, ()), len(LIFTS.get(missing, ()))):
            action = BY_NAME[name]
            fitting = [other for other in papers if other.doc is action.doc
                       and (other.doc not in (Doc.ORDER, Doc.JOB, Doc.MATERIAL_SHEET, Doc.LABOUR_SHEET, Doc.QUOTE)
                            or order_of.get((other.doc, other.id)) == home)
                       and (not action.when or other.state in action.when)]  # fmt: skip
            dice.shuffle(fitting)
            for other in fitting[:4]:
                person, _why = self._somebody(action, other, dice)
                if person is not None:
                    return self._chosen(action, other, person)
        return None

    def waiting_for_pin(self) -> list[tuple[str, bool]]:
        """Return who works here and has no PIN, and whether a one-time code is out."""
        with self.world.reading():
            return sql.rows(
                "SELECT number, code_hash IS NOT NULL FROM person WHERE state = ? AND pin_hash IS NULL ORDER BY id",
                PersonState.ACTIVE.value,
            )
