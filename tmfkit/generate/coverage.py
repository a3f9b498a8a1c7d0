"""What is sold can be ordered and charged: every launched offering has a billing system for its charges, and an order form."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from tmfkit.catalog import Catalog
from tmfkit.check.engine import located
from tmfkit.compile.bundle import Settings
from tmfkit.diagnostics.model import Diagnostic, Severity
from tmfkit.generate.capabilities import CHARGES
from tmfkit.generate.run import Ran
from tmfkit.generate.uses import CHARGE
from tmfkit.model.base import Key, Lifecycle, instant
from tmfkit.model.landscape import Role, System
from tmfkit.model.prices import PriceType
from tmfkit.model.products import ProductOffering
from tmfkit.rules.base import Finding, Place
from tmfkit.semantics.pricing import resolved
from tmfkit.source.document import Path

UNBILLED = "TK812"
UNORDERED = "TK813"


def coverage(catalog: Catalog, settings: Settings, ran: Sequence[Ran]) -> Iterator[Diagnostic]:
    """Launched offerings that no billing system charges, and those that no order form covers.

    A catalog for whose systems nothing is generated yet promises nothing to anybody: only the catalog APIs read it.
    """
    if ran:
        offerings = tuple(sold(catalog, settings))
        yield from _billed(offerings, catalog, ran)
        yield from _ordered(offerings, catalog, ran)


def _billed(offerings: Sequence[ProductOffering], catalog: Catalog, ran: Sequence[Ran]) -> Iterator[Diagnostic]:
    found = _of_role(Role.BILLING, catalog, ran)
    if any(_is_broken(one) for one in found):
        return
    if not found:
        message = "no system of the role billing has a generator: nothing that is generated charges `{}`"
        help = "name one, as in `generator: killbill`, at the system that writes the bills"
        priced = (offering for offering in offerings if any(_charges(offering, catalog)))
        yield from _at_first(UNBILLED, message, help, "prices", priced, catalog)
        return
    charged, left = _charged(found), _left(found)
    others = any(True for key in _systems(Role.BILLING, catalog) if key not in {one.job.key for one in found})
    place = Place("what is charged comes from here", found[0].job.key, ("generator",))
    for offering in offerings:
        for name in _charges(offering, catalog):
            price = (offering.key, name)
            if price in charged or (price in left and others):
                continue
            if price in left:
                message = f"no billing system charges `{offering.id}/{name}`: {_names(found)} leaves it, and no other has the role billing"
                help = "take it out of `leaves`, or declare the System of the role billing that charges it"
                yield _located(UNBILLED, Severity.ERROR, offering, ("prices", name), message, help, catalog, place)
            else:
                message = f"no billing system charges `{offering.id}/{name}`: nothing that is generated for {_names(found)} knows it"
                help = "let a generator of billing make something of this offering, or do not launch it yet"
                yield _located(UNBILLED, Severity.ERROR, offering, ("prices", name), message, help, catalog, place)


def _ordered(offerings: Sequence[ProductOffering], catalog: Catalog, ran: Sequence[Ran]) -> Iterator[Diagnostic]:
    found = _of_role(Role.COM, catalog, ran)
    if any(_is_broken(one) for one in found):
        return
    covered = {key for one in found for artifact in one.artifacts for key in artifact.covers}
    if not covered:
        message = "no system of the role com gets order forms: nothing that is generated says how `{}` is ordered"
        help = "name a generator of them, as in `generator: order-forms`, at the system that takes the orders"
        yield from _at_first(UNORDERED, message, help, "id", offerings, catalog)
        return
    place = Place("order forms come from here", found[0].job.key, ("generator",))
    for offering in offerings:
        if offering.key not in covered:
            message = f"nobody can order `{offering.id}`: no file for {_names(found)} is its order form"
            help = "let a generator of order forms make one (an artifact that says `covers=[offering]`), or do not launch it yet"
            yield _located(UNORDERED, Severity.ERROR, offering, ("id",), message, help, catalog, place)


def sold(catalog: Catalog, settings: Settings) -> Iterator[ProductOffering]:
    """The offerings that customers can order by themselves on the day of the release or later."""
    for offering in catalog.every(ProductOffering):
        until = offering.valid_for.until
        is_over = until is not None and instant(until, settings.zone) <= settings.last_update
        if offering.lifecycle is Lifecycle.LAUNCHED and offering.sellable and not is_over:
            yield offering


def _charges(offering: ProductOffering, catalog: Catalog) -> Iterator[str]:
    """The names of its prices that are money; one that lives outside the repository is charged there, and units included are no money."""
    for name, written in offering.prices.items():
        price = resolved(written, catalog)
        if price is not None and price.type in CHARGE and price.type is not PriceType.ALLOWANCE:
            yield name


def _charged(found: Sequence[Ran]) -> set[tuple[Key, str | int]]:
    """The prices that somebody charges, and those whose loss is told already where they are dropped."""
    losses = (loss for one in found for loss in one.losses if loss.feature in CHARGES and not loss.left)
    return {(loss.key, loss.path[1]) for loss in losses if len(loss.path) > 1}


def _left(found: Sequence[Ran]) -> set[tuple[Key, str | int]]:
    """The prices that a billing system leaves to others on purpose."""
    losses = (loss for one in found for loss in one.losses if loss.feature in CHARGES and loss.left)
    return {(loss.key, loss.path[1]) for loss in losses if len(loss.path) > 1}


def _systems(role: Role, catalog: Catalog) -> Iterator[Key]:
    return (system.key for system in catalog.every(System) if system.role is role)


def _of_role(role: Role, catalog: Catalog, ran: Sequence[Ran]) -> list[Ran]:
    systems = ((one, catalog.get(System, one.job.system)) for one in ran)
    return [one for one, system in systems if system is not None and system.role is role]


def _is_broken(one: Ran) -> bool:
    """Whether the generator failed: whoever made nothing is not asked what is missing."""
    return not one.artifacts and any(found.severity is Severity.ERROR for found in one.found)


def _at_first(
    code: str, message: str, help: str, field: str, offerings: Iterable[ProductOffering], catalog: Catalog
) -> Iterator[Diagnostic]:
    """One warning for all offerings: a landscape that is not complete yet must not keep a new project from building."""
    for offering in islice(offerings, 1):
        yield _located(code, Severity.WARNING, offering, (field,), message.format(offering.id), help, catalog)


def _located(
    code: str, severity: Severity, offering: ProductOffering, path: Path, message: str, help: str, catalog: Catalog, *related: Place
) -> Diagnostic:
    return located(catalog, code, severity, offering.key, Finding(path, message, help, related=related, at_key=len(path) > 1))


def _names(found: Sequence[Ran]) -> str:
    return ", ".join(f"`{name}`" for name in sorted({one.job.system for one in found}))
