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
from tmfkit.model.base import Lifecycle, instant
from tmfkit.model.landscape import Role, System
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
    # What a system drops without being allowed to is reported where it is dropped; what it leaves on purpose is decided.
    decided = {(loss.key, loss.path[1]) for one in found for loss in one.losses if loss.feature in CHARGES and len(loss.path) > 1}
    place = Place("what is charged comes from here", found[0].job.key, ("generator",))
    for offering in offerings:
        for name in _charges(offering, catalog):
            if (offering.key, name) not in decided:
                message = f"no billing system charges `{offering.id}/{name}`: nothing that is generated for {_names(found)} knows it"
                help = "let a generator of billing make something of this offering, or do not launch it yet"
                yield _located(UNBILLED, Severity.ERROR, offering, ("prices", name), message, help, catalog, place)


def _ordered(offerings: Sequence[ProductOffering], catalog: Catalog, ran: Sequence[Ran]) -> Iterator[Diagnostic]:
    found = _of_role(Role.COM, catalog, ran)
    if any(_is_broken(one) for one in found):
        return
    covered = {key for one in found for artifact in one.artifacts for key in artifact.sources if key.kind == ProductOffering.KIND}
    if not covered:
        message = "no system of the role com gets order forms: nothing that is generated says how `{}` is ordered"
        help = "name a generator of them, as in `generator: order-forms`, at the system that takes the orders"
        yield from _at_first(UNORDERED, message, help, "id", offerings, catalog)
        return
    place = Place("order forms come from here", found[0].job.key, ("generator",))
    for offering in offerings:
        if offering.key not in covered:
            message = f"nobody can order `{offering.id}`: no file for {_names(found)} is made from it"
            help = "let a generator of order management make something of this offering, or do not launch it yet"
            yield _located(UNORDERED, Severity.ERROR, offering, ("id",), message, help, catalog, place)


def sold(catalog: Catalog, settings: Settings) -> Iterator[ProductOffering]:
    """The offerings that customers can order by themselves on the day of the release or later."""
    for summary in catalog.of(ProductOffering.KIND):
        until = summary.valid_for.until
        if summary.lifecycle is not Lifecycle.LAUNCHED or (until is not None and instant(until, settings.zone) <= settings.last_update):
            continue
        offering = catalog.get(ProductOffering, summary.key.id)
        if offering is not None and offering.sellable:
            yield offering


def _charges(offering: ProductOffering, catalog: Catalog) -> Iterator[str]:
    """The names of its prices that make a difference on a bill; one that lives outside the repository is charged there."""
    for name, written in offering.prices.items():
        price = resolved(written, catalog)
        if price is not None and price.type in CHARGE:
            yield name


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
