"""Says in words what a single price is and under which conditions it holds, for people who read a file of another system."""

from collections.abc import Iterator
from datetime import date, datetime

from tmfkit.catalog import Catalog
from tmfkit.compile.bundle import Settings
from tmfkit.compile.expand import measure_text
from tmfkit.compile.scope import label, scope_of
from tmfkit.generate.prices import SinglePrice
from tmfkit.model.base import Validity
from tmfkit.model.conditions import Condition
from tmfkit.semantics.pricing import refusals


def price_words(price: SinglePrice, catalog: Catalog, settings: Settings) -> str:
    """`Fibre Home – Monthly fee, 500 Mbit/s, 24 months`: the offering, the price, its cell and its tier, in the default language."""
    scope = scope_of(price.offering, catalog, settings)
    name = price.terms.name.default if price.terms.name is not None else price.name
    labels = [label(scope, pick) for pick in price.picks]
    return ", ".join((f"{price.offering.title} – {name}", *labels, *_tier(price)))


def _tier(price: SinglePrice) -> Iterator[str]:
    if price.above is not None:
        yield f"above {measure_text(price.above)}"
    if price.tier is not None and price.tier.up_to is not None:
        yield f"up to {measure_text(price.tier.up_to)}"


def condition_words(price: SinglePrice, catalog: Catalog) -> str:
    """`customer is new and installation is technician; not if voucher is NO-SETUP`; empty for a price without conditions.

    What its cell says is not repeated.
    """
    written = price.offering.prices[price.name]
    refused = (f"not if {_all(found)}" for found in refusals(written, catalog))
    return "; ".join(filter(None, (_all(price.terms.when), *refused)))


def _all(condition: Condition) -> str:
    return " and ".join(_clauses(condition))


def _clauses(condition: Condition) -> Iterator[str]:
    for subject, wanted in condition.clauses:
        if isinstance(wanted, Validity):
            yield " ".join((subject, *_interval(wanted)))
        else:
            yield f"{subject} is {' or '.join(wanted)}"


def _interval(interval: Validity) -> Iterator[str]:
    if interval.from_ is not None:
        yield f"from {_text(interval.from_)}"
    if interval.until is not None:
        yield f"until {_text(interval.until)}"


def _text(moment: datetime | date) -> str:
    return moment.isoformat()
