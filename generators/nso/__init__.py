"""Cisco NSO: for each service that it controls a service package: the YANG model, the configuration template, the metadata."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from tmfkit.api import Artifact, Capabilities, Context, Feature, Note, ResourceFacingServiceSpecification, Status, legal_names
from tmfkit.api import Options as Common

from .leaves import quoted
from .model import Model, model_of, module_name, resources_of, state_of, unknown_places

ROLES = ("domain-controller",)


class Options(Common):
    """What the packages are called, and what NSO is told instead of finding it out.

    `namespace` is what the namespaces of the models begin with, `prefix` what the names of the packages begin with; `inputs` names
    characteristics that are set by the network (`gpon-line/circuitId`) and that inventory gives to NSO; others are its own to report.
    """

    namespace: str = "urn:example:service"
    prefix: str = ""
    oldest: str = "6.0"
    inputs: tuple[str, ...] = ()


def capabilities(options: Options) -> Capabilities:
    """YANG says types and limits as the catalog does, in one language."""
    return Capabilities(
        carried=(Feature.NAME, Feature.DESCRIPTION, Feature.CHARACTERISTIC),
        mapped={
            Feature.RESOURCE: "a container with what inventory knows of it; its configuration is the body of the template",
            Feature.CONSTRAINT: "a `must` of the model",
            Feature.LIFECYCLE: "a package for as long as somebody may have the service",
        },
        dropped={
            Feature.TRANSLATION: "a model has one language: the first one written",
            Feature.CODE: "a package is called by the id of its service",
            Feature.VALIDITY: "a package is there until it is taken out; whether somebody may order is decided before",
        },
    )


def generate(context: Context[Options]) -> Iterator[Artifact | Note]:
    """One package for each service of the system."""
    services = list(context.controlled())
    inputs = _inputs(services, context)
    names = legal_names((service.id for service in services), lambda id: module_name(context.options.prefix + id))
    for service in services:
        model = model_of(service, names[service.id], inputs[service.id], context)
        yield from _package(service, model, context)
        yield from _notes(service, model)


def _inputs(services: list[ResourceFacingServiceSpecification], context: Context[Options]) -> Mapping[str, frozenset[str]]:
    """What inventory gives, by service; each of it has to be something that the network sets."""
    found: dict[str, set[str]] = defaultdict(set)
    for index, one in enumerate(context.options.inputs):
        id, _, name = one.partition("/")
        service = context.catalog.get(ResourceFacingServiceSpecification, id)
        if service is None or service.controller != context.system.id or name not in state_of(service.characteristics):
            known = [f"`{service.id}/{name}`" for service in services for name in sorted(state_of(service.characteristics))]
            help = f"there are {', '.join(known)}" if known else "there are none"
            context.refuse(f"`{one}` is no characteristic that the network sets for this system", "inputs", index, help=help)
        found[id].add(name)
    return {service.id: frozenset(found[service.id]) for service in services}


def _package(service: ResourceFacingServiceSpecification, model: Model, context: Context[Options]) -> Iterator[Artifact]:
    module = model.module
    sources = [service, *resources_of(service, context)]
    words: dict[str, Any] = {
        "service": service,
        "model": model,
        "module": module,
        "namespace": quoted(f"{context.options.namespace}:{module}" if ":" in context.options.namespace else module),
        "description": quoted(service.description.default if service.description else service.title),
        "organization": quoted(context.system.title),
        "revision": context.released.astimezone(context.zone).date().isoformat(),
        "said": quoted(f"Release {context.release}."),
        "version": _version(service.version),
        "quoted": quoted,
        "remark": remark,
    }
    yield context.artifact(f"{module}/package-meta-data.xml", "package-meta-data.xml.j2", sources, **words)
    yield context.artifact(f"{module}/src/yang/{module}.yang", "service.yang.j2", sources, **words)
    yield context.artifact(f"{module}/src/Makefile", "Makefile.j2", sources, **words)
    template = context.artifact(f"{module}/templates/{module}.xml", "template.xml.j2", sources, **words)
    unknown = unknown_places(template.text, model)
    if unknown:
        places = ", ".join(f"{{{place}}}" for place in sorted(model.paths))
        help = f"it stands in templates/nso/bodies/{service.id}.xml.j2; the model has {places}"
        context.refuse(f"the template of `{service.id}` names {{{unknown[0]}}}, which its model does not have", help=help)
    yield template


def _notes(service: ResourceFacingServiceSpecification, model: Model) -> Iterator[Note]:
    """What came out another way than the capabilities say."""
    for leaf in model.leaves:
        path = ("characteristics", leaf.characteristic)
        if leaf.type.unsaid:
            yield Note(Status.MAPPED, service.key, path, Feature.CHARACTERISTIC, leaf.type.unsaid)
        elif leaf.name != leaf.characteristic:
            yield Note(Status.MAPPED, service.key, path, Feature.CHARACTERISTIC, f"called `{leaf.name}`: YANG does not allow its name")
        elif leaf.state:
            yield Note(Status.MAPPED, service.key, path, Feature.CHARACTERISTIC, "reported by NSO, not configured")
    for name in service.constraints:
        if name not in model.musts:
            words = "a `must` of a configuration asks only for configured leaves"
            yield Note(Status.DROPPED, service.key, ("constraints", name), Feature.CONSTRAINT, words)
    for group in model.groups:
        if not group.leaves:
            words = "named in the template; inventory knows nothing of it that the service does not"
            yield Note(Status.MAPPED, service.key, ("resources", group.role), Feature.RESOURCE, words)


def _version(written: str) -> str:
    """The version of a package is of numbers alone."""
    found = re.match(r"[0-9]+(\.[0-9]+){0,3}", written)
    return found[0] if found else "1.0"


def remark(text: str) -> str:
    """A text as a comment in XML may hold it, on one line, and without anything that NSO would take for a placeholder."""
    plain = re.sub(r"[{}]", "", " ".join(text.split()))
    return re.sub(r"-(?=-)", "- ", plain).removesuffix("-")
