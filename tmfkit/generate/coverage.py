"""What is sold can be ordered and charged: every launched offering has a billing system for its charges, and an order form."""

from collections.abc import Callable, Iterator, Sequence

from tmfkit.catalog import Catalog
from tmfkit.check.engine import located
from tmfkit.diagnostics.model import Diagnostic, Severity
from tmfkit.generate.capabilities import CHARGES
from tmfkit.generate.run import Ran
from tmfkit.generate.uses import CHARGE
from tmfkit.model.base import Lifecycle
from tmfkit.model.landscape import Role, System
from tmfkit.model.products import ProductOffering
from tmfkit.rules.base import Finding, Place
from tmfkit.semantics.pricing import resolved
from tmfkit.source.document import Path

UNBILLED = "TK812"
UNORDERED = "TK813"


def coverage(catalog: Catalog, ran: Sequence[Ran]) -> Iterator[Diagnostic]:
    """Launched offerings that no billing system charges, and those that no order form covers.

    A catalog for whose systems nothing is generated yet promises nothing to anybody: only the catalog APIs read it.
    """
    if ran:
        yield from _billed(catalog, ran)
        yield from _ordered(catalog, ran)


def _billed(catalog: Catalog, ran: Sequence[Ran]) -> Iterator[Diagnostic]:
    found = _of_role(Role.BILLING, catalog, ran)
    if any(_is_broken(one) for one in found):
        return
    if not found:
        message = "no system of the role billing has a generator: nothing that is generated charges `{}`"
        help = "name one, as in `generator: killbill`, at the system that writes the bills"
        yield from _at_first(UNBILLED, message, help, "prices", catalog, lambda offering: any(_charges(offering, catalog)))
        return
    # What a system drops without being allowed to is reported where it is dropped; what it leaves on purpose is decided.
    decided = {(loss.key, loss.path[1]) for one in found for loss in one.losses if loss.feature in CHARGES and len(loss.path) > 1}
    place = Place("what is charged comes from here", found[0].job.key, ("generator",))
    for offering in sold(catalog):
        for name in _charges(offering, catalog):
            if (offering.key, name) not in decided:
                message = f"no billing system charges `{offering.id}/{name}`: nothing that is generated for {_names(found)} knows it"
                help = "let a generator of billing make something of this offering, or do not launch it yet"
                yield _located(UNBILLED, Severity.ERROR, offering, ("prices", name), message, help, catalog, place)


def _ordered(catalog: Catalog, ran: Sequence[Ran]) -> Iterator[Diagnostic]:
    found = _of_role(Role.COM, catalog, ran)
    if any(_is_broken(one) for one in found):
        return
    covered = {key for one in found for artifact in one.artifacts for key in artifact.sources if key.kind == ProductOffering.KIND}
    if not covered:
        message = "no system of the role com gets order forms: nothing that is generated says how `{}` is ordered"
        help = "name a generator of them, as in `generator: order-forms`, at the system that takes the orders"
        yield from _at_first(UNORDERED, message, help, "id", catalog, lambda offering: True)
        return
    place = Place("order forms come from here", found[0].job.key, ("generator",))
    for offering in sold(catalog):
        if offering.key not in covered:
            message = f"nobody can order `{offering.id}`: no file for {_names(found)} is made from it"
            help = "let a generator of order management make something of this offering, or do not launch it yet"
            yield _located(UNORDERED, Severity.ERROR, offering, ("id",), message, help, catalog, place)


def sold(catalog: Catalog) -> Iterator[ProductOffering]:
    """The offerings that customers can order by themselves."""
    for summary in catalog.of(ProductOffering.KIND):
        offering = catalog.get(ProductOffering, summary.key.id) if summary.lifecycle is Lifecycle.LAUNCHED else None
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
    code: str, message: str, help: str, field: str, catalog: Catalog, concerned: Callable[[ProductOffering], bool]
) -> Iterator[Diagnostic]:
    """One warning for all offerings: a landscape that is not complete yet must not keep a new project from building."""
    offering = next((one for one in sold(catalog) if concerned(one)), None)
    if offering is not None:
        yield _located(code, Severity.WARNING, offering, (field,), message.format(offering.id), help, catalog)


def _located(
    code: str, severity: Severity, offering: ProductOffering, path: Path, message: str, help: str, catalog: Catalog, *related: Place
) -> Diagnostic:
    return located(catalog, code, severity, offering.key, Finding(path, message, help, related=related, at_key=len(path) > 1))


def _names(found: Sequence[Ran]) -> str:
    return ", ".join(f"`{name}`" for name in sorted({one.job.system for one in found}))
