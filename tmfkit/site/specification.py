"""The pages of products, services and resources: characteristics, what is sent where, who uses them, what realises them."""

from collections.abc import Iterator, Mapping

from tmfkit.model.audience import Section
from tmfkit.model.base import Entity, Key
from tmfkit.model.groupings import ResourceCategory, ServiceCategory
from tmfkit.model.landscape import System
from tmfkit.model.products import ProductSpecification
from tmfkit.model.resources import LogicalResourceSpecification, PhysicalResourceSpecification, ResourceSpecification
from tmfkit.model.services import RESOURCES, ResourceFacingServiceSpecification, ServiceSpecification
from tmfkit.semantics.feeds import CHARACTERISED, Characterised, is_characterised, is_feeding
from tmfkit.site import diagrams
from tmfkit.site.edition import Edition
from tmfkit.site.markdown import code, heading, joined, plain
from tmfkit.site.page import Page
from tmfkit.site.phrases import Naming
from tmfkit.site.relations import all_named, facts, named, payloads, referrers
from tmfkit.site.specification_feeds import arriving, sent
from tmfkit.site.specification_parts import characteristics, constraints
from tmfkit.site.system_losses import Losses, carried_by, losses


def pages(edition: Edition) -> Iterator[Page]:
    """One page for each specification of the edition."""
    known = losses(edition)
    for summary in edition.of(*(model.KIND for model in CHARACTERISED)):
        entity = edition.catalog.entity(summary.key)
        if entity is not None and is_characterised(entity):
            yield page(entity, edition, known)


def page(entity: Characterised, edition: Edition, known: Losses) -> Page:
    """The page of one specification."""
    parts = [
        edition.text(entity.description),
        *facts(entity, edition, _facts(entity, edition)),
        *_characteristics(entity, edition),
        *(sent(entity, edition) if is_feeding(entity) and edition.shows(Section.DECOMPOSITION) else ()),
        *_decomposition(entity.key, edition),
        *referrers(entity.key, edition),
        *carried_by(entity.key, edition, known),
        *payloads(entity.key, edition),
    ]
    return Page(edition.path(entity.key), edition.title(entity.key), joined(parts))


def _facts(entity: Entity, edition: Edition) -> Iterator[tuple[str, str]]:
    where = edition.path(entity.key)
    match entity:
        case ProductSpecification():
            yield "brand", plain(entity.brand or "")
            yield "product-number", code(entity.product_number) if entity.product_number is not None else ""
        case ServiceSpecification():
            if isinstance(entity, ResourceFacingServiceSpecification):
                yield from _realised(entity, edition, where)
            yield "categories", all_named(edition, (ServiceCategory.KIND,), entity.categories, where)
        case ResourceSpecification():
            yield from _made(entity)
            yield "contains", all_named(edition, RESOURCES, entity.contains, where)
            yield "categories", all_named(edition, (ResourceCategory.KIND,), entity.categories, where)


def _realised(entity: ResourceFacingServiceSpecification, edition: Edition, where: str) -> Iterator[tuple[str, str]]:
    if entity.controller is not None:
        yield "controller", named(edition, (System.KIND,), entity.controller, where)
    yield "requires-services", all_named(edition, (entity.KIND,), entity.requires, where)
    yield "descriptor", code(entity.descriptor) if entity.descriptor is not None else ""


def _made(entity: ResourceSpecification) -> Iterator[tuple[str, str]]:
    yield "vendor", plain(entity.vendor or "")
    yield "model", plain(entity.model or "")
    match entity:
        case PhysicalResourceSpecification():
            yield "part-number", code(entity.part_number) if entity.part_number is not None else ""
            yield "sku", code(entity.sku) if entity.sku is not None else ""
        case LogicalResourceSpecification():
            yield "descriptor", code(entity.descriptor) if entity.descriptor is not None else ""


def _characteristics(entity: Characterised, edition: Edition) -> Iterator[str]:
    if entity.characteristics:
        yield heading(2, edition.say("characteristics"), "characteristics", searched=False)
        yield edition.say("default-in-bold")
        yield joined([characteristics(edition, entity.characteristics, _fed(entity, edition))])
    if not isinstance(entity, ResourceSpecification) and entity.constraints:
        yield heading(2, edition.say("constraints"), "constraints", searched=False)
        yield from constraints(edition, entity.constraints, Naming(edition, entity.characteristics))


def _fed(entity: Characterised, edition: Edition) -> Mapping[str, str] | None:
    """Where the values come from; nothing fills those of a product but customers, qualification and network."""
    if isinstance(entity, ProductSpecification) or not edition.shows(Section.DECOMPOSITION):
        return None
    return arriving(entity, edition)


def _decomposition(key: Key, edition: Edition) -> Iterator[str]:
    drawn = diagrams.decomposition(edition, key) if edition.shows(Section.DECOMPOSITION) else ""
    if drawn:
        yield heading(2, edition.say("picture-decomposition"), "decomposition", searched=False)
        yield drawn
