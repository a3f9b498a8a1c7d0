"""What is generated passes every rule of Kill Bill's loader, and every rule finds the one thing that is wrong for it."""

from collections.abc import Callable
from copy import deepcopy
from functools import cache

import pytest
from lxml import etree

from tests.generators.killbill import loader
from tests.generators.killbill.loader import Element
from tests.generators.killbill.shop import WHOLE
from tests.generators.running import example_projections, generated, texts

Versions = list[Element]
PLAN = "plans/plan[@name='line.monthly.500.24-months.welcome']"


@cache
def whole() -> tuple[str, ...]:
    files = generated(WHOLE, "billing", "killbill")
    return tuple(text for path, text in sorted(files.items()) if path.endswith(".xml"))


def test_the_whole_shop_is_accepted() -> None:
    assert len(whole()) == 3
    assert loader.refused(whole()) == []


def test_the_example_operator_is_accepted() -> None:
    files = texts(example_projections(), "billing", "killbill")
    catalogs = [text for path, text in sorted(files.items()) if path.endswith(".xml")]
    assert len(catalogs) > 2
    assert loader.refused(catalogs) == []


def take_away(path: str) -> Callable[[Versions], None]:
    def change(versions: Versions) -> None:
        for found in versions[0].findall(path):
            found.getparent().remove(found)

    return change


def write(path: str, text: str) -> Callable[[Versions], None]:
    def change(versions: Versions) -> None:
        versions[0].find(path).text = text

    return change


def name(path: str, attribute: str, value: str) -> Callable[[Versions], None]:
    def change(versions: Versions) -> None:
        versions[0].find(path).set(attribute, value)

    return change


def again(path: str) -> Callable[[Versions], None]:
    def change(versions: Versions) -> None:
        found = versions[0].find(path)
        found.addnext(deepcopy(found))

    return change


def below(path: str, xml: str) -> Callable[[Versions], None]:
    def change(versions: Versions) -> None:
        versions[0].find(path).append(etree.fromstring(xml))

    return change


def bare(versions: Versions) -> None:
    phase = versions[0].find(f"{PLAN}/finalPhase")
    for child in phase.findall("*")[1:]:
        phase.remove(child)


def capacity(versions: Versions) -> None:
    usage = versions[0].find(".//usage")
    usage.set("usageType", "CAPACITY")
    for tier in usage.findall("tiers/tier"):
        tier.remove(tier.find("blocks"))
        tier.append(etree.fromstring("<limits><limit><unit>data-MB</unit><max>1</max><min>2</min></limit></limits>"))


MUTATIONS: list[tuple[loader.Rule, Callable[[Versions], None]]] = [
    (loader.default_cancel_policy, take_away("rules/cancelPolicy/cancelPolicyCase[last()]")),
    (loader.default_change_policy, take_away("rules/changePolicy/changePolicyCase[last()]")),
    (loader.each_case_once, again("rules/cancelPolicy/cancelPolicyCase")),
    (loader.every_plan_in_a_price_list, take_away("priceLists/defaultPriceList/plans/plan[1]")),
    (loader.price_lists_name_plans, write("priceLists/defaultPriceList/plans/plan", "line")),
    (loader.prices_are_not_negative, write(f"{PLAN}/finalPhase/recurring/recurringPrice/price/value", "-1.00")),
    (loader.currencies_are_declared, write(f"{PLAN}/finalPhase/recurring/recurringPrice/price/currency", "USD")),
    (loader.no_initial_phase_is_evergreen, name(f"{PLAN}/initialPhases/phase", "type", "EVERGREEN")),
    (loader.evergreen_is_unlimited, name(f"{PLAN}/finalPhase", "type", "FIXEDTERM")),
    (loader.evergreen_is_unlimited, write(f"{PLAN}/finalPhase/duration/unit", "MONTHS")),
    (loader.what_ends_says_when, take_away(f"{PLAN}/initialPhases/phase/duration/number")),
    (loader.trial_is_not_final, name(f"{PLAN}/finalPhase", "type", "TRIAL")),
    (loader.each_phase_type_once, again(f"{PLAN}/initialPhases/phase")),
    (loader.default_price_list, name("priceLists/defaultPriceList", "name", "STANDARD")),
    (loader.default_price_list, name("priceLists/childPriceList", "name", "DEFAULT")),
    (loader.recurring_has_a_billing_period, write(f"{PLAN}/finalPhase/recurring/billingPeriod", "NO_BILLING_PERIOD")),
    (loader.phase_costs_something, bare),
    (loader.usage_in_arrear_has_tiers, take_away(f"{PLAN}/finalPhase/usages/usage[1]/tiers/tier")),
    (loader.consumable_has_blocks, take_away(f"{PLAN}/finalPhase/usages/usage[1]/tiers/tier[1]/blocks/tieredBlock")),
    (loader.capacity_has_limits, capacity),
    (loader.blocks_are_whole, write(".//tieredBlock/size", "0.001")),
    (loader.only_the_last_tier_is_open, write(f"{PLAN}/finalPhase/usages/usage[1]/tiers/tier[1]/blocks/tieredBlock/max", "-1")),
    (loader.names_are_legal_and_unique, name("products/product", "name", "1st-aid")),
    (loader.names_are_legal_and_unique, name("units/unit", "name", "LINE")),
    (loader.references_are_of_their_kind, write("products/product/available/addonProduct", "line")),
    (loader.references_are_of_their_kind, write(f"{PLAN}/product", "nobody")),
    (loader.one_base_plan_in_a_bundle, below(PLAN, "<plansAllowedInBundle>-1</plansAllowedInBundle>")),
    (loader.existing_subscriptions_not_before_the_version, write(f"{PLAN}/effectiveDateForExistingSubscriptions", "2020-01-01T00:00:00Z")),
    (loader.one_catalog_name, write("catalogName", "another")),
    (loader.effective_dates_differ, write("effectiveDate", "2027-01-01T00:00:00+00:00")),
    (loader.plans_keep_their_phases, take_away(f"{PLAN}/initialPhases")),
]


@pytest.mark.parametrize(("rule", "mutation"), MUTATIONS, ids=lambda one: getattr(one, "__name__", ""))
def test_each_rule_finds_what_is_wrong(rule: loader.Rule, mutation: Callable[[Versions], None]) -> None:
    versions = [etree.fromstring(text.encode()) for text in whole()]
    assert list(rule(versions)) == []
    mutation(versions)
    assert list(rule(versions)) != []


def test_every_rule_is_held_to_a_mutation() -> None:
    assert {rule for rule, _ in MUTATIONS} == set(loader.RULES)
