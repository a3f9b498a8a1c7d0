"""Tables of the language: rows keyed by the values of one or more characteristics or facts."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Generic, TypeVar

from pydantic import AfterValidator, WithJsonSchema

from tmfkit.model.base import Many
from tmfkit.model.problems import NotUnderstood, Problem, as_text, read_by, refuse
from tmfkit.model.values import Money, Text, parse_money
from tmfkit.source.document import Path

T = TypeVar("T")

ELSE = "else"
"""The key of the row that covers whatever no other row names."""

NOT_SOLD = "not-sold"
"""The cell of a price table that closes a combination."""


@dataclass(frozen=True, slots=True)
class Cell(Generic[T]):
    """One cell: its keys, outermost first (a value, a band such as `10..50`, or `else`), and what it holds."""

    keys: tuple[str, ...]
    value: T


@dataclass(frozen=True, slots=True)
class Table(Generic[T]):
    """All cells in the order written. None as the value of a price cell means that the combination is not sold."""

    cells: tuple[Cell[T], ...]


@dataclass(frozen=True, slots=True)
class TableFile:
    """A table that is kept in a CSV file beside the YAML; the loader replaces it by the table itself."""

    path: str


def _once(names: tuple[str, ...]) -> tuple[str, ...]:
    for index, name in enumerate(names):
        if name in names[:index]:
            raise refuse([Problem("TK014", f"`{name}` stands here twice: one level of the table would repeat another", path=(index,))])
    return names


By = Annotated[Many[Text], AfterValidator(_once)]
"""What the rows of a table are keyed by, the outermost level first."""


def _cells(raw: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    if not isinstance(raw, dict):
        yield path, raw
        return
    for key, inner in raw.items():
        yield from _cells(inner, (*path, key))


def _table_of(parse: Callable[[Any], T]) -> Callable[[Any], Table[T]]:
    def read(raw: Any) -> Table[T]:
        if not isinstance(raw, dict) or not raw:
            raise NotUnderstood("a table is a mapping from values to cells, or the name of a CSV file", code="TK013")
        cells: list[Cell[T]] = []
        problems: list[Problem] = []
        for path, value in _cells(raw, ()):
            try:
                cells.append(Cell(tuple(str(part) for part in path), parse(value)))
            except NotUnderstood as error:
                fault = error.problem
                problems.append(Problem(fault.code, fault.message, fault.help, path))
        if problems:
            raise refuse(problems)
        return Table(tuple(cells))

    return read


def _price(raw: Any) -> Money | None:
    return None if raw == NOT_SOLD else parse_money(raw)


def _fed(raw: Any) -> str:
    return as_text(raw, "a value")


_SCHEMA = {"anyOf": [{"type": "object"}, {"type": "string", "pattern": r"\.csv$"}]}

PriceTable = Annotated[Table[Money | None], read_by(_table_of(_price)), WithJsonSchema(_SCHEMA)]
ValueTable = Annotated[Table[str], read_by(_table_of(_fed)), WithJsonSchema(_SCHEMA)]
