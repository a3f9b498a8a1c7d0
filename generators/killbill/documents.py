"""What the templates show: a version of the catalog in words that need no thought, and the list of its charges."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from tmfkit.api import Catalog, SinglePrice, condition_words, instant

from .model import Charge, Phase, Plan, Product, Usage, Version
from .names import CLOSED, DEFAULT, Names

COLUMNS = (
    "plan product offering price charge phase part usage unit tier amount currency reducedBy terms places segments channels bundles when"
    " count per chargeCode taxCategory taxRate glAccount"
).split()
"""The columns of the table of charges."""


def catalog_of(version: Version, names: Names) -> dict[str, Any]:
    """A version as the template of the catalog shows it."""
    plans = [_plan(plan, version, names) for plan in version.plans]
    currencies = {phase.currency for plan in version.plans for phase in plan.phases if phase.currency}
    currencies |= {usage.currency for plan in version.plans for phase in plan.phases for usage in phase.usages}
    return {
        "begins": version.begins.isoformat(),
        "currencies": sorted(currencies),
        "units": [{"name": names.unit(unit.name), "title": unit.measured} for unit in version.units],
        "products": [_product(product, names) for product in version.products],
        "plans": plans,
        "lists": _lists(version, names),
        "closed": [names.product(name) for name in version.closed],
        "prepaid": [names.product(name) for name in version.prepaid],
    }


def charges_of(version: Version, names: Names, catalog: Catalog) -> dict[str, Any]:
    """Who charges what: the side file for tax, ledger and parity."""
    return {
        "effectiveDate": version.begins.isoformat(),
        "units": [
            {
                "unit": names.unit(one.name),
                "usage": one.usage,
                "measured": one.measured,
                "dimensions": {k: list(v) for k, v in one.dimensions},
            }
            for one in version.units
        ],
        "taxes": {name: _rates(name, catalog) for name in sorted(catalog.vocabulary.taxes)},
        "discounts": {one.id: _discount(one, catalog) for one in sorted(_discounts(version), key=lambda one: one.id)},
        "plans": [_entry(plan, names, catalog) for plan in version.plans],
    }


def _discounts(version: Version) -> Iterator[SinglePrice]:
    return (one for plan in version.plans for one in plan.discounts)


def table_of(charges: Mapping[str, Any]) -> Iterator[list[Any]]:
    """The same as rows of a table, without the words of tax steps and discounts."""
    for plan in charges["plans"]:
        for charge in plan["charges"]:
            row = {**plan, **charge}
            row["taxRate"] = "; ".join(_rate_words(one) for one in charges["taxes"].get(charge.get("taxCategory", ""), ()))
            yield ["; ".join(cell) if isinstance(cell := row.get(column, ""), list) else cell for column in COLUMNS]


def _rate_words(rate: Mapping[str, str]) -> str:
    dates = [f"{word} {rate[word][:10]}" for word in ("from", "until") if rate[word]]
    return " ".join((f"{rate['rate']} %", *dates))


def _product(product: Product, names: Names) -> dict[str, Any]:
    return {
        "name": names.product(product.name),
        "title": plain_words(product.title),
        "category": product.category,
        "available": [names.product(name) for name in product.available],
        "included": [names.product(name) for name in product.included],
    }


def _plan(plan: Plan, version: Version, names: Names) -> dict[str, Any]:
    return {
        "name": names.plan(plan),
        "title": plain_words(_title(plan)),
        "product": names.product(plan.product),
        "mode": plan.mode,
        "existing": version.begins.isoformat() if plan.announced else "",
        "allowed": plan.allowed,
        "phases": [_phase(plan, phase, names) for phase in plan.phases],
    }


def _title(plan: Plan) -> str:
    price = plan.anchor.terms.name.default if plan.anchor.terms.name else plan.anchor.name
    words = [pick.key for pick in plan.anchor.picks]
    words += [one.terms.name.default if one.terms.name else one.name for one in plan.discounts]
    return ", ".join((f"{plan.offering.title}: {price}", *words))


def _phase(plan: Plan, phase: Phase, names: Names) -> dict[str, Any]:
    return {
        "type": phase.type,
        "unit": phase.unit,
        "number": phase.number,
        "fixed": "" if phase.fixed is None else text(phase.fixed),
        "recurring": "" if phase.recurring is None else text(phase.recurring),
        "currency": phase.currency,
        "period": plan.period,
        "usages": [_usage(plan, phase, usage, names) for usage in phase.usages],
    }


def _usage(plan: Plan, phase: Phase, usage: Usage, names: Names) -> dict[str, Any]:
    return {
        "name": names.usage(plan, phase, usage),
        "unit": names.unit(usage.unit.name),
        "period": usage.period,
        "policy": usage.policy,
        "size": text(usage.size),
        "currency": usage.currency,
        "tiers": [{"most": text(tier.most), "amount": text(tier.amount)} for tier in usage.tiers],
    }


def _lists(version: Version, names: Names) -> list[dict[str, Any]]:
    """The default price list first, then those of channels whose prices differ, then what nobody can buy any more."""
    found: dict[str, list[str]] = defaultdict(list)
    for plan in version.plans:
        for name in (CLOSED,) if plan.closed else plan.lists or ("",):
            found[name].append(names.plan(plan))
    others = sorted(names.price_list(channel) for channel in found if channel)
    by_name = {names.price_list(channel): plans for channel, plans in found.items() if channel}
    return [{"name": DEFAULT, "plans": found.get("", [])}, *({"name": name, "plans": by_name[name]} for name in others)]


def _entry(plan: Plan, names: Names, catalog: Catalog) -> dict[str, Any]:
    single = plan.anchor
    return {
        "plan": names.plan(plan),
        "product": names.product(plan.product),
        "offering": plan.offering.id,
        "code": plan.offering.code or "",
        "price": plan.anchor.name,
        "lists": [DEFAULT]
        if not (plan.lists or plan.closed)
        else [names.price_list(one) for one in ((CLOSED,) if plan.closed else plan.lists)],
        "channels": list(plan.lists or single.channels),
        "segments": _common([one.segments for one in (single, *plan.discounts)]),
        "places": _common([one.places for one in (single, *plan.discounts)]),
        "terms": list(single.contract),
        "cell": single.where,
        "when": condition_words(single, catalog),
        "bundles": list(plan.around),
        "charges": list(_charges(plan, names, catalog)),
    }


def _charges(plan: Plan, names: Names, catalog: Catalog) -> Iterator[dict[str, Any]]:
    for phase in plan.phases:
        yield from (
            _charge(one, phase, "", "", phase.fixed if one.part == "fixed" else phase.recurring, phase.currency, catalog)
            for one in phase.charges
        )
        for usage in phase.usages:
            name, unit = names.usage(plan, phase, usage), names.unit(usage.unit.name)
            for one, tier in zip(usage.charges, usage.tiers, strict=True):
                yield _charge(one, phase, name, unit, tier.amount, usage.currency, catalog, usage.size)
    yield from _same_for_existing(plan, names, catalog)


def _same_for_existing(plan: Plan, names: Names, catalog: Catalog) -> Iterator[dict[str, Any]]:
    """The single prices that existing customers pay under ids of their own: the same amounts at the same places."""
    for one in plan.before:
        phase = plan.phases[-1]
        for usage in phase.usages:
            if one.usage == usage.unit.name:
                name, unit = names.usage(plan, phase, usage), names.unit(usage.unit.name)
                yield _charge(one, phase, name, unit, usage.tiers[one.tier].amount, usage.currency, catalog, usage.size)
        if one.part in ("fixed", "recurring") and one.listed:
            where = plan.phases[0] if one.part == "fixed" else phase
            yield _charge(one, where, "", "", where.fixed if one.part == "fixed" else where.recurring, where.currency, catalog)


def _charge(
    one: Charge, phase: Phase, usage: str, unit: str, amount: Decimal | None, currency: str, catalog: Catalog, size: Decimal = Decimal(1)
) -> dict[str, Any]:
    terms = one.single.terms
    said = {
        "charge": one.single.id,
        "phase": phase.type,
        "part": one.part,
        "listed": one.listed,
        "usage": usage,
        "unit": unit,
        "tier": one.tier if usage else None,
        "amount": "" if amount is None else text(amount),
        "currency": currency,
        "size": text(size) if usage else "",
        "per": text(one.per) if usage else str(terms.per or ""),
        "count": terms.count or "",
        "rounding": {key: str(found) for key in ("first", "increment", "minimum") if (found := getattr(terms, key)) is not None},
        "included": str(terms.quantity or ""),
        "for": str(terms.for_ or ""),
        "after": str(terms.after or ""),
        "chargeCode": terms.charge_code or "",
        "taxCategory": terms.tax or "",
        "glAccount": terms.gl_account or "",
        "reducedBy": [discount.id for discount in one.reduced if discount.percent != 0],
    }
    return {key: found for key, found in said.items() if found not in ("", None, [], {})}


def _discount(discount: SinglePrice, catalog: Catalog) -> dict[str, Any]:
    terms = discount.terms
    return {
        "offering": discount.offering.id,
        "percent": "" if discount.percent is None else text(discount.percent),
        "amount": "" if discount.money is None else text(discount.money.amount),
        "when": condition_words(discount, catalog),
        "chargeCode": terms.charge_code or "",
        "glAccount": terms.gl_account or "",
    }


def _rates(tax: str, catalog: Catalog) -> list[dict[str, str]]:
    """All rates of a tax: they change on their own dates, not on those of the catalog."""
    return [
        {
            "from": instant(step.from_, catalog.zone).isoformat() if step.from_ else "",
            "until": instant(step.until, catalog.zone).isoformat() if step.until else "",
            "rate": text(step.is_),
        }
        for step in catalog.vocabulary.taxes[tax]
    ]


def _common(words: Sequence[tuple[str, ...]]) -> list[str]:
    """The words that a price and all discounts on it have; one that has none holds for all."""
    return [word for word in words[0] if all(word in others for others in words if others)]


def text(number: Decimal) -> str:
    """A number without exponent."""
    return format(number, "f")


def plain_words(words: str) -> str:
    """A text for an attribute: on one line, and without the characters that XML forbids."""
    return " ".join("".join(sign if sign.isprintable() or sign.isspace() else " " for sign in words).split())


def day_of(moment: datetime, others: Iterable[datetime]) -> str:
    """The date of a version as part of a file name; with the time where several begin on one day."""
    same = [other for other in others if other.date() == moment.date()]
    return moment.strftime("%Y-%m-%d") if len(same) == 1 else moment.strftime("%Y-%m-%dT%H%M%S")
