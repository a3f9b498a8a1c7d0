"""Service requests by the models of the IETF (L3SM, L2SM), with named parameters for what is not in the catalog."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import NoReturn

from pydantic import Field

from tmfkit.api import Artifact, Capabilities, Context, Feature, Note, Part, ResourceFacingServiceSpecification, Status
from tmfkit.api import Options as Common

from .fill import Filled, Filling, constants, filled_by, filling_of, open_parameters
from .shapes import Shape, Unfit, settled, shape_of

ROLES = ("domain-controller",)


class Service(Part):
    """How one service is requested: its shape, and what its characteristics fill where the names differ."""

    shape: str
    characteristics: Mapping[str, str | Filling] = Field(default_factory=dict)


class Options(Common):
    """The services of the controller: each has a shape of `templates/ietf-l3sm/shapes`."""

    services: Mapping[str, Service] = Field(default_factory=dict)


def capabilities(options: Options) -> Capabilities:
    """A service model has fields for what a network needs, and no others."""
    return Capabilities(
        carried=(Feature.NAME,),
        mapped={
            Feature.CHARACTERISTIC: "a parameter of the request, with the values as the model writes them",
            Feature.RESOURCE: "what inventory knows of it fills parameters, as far as the shape has them",
            Feature.LIFECYCLE: "a request for as long as somebody may have the service",
        },
        dropped={
            Feature.TRANSLATION: "a request has one language: the first one written",
            Feature.DESCRIPTION: "the models have no field for it",
            Feature.CODE: "a request is called by the id of its service",
            Feature.VALIDITY: "a request is there until it is taken out; whether somebody may order is decided before",
            Feature.CONSTRAINT: "the models are fixed; the order is checked before",
        },
    )


def generate(context: Context[Options]) -> Iterator[Artifact | Note]:
    """One request for each service of the system."""
    services = {service.id: service for service in context.controlled()}
    for name in context.options.services:
        known = context.catalog.get(ResourceFacingServiceSpecification, name)
        if known is None or known.controller != context.system.id:
            help = f"there are {', '.join(f'`{id}`' for id in services)}" if services else "it controls none"
            context.refuse(f"`{context.system.id}` controls no service `{name}`", "services", name, help=help)
    for id, service in services.items():
        said = context.options.services.get(id)
        if said is None:
            _shapeless(id, context)
        yield from _request(service, said, context)


def _shapeless(id: str, context: Context[Options]) -> NoReturn:
    help = f"write it as in `services: {{{id}: {{shape: l3vpn-site}}}}`; shapes are l2vpn-line, l3vpn-network, l3vpn-site and your own"
    at = ("services",) if context.options.services else ()
    context.refuse(f"nothing says which shape the requests for `{id}` have", *at, help=help)


def _request(service: ResourceFacingServiceSpecification, said: Service, context: Context[Options]) -> Iterator[Artifact | Note]:
    try:
        shape = shape_of(said.shape, context)
    except Unfit as fault:
        context.refuse(str(fault), "services", service.id, "shape")
    _check(service, said, shape, context)
    filled: dict[str, Filled] = {}
    for name, characteristic in service.characteristics.items():
        at = ("services", service.id, *(("characteristics", name) if name in said.characteristics else ()))
        found = filled_by(name, characteristic, filling_of(name, said.characteristics), shape, partial(_refuse, context, at))
        if found is None or found.parameter.name in filled:
            words = _why(name, found, filled, said.shape, several=characteristic.many is not None)
            yield Note(Status.DROPPED, service.key, ("characteristics", name), Feature.CHARACTERISTIC, words)
        else:
            filled[found.parameter.name] = found
    yield context.artifact(
        f"{service.id}.json",
        "service-request.json.j2",
        [service],
        service=service,
        shape=shape,
        parameters=list(open_parameters(shape, filled)),
        request=settled(shape.request, constants(shape, filled)),
    )


def _refuse(context: Context[Options], at: tuple[str, ...], message: str) -> NoReturn:
    context.refuse(message, *at)


def _why(name: str, found: Filled | None, filled: dict[str, Filled], shape: str, *, several: bool) -> str:
    if found is not None:
        return f"`{filled[found.parameter.name].characteristic}` fills `{found.parameter.name}` already"
    if several:
        return "it takes several values, and a parameter is one"
    return f"the shape {shape} has no parameter for it; `characteristics: {{{name}: …}}` in the options names one"


def _check(service: ResourceFacingServiceSpecification, said: Service, shape: Shape, context: Context[Options]) -> None:
    """The options name only characteristics that the service has, values that they take, and parameters that the shape has."""
    for name in said.characteristics:
        at = ("services", service.id, "characteristics", name)
        characteristic = service.characteristics.get(name)
        if characteristic is None:
            help = f"there are {', '.join(f'`{one}`' for one in service.characteristics)}" if service.characteristics else "it has none"
            context.refuse(f"`{service.id}` has no characteristic `{name}`", *at, help=help)
        filling = filling_of(name, said.characteristics)
        if filling.parameter not in shape.parameters:
            help = f"there are {', '.join(f'`{one}`' for one in shape.parameters)}"
            context.refuse(f"the shape {said.shape} has no parameter `{filling.parameter}`", *at, help=help)
        for value in filling.values:
            if characteristic.values and value not in characteristic.values:
                help = f"there are {', '.join(f'`{one}`' for one in characteristic.values)}"
                context.refuse(f"`{name}` does not take the value `{value}`", *at, "values", value, help=help)
