"""What is on sale at a moment: the prices in force, the bundles around an offering, and the dates at which any of it changes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import NamedTuple

from tmfkit.api import Catalog, Context, Lifecycle, Options, PriceType, ProductOffering, SinglePrice, Validity, instant, single_prices

CHARGED = (PriceType.RECURRING, PriceType.ONE_TIME, PriceType.USAGE, PriceType.PENALTY, PriceType.DEPOSIT)
"""The types of prices that make a plan."""

MOST_AROUND = 200
"""How many ways in which bundles can stand around an offering are followed."""


class Link(NamedTuple):
    """An offering as a member of a bundle."""

    bundle: str
    role: str


@dataclass(frozen=True)
class Stock:
    """All offerings that somebody may buy or still have, with their single prices by name."""

    catalog: Catalog
    offerings: Mapping[str, ProductOffering]
    singles: Mapping[str, Mapping[str, tuple[SinglePrice, ...]]]

    @cached_property
    def parents(self) -> Mapping[str, tuple[Link, ...]]:
        """The bundles that have an offering as a member."""
        found: dict[str, list[Link]] = defaultdict(list)
        for bundle in self.offerings.values():
            for role, member in bundle.bundle.items():
                for target in member.offerings(role):
                    if isinstance(target, str):
                        found[target].append(Link(bundle.id, role))
        return {target: tuple(dict.fromkeys(links)) for target, links in found.items()}

    def around(self, offering: str) -> tuple[tuple[Link, ...], ...]:
        """All chains of bundles around an offering, the innermost first; the first chain is empty: sold on its own."""
        empty: tuple[Link, ...] = ()
        found = [empty]
        for chain in found:
            inside = chain[-1].bundle if chain else offering
            met = {offering, *(link.bundle for link in chain)}
            longer = [(*chain, link) for link in self.parents.get(inside, ()) if link.bundle not in met]
            found += longer[: MOST_AROUND - len(found)]
        return tuple(found)

    def in_force(self, offering: str, moment: datetime, cohort: str) -> dict[str, tuple[SinglePrice, ...]]:
        """The single prices of an offering that customers of a cohort pay at a moment, by name."""
        every = self.singles.get(offering, {})
        return {name: held for name, singles in every.items() if (held := _in_force(singles, moment, cohort))}

    def on_sale(self, offering: ProductOffering, moment: datetime) -> bool:
        """Whether somebody can buy it at a moment."""
        return offering.lifecycle is not Lifecycle.RETIRED and offering.valid_for.holds(moment, self.catalog.zone)

    def is_ordered(self, single: SinglePrice, moment: datetime) -> bool:
        """Whether a price is for orders of a moment."""
        wanted = [interval for _, interval in single.terms.when.clauses if isinstance(interval, Validity)]
        return all(interval.holds(moment, self.catalog.zone) for interval in wanted)

    def channels(self, offering: ProductOffering) -> tuple[str, ...]:
        """Where it is sold."""
        return offering.channels or tuple(self.catalog.vocabulary.channels)

    def dates(self) -> set[datetime]:
        """All moments at which anything begins or ends."""
        return {date for id in self.offerings for date in self._own_dates[id]}

    def dates_of(self, offering: str) -> frozenset[datetime]:
        """The moments at which anything changes for an offering: of its own, or of a bundle around it."""
        if offering not in self._kept:
            owners = {offering, *(link.bundle for chain in self.around(offering) for link in chain)}
            self._kept[offering] = frozenset(date for owner in owners for date in self._own_dates[owner])
        return self._kept[offering]

    def tells_apart(self, offering: str) -> bool:
        """Whether a price of an offering, or of a bundle around it, changes for new or for existing customers alone."""
        owners = {offering, *(link.bundle for chain in self.around(offering) for link in chain)}
        return any(one.applies_to != "all" for owner in owners for singles in self.singles[owner].values() for one in singles)

    @cached_property
    def _own_dates(self) -> Mapping[str, frozenset[datetime]]:
        zone = self.catalog.zone
        return {id: frozenset(instant(moment, zone) for moment in self._moments(one)) for id, one in self.offerings.items()}

    @cached_property
    def _kept(self) -> dict[str, frozenset[datetime]]:
        return {}

    def _moments(self, offering: ProductOffering) -> Iterator[datetime | date]:
        relations = (Validity.model_construct(from_=one.from_, until=one.until) for one in offering.requires)
        yield from _ends(offering.valid_for, *relations)
        for singles in self.singles[offering.id].values():
            yield from (moment for one in singles for moment in (one.begins, one.ends) if moment is not None)
            ordered = (wanted for _, wanted in (*singles[0].terms.when.clauses, *singles[0].terms.unless.clauses))
            yield from _ends(*(wanted for wanted in ordered if isinstance(wanted, Validity)))


def _ends(*intervals: Validity) -> Iterator[datetime | date]:
    for one in intervals:
        yield from (moment for moment in (one.from_, one.until) if moment is not None)


def stock(context: Context[Options]) -> Stock:
    """Everything of a catalog that billing has to know. Prices outlive the sale of their offering: customers go on paying."""
    offerings = {offering.id: offering for offering in context.offerings()}
    return Stock(context.catalog, offerings, {id: _by_name(offering, context.catalog) for id, offering in offerings.items()})


def _by_name(offering: ProductOffering, catalog: Catalog) -> Mapping[str, tuple[SinglePrice, ...]]:
    lasting = offering.model_copy(update={"valid_for": offering.valid_for.model_copy(update={"until": None})})
    found: dict[str, list[SinglePrice]] = defaultdict(list)
    for single in single_prices(lasting, catalog):
        found[single.name].append(single)
    return {name: tuple(singles) for name, singles in found.items()}


def _in_force(singles: Iterable[SinglePrice], moment: datetime, cohort: str) -> tuple[SinglePrice, ...]:
    """Those of one price; customers for whom a change is not meant keep the price that they had."""
    every = tuple(singles)
    now = [one for one in every if (one.begins is None or one.begins <= moment) and (one.ends is None or moment < one.ends)]
    own = tuple(one for one in now if one.applies_to in ("all", cohort))
    if own or not now:
        return own
    ended = [one.ends for one in every if one.applies_to in ("all", cohort) and one.ends is not None and one.ends <= moment]
    last = max(ended, default=None)
    return tuple(one for one in every if one.applies_to in ("all", cohort) and last is not None and one.ends == last)
