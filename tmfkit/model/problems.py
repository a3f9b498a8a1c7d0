"""How a value of the language says that its text is not understood."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, PlainValidator, ValidationError, WithJsonSchema
from pydantic_core import ErrorDetails, PydanticCustomError

from tmfkit.diagnostics.suggest import did_you_mean
from tmfkit.source.document import Path

T = TypeVar("T")
M = TypeVar("M", bound=BaseModel)

KIND = "tmfkit"


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
    for detail in error.errors(include_url=False):
        yield from _translate(model, detail)


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
            yield _not_one_of(str(detail["input"]), detail["ctx"]["expected"], path)
        case kind:
            yield Problem("TK013", f"{_expected(kind)} is expected here, not {_written(detail['input'])}", path=path)


def _unknown_key(model: type[BaseModel], path: Path) -> Problem:
    name = str(path[-1])
    keys = keys_of(_model_at(model, path[:-1]))
    help = did_you_mean(name, keys) or f"the keys here are {', '.join(f'`{key}`' for key in keys)}"
    return Problem("TK011", f"`{name}` is no key of the language here", help, path, at_key=True)


def _not_one_of(text: str, expected: str, path: Path) -> Problem:
    choices = [word for word in expected.split("'") if word.strip(" ,") not in ("", "or")]
    help = did_you_mean(text, choices) or f"write one of {', '.join(f'`{choice}`' for choice in choices)}"
    return Problem("TK014", f"`{text}` is none of the values that are allowed here", help, path)


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
    return "nothing" if raw is None else f"the text `{raw}`"
