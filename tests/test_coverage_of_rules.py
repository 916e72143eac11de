"""What counts as shown: a refusal that a test cannot pass without, for what is in this release."""

from collections import defaultdict

from tests.coverage_of_rules import ALLOWS, GUARD, REFUSES, Shown, faults, guards_refused

MISSING = "no test on both databases: "
TEST = """
    def test_something(shop, told):
        with refusing(shop, "OPS-1", "at_once"):
            work()
        if shop.lucky:
            with refusing(shop, "OPS-1", "sometimes"):
                work()
        for verb in ("one", "other"):
            with refusing(shop, "OPS-1", told):
                work(verb)
        for verb in found:
            with refusing(shop, "OPS-1", "perhaps_never"):
                work(verb)
        with unusable(shop, "field", "no_guard"):
            work()
        return
        with refusing(shop, "OPS-1", "unreached"):
            work()
"""


def shown(*what: tuple[str, str]) -> Shown:
    found: Shown = defaultdict(set)
    return found | {one: {"a test"} for one in what}


def test_only_a_refusal_that_nothing_skips_shows_a_guard() -> None:
    assert list(guards_refused(TEST, {"told": "by_parameter"})) == ["at_once", "by_parameter"]
    assert list(guards_refused(TEST, {})) == ["at_once"]


def test_every_must_and_guard_of_this_release_is_to_be_shown() -> None:
    missing = list(faults(shown()))
    for kind, what in ((REFUSES, "SHP-4.1"), (ALLOWS, "SHP-4.1"), (REFUSES, "OPS-12"), (GUARD, "no_work_yet")):
        assert f"{MISSING}{kind} {what}" in missing
        assert f"{MISSING}{kind} {what}" not in faults(shown((kind, what)))
    assert f"{MISSING}{REFUSES} SHP-2.3" not in missing, "what is only recorded refuses nothing"
    assert f"{MISSING}{REFUSES} ADV-8.1" not in missing, "settlement comes later"


def test_a_rule_that_comes_later_is_not_shown_by_mistake() -> None:
    assert "marked in a test, but not in this release: ADV-8.1" in faults(shown((REFUSES, "ADV-8.1")))
