"""The sample configurations of an offering: every combination of what its prices depend on, and what is charged for each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice, product
from weakref import WeakKeyDictionary

from tmfkit.catalog import Catalog
from tmfkit.generate.specimens import specimens
from tmfkit.model.characteristics import text_of
from tmfkit.model.products import Member, ProductOffering, Term
from tmfkit.model.values import Duration
from tmfkit.semantics.configuration import Variable, characteristics_of, variables
from tmfkit.semantics.pricing import charges, refusals, resolved
from tmfkit.semantics.sellable import sellable
from tmfkit.site.offering.bills import Owed, Sums, sums

MOST_LOOKED_AT = 600
"""How many combinations of one offering are looked at."""

_NOT_ASKED = frozenset(("customer", "action", "ordered", "voucher", "agreement", "channel"))
"""What no sample varies: those are new customers without vouchers and agreements, whatever the channel."""

_CLOSED = (("channel", "channels"), ("segment", "segments"), ("place", "places"))


@dataclass(frozen=True, slots=True)
class Sample:
    """One configuration, and what is charged for it."""

    chosen: Mapping[str, str]
    owed: tuple[Owed, ...]


@dataclass(frozen=True, slots=True)
class Costed:
    """One configuration, what it costs, and for how long it binds."""

    chosen: Mapping[str, str]
    sums: Sums
    commitment: Duration | None


_KNOWN: WeakKeyDictionary[Catalog, dict[tuple[str, datetime], tuple[Costed, ...]]] = WeakKeyDictionary()
"""What was found out already: the editions of all languages, and several pages of one, ask for the same."""


def costed(offering: ProductOffering, catalog: Catalog, on: datetime) -> tuple[Costed, ...]:
    """What the configurations of an offering cost somebody who orders on a day."""
    known = _KNOWN.setdefault(catalog, {})
    asked = (offering.id, on)
    if asked not in known:
        known[asked] = tuple(_costed(offering, catalog, on))
    return known[asked]


def _costed(offering: ProductOffering, catalog: Catalog, on: datetime) -> Iterator[Costed]:
    terms = terms_of(offering, catalog, dict.fromkeys(offering.bundle, 1))
    for sample in islice(samples(offering, catalog, on), MOST_LOOKED_AT):
        term = terms.get(sample.chosen.get("term", ""))
        commitment = term.commitment if term is not None else None
        found = sums(sample.owed, None if commitment is None else commitment.months)
        if found is not None:
            yield Costed(sample.chosen, found, commitment)


def samples(offering: ProductOffering, catalog: Catalog, on: datetime) -> Iterator[Sample]:
    """The configurations that can be sold, by what the prices of the offering depend on."""
    if offering.is_bundle:
        yield from _bundles(offering, catalog, on)
        return
    for chosen in _choices(offering, catalog, on):
        yield Sample(chosen, tuple(_owed(offering, catalog, on, chosen)))


def _choices(offering: ProductOffering, catalog: Catalog, on: datetime) -> Iterator[dict[str, str]]:
    asked = variables(_asked(offering, catalog), offering, catalog)
    listed = [name for name, one in asked.items() if one.domain.is_listed]
    sold, _ = sellable(offering, catalog, listed, on, most=MOST_LOOKED_AT)
    others = {name: some for name, one in asked.items() if name not in listed and (some := _specimens(one))}
    for values in product(*others.values()):
        yield from ({**chosen, **dict(zip(others, values, strict=True))} for chosen in sold)


def _specimens(one: Variable) -> list[str]:
    return [] if one.characteristic is None else specimens(one.characteristic)[:3]


def _asked(offering: ProductOffering, catalog: Catalog) -> list[str]:
    """What the prices depend on, apart from what no sample varies; the term always."""
    own = characteristics_of(offering, catalog)
    names = ["term"] if offering.terms else []
    for written in offering.prices.values():
        price = resolved(written, catalog)
        if price is not None:
            refused = (subject for one in refusals(written, catalog) for subject in one.subjects)
            names += [*price.by, *price.when.subjects, *refused, *([price.count] if price.count is not None else [])]
    found = frozenset(name for name in names if name not in _NOT_ASKED)
    settled = {name for name in found if name in own and own[name].set_by == "network"}
    order = [name for name in own if name in found] + [name for name in dict.fromkeys(names) if name in found and name not in own]
    return [name for name in order if name not in settled]


def _owed(offering: ProductOffering, catalog: Catalog, on: datetime, chosen: Mapping[str, str], times: int = 1) -> Iterator[Owed]:
    """What an offering charges a new customer who chooses so; what is not chosen has its default."""
    facts = {fact: only[0] for fact, own in _CLOSED if len(only := getattr(offering, own)) == 1}
    defaults = {name: text_of(one.standard) for name, one in characteristics_of(offering, catalog).items() if one.standard is not None}
    configuration = {"customer": "new", "action": "add", **facts, **defaults, **chosen}
    for charge in charges(offering, catalog, configuration, on):
        yield Owed(offering.id, charge, times)


def _bundles(offering: ProductOffering, catalog: Catalog, on: datetime) -> Iterator[Sample]:
    """The bundle with as few members as possible, then with each role that is optional filled as well, for each term of a member."""
    fewest = {role: member.fewest for role, member in offering.bundle.items()}
    optional = [role for role, member in offering.bundle.items() if not member.fewest and member.most != 0]
    for counts in (fewest, *({**fewest, role: 1} for role in optional)):
        for term in terms_of(offering, catalog, counts) or ("",):
            said = {role: str(number) for role, number in counts.items()}
            chosen = {**said, **({"term": term} if term else {})}
            found = tuple(_in_bundle(offering, catalog, on, counts, term, 1, ()))
            if _sold(found):
                yield Sample(chosen, found)


def _sold(found: tuple[Owed, ...]) -> bool:
    return bool(found) and all(one.charge.is_sold for one in found)


def terms_of(offering: ProductOffering, catalog: Catalog, counts: Mapping[str, int], above: tuple[str, ...] = ()) -> dict[str, Term]:
    """The terms of an offering and, of a bundle, those of its members; the bundle's own say what a name means."""
    found: dict[str, Term] = {}
    for role, number in counts.items():
        for member in filled(offering.bundle[role], role, number, catalog):
            if member.id not in above:
                inner = {name: part.fewest for name, part in member.bundle.items()}
                found |= terms_of(member, catalog, inner, (*above, offering.id, member.id))
    return {**found, **offering.terms}


def filled(member: Member, role: str, number: int, catalog: Catalog) -> list[ProductOffering]:
    """The offering that fills a role in a sample: the first one."""
    if not number:
        return []
    found = (catalog.get(ProductOffering, target) for target in member.offerings(role))
    first = next((one for one in found if one is not None), None)
    return [] if first is None else [first]


def _in_bundle(
    offering: ProductOffering, catalog: Catalog, on: datetime, counts: Mapping[str, int], term: str, times: int, above: tuple[str, ...]
) -> Iterator[Owed]:
    """The charges of the members that are not free, then those of the bundle itself, whose discounts come last."""
    for role, number in counts.items():
        member = offering.bundle[role]
        charged = max(0, number - (member.included or 0)) * times
        for one in filled(member, role, charged, catalog):
            if one.id in (*above, offering.id):
                continue
            if one.is_bundle:
                inner = {name: part.fewest for name, part in one.bundle.items()}
                yield from _in_bundle(one, catalog, on, inner, term, charged, (*above, offering.id))
            else:
                yield from _owed(one, catalog, on, _member_choice(one, catalog, on, term), charged)
    said = {role: str(number) for role, number in counts.items()}
    yield from _owed(offering, catalog, on, {**said, **({"term": term} if term in offering.terms else {})}, times)


def _member_choice(offering: ProductOffering, catalog: Catalog, on: datetime, term: str) -> dict[str, str]:
    """The first configuration of a member that can be sold, with the term if it has that one, and with its defaults where possible."""
    defaults = {name: text_of(one.standard) for name, one in characteristics_of(offering, catalog).items() if one.standard is not None}
    found = list(islice(_choices(offering, catalog, on), MOST_LOOKED_AT))
    fitting = [chosen for chosen in found if term not in offering.terms or chosen.get("term") == term] or found
    as_default = [chosen for chosen in fitting if all(chosen.get(name, text) == text for name, text in defaults.items())]
    return next(iter(as_default or fitting), {})
