"""The pages of shared prices: what they come to, when they hold, and which offerings use them."""

from collections.abc import Iterator

from tmfkit.compile.expand import Variant, expand
from tmfkit.model.audience import Section
from tmfkit.model.base import instant
from tmfkit.model.prices import Price, PriceTerms, ProductOfferingPrice
from tmfkit.model.products import ProductOffering
from tmfkit.site.edition import Edition
from tmfkit.site.markdown import code, heading, joined, table
from tmfkit.site.offering.price_groups import Period, When
from tmfkit.site.offering.price_tables import nature
from tmfkit.site.page import Page
from tmfkit.site.phrases import Naming, measure, money
from tmfkit.site.relations import facts, payloads, referrers
from tmfkit.site.system_losses import Losses, carried_by, losses

MOST_ROWS = 300
"""How many single prices are shown; the source has all of them."""


def pages(edition: Edition) -> Iterator[Page]:
    """One page for each shared price of the edition."""
    known = losses(edition)
    for price in edition.every(ProductOfferingPrice):
        yield page(price, edition, known)


def page(price: ProductOfferingPrice, edition: Edition, known: Losses) -> Page:
    """The page of one shared price."""
    parts = [
        edition.text(price.description),
        *facts(price, edition, _facts(price, edition)),
        heading(2, edition.say("amounts"), "amounts", searched=False),
        joined([_amounts(price, edition)]),
        *referrers(price.key, edition),
        *carried_by(price.key, edition, known),
        *payloads(price.key, edition),
    ]
    return Page(edition.path(price.key), edition.title(price.key), joined(parts))


def _facts(price: ProductOfferingPrice, edition: Edition) -> Iterator[tuple[str, str]]:
    naming = _naming(price, edition)
    yield "kind-of-price", nature(terms_of(price), edition)
    yield "holds-if", naming.condition(price.when) if price.when else ""
    yield "holds-not-if", naming.condition(price.unless) if price.unless else ""
    if edition.shows(Section.ACCOUNTING):
        yield "charge-code", code(price.charge_code) if price.charge_code is not None else ""
        yield "tax", code(price.tax) if price.tax is not None else ""
        yield "gl-account", code(price.gl_account) if price.gl_account is not None else ""


def terms_of(price: ProductOfferingPrice) -> Price:
    """The terms of a shared price as those of a price of an offering."""
    return Price.model_construct(**{name: getattr(price, name) for name in PriceTerms.model_fields})


def _naming(price: ProductOfferingPrice, edition: Edition) -> Naming:
    """The words around it are those of the first offering that uses it."""
    users = (edition.catalog.get(ProductOffering, key.id) for key in edition.catalog.referrers(price.key) if key.kind == "ProductOffering")
    first = next((user for user in users if user is not None), None)
    return Naming(edition) if first is None else Naming.of(first, edition)


def _amounts(price: ProductOfferingPrice, edition: Edition) -> Iterator[str]:
    naming = _naming(price, edition)
    found = list(expand(price))
    subjects = tuple(dict.fromkeys(pick.subject for variant in found for pick in variant.picks))
    head = [*map(naming.head, subjects), edition.say("amount"), edition.say("valid")]
    rows = [_row(variant, price, subjects, naming) for variant in found[:MOST_ROWS]]
    yield from table(head, rows, frozenset((len(subjects),)))
    if len(found) > MOST_ROWS:
        yield ""
        yield edition.say("and-more", count=len(found) - MOST_ROWS)


def _row(variant: Variant, price: ProductOfferingPrice, subjects: tuple[str, ...], naming: Naming) -> list[str]:
    edition = naming.edition
    keys = {pick.subject: pick.key for pick in variant.picks}
    return [
        *(naming.value(name, keys[name]) if name in keys else "" for name in subjects),
        _amount(variant, price, edition),
        _period(variant, edition).said(edition),
    ]


def _amount(variant: Variant, price: ProductOfferingPrice, edition: Edition) -> str:
    part = variant.part
    said = money(edition, part.money) if part.money is not None else ""
    if part.percent is not None:
        said = measure(edition, part.percent) + "&nbsp;%"
    elif not said and price.quantity is not None:
        said = measure(edition, price.quantity)
    bound = part.tier.up_to if part.tier is not None else None
    return f"{said} ({edition.say('at-most', high=measure(edition, bound))})" if bound is not None else said


def _period(variant: Variant, edition: Edition) -> Period:
    zone = edition.settings.zone
    begins, ends = (None if end is None else instant(end, zone) for end in (variant.validity.from_, variant.validity.until))
    when = When.COMING if begins is not None and edition.on < begins else When.OVER if ends is not None and ends <= edition.on else When.NOW
    return Period(when, begins, ends, variant.applies_to)
