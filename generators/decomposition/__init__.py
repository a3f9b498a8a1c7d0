"""Decomposition: for each product the services it needs, and for each service what realises it, as decision tables that engines run."""

from collections.abc import Iterator

from tmfkit.api import (
    Artifact,
    Capabilities,
    Context,
    CustomerFacingServiceSpecification,
    Decision,
    Divided,
    Entity,
    Feature,
    Key,
    Note,
    Options,
    ProductOffering,
    ProductSpecification,
    ResourceFacingServiceSpecification,
    Status,
    decisions,
)

from .inputs import Specification, inputs_of
from .plain import inputs_as_json, names_of, order_of, role_as_json
from .process import steps_of
from .tables import Table, Writer

ROLES = ("com", "som")
SCHEMA = "decomposition.schema.json"

_PREFIX = {
    ProductSpecification.KIND: "product",
    CustomerFacingServiceSpecification.KIND: "service",
    ResourceFacingServiceSpecification.KIND: "service",
}
"""What stands before the id of a specification in the names of decisions and processes: ids are unique within it."""


def capabilities(options: Options) -> Capabilities:
    """Rules carry what is needed and what it is told; who may buy, for how much and in which words is for others to say."""
    return Capabilities(
        carried=(Feature.NAME, Feature.DESCRIPTION, Feature.SERVICE, Feature.MEMBER),
        mapped={
            Feature.CHARACTERISTIC: "an input of the decision tables where a rule asks for it; `decomposition.json` has its legal name",
            Feature.RESOURCE: "rules in `decomposition.json`, without a decision table: resources are ordered by the controller",
            Feature.CARDINALITY: "how many of a role are ordered is taken from the order; the order form holds it to its limits",
            Feature.GROUP: "every offering of the group is listed; the order form holds the choice to its limits",
        },
        dropped={
            Feature.TRANSLATION: "rules have the name in the first language that is written",
            Feature.CODE: "services are ordered by their ids in the catalog",
            Feature.LIFECYCLE: "who has a product keeps its services; the order form decides about new ones",
            Feature.VALIDITY: "who has a product keeps its services; the order form decides about new ones",
            Feature.CONSTRAINT: "an order is held to the constraints before it is decomposed",
            Feature.DESCRIPTOR: "only an NFVO gets descriptors",
        },
    )


def generate(context: Context[Options]) -> Iterator[Artifact | Note]:
    """A folder for each specification that the system decomposes, and the form of its JSON."""
    products = _products(context)
    if context.system.role == "com":
        yield from (one for product in products.values() for one in _specification(product, context))
        yield from _offerings(context)
    else:
        yield from (one for service in _services(context, products) for one in _specification(service, context))
    yield context.artifact(SCHEMA, f"{SCHEMA}.j2")


def _products(context: Context[Options]) -> dict[str, ProductSpecification]:
    """The products of everything that somebody may buy or have."""
    found = (context.catalog.get(ProductSpecification, offering.product) for offering in context.offerings())
    return {product.id: product for product in sorted((one for one in found if one is not None), key=lambda one: one.id)}


def _services(
    context: Context[Options], products: dict[str, ProductSpecification]
) -> Iterator[CustomerFacingServiceSpecification | ResourceFacingServiceSpecification]:
    """The services that these products need, and those that realise them, in the order of their ids."""
    waiting: list[object] = [use.target(role) for product in products.values() for role, use in product.services.items()]
    found: dict[str, CustomerFacingServiceSpecification | ResourceFacingServiceSpecification] = {}
    while waiting:
        id = waiting.pop()
        customer_facing = context.catalog.get(CustomerFacingServiceSpecification, id)
        service = customer_facing or context.catalog.get(ResourceFacingServiceSpecification, id)
        if service is None or service.id in found:
            continue
        found[service.id] = service
        waiting += [use.target(role) for role, use in customer_facing.services.items()] if customer_facing else []
    yield from (found[id] for id in sorted(found))


def _offerings(context: Context[Options]) -> Iterator[Artifact | Note]:
    """Which specification an order item for an offering is decomposed by, and of which offerings a bundle is made."""
    offerings = list(context.offerings())
    for offering in offerings:
        if offering.description is not None:
            words = "the list of offerings has their names; what is described is the specification that decides"
            yield Note(Status.DROPPED, offering.key, ("description",), Feature.DESCRIPTION.value, words)
    yield context.artifact("offerings.json", "offerings.json.j2", sources=offerings, offerings=[_offering(one) for one in offerings])


def _offering(offering: ProductOffering) -> dict[str, object]:
    if offering.is_bundle:
        roles = {
            role: [one if isinstance(one, str) else one.external for one in member.offerings(role)]
            for role, member in offering.bundle.items()
        }
        return {"id": offering.id, "name": offering.title, "bundle": roles}
    if offering.product is None or isinstance(offering.product, str):
        return {"id": offering.id, "name": offering.title, "specification": offering.product}
    return {"id": offering.id, "name": offering.title, "specification": offering.product.external, "external": True}


def _specification(entity: Specification, context: Context[Options]) -> Iterator[Artifact | Note]:
    """The rules of one specification as JSON, and as tables with their process where services are ordered."""
    catalog = context.catalog
    found = decisions(entity, catalog)
    inputs = inputs_of(found, entity, catalog)
    order = list(order_of(names_of(inputs, found), entity, catalog))
    types = {str(one["name"]): str(one["type"]) for one in order}
    name = f"{_PREFIX[entity.KIND]}-{entity.id}"
    write = Writer(entity, catalog, inputs)
    tables = {} if isinstance(entity, ResourceFacingServiceSpecification) else {"needed": write.needed(found), "told": write.told(found)}
    tables = {part: table for part, table in tables.items() if table.rows}
    targets = _targets(entity, found, context)
    yield context.artifact(
        f"{entity.id}/decomposition.json",
        "decomposition.json.j2",
        sources=[entity],
        mentions=targets,
        entity=entity,
        decisions={part: f"{name}-{part}" for part in tables},
        order=order,
        inputs=inputs_as_json(inputs, types) if tables else [],
        roles=[role_as_json(one, types, catalog) for one in found],
    )
    for part, table in tables.items():
        yield _table(part, name, table, entity, targets, context)
    if tables:
        steps = steps_of(found, catalog)
        path = f"{entity.id}/process.bpmn"
        yield context.artifact(
            path, "process.bpmn.j2", [entity], mentions=targets, entity=entity, process=name, parts=list(tables), steps=steps
        )
        yield from _unsaid(entity, found)


def _table(part: str, name: str, table: Table, entity: Entity, targets: tuple[Key, ...], context: Context[Options]) -> Artifact:
    path, decision = f"{entity.id}/{part}.dmn", f"{name}-{part}"
    return context.artifact(path, "table.dmn.j2", [entity], mentions=targets, entity=entity, part=part, decision=decision, table=table)


def _targets(entity: Specification, found: tuple[Decision, ...], context: Context[Options]) -> tuple[Key, ...]:
    """The services whose characteristics it fills; what else they say is no concern of its rules."""
    kinds = (CustomerFacingServiceSpecification.KIND, ResourceFacingServiceSpecification.KIND)
    services = (context.catalog.find(kinds, one.target) for one in found if isinstance(one.target, str))
    return tuple(key for key in services if key is not None and not isinstance(entity, ResourceFacingServiceSpecification))


def _unsaid(entity: Specification, found: tuple[Decision, ...]) -> Iterator[Note]:
    """What has too many combinations for a decision table."""
    for one in found:
        for name, told in one.told.items():
            if told.unsaid:
                divided = any(isinstance(rule.answer, Divided) for rule in told.rules)
                kept = "a division in `decomposition.json`: it has too many steps for a table"
                lost = f"`{name}` has too many combinations to tell one by one: the orchestrator has to find it"
                status = Status.MAPPED if divided else Status.DROPPED
                yield Note(status, entity.key, ("services", one.role), Feature.SERVICE.value, kept if divided else lost)
