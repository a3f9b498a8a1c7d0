"""ETSI SOL006: for each service under an NFVO the network service descriptor that instantiates its virtual functions."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pydantic import Field

from tmfkit.api import (
    Artifact,
    Capabilities,
    Context,
    Feature,
    LogicalResourceSpecification,
    Note,
    Part,
    ResourceFacingServiceSpecification,
    Status,
    commercial_word,
)
from tmfkit.api import Options as Common

from .flavours import MOST_FLAVOURS, Flavour, combined, flavours_of
from .levels import Counted, Level, counted, is_complete, levels

ROLES = ("nfvo",)


class Link(Part):
    """A virtual link: which connection point of each role is at it, and its rates in bit/s."""

    points: Mapping[str, str]
    max_bitrate: int = Field(1_000_000_000, ge=0)
    min_bitrate: int = Field(0, ge=0)


class Options(Common):
    """Who designed the descriptors, what says the flavour of a virtual function, how functions are linked, which are given.

    `flavour` is the characteristic of a virtual function that names the deployment flavour of its VNFD; without it, flavour and
    level of a VNFD are `usual`. `links` are by service and name. `given` are services whose descriptor comes from elsewhere.
    """

    designer: str = "operator"
    flavour: str = "flavour"
    usual: str = "default"
    links: Mapping[str, Mapping[str, Link]] = Field(default_factory=dict)
    given: tuple[str, ...] = ()


def capabilities(options: Options) -> Capabilities:
    """A descriptor says what is instantiated and how many of it; everything else is passed on as a parameter."""
    return Capabilities(
        carried=(Feature.NAME, Feature.DESCRIPTOR),
        mapped={
            Feature.CHARACTERISTIC: "a parameter of the instantiation",
            Feature.RESOURCE: "a VNF profile in each deployment flavour",
            Feature.LIFECYCLE: "a descriptor for as long as somebody may have the service",
        },
        dropped={
            Feature.TRANSLATION: "a descriptor has one language: the first one written",
            Feature.DESCRIPTION: "a descriptor has no field for it",
            Feature.CODE: "a descriptor is called by its own id",
            Feature.VALIDITY: "a descriptor is there until it is taken out; whether somebody may order is decided before",
            Feature.CONSTRAINT: "the order is checked before",
        },
    )


@dataclass(frozen=True, slots=True)
class Network:
    """What a descriptor is made from: the virtual functions by their roles, their numbers, the flavours."""

    functions: Mapping[str, LogicalResourceSpecification]
    counts: tuple[Counted, ...]
    flavours: Mapping[str, Flavour]
    levels: tuple[Level, ...]
    usual: str
    links: Mapping[str, Link]
    parameters: Mapping[str, str]

    @property
    def limits(self) -> Mapping[str, tuple[int, int]]:
        """The least and the greatest number of instances of each role."""
        found = dict.fromkeys(self.functions, (1, 1))
        for one in self.counts:
            found.update(dict.fromkeys(one.roles, (min(one.numbers), max(one.numbers))))
        return found

    @property
    def greatest(self) -> str:
        """The level with the most instances."""
        return max(self.levels, key=lambda level: (sum(level.numbers.values()), level.id)).id


def generate(context: Context[Options]) -> Iterator[Artifact | Note]:
    """One descriptor for each service of the system, but for those that are given."""
    services = {service.id: service for service in context.controlled()}
    _check(services, context)
    for service in services.values():
        if service.id not in context.options.given:
            network = _network(service, context)
            yield _descriptor(service, network, context)
            yield from _notes(service, network, context.options)


def _check(services: Mapping[str, ResourceFacingServiceSpecification], context: Context[Options]) -> None:
    """Options name services that there are, and no two services have one descriptor."""
    help = f"there are {', '.join(f'`{id}`' for id in services)}" if services else "it controls none"
    for index, id in enumerate(context.options.given):
        if _controlled(id, context) is None:
            context.refuse(f"`{context.system.id}` controls no service `{id}`", "given", index, help=help)
    for id, links in context.options.links.items():
        service = _controlled(id, context)
        if service is None:
            context.refuse(f"`{context.system.id}` controls no service `{id}`", "links", id, help=help)
        roles = list(_functions(service, context))
        for name, link in links.items():
            for role in link.points:
                if role not in roles:
                    known = f"there are {', '.join(f'`{one}`' for one in roles)}" if roles else "it has none"
                    context.refuse(f"`{id}` has no virtual function in a role `{role}`", "links", id, name, "points", role, help=known)
    first: dict[str, str] = {}
    for id, service in services.items():
        other = first.setdefault(_id(service), id)
        if other != id and not {id, other} & set(context.options.given):
            help = "a descriptor is made from one service: give one of them a `descriptor` of its own"
            context.refuse(f"`{other}` and `{id}` both have the descriptor `{_id(service)}`", help=help)


def _controlled(id: str, context: Context[Options]) -> ResourceFacingServiceSpecification | None:
    """A service of the system, also one that nobody can order yet."""
    service = context.catalog.get(ResourceFacingServiceSpecification, id)
    return service if service is not None and service.controller == context.system.id else None


def _functions(service: ResourceFacingServiceSpecification, context: Context[Options]) -> dict[str, LogicalResourceSpecification]:
    found = {role: context.catalog.get(LogicalResourceSpecification, use.target(role)) for role, use in service.resources.items()}
    return {role: one for role, one in found.items() if one is not None and one.descriptor is not None}


def _network(service: ResourceFacingServiceSpecification, context: Context[Options]) -> Network:
    options = context.options
    functions = _functions(service, context)
    if not functions:
        help = "give a resource of it a `descriptor`, or list the service under `given` if its descriptor comes from elsewhere"
        context.refuse(f"`{service.id}` has no virtual function: no resource of it has a `descriptor`", help=help)
    uses = {role: service.resources[role] for role in functions}
    each = {role: flavours_of(uses[role], one, options.flavour, options.usual, service.characteristics) for role, one in functions.items()}
    flavours = combined(each, options.usual)
    if flavours is None:
        context.refuse(f"`{service.id}` would have more than {MOST_FLAVOURS} deployment flavours", help="split it into several services")
    counts = counted(uses, service.characteristics)
    made, usual = levels(list(functions), counts)
    taken = {*_counting(service, functions), *_flavouring(service, functions, options)}
    parameters = {name: one.default or "" for name, one in service.characteristics.items() if one.set_by != "network" and name not in taken}
    return Network(functions, counts, flavours, made, usual, options.links.get(service.id, {}), parameters)


def _counting(service: ResourceFacingServiceSpecification, functions: Mapping[str, LogicalResourceSpecification]) -> set[str]:
    """The characteristics that say how many of a function there are."""
    return {count for role in functions if (count := service.resources[role].count) is not None}


def _flavouring(
    service: ResourceFacingServiceSpecification, functions: Mapping[str, LogicalResourceSpecification], options: Options
) -> set[str]:
    """The characteristics that decide about flavours and are nothing else."""
    feeds = [service.resources[role].with_.get(options.flavour) for role in functions]
    return {source for feed in feeds if feed is not None for source in feed.sources}


def _id(service: ResourceFacingServiceSpecification) -> str:
    return service.descriptor or service.id


def _descriptor(service: ResourceFacingServiceSpecification, network: Network, context: Context[Options]) -> Artifact:
    made = context.artifact(
        f"{service.id}.xml",
        "nsd.xml.j2",
        [service],
        mentions=network.functions.values(),
        id=_id(service),
        service=service,
        title=service.id if commercial_word(service.title) else service.title,
        network=network,
    )
    _hold_to_the_network(made.text, service, context)
    return made


def _hold_to_the_network(text: str, service: ResourceFacingServiceSpecification, context: Context[Options]) -> None:
    """A word of selling in a descriptor is a fault: the network is not to know about it."""
    said = next((found for found in re.findall(r">([^<>]+)<", text) if commercial_word(found)), None)
    if said is not None:
        help = "say what the network does, and let `with` map to it"
        message = f"`{said.strip()}` speaks of selling (`{commercial_word(said)}`) in the descriptor of `{service.id}`"
        context.refuse(message, help=help)


def _notes(service: ResourceFacingServiceSpecification, network: Network, options: Options) -> Iterator[Note]:
    """What came out another way than the capabilities say."""
    numbers = "the number of instances" + ("" if is_complete(network.counts) else "; only some numbers are levels")
    said = dict.fromkeys(_counting(service, network.functions), numbers)
    said |= dict.fromkeys(_flavouring(service, network.functions, options), "the deployment flavour")
    for name, one in service.characteristics.items():
        at = ("characteristics", name)
        if one.set_by == "network":
            yield Note(
                Status.DROPPED, service.key, at, Feature.CHARACTERISTIC, "the NFVO reports it; a descriptor holds nothing of one instance"
            )
        elif name in said:
            yield Note(Status.MAPPED, service.key, at, Feature.CHARACTERISTIC, said[name])
    for role in service.resources:
        if role not in network.functions:
            words = "it has no `descriptor`: the network service does not instantiate it"
            yield Note(Status.DROPPED, service.key, ("resources", role), Feature.RESOURCE, words)
    if commercial_word(service.title):
        yield Note(Status.DROPPED, service.key, ("name",), Feature.NAME, "it speaks of selling, and the network is not to know about it")
