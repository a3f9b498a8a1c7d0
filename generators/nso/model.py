"""The model of a service for NSO: its leaves, what inventory knows of its resources, its constraints, and the paths of it all."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tmfkit.api import (
    Characteristic,
    Context,
    External,
    Feed,
    LogicalResourceSpecification,
    Options,
    PhysicalResourceSpecification,
    ResourceFacingServiceSpecification,
    ResourceUse,
    legal_names,
)

from .leaves import Leaf, leaf_of, quoted
from .musts import must_of

KEY, DEVICE = "service-id", "device"
OF_NSO = (
    "check-sync deep-check-sync re-deploy reactive-re-deploy touch un-deploy get-modifications modified directly-modified device-list "
    "used-by-customer-service commit-queue private log plan plan-location error-info"
).split()
"""What `ncs:service-data` puts beside the leaves of a service."""

COUNTER = "number"
"""The key of a resource that a service takes several of."""

Resource = PhysicalResourceSpecification | LogicalResourceSpecification


@dataclass(frozen=True, slots=True)
class Group:
    """What inventory knows of one resource of a service: `listed` where the service takes several.

    `given` is what the service says of it: the characteristic, and the leaf that it comes from or the constant that it is.
    """

    name: str
    role: str
    title: str
    what: str
    leaves: tuple[Leaf, ...]
    given: tuple[tuple[str, str, str], ...]
    listed: bool = False
    most: str = ""


@dataclass(frozen=True, slots=True)
class Model:
    """A service as NSO configures it."""

    module: str
    leaves: tuple[Leaf, ...]
    groups: tuple[Group, ...]
    musts: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def paths(self) -> frozenset[str]:
        """Everything that a template may name, from the service on."""
        own = {f"/{name}" for name in (KEY, DEVICE, *(leaf.name for leaf in self.leaves))}
        for group in self.groups:
            own |= {f"/{group.name}", *(f"/{group.name}/{leaf.name}" for leaf in group.leaves)}
            own |= {f"/{group.name}/{COUNTER}"} if group.listed else set()
        return frozenset(own)


def identifier(text: str) -> str:
    """A name as YANG and the files of a package allow it; legal ones stay as they are."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    legal = re.sub(r"[^A-Za-z0-9_.-]+", "-", plain).rstrip(".-" if plain[-1:] not in "-" else ".")
    return legal if re.match(r"[A-Za-z_]", legal) else f"x-{legal}".rstrip("-")


def module_name(text: str) -> str:
    """As `identifier`, for a module: the names that NSO and YANG itself use are taken."""
    legal = identifier(text)
    return f"x-{legal}" if legal.lower().startswith(("tailf", "ncs", "ietf-", "iana-", "xml")) else legal


def model_of(service: ResourceFacingServiceSpecification, module: str, inputs: frozenset[str], context: Context[Options]) -> Model:
    """The model of a service; `inputs` are the characteristics of the network that inventory gives instead of NSO reporting them."""
    names = legal_names(service.characteristics, identifier, (KEY, DEVICE, *OF_NSO))
    leaves = tuple(
        leaf_of(names[called], called, one, state=one.set_by == "network" and called not in inputs, asked=one.set_by != "network")
        for called, one in service.characteristics.items()
    )
    known = {leaf.characteristic: leaf for leaf in leaves}
    musts = {name: must_of(one, known, service.characteristics) for name, one in service.constraints.items()}
    words = {name: quoted(one.name.default if one.name else name) for name, one in service.constraints.items()}
    roles = legal_names(service.resources, identifier, (KEY, DEVICE, *OF_NSO, *names.values()))
    groups = tuple(_group(role, use, roles[role], service, names, context) for role, use in service.resources.items())
    return Model(module, leaves, groups, {name: (must, words[name]) for name, must in musts.items() if must is not None})


def _group(
    role: str,
    use: ResourceUse,
    name: str,
    service: ResourceFacingServiceSpecification,
    names: Mapping[str, str],
    context: Context[Options],
) -> Group:
    target = use.target(role)
    resource = _resource(target, context)
    if resource is None:
        title = target.name.default if isinstance(target, External) and target.name else role
        return Group(name, role, title, title, (), ())
    given = tuple((called, *_given(feed, names)) for called, feed in use.with_.items() if feed.constant or _as_it_is(feed))
    wanted = {called: one for called, one in resource.characteristics.items() if called not in {called for called, _, _ in given}}
    own = legal_names(wanted, identifier, (COUNTER,))
    leaves = tuple(leaf_of(own[called], called, one, asked=False) for called, one in wanted.items())
    count = service.characteristics.get(use.count or "")
    most = count.max if count is not None and count.max is not None and count.max.isdecimal() and count.max != "0" else ""
    listed = use.count is not None and bool(leaves)
    return Group(name, role, resource.title, _what(resource), leaves, given, listed, most if listed else "")


def _as_it_is(feed: Feed) -> bool:
    return feed.from_ is not None and feed.map is None and feed.per is None


def _given(feed: Feed, names: Mapping[str, str]) -> tuple[str, str]:
    """The leaf that a feed passes on, or the constant that it is."""
    return names.get(feed.from_ or "", ""), ", ".join(feed.constant)


def _resource(target: object, context: Context[Options]) -> Resource | None:
    if not isinstance(target, str):
        return None
    return context.catalog.get(PhysicalResourceSpecification, target) or context.catalog.get(LogicalResourceSpecification, target)


def resources_of(service: ResourceFacingServiceSpecification, context: Context[Options]) -> Iterator[Resource]:
    """The resources of a service that the catalog describes."""
    for role, use in service.resources.items():
        resource = _resource(use.target(role), context)
        if resource is not None:
            yield resource


def _what(resource: Resource) -> str:
    made = " ".join(filter(None, (resource.vendor, resource.model)))
    number = resource.part_number if isinstance(resource, PhysicalResourceSpecification) else None
    return ", ".join(filter(None, (resource.title, made, f"part {number}" if number else "")))


def unknown_places(text: str, model: Model) -> Sequence[str]:
    """The placeholders of a template that lead to no place of the model; what begins with `$` is a variable of the template."""
    found = re.findall(r"\{\s*(/[^{}\s]*)\s*\}", text)
    return sorted({place for place in found if re.sub(r"\[[^\]]*\]", "", place) not in model.paths})


def state_of(characteristics: Mapping[str, Characteristic]) -> frozenset[str]:
    """What only the network knows."""
    return frozenset(name for name, one in characteristics.items() if one.set_by == "network")
