"""Says a Kill Bill catalog in few words, so that tests and people can read it: each plan on one line."""

from collections.abc import Iterator, Mapping

from lxml import etree

Element = etree._Element


def catalogs(files: Mapping[str, str]) -> dict[str, Element]:
    """The catalogs among some files, by their dates."""
    return {path[8:-4]: etree.fromstring(text.encode()) for path, text in sorted(files.items()) if path.endswith(".xml")}


def plans(catalog: Element) -> dict[str, str]:
    """What each plan costs, by its name."""
    return {plan.get("name"): "; ".join(_phases(plan)) for plan in catalog.findall("plans/plan")}


def products(catalog: Element) -> dict[str, str]:
    """The category of each product and its add-ons."""
    return {one.get("name"): " ".join((one.findtext("category"), *_addons(one))) for one in catalog.findall("products/product")}


def lists(catalog: Element) -> dict[str, list[str]]:
    """The plans of each price list."""
    return {one.get("name"): [plan.text for plan in one.iter("plan")] for one in catalog.find("priceLists")}


def existing(catalog: Element) -> dict[str, str]:
    """From when on a plan is meant for existing subscriptions too."""
    found = {plan.get("name"): plan.findtext("effectiveDateForExistingSubscriptions") for plan in catalog.findall("plans/plan")}
    return {name: date[:10] for name, date in found.items() if date is not None}


def usages(catalog: Element, plan: str) -> dict[str, str]:
    """The tiers of each usage in the last phase of a plan, by its unit: how many blocks of which size at which price."""
    phase = next(one for one in catalog.findall("plans/plan") if one.get("name") == plan).find("finalPhase")
    return {usage.findtext(".//unit"): f"{usage.get('tierBlockPolicy')} {', '.join(_tiers(usage))}" for usage in phase.iter("usage")}


def _addons(product: Element) -> Iterator[str]:
    for sort in ("available", "included"):
        names = [one.text for one in product.findall(f"{sort}/addonProduct")]
        if names:
            yield f"{sort} {' '.join(names)}"


def _phases(plan: Element) -> Iterator[str]:
    for phase in (*plan.findall("initialPhases/phase"), plan.find("finalPhase")):
        length = phase.findtext("duration/number")
        words = [phase.get("type"), *([f"{length} {phase.findtext('duration/unit')}"] if length else [])]
        fixed, recurring = phase.find("fixed"), phase.find("recurring")
        words += [f"once {fixed.findtext('.//value')}"] if fixed is not None else []
        words += [f"{recurring.findtext('.//value')} {recurring.findtext('billingPeriod')}"] if recurring is not None else []
        number = len(phase.findall("usages/usage"))
        yield " ".join((*words, *([f"+ {number} usages"] if number else [])))


def _tiers(usage: Element) -> Iterator[str]:
    for block in usage.iter("tieredBlock"):
        most = block.findtext("max")
        yield f"{'the rest' if most == '-1' else most} x {block.findtext('size')} at {block.findtext('.//value')}"
