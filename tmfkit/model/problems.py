"""How a value of the language says that its text is not understood."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, PlainValidator, ValidationError, WithJsonSchema
from pydantic_core import ErrorDetails, PydanticCustomError

from tmfkit.diagnostics.suggest import did_you_mean
from tmfkit.source.document import Path

T = TypeVar("T")
M = TypeVar("M", bound=BaseModel)

KIND = "tmfkit"

KNOWN = MappingProxyType({"known": True})
"""The context of data that was checked before: what looks at a part as a whole need not look again."""

_FIRST_HALF = re.compile(r"`([+-]?[0-9]+)` is ")
_SECOND_HALF = re.compile(r"[0-9]{1,3}( ?[^\s0-9]\S*)?")
_EXAMPLES = MappingProxyType(
    {
        "validFor": "{from: 2026-01-15}",
        "prices": "{monthly: {type: recurring, every: 1 month, amount: 39.90 EUR}}",
        "terms": "{24-months: {commitment: 24 months}}",
        "choices": "{downstream: [500, 1000]}",
        "bundle": "{fibre-home: {}, tv: {of: [tv-basic, tv-sport]}}",
        "characteristics": "{downstream: {type: quantity, unit: Mbit/s, values: [100, 500]}}",
        "constraints": "{fast-needs-fibre: {when: {downstream: 1000}, then: {access: fibre}}}",
        "services": "{internet-access: {with: {bandwidth: {from: downstream}}}}",
        "with": "{bandwidth: {from: downstream}}",
        "resources": "{ont: {}, gpon-port: {}}",
        "values": "[gpon, vdsl]",
        "many": "{min: 1, max: 3}",
        "tiers": "[{upTo: 10 GB, amount: 2.00 EUR}, {amount: 1.00 EUR}]",
        "rollover": "{for: 1 month}",
        "dimensions": "{zone: [national, world]}",
    }
)


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault in the text of a value; `path` leads from the value to the faulty part."""

    code: str
    message: str
    help: str = ""
    path: Path = ()
    at_key: bool = False


class NotUnderstood(ValueError):
    """Raised by the parsers of single values; carries the fact and the way out."""

    def __init__(self, message: str, help: str = "", code: str = "TK014") -> None:
        super().__init__(message)
        self.problem = Problem(code, message, help)


def refuse(problems: Iterable[Problem]) -> PydanticCustomError:
    """The problems of one value in the form in which pydantic passes them on."""
    return PydanticCustomError(KIND, "see problems", {"problems": list(problems)})


def read_by(parse: Callable[[Any], T]) -> PlainValidator:
    """Lets `parse` make the value; what it refuses becomes a problem."""

    def read(raw: Any) -> T:
        try:
            return parse(raw)
        except NotUnderstood as error:
            raise refuse([error.problem]) from None

    return PlainValidator(read)


def written_as(pattern: str, *examples: str, description: str) -> WithJsonSchema:
    """What an editor is told of a value that is written as text."""
    return WithJsonSchema({"type": ["string", "number"], "pattern": pattern, "examples": list(examples), "description": description})


def short(text: str) -> str:
    """As much of a text as a message needs."""
    return text if len(text) <= 60 else f"{text[:57]}…"


def as_text(raw: Any, what: str) -> str:
    """The text of a scalar; refuses lists, mappings and nothing at all."""
    if isinstance(raw, str):
        return raw.strip()
    if raw is None:
        raise NotUnderstood(f"{what} is missing: nothing is written here", code="TK012")
    raise NotUnderstood(f"{what} is expected here, not a {'list' if isinstance(raw, list) else 'mapping'}", code="TK013")


def validated(model: type[M], raw: Any) -> M:
    """A part of an entity that stands where a plain value could stand too."""
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        raise refuse(problems_of(model, error)) from None


def problems_of(model: type[BaseModel], error: ValidationError) -> Iterator[Problem]:
    """All that a model refuses, in the words of the language."""
    found = [problem for detail in error.errors(include_url=False) for problem in _translate(model, detail)]
    return iter(_commas_understood(found))


def _commas_understood(found: list[Problem]) -> list[Problem]:
    """In `{amount: 39,90 EUR}` the comma ends the entry: what is wrong about its two halves is one thing."""
    halves = [problem for problem in found if problem.code == "TK011" and _SECOND_HALF.fullmatch(str(problem.path[-1]))]
    for half in halves:
        above, rest = half.path[:-1], half.path[-1]
        first = next((one for one in found if one.path[: len(above)] == above and one != half and _FIRST_HALF.match(one.message)), None)
        number = _FIRST_HALF.match(first.message) if first else None
        if first and number:
            help = f"decimals follow a point: write `{number[1]}.{rest}`"
            whole = Problem("TK014", f"the comma ends this entry: `{rest}` behind it stands alone", help, first.path)
        else:
            message = f"the comma ends the entry before it: `{rest}` stands alone"
            whole = Problem("TK014", message, "decimals follow a point", half.path, at_key=True)
        found = [whole if one == half else one for one in found if one != first]
    return found


def _translate(model: type[BaseModel], detail: ErrorDetails) -> Iterator[Problem]:
    path: Path = tuple(detail["loc"])
    match detail["type"]:
        case "tmfkit":
            for problem in detail["ctx"]["problems"]:
                yield replace(problem, path=(*path, *problem.path))
        case "extra_forbidden":
            yield _unknown_key(model, path)
        case "missing":
            yield Problem("TK012", f"`{path[-1]}` is missing", path=path[:-1], at_key=True)
        case "enum" | "literal_error":
            yield _not_one_of(detail["input"], detail["ctx"]["expected"], path)
        case kind:
            help = _example_of(path) if not isinstance(detail["input"], dict) else ""
            yield Problem("TK013", f"{_expected(kind)} is expected here, not {_written(detail['input'])}", help, path)


def _unknown_key(model: type[BaseModel], path: Path) -> Problem:
    name = str(path[-1])
    keys = keys_of(_model_at(model, path[:-1]))
    help = did_you_mean(name, keys) or f"the keys here are {', '.join(f'`{key}`' for key in keys)}"
    return Problem("TK011", f"`{name}` is no key of the language here", help, path, at_key=True)


def _not_one_of(raw: Any, expected: str, path: Path) -> Problem:
    choices = [word for word in expected.split("'") if word.strip(" ,") not in ("", "or")]
    all_of_them = f"write one of {', '.join(f'`{choice}`' for choice in choices)}"
    if not isinstance(raw, str):
        return Problem("TK013", f"{_written(raw)} stands where a text is due", all_of_them, path)
    help = did_you_mean(raw, choices) or all_of_them
    return Problem("TK014", f"`{short(raw)}` is none of the values that are allowed here", help, path)


def _example_of(path: Path) -> str:
    name = next((str(part) for part in reversed(path) if isinstance(part, str) and part != "is"), "")
    return f"write it as in `{name}: {_EXAMPLES[name]}`" if name in _EXAMPLES else ""


def keys_of(model: type[BaseModel]) -> tuple[str, ...]:
    """The keys that a mapping of this model may have, as they are written."""
    return tuple(field.alias or name for name, field in model.model_fields.items())


def _model_at(model: type[BaseModel], path: Path) -> type[BaseModel]:
    """The model of the mapping at a path below `model`."""
    found: type[BaseModel] = model
    for part in path:
        field = next((field for field in found.model_fields.values() if field.alias == part), None)
        if field is None:
            continue
        found = next(_models_in(field.annotation), found)
    return found


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)


def _expected(kind: str) -> str:
    if kind == "string_type":
        return "a text"
    if kind.startswith(("tuple", "list")):
        return "a list"
    return "a mapping" if kind.startswith(("model", "dict", "mapping")) else "another kind of value"


def _written(raw: Any) -> str:
    if isinstance(raw, Mapping):
        return "a mapping"
    if isinstance(raw, list):
        return "a list"
    return "nothing" if raw is None else f"the text `{short(str(raw))}`"
