"""Pages say what there is: zero and “no” where they are values, findings item by item, results as they were."""

from collections.abc import Mapping
from typing import Any

import pytest

from shopterm.db.queries.details import detail
from shopterm.db.queries.order_pages import Pairs, pairs
from shopterm.db.queries.rows import Cell, Detail
from shopterm.db.session import Shop
from shopterm.domain.checklist import Mark
from shopterm.domain.units import Money
from shopterm.domain.vocabulary import Doc, InspectionKind
from shopterm.domain.words import Keyed
from tests.rules.story import Stage, Story
from tests.shopkit import who


def page(story: Story, doc: Doc) -> Detail:
    """Return a document of the story as the advisor sees it, in English."""
    from shopterm.db.documents import find

    number = {Doc.ORDER: story.order, Doc.JOB: story.job, Doc.QUOTE: story.quote}[doc]
    with story.shop.reader():
        key = find(doc, number).id
    return detail(story.shop, doc, key, who(story.shop, "A1"))


def named(found: Detail, title: str) -> Mapping[str, Cell]:
    """Return the named values of a section."""
    return {str(name): value for name, value in rows(found, title)}


def rows(found: Detail, title: str) -> list[tuple[Any, ...]]:
    """Return the rows of the sections with this title."""
    return [row for section in found.sections if section.title == title for row in section.rows]


def test_zero_and_no_are_values_and_nothing_is_none() -> None:
    named: Pairs = [("pays", "Pays", Money(0)), ("late", "Late", False), ("note", "Note", ""), ("at", "When", None),
                    ("people", "People", ())]  # fmt: skip
    assert pairs(Keyed("facts", "Facts"), named).rows == (("Pays", Money(0)), ("Late", False))


def test_a_quote_that_is_all_warranty_says_that_the_customer_pays_nothing(shop: Shop) -> None:
    story = Story(shop, payer="warranty", warranty=[{"line": line, "payer": "warranty"} for line in (1, 2, 3, 4)])
    facts = named(page(story.go(Stage.QUOTED), Doc.QUOTE), "Quote")
    assert facts["Customer pays"] == 0
    assert "Supplement" not in facts


def test_a_quote_says_job_by_job_what_the_customer_pays(shop: Shop) -> None:
    story = Story(shop, warranty=[{"line": 2, "payer": "warranty"}]).go(Stage.QUOTED)
    told = page(story, Doc.QUOTE)
    ((job, _text, amount, pays),) = rows(told, "Jobs")
    lines = rows(told, "Quoted")
    assert (job, amount) == (1, sum(line[5] for line in lines))
    assert pays == amount - lines[1][5] > 0


@pytest.fixture
def walked(shop: Shop) -> Story:
    """A machine whose walk-round found two things, one of them with a note, and something to note beside."""
    story = Story(shop).go(Stage.OPEN)
    marks = story.marks("inspect_intake")
    items = list(marks)
    marks[items[0]] = {"mark": "damaged", "note": "左门凹陷"}
    marks[items[1]] = {"mark": "leaking"}
    marks[items[2]] = {"mark": "ok", "note": "new"}
    story.do("A1", "inspect_intake", story.order, marks=marks, fuel="1/2")
    return story


def test_a_walk_round_with_findings_is_not_passed(walked: Story) -> None:
    ((_at, kind, result, _who, count, _note),) = rows(page(walked, Doc.ORDER), "Inspections")
    assert (kind, result, count) == (InspectionKind.INTAKE, "with findings", 2)


def test_findings_stand_on_the_order_item_by_item(walked: Story) -> None:
    found = rows(page(walked, Doc.ORDER), "Findings")
    assert [(what, note) for _kind, _item, what, note in found] == [
        (Mark.DAMAGED, "左门凹陷"), (Mark.LEAKING, ""), (Mark.OK, "new"),
    ]  # fmt: skip
    assert all(item and "." not in item for _kind, item, _what, _note in found)


def test_a_new_walk_replaces_what_the_former_found(walked: Story) -> None:
    walked.do("A1", "inspect_intake", walked.order, marks=walked.marks("inspect_intake"), fuel="1/2")
    told = page(walked, Doc.ORDER)
    assert rows(told, "Findings") == []
    assert [row[2] for row in rows(told, "Inspections")] == ["with findings", Mark.OK]


def test_what_failed_stands_on_the_job_until_it_passes(shop: Shop) -> None:
    story = Story(shop).go(Stage.SELF_CHECKED)
    failed = next(iter(story.marks("pass_inspection")))
    marks = {failed: {"mark": "fail", "note": "接头渗油"}}
    story.do("Q1", "fail_inspection", story.job, marks=marks, reason="渗油")
    ((kind, _item, mark, note),) = rows(page(story, Doc.JOB), "Findings")
    assert (kind, mark, note) == (InspectionKind.QC, Mark.FAIL, "接头渗油")


def test_a_diagnosis_agreed_at_the_intake_is_agreed_in_the_quote(shop: Shop) -> None:
    story = Story(shop).go(Stage.QUOTED)
    assert {row[2]: row[-1] for row in rows(page(story, Doc.QUOTE), "Quoted")}["大臂下沉"] is True
    story.go(Stage.CONSENTED)
    assert all(row[-1] for row in rows(page(story, Doc.QUOTE), "Quoted"))
