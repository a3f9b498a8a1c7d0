"""A shape: one service model of the IETF as a request with named parameters, and what each of them is."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from typing import Any

from tmfkit.api import Context, Options

_PARAMETER = re.compile(r"\$\{([^}]*)\}")

AS_TEXT = ("int64", "uint64", "decimal64")
"""Numbers that JSON cannot hold exactly: RFC 7951 writes them as texts."""

AS_NUMBER = ("int8", "int16", "int32", "uint8", "uint16", "uint32")
TYPES = ("string", "identityref", "boolean", "ipv4-address", *AS_TEXT, *AS_NUMBER)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that a request leaves open: its type in YANG, its unit, who knows it, an example; a default makes it optional."""

    name: str
    type: str
    owner: str
    example: Any
    description: str
    unit: str = ""
    default: Any = None


@dataclass(frozen=True, slots=True)
class Shape:
    """A request of one module, its parameters by their names, and the paths at which each of them stands."""

    module: str
    revision: str
    standard: str
    parameters: Mapping[str, Parameter]
    request: dict[str, Any]
    places: Mapping[str, tuple[str, ...]]


class Unfit(ValueError):
    """A shape contradicts itself."""


def shape_of(name: str, context: Context[Options]) -> Shape:
    """The shape of a name: the template `shapes/<name>.json.j2`."""
    try:
        raw = json.loads(context.render(f"shapes/{name}.json.j2"))
    except json.JSONDecodeError as error:
        raise Unfit(f"the shape {name} is no JSON: {error}") from None
    for fault in _gaps(raw):
        raise Unfit(f"the shape {name} {fault}")
    parameters = {one["name"]: Parameter(**one) for one in raw["parameters"]}
    shape = Shape(raw["module"], raw["revision"], raw["standard"], parameters, raw["request"], _places(raw["request"]))
    for fault in _faults(shape):
        raise Unfit(f"the shape {name} {fault}")
    return shape


def _gaps(raw: Any) -> Iterator[str]:
    """What a shape lacks, or has too much."""
    if not isinstance(raw, dict):
        yield "is no object"
        return
    for word, kind in (("module", str), ("revision", str), ("standard", str), ("parameters", list), ("request", dict)):
        if not isinstance(raw.get(word), kind):
            yield f"has no `{word}`, or another kind of thing there"
            return
    known = {field.name: field.default is MISSING for field in fields(Parameter)}
    for one in raw["parameters"]:
        said = one if isinstance(one, dict) else {}
        name = said.get("name", "")
        yield from (f"has a parameter {name} without `{word}`" for word, needed in known.items() if needed and word not in said)
        yield from (f"has a parameter {name} with `{word}`, which means nothing" for word in said if word not in known)


def _faults(shape: Shape) -> Iterator[str]:
    yield from (f"has no parameter {name}, which its request names" for name in sorted(shape.places.keys() - shape.parameters.keys()))
    yield from (f"uses its parameter {name} nowhere" for name in sorted(shape.parameters.keys() - shape.places.keys()))
    yield from (f"has a parameter of the type {one.type}" for one in shape.parameters.values() if one.type not in TYPES)


def _places(request: Mapping[str, Any]) -> Mapping[str, tuple[str, ...]]:
    """The paths at which parameters stand; a list adds nothing to a path, as in YANG."""
    found: dict[str, tuple[str, ...]] = {}
    for path, name in _walk(request, ""):
        found[name] = (*found.get(name, ()), path)
    return {name: tuple(dict.fromkeys(paths)) for name, paths in found.items()}


def _walk(value: Any, path: str) -> Iterator[tuple[str, str]]:
    match value:
        case dict():
            for name, inner in value.items():
                yield from _walk(inner, f"{path}/{name}")
        case list():
            for inner in value:
                yield from _walk(inner, path)
        case str():
            whole = _PARAMETER.fullmatch(value)
            if whole:
                yield path, whole[1]
            elif _PARAMETER.search(value):
                raise Unfit(f"at {path}, a parameter is a part of a text; it has to be the whole value")


def settled(value: Any, constants: Mapping[str, Any]) -> Any:
    """A request in which some parameters have got their values."""
    match value:
        case dict():
            return {name: settled(inner, constants) for name, inner in value.items()}
        case list():
            return [settled(inner, constants) for inner in value]
        case str():
            whole = _PARAMETER.fullmatch(value)
            return constants[whole[1]] if whole and whole[1] in constants else value
        case _:
            return value


def spelled(parameter: Parameter, module: str, text: str) -> Any:
    """A value as RFC 7951 writes it in JSON, from its one spelling in the catalog; raises `Unfit` for what is none of the type."""
    if parameter.type in AS_NUMBER:
        if not re.fullmatch(r"-?[0-9]+", text):
            raise Unfit(f"`{text}` is no whole number, and `{parameter.name}` is {parameter.type}")
        return int(text)
    if parameter.type in ("int64", "uint64") and not re.fullmatch(r"-?[0-9]+", text):
        raise Unfit(f"`{text}` is no whole number, and `{parameter.name}` is {parameter.type}")
    if parameter.type == "boolean":
        if text not in ("true", "false"):
            raise Unfit(f"`{text}` is neither `true` nor `false`, and `{parameter.name}` is one of them")
        return text == "true"
    return f"{module}:{text}" if parameter.type == "identityref" and ":" not in text else text
