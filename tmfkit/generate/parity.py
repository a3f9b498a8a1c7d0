"""One offering costs the same everywhere: compares the amounts, and when they hold, in all generated files and the catalog APIs."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import combinations
from typing import Any, NamedTuple

from tmfkit.catalog import Catalog
from tmfkit.check.engine import located
from tmfkit.compile.bundle import Payload, Settings
from tmfkit.compile.compile import compile_all
from tmfkit.diagnostics.model import Diagnostic, Severity
from tmfkit.generate.periods import Stray, strays, words_of
from tmfkit.generate.prices import single_prices
from tmfkit.generate.refused import UNFIT
from tmfkit.generate.run import Ran
from tmfkit.generate.statements import Statement, published, statements_of
from tmfkit.model.base import Key
from tmfkit.model.landscape import System
from tmfkit.model.prices import ProductOfferingPrice
from tmfkit.model.products import ProductOffering
from tmfkit.rules.base import Finding, Place
from tmfkit.rules.plugins import one_line
from tmfkit.source.document import Path
from tmfkit.tmf.amounts import PRICED_DIALECTS

DIFFERENT = "TK814"
UNKNOWN = "TK815"


class Dispute(NamedTuple):
    """Two statements about one price at one time that do not agree; `odd` is the one that fewer share."""

    odd: Statement
    other: Statement


def parity(catalog: Catalog, settings: Settings, ran: Sequence[Ran]) -> Iterator[Diagnostic]:
    """Amounts that differ between systems or from the catalog APIs, and amounts of prices that no catalog API has."""
    stated: list[Statement] = []
    for one in ran:
        try:
            stated += statements_of(one)
        except ValueError as error:
            message = f"`{one.job.generator}` reads back what is no amount, or a moment without its zone: {one_line(str(error))[:80]}"
            finding = Finding(("generator",), message, "this is a fault of the generator, not of the catalog")
            yield located(catalog, UNFIT, Severity.ERROR, one.job.key, finding)
    offerings = sorted({statement.amount.offering for statement in stated})
    payloads = [payload for offering in offerings for payload in _compiled(offering, catalog, settings)]
    every = (*stated, *published(payloads))
    yield from differences(every, catalog)
    for stray in strays(every):
        yield _astray(stray, catalog)


def differences(stated: Iterable[Statement], catalog: Catalog) -> Iterator[Diagnostic]:
    """One finding for each voice that differs from the others about a price."""
    groups: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for one in stated:
        groups[one.amount.offering, one.amount.charge].append(one)
    known = any(not one.system for group in groups.values() for one in group)
    lost: dict[str, Statement] = {}
    for _, group in sorted(groups.items()):
        if known and all(one.system for one in group):
            for one in group:
                lost.setdefault(one.origin, one)
        for dispute in disputes(group):
            yield _difference(dispute, catalog)
    for one in lost.values():
        yield _unknown(one, catalog)


def disputes(group: Sequence[Statement]) -> Iterator[Dispute]:
    """The odd ones among the statements about one price, each with one that contradicts it."""
    if len({(one.amount.currency, one.value) for one in group}) < 2:
        return
    spoken: dict[str, set[str]] = defaultdict(set)
    for one in group:
        spoken[one.origin].add(one.amount.currency)
    waiting = [pair for pair in combinations(group, 2) if _differ(*pair, spoken)]
    while waiting:
        against: dict[Any, set[Any]] = defaultdict(set)
        for one, other in waiting:
            against[one.side].add(other.side)
            against[other.side].add(one.side)
        # With as many voices on either side the catalog APIs are believed: they are what the other files are held to.
        odd = max(against, key=lambda side: (len(against[side]), not side[0], side))
        pairs = [pair if pair[0].side == odd else pair[::-1] for pair in waiting if odd in (pair[0].side, pair[1].side)]
        yield Dispute(*min(pairs, key=lambda pair: (bool(pair[1].system), pair[0].file, pair[0].amount.line)))
        waiting = [pair for pair in waiting if odd not in (pair[0].side, pair[1].side)]


def _differ(one: Statement, other: Statement, spoken: Mapping[str, set[str]]) -> bool:
    """Whether two amounts for one channel and at one moment are not the same.

    Two currencies are no difference where one of the two also speaks in that of the other: then it has a price in each.
    """
    channels = {one.amount.channel, other.amount.channel} - {""}
    if len(channels) > 1 or not (_before(one.begins, other.ends) and _before(other.begins, one.ends)):
        return False
    if one.amount.currency == other.amount.currency:
        return one.value != other.value
    return one.amount.currency not in spoken[other.origin] and other.amount.currency not in spoken[one.origin]


def _before(begins: datetime | None, ends: datetime | None) -> bool:
    return begins is None or ends is None or begins < ends


def _difference(dispute: Dispute, catalog: Catalog) -> Diagnostic:
    odd = dispute.odd
    begins = max((one.begins for one in dispute if one.begins is not None), default=None)
    when = f" from {begins.date()} on" if begins is not None else ""
    money = [f"{format(one.value, 'f')} {one.amount.currency} in {one.place}" for one in dispute]
    message = f"the price `{odd.amount.charge}` of `{odd.amount.offering}` is {money[0]} and {money[1]}{when}"
    if odd.system:
        help = f"both are made from this line: correct the generator `{odd.origin.partition('/')[0]}`, or what was changed in its file"
    else:
        help = f"both are made from this line: take the amount out of `extra`, which changes it for {odd.origin} alone"
    return _located(DIFFERENT, odd, message, help, catalog)


def _astray(stray: Stray, catalog: Catalog) -> Diagnostic:
    odd, life = stray
    name = f"the price `{odd.amount.charge}` of `{odd.amount.offering}`"
    message = f"{name} holds {words_of(odd)} in {odd.place} and {words_of(life)} in {life.place}"
    help = f"both are made from this line: correct the generator `{odd.origin.partition('/')[0]}`, or what was changed in its file"
    return _located(DIFFERENT, odd, message, help, catalog)


def _unknown(one: Statement, catalog: Catalog) -> Diagnostic:
    message = f"{one.place} states a price `{one.amount.charge}` of `{one.amount.offering}`, which no catalog API has"
    help = "a generator names the single prices as `tmfkit.api.single_prices` gives them, so that they can be compared"
    return _located(UNKNOWN, one, message, help, catalog)


def _located(code: str, one: Statement, message: str, help: str, catalog: Catalog) -> Diagnostic:
    """A finding at the line of the price; at the system where the catalog has no such offering."""
    system = Key(System.KIND, one.system)
    related = (Place("this system gets it", system, ("generator",)),) if one.system else ()
    offering = catalog.get(ProductOffering, one.amount.offering)
    if offering is None:
        return located(catalog, code, Severity.ERROR, system, Finding(("generator",), message, help))
    path = _path(offering, one.amount.charge, catalog)
    return located(catalog, code, Severity.ERROR, offering.key, Finding(path, message, help, related=related))


def _path(offering: ProductOffering, charge: str, catalog: Catalog) -> Path:
    return next((price.path for price in single_prices(offering, catalog) if price.id == charge), ("prices",))


def _compiled(offering: str, catalog: Catalog, settings: Settings) -> Iterator[Payload]:
    """The payloads of an offering and of the shared prices that it uses."""
    key = Key(ProductOffering.KIND, offering)
    shared = (target for _, target in catalog.targets(key) if target.kind == ProductOfferingPrice.KIND)
    for one in (key, *dict.fromkeys(shared)):
        for compiled in compile_all(one, catalog, PRICED_DIALECTS, settings).values():
            yield from compiled.payloads
