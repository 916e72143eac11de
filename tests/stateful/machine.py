"""The machine: every step is one of somebody in the workshop, and after every step everything must hold."""

import random
from collections import Counter
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from shopterm.db import sql
from shopterm.db.documents import MODEL
from shopterm.domain.actions import action_named
from shopterm.domain.errors import ShopError, SignInFailed
from shopterm.domain.vocabulary import Doc
from shopterm.usecases.request import Done, Request, Second
from shopterm.usecases.sign_in import set_first_pin
from shopterm.usecases.verify import verify
from tests.stateful.checks import broken
from tests.stateful.edges import Coverage
from tests.stateful.forms import FORMS
from tests.stateful.houses import House
from tests.stateful.judge import Judge
from tests.stateful.mischief import spoil
from tests.stateful.plans import Plan, Planner
from tests.stateful.typist import Typist
from tests.stateful.world import MINUTE, Paper

SEEDS = st.integers(0, 2**16 - 1)
TROUBLES = ("anything", "anything", "spoilt", "spoilt", "stale", "wrong_pin", "again", "altered", "reopen", "hours")
SORTS = ("work",) * 16 + TROUBLES
"""What kind of step comes next, as often as it stands here."""
VERIFY_EVERY = 25
"""Steps after which the program's own ``verify`` is asked too; it is also asked at the end."""
WRONG = "111222"


class Workshop(RuleBasedStateMachine):
    """Several people at several orders at once; wrong persons, wrong states, wrong values, replays and restarts."""

    def __init__(self, house: House, coverage: Coverage) -> None:
        """Open a copy of the prepared workshop."""
        super().__init__()
        self.house, self.coverage = house, coverage
        self.world = house.enter()
        self.planner, self.judge = Planner(self.world, coverage.begin()), Judge(self.world, coverage)
        self.steps = 0
        self.thrown: Counter[int] = Counter()
        self.whole = True
        """False from the beginning of a step until everything was found to hold after it."""
        self.last: tuple[str, Request, Done] | None = None
        """The last verb that was done, to be asked for again."""

    @initialize(calls=st.booleans())
    def open_the_doors(self, calls: bool) -> None:
        """Choose the house's setting for recorded calls."""
        self.world.calls = calls
        self.world.reopen()

    @rule(sort=st.sampled_from(SORTS), seed=SEEDS)
    def step(self, sort: str, seed: int) -> None:
        """Somebody does something; the seed is the dice for everything that is chosen."""
        self.whole = False
        self.thrown[seed] += 1
        dice = random.Random(f"{seed}/{self.thrown[seed]}")  # the same dice twice would do the same in vain
        self.world.now += dice.randrange(1, 30) * MINUTE
        self.steps += 1
        self.coverage.steps += 1
        waiting = self.planner.waiting_for_pin()
        if sort == "work" and waiting and dice.random() < 0.5:
            self._give_pin(dice, *dice.choice(waiting))
        else:
            getattr(self, f"_{sort}")(dice)

    @invariant()
    def all_holds(self) -> None:
        """Ask the database in this test's words, and now and then in the program's own."""
        wrong = broken(self.world)
        assert not wrong, wrong
        if self.steps % VERIFY_EVERY == VERIFY_EVERY - 1:
            self._verify()
        self.whole = True

    def teardown(self) -> None:
        """Ask the program's own ``verify`` once more and leave."""
        try:
            self._verify()
            if self.whole:
                self.coverage.guide = None
        finally:
            self.house.leave(self.world)

    def _verify(self) -> None:
        found = [(one.number, one.sentence, dict(one.params)) for one in verify(self.world.shop)]
        assert not found, found

    def _work(self, dice: random.Random) -> None:
        if plan := self.planner.sensible(dice):
            self._try(plan, self._request(plan, dice))

    def _hours(self, dice: random.Random) -> None:
        """Time passes: an hour, a night, a weekend."""
        self.world.now += dice.choice((1, 12, 60)) * 60 * MINUTE

    def _anything(self, dice: random.Random) -> None:
        """A verb on any document of its kind by anybody: a wrong person, a wrong state."""
        plan = self.planner.anything(dice)
        self._try(plan, self._request(plan, dice))

    def _spoilt(self, dice: random.Random) -> None:
        """The right step with something senseless typed into its form."""
        if plan := self.planner.sensible(dice):
            request = self._request(plan, dice)
            self._try(plan, replace(request, values=spoil(plan.action, dict(request.values), dice)))

    def _stale(self, dice: random.Random) -> None:
        """The right step on a document that somebody else has changed meanwhile."""
        plan = self.planner.sensible(dice)
        if plan is not None and plan.paper is not None and plan.action.doc is not Doc.DAY:
            request = replace(self._request(plan, dice), version=self._version(plan.paper) - 1)
            ending = self._try(plan, request, conflict=True)
            assert not isinstance(ending, Done), "a stale version was taken"

    def _wrong_pin(self, dice: random.Random) -> None:
        """The right step, signed with a wrong PIN or none, by the first or the second signer."""
        if plan := self.planner.sensible(dice):
            request = self._request(plan, dice)
            if request.second and dice.random() < 0.5:
                request = replace(request, second=replace(request.second, pin=WRONG))
            else:
                request = replace(request, pin=dice.choice((WRONG, "", None)))
            ending = self._try(plan, request)
            assert not plan.action.signs or not isinstance(ending, Done), "signed with a wrong PIN"

    def _again(self, _dice: random.Random) -> None:
        """The last step comes once more, with the same operation id: the same answer, and nothing happens."""
        if self.last is None:
            return
        person, request, done = self.last
        ending = self.judge.repeat(person, request)
        if isinstance(ending, Done):
            assert replace(ending, replayed=False) == replace(done, secret="")
        else:
            assert isinstance(ending, SignInFailed), ending  # a PIN, or a person, is no longer what it was

    def _altered(self, dice: random.Random) -> None:
        """The last operation id comes with another request: it is refused."""
        if self.last is None:
            return
        person, request, _done = self.last
        other = dice.choice([number for number in self.planner.people() if number != person])
        person, request = dice.choice([
            (person, replace(request, ref="X-1")),
            (person, replace(request, values=dict(request.values) | {"note": "anders", "reason": "anders"})),
            (other, replace(request, pin=self.world.pin(other)))])  # fmt: skip
        ending = self.judge.repeat(person, request)
        assert isinstance(ending, ShopError), "the same operation id took effect twice"

    def _reopen(self, _dice: random.Random) -> None:
        """The database is closed and opened again."""
        self.world.reopen()

    def _give_pin(self, dice: random.Random, number: str, code_is_out: bool) -> None:
        """Somebody without a PIN gets a one-time code, or sets the PIN with it."""
        code = self.world.codes.pop(number, None)
        if code_is_out and code is not None:
            self._set_pin(number, code)
            return
        action = action_named("issue_code")
        paper = next(one for one in self.world.papers().values() if one.doc is Doc.PERSON and one.number == number)
        for person, roles in self.planner.people().items():
            if action.by & roles and person != number:
                plan = Plan(action, paper, person)
                self._try(plan, self._request(plan, dice))
                return

    def _set_pin(self, number: str, code: str) -> None:
        try:
            set_first_pin(self.world.shop, number, code, self.world.pin(number), "test")
        except SignInFailed:
            self.judge.look(refused=True)  # the code has expired
        else:
            self.judge.look()

    def _request(self, plan: Plan, dice: random.Random) -> Request:
        """Return the request of somebody who fills in the form sensibly and signs as asked."""
        action, paper = plan.action, plan.paper
        values = Typist(self.world, dice, FORMS).fill(action, paper, plan.person)
        second = self.planner.second(action, plan.person, dice) if action.second else None
        ref: str | int | None = None
        if not action.new:
            ref = (
                "none"
                if paper is None
                else paper.id
                if paper.doc is Doc.PART
                else dice.choice((paper.id, paper.number))
            )
        operation = f"op-{self.steps}-{dice.getrandbits(64):x}"
        signer = Second(second, self.world.pin(second)) if second else None
        return Request(action.name, ref, values, operation, None, self.world.pin(plan.person), signer)

    def _version(self, paper: Paper) -> int:
        with self.world.reading():
            return int(sql.scalar(f"SELECT version FROM {MODEL[paper.doc]._meta.table_name} WHERE id = ?", paper.id))

    def _try(self, plan: Plan, request: Request, **options: Any) -> Done | ShopError:
        ending = self.judge.attempt(plan.person, request, **options)
        if isinstance(ending, Done):
            self.planner.succeeded(plan)
            self.last = (plan.person, request, ending)
        return ending
