"""What an offering costs in sample configurations: one row for each combination of what its prices depend on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice, product

from tmfkit.catalog import Catalog
from tmfkit.generate.specimens import specimens
from tmfkit.model.characteristics import text_of
from tmfkit.model.products import Member, ProductOffering, Term
from tmfkit.semantics.configuration import Variable, characteristics_of, variables
from tmfkit.semantics.pricing import charges, refusals, resolved
from tmfkit.semantics.sellable import sellable
from tmfkit.site.audience import Section
from tmfkit.site.edition import Edition
from tmfkit.site.markdown import heading, joined, plain, table
from tmfkit.site.offering.bills import Owed, sums
from tmfkit.site.phrases import Naming, duration, listing, money

MOST_ROWS = 24
"""How many configurations are shown."""

MOST_LOOKED_AT = 600
"""How many combinations are looked at for them."""

_NOT_ASKED = frozenset(("customer", "action", "ordered", "voucher", "agreement", "channel"))
"""What no sample varies: those are new customers without vouchers and agreements, whatever the channel."""

_CLOSED = (("channel", "channels"), ("segment", "segments"), ("place", "places"))


@dataclass(frozen=True)
class Sample:
    """One configuration, and what is charged for it."""

    chosen: Mapping[str, str]
    owed: tuple[Owed, ...]


def section(offering: ProductOffering, edition: Edition) -> Iterator[str]:
    """The table of sample configurations; nothing where prices are not shown or nothing is charged."""
    if not edition.shows(Section.PRICES):
        return
    rows = list(islice(_rows(offering, edition), MOST_ROWS + 1))
    if not rows:
        return
    yield heading(2, edition.say("what-it-costs"), "costs", searched=False)
    yield edition.say("costs-note", day=edition.day(edition.on))
    names = list(dict.fromkeys(name for chosen, _ in rows for name in chosen))
    naming = replace(Naming.of(offering, edition), terms=_terms(offering, edition.catalog, _each(offering), ()))
    yield _members(offering, edition)
    head = [*map(naming.head, names), *(edition.say(word) for word in ("first-bill", "per-month", "commitment-total"))]
    shown = [[*(naming.value(name, chosen[name]) if name in chosen else "" for name in names), *last] for chosen, last in rows]
    yield joined([table(head, shown[:MOST_ROWS], frozenset(range(len(names), len(head))))])
    if len(rows) > MOST_ROWS:
        yield edition.say("more-configurations")


def _members(offering: ProductOffering, edition: Edition) -> str:
    """Which offerings stand for the roles that several could fill."""
    groups = ((role, member) for role, member in offering.bundle.items() if len(member.offerings(role)) > 1)
    several = [plain(edition.title(one.key)) for role, member in groups for one in _filled(member, role, 1, edition.catalog)]
    return edition.say("costs-members", names=listing(edition, several)) if several else ""


def _rows(offering: ProductOffering, edition: Edition) -> Iterator[tuple[Mapping[str, str], tuple[str, str, str]]]:
    terms = _terms(offering, edition.catalog, _each(offering), ())
    seen = set()
    for sample in islice(samples(offering, edition), MOST_LOOKED_AT):
        term = terms.get(sample.chosen.get("term", ""))
        period = term.commitment if term is not None else None
        found = sums(sample.owed, None if period is None else period.months)
        if found is None:
            continue
        total = "–" if found.total is None or period is None else f"{money(edition, found.total)} ({duration(edition, period)})"
        row = (tuple(sample.chosen.items()), total)
        if row not in seen:
            seen.add(row)
            yield sample.chosen, (money(edition, found.first), money(edition, found.monthly), total)


def samples(offering: ProductOffering, edition: Edition) -> Iterator[Sample]:
    """The configurations that can be sold, by what the prices of the offering depend on."""
    catalog = edition.catalog
    if offering.is_bundle:
        yield from _bundles(offering, edition)
        return
    for chosen in _choices(offering, edition):
        yield Sample(chosen, tuple(owed(offering, catalog, chosen, edition)))


def _choices(offering: ProductOffering, edition: Edition) -> Iterator[dict[str, str]]:
    asked = variables(_asked(offering, edition.catalog), offering, edition.catalog)
    listed = [name for name, one in asked.items() if one.domain.is_listed]
    sold, _ = sellable(offering, edition.catalog, listed, edition.on, most=MOST_LOOKED_AT)
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


def owed(offering: ProductOffering, catalog: Catalog, chosen: Mapping[str, str], edition: Edition, times: int = 1) -> Iterator[Owed]:
    """What an offering charges a new customer who chooses so; what is not chosen has its default."""
    facts = {fact: only[0] for fact, own in _CLOSED if len(only := getattr(offering, own)) == 1}
    defaults = {name: text_of(one.standard) for name, one in characteristics_of(offering, catalog).items() if one.standard is not None}
    configuration = {"customer": "new", "action": "add", **facts, **defaults, **chosen}
    for charge in charges(offering, catalog, configuration, edition.on):
        yield Owed(offering.id, charge, times)


def _bundles(offering: ProductOffering, edition: Edition) -> Iterator[Sample]:
    """The bundle with as few members as possible, then with each role that is optional filled as well, for each term of a member."""
    fewest = {role: member.fewest for role, member in offering.bundle.items()}
    optional = [role for role, member in offering.bundle.items() if not member.fewest and member.most != 0]
    for counts in (fewest, *({**fewest, role: 1} for role in optional)):
        for term in _terms(offering, edition.catalog, counts, ()) or ("",):
            said = {role: str(number) for role, number in counts.items()}
            chosen = {**said, **({"term": term} if term else {})}
            found = tuple(_in_bundle(offering, edition, counts, term, 1, ()))
            if _sold(found):
                yield Sample(chosen, found)


def _sold(found: tuple[Owed, ...]) -> bool:
    return bool(found) and all(one.charge.is_sold for one in found)


def _terms(offering: ProductOffering, catalog: Catalog, counts: Mapping[str, int], above: tuple[str, ...]) -> dict[str, Term]:
    """The terms of an offering and, of a bundle, those of its members; the bundle's own say what a name means."""
    found: dict[str, Term] = {}
    for role, number in counts.items():
        for member in _filled(offering.bundle[role], role, number, catalog):
            if member.id not in above:
                inner = {name: part.fewest for name, part in member.bundle.items()}
                found |= _terms(member, catalog, inner, (*above, offering.id, member.id))
    return {**found, **offering.terms}


def _each(offering: ProductOffering) -> dict[str, int]:
    return dict.fromkeys(offering.bundle, 1)


def _filled(member: Member, role: str, number: int, catalog: Catalog) -> list[ProductOffering]:
    """The offering that fills a role in a sample: the first one."""
    if not number:
        return []
    found = (catalog.get(ProductOffering, target) for target in member.offerings(role))
    first = next((one for one in found if one is not None), None)
    return [] if first is None else [first]


def _in_bundle(
    offering: ProductOffering, edition: Edition, counts: Mapping[str, int], term: str, times: int, above: tuple[str, ...]
) -> Iterator[Owed]:
    """The charges of the members that are not free, then those of the bundle itself, whose discounts come last."""
    catalog = edition.catalog
    for role, number in counts.items():
        member = offering.bundle[role]
        charged = max(0, number - (member.included or 0)) * times
        for one in _filled(member, role, charged, catalog):
            if one.id in (*above, offering.id):
                continue
            if one.is_bundle:
                inner = {name: part.fewest for name, part in one.bundle.items()}
                yield from _in_bundle(one, edition, inner, term, charged, (*above, offering.id))
            else:
                yield from owed(one, catalog, _member_choice(one, edition, term), edition, charged)
    said = {role: str(number) for role, number in counts.items()}
    yield from owed(offering, catalog, {**said, **({"term": term} if term in offering.terms else {})}, edition, times)


def _member_choice(offering: ProductOffering, edition: Edition, term: str) -> dict[str, str]:
    """The first configuration of a member that can be sold, with the term if it has that one, and with its defaults where possible."""
    defaults = {
        name: text_of(one.standard) for name, one in characteristics_of(offering, edition.catalog).items() if one.standard is not None
    }
    found = list(islice(_choices(offering, edition), MOST_LOOKED_AT))
    fitting = [chosen for chosen in found if term not in offering.terms or chosen.get("term") == term] or found
    as_default = [chosen for chosen in fitting if all(chosen.get(name, text) == text for name, text in defaults.items())]
    return next(iter(as_default or fitting), {})
