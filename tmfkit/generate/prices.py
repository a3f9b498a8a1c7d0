"""Every single price of an offering with all that a system asks of it: amount, life, channels, segments, terms, cell or tier."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from tmfkit.catalog import Catalog
from tmfkit.compile.expand import Pick, expand
from tmfkit.compile.issues import uses_as_is, variant_id
from tmfkit.compile.prices import base_of
from tmfkit.compile.wording import wire_id
from tmfkit.model.base import ALWAYS, Validity, instant
from tmfkit.model.prices import Price, PriceType, Tier
from tmfkit.model.products import ProductOffering
from tmfkit.model.values import Money, Quantity
from tmfkit.semantics.pricing import refusals, resolved
from tmfkit.source.document import Path


@dataclass(frozen=True, slots=True)
class SinglePrice:
    """One cell, tier or dated step of a price, as catalog APIs publish it under `id`.

    `terms` are all the terms of the price, those of a shared one included. `picks` is what its cell says (`downstream` is `500`),
    `tier` its tier and `above` where that begins. `begins` and `ends` bound its life: price, offering and dated step together, None
    is open. `channels`, `segments`, `places` and `contract` (terms) are those in which it holds; empty where there are none to choose
    from. `path` leads to it in the offering.
    """

    offering: ProductOffering
    name: str
    id: str
    terms: Price
    type: PriceType
    money: Money | None
    percent: Decimal | None
    picks: tuple[Pick, ...]
    tier: Tier | None
    above: Quantity | Decimal | None
    begins: datetime | None
    ends: datetime | None
    applies_to: str
    channels: tuple[str, ...]
    segments: tuple[str, ...]
    places: tuple[str, ...]
    contract: tuple[str, ...]
    path: Path

    @property
    def where(self) -> dict[str, str]:
        """What the cell says, subject by subject."""
        return {pick.subject: pick.key for pick in self.picks}


def single_prices(offering: ProductOffering, catalog: Catalog) -> Iterator[SinglePrice]:
    """The single prices of an offering in the order written; those of a shared price come with the offering that uses it."""
    for name, written in offering.prices.items():
        terms = resolved(written, catalog)
        if terms is None or terms.type is None:
            continue
        base = wire_id(str(written.use)) if uses_as_is(written) else base_of(offering.id, name)
        for variant in expand(terms):
            begins, ends = _life((offering.valid_for, terms.valid_for or ALWAYS, variant.validity), catalog)
            if begins is not None and ends is not None and begins >= ends:
                continue
            where = {pick.subject: pick for pick in variant.picks}
            words = catalog.vocabulary
            yield SinglePrice(
                offering=offering,
                name=name,
                id=variant_id(base, variant),
                terms=terms,
                type=terms.type,
                money=variant.part.money,
                percent=variant.part.percent,
                picks=variant.picks,
                tier=variant.part.tier,
                above=variant.part.above,
                begins=begins,
                ends=ends,
                applies_to=variant.applies_to,
                channels=_held("channel", offering.channels or words.channels, written, terms, where, catalog),
                segments=_held("segment", offering.segments or words.segments, written, terms, where, catalog),
                places=_held("place", offering.places or words.places, written, terms, where, catalog),
                contract=_held("term", offering.terms, written, terms, where, catalog),
                path=("prices", name, *(variant.path if not uses_as_is(written) and written.use is None else ())),
            )


def _life(intervals: Iterable[Validity], catalog: Catalog) -> tuple[datetime | None, datetime | None]:
    known = list(intervals)
    begins = [instant(one.from_, catalog.zone) for one in known if one.from_ is not None]
    ends = [instant(one.until, catalog.zone) for one in known if one.until is not None]
    return max(begins, default=None), min(ends, default=None)


def _held(
    subject: str, all_of_them: Iterable[str], written: Price, terms: Price, where: dict[str, Pick], catalog: Catalog
) -> tuple[str, ...]:
    """The words of a closed fact for which a price can hold: by its condition, its refusals and the key of its cell."""
    wanted = terms.when.values(subject)
    refused = {word for found in refusals(written, catalog) if found.subjects == (subject,) for word in found.values(subject)}
    found = [word for word in all_of_them if (not wanted or word in wanted) and word not in refused]
    pick = where.get(subject)
    if pick is None:
        return tuple(found)
    return tuple(word for word in found if word == pick.key or (pick.key == "else" and word not in pick.rest))
