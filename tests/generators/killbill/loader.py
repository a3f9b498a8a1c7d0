"""What Kill Bill's own loader refuses although the XML Schema lets it pass: one function for each rule, on parsed catalogs.

After the validation of Kill Bill 0.25 (`StandaloneCatalog`, `DefaultPlan`, `DefaultPlanPhase`, `DefaultUsage`, `DefaultPlanRules`,
`DefaultPriceListSet`, `DefaultVersionedCatalog`) and, where it divides and looks up by name, after what its invoicing can take.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal

from lxml import etree

Element = etree._Element
Rule = Callable[[Sequence[Element]], Iterator[str]]

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9._-]*")


def refused(texts: Sequence[str]) -> list[str]:
    """Everything that the loader says against the versions of a catalog, each with the name of the rule."""
    catalogs = [etree.fromstring(text.encode()) for text in texts]
    return [f"{rule.__name__}: {words}" for rule in RULES for words in rule(catalogs)]


def default_cancel_policy(catalogs: Sequence[Element]) -> Iterator[str]:
    for catalog in catalogs:
        cases = catalog.findall("rules/cancelPolicy/cancelPolicyCase")
        if not any([child.tag for child in case] == ["policy"] for case in cases):
            yield "no cancel policy without condition"


def default_change_policy(catalogs: Sequence[Element]) -> Iterator[str]:
    for catalog in catalogs:
        cases = catalog.findall("rules/changePolicy/changePolicyCase")
        if not any([child.tag for child in case] == ["policy"] for case in cases):
            yield "no change policy without condition"


def each_case_once(catalogs: Sequence[Element]) -> Iterator[str]:
    for catalog in catalogs:
        for group in catalog.find("rules"):
            cases = Counter(tuple((child.tag, child.text) for child in case) for case in group)
            yield from (f"{case} twice in {group.tag}" for case, number in cases.items() if number > 1)


def every_plan_in_a_price_list(catalogs: Sequence[Element]) -> Iterator[str]:
    for catalog in catalogs:
        listed = {plan.text for plan in catalog.findall("priceLists/*/plans/plan")}
        yield from (plan.get("name") for plan in catalog.findall("plans/plan") if plan.get("name") not in listed)


def price_lists_name_plans(catalogs: Sequence[Element]) -> Iterator[str]:
    for catalog in catalogs:
        plans = {plan.get("name") for plan in catalog.findall("plans/plan")}
        yield from (plan.text for plan in catalog.findall("priceLists/*/plans/plan") if plan.text not in plans)


def prices_are_not_negative(catalogs: Sequence[Element]) -> Iterator[str]:
    for catalog in catalogs:
        yield from (value.text for value in catalog.iterfind(".//price/value") if Decimal(value.text) < 0)


def currencies_are_declared(catalogs: Sequence[Element]) -> Iterator[str]:
    for catalog in catalogs:
        declared = {currency.text for currency in catalog.findall("currencies/currency")}
        yield from (found.text for found in catalog.iterfind(".//price/currency") if found.text not in declared)


def no_initial_phase_is_evergreen(catalogs: Sequence[Element]) -> Iterator[str]:
    for catalog in catalogs:
        for plan in catalog.findall("plans/plan"):
            yield from (plan.get("name") for phase in plan.findall("initialPhases/phase") if phase.get("type") == "EVERGREEN")


def evergreen_is_unlimited(catalogs: Sequence[Element]) -> Iterator[str]:
    for plan, phase in _phases(catalogs):
        unlimited = phase.findtext("duration/unit") == "UNLIMITED"
        if (phase.get("type") == "EVERGREEN") != unlimited:
            yield f"{phase.get('type')} of {plan.get('name')}"


def what_ends_says_when(catalogs: Sequence[Element]) -> Iterator[str]:
    for plan, phase in _phases(catalogs):
        number = phase.findtext("duration/number")
        if (phase.findtext("duration/unit") == "UNLIMITED") != (number is None) or (number is not None and int(number) < 1):
            yield f"{phase.get('type')} of {plan.get('name')}"


def trial_is_not_final(catalogs: Sequence[Element]) -> Iterator[str]:
    for catalog in catalogs:
        yield from (plan.get("name") for plan in catalog.findall("plans/plan") if plan.find("finalPhase").get("type") == "TRIAL")


def each_phase_type_once(catalogs: Sequence[Element]) -> Iterator[str]:
    """A phase is looked up by the name of its plan and its type."""
    for catalog in catalogs:
        for plan in catalog.findall("plans/plan"):
            types = Counter(phase.get("type") for phase in (*plan.findall("initialPhases/phase"), plan.find("finalPhase")))
            yield from (f"{type} of {plan.get('name')}" for type, number in types.items() if number > 1)


def default_price_list(catalogs: Sequence[Element]) -> Iterator[str]:
    for catalog in catalogs:
        if catalog.find("priceLists/defaultPriceList").get("name") != "DEFAULT":
            yield "the default price list has another name"
        yield from ("a child is called DEFAULT" for one in catalog.findall("priceLists/childPriceList") if one.get("name") == "DEFAULT")


def recurring_has_a_billing_period(catalogs: Sequence[Element]) -> Iterator[str]:
    for plan, phase in _phases(catalogs):
        for recurring in phase.findall("recurring"):
            if recurring.findtext("billingPeriod") in (None, "", "NO_BILLING_PERIOD"):
                yield plan.get("name")


def phase_costs_something(catalogs: Sequence[Element]) -> Iterator[str]:
    for plan, phase in _phases(catalogs):
        if phase.find("fixed") is None and phase.find("recurring") is None and not phase.findall("usages/usage"):
            yield f"{phase.get('type')} of {plan.get('name')}"


def usage_in_arrear_has_tiers(catalogs: Sequence[Element]) -> Iterator[str]:
    for usage in _usages(catalogs):
        if usage.get("billingMode") == "IN_ARREAR" and not usage.findall("tiers/tier"):
            yield usage.get("name")


def consumable_has_blocks(catalogs: Sequence[Element]) -> Iterator[str]:
    for usage in _usages(catalogs):
        for tier in usage.findall("tiers/tier") if usage.get("usageType") == "CONSUMABLE" else ():
            if not tier.findall("blocks/tieredBlock") or tier.find("limits") is not None:
                yield usage.get("name")


def capacity_has_limits(catalogs: Sequence[Element]) -> Iterator[str]:
    for usage in _usages(catalogs):
        for tier in usage.findall("tiers/tier") if usage.get("usageType") == "CAPACITY" else ():
            limits = tier.findall("limits/limit")
            wrong = [one for one in limits if one.find("min") is not None and Decimal(one.findtext("max")) <= Decimal(one.findtext("min"))]
            if not limits or wrong:
                yield usage.get("name")


def blocks_are_whole(catalogs: Sequence[Element]) -> Iterator[str]:
    """Invoicing divides by the whole part of a block's size."""
    for usage in _usages(catalogs):
        sizes = [Decimal(size.text) for size in usage.iterfind(".//tieredBlock/size")]
        yield from (usage.get("name") for size in sizes if size < 1 or size != size.to_integral_value())


def only_the_last_tier_is_open(catalogs: Sequence[Element]) -> Iterator[str]:
    for usage in _usages(catalogs):
        most = [Decimal(one.text) for one in usage.iterfind(".//tieredBlock/max")]
        if most and (most[-1] != -1 or any(one < 1 for one in most[:-1])):
            yield usage.get("name")


def names_are_legal_and_unique(catalogs: Sequence[Element]) -> Iterator[str]:
    """One space of `xs:ID` for all, and a database may ignore the size of letters."""
    for catalog in catalogs:
        names = [element.get("name") for element in catalog.iter() if isinstance(element.tag, str) and element.get("name") is not None]
        yield from (f"`{name}` is no name" for name in names if not NAME.fullmatch(name))
        yield from (f"`{name}` twice" for name, number in Counter(name.casefold() for name in names).items() if number > 1)


def references_are_of_their_kind(catalogs: Sequence[Element]) -> Iterator[str]:
    for catalog in catalogs:
        products = {one.get("name"): one.findtext("category") for one in catalog.findall("products/product")}
        units = {one.get("name") for one in catalog.findall("units/unit")}
        for plan in catalog.findall("plans/plan"):
            if plan.findtext("product") not in products:
                yield f"{plan.get('name')} is for no product"
        yield from (f"{one.text} is no unit" for one in catalog.iterfind(".//tieredBlock/unit") if one.text not in units)
        yield from (f"{one.text} is no add-on" for one in catalog.iterfind(".//addonProduct") if products.get(one.text) != "ADD_ON")
        named = (one for one in catalog.find("rules").iter("product", "fromProduct", "toProduct") if one.text not in products)
        yield from (f"{one.text} is no product" for one in named)


def one_base_plan_in_a_bundle(catalogs: Sequence[Element]) -> Iterator[str]:
    for catalog in catalogs:
        bases = {one.get("name") for one in catalog.findall("products/product") if one.findtext("category") == "BASE"}
        for plan in catalog.findall("plans/plan"):
            if plan.findtext("product") in bases and plan.findtext("plansAllowedInBundle", "1") != "1":
                yield plan.get("name")


def existing_subscriptions_not_before_the_version(catalogs: Sequence[Element]) -> Iterator[str]:
    for catalog in catalogs:
        begins = datetime.fromisoformat(catalog.findtext("effectiveDate"))
        for plan in catalog.findall("plans/plan"):
            date = plan.findtext("effectiveDateForExistingSubscriptions")
            if date is not None and datetime.fromisoformat(date) < begins:
                yield plan.get("name")


def one_catalog_name(catalogs: Sequence[Element]) -> Iterator[str]:
    names = {catalog.findtext("catalogName") for catalog in catalogs}
    if len(names) > 1:
        yield ", ".join(sorted(names))


def effective_dates_differ(catalogs: Sequence[Element]) -> Iterator[str]:
    dates = Counter(datetime.fromisoformat(catalog.findtext("effectiveDate")) for catalog in catalogs)
    yield from (str(date) for date, number in dates.items() if number > 1)


def plans_keep_their_phases(catalogs: Sequence[Element]) -> Iterator[str]:
    known: dict[str, list[str]] = {}
    for catalog in catalogs:
        for plan in catalog.findall("plans/plan"):
            types = [phase.get("type") for phase in (*plan.findall("initialPhases/phase"), plan.find("finalPhase"))]
            if known.setdefault(plan.get("name"), types) != types:
                yield plan.get("name")


def _phases(catalogs: Sequence[Element]) -> Iterator[tuple[Element, Element]]:
    for catalog in catalogs:
        for plan in catalog.findall("plans/plan"):
            yield from ((plan, phase) for phase in (*plan.findall("initialPhases/phase"), plan.find("finalPhase")))


def _usages(catalogs: Sequence[Element]) -> Iterator[Element]:
    for catalog in catalogs:
        yield from catalog.iterfind(".//usages/usage")


RULES: tuple[Rule, ...] = (
    default_cancel_policy,
    default_change_policy,
    each_case_once,
    every_plan_in_a_price_list,
    price_lists_name_plans,
    prices_are_not_negative,
    currencies_are_declared,
    no_initial_phase_is_evergreen,
    evergreen_is_unlimited,
    what_ends_says_when,
    trial_is_not_final,
    each_phase_type_once,
    default_price_list,
    recurring_has_a_billing_period,
    phase_costs_something,
    usage_in_arrear_has_tiers,
    consumable_has_blocks,
    capacity_has_limits,
    blocks_are_whole,
    only_the_last_tier_is_open,
    names_are_legal_and_unique,
    references_are_of_their_kind,
    one_base_plan_in_a_bundle,
    existing_subscriptions_not_before_the_version,
    one_catalog_name,
    effective_dates_differ,
    plans_keep_their_phases,
)
"""All rules, in the order of the notes."""
