"""How a table finds its cell: values, bands and `else` at each level, and where cells are missing, doubled or out of reach."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate, product
from typing import Generic, NamedTuple, TypeAlias, TypeVar

from tmfkit.model.conditions import Band, band
from tmfkit.model.problems import NotUnderstood
from tmfkit.model.tables import ELSE, Cell, Table
from tmfkit.model.values import plain
from tmfkit.semantics.configuration import Configuration, Variable
from tmfkit.semantics.domains import Domain, Range, number_of

T = TypeVar("T")


class Piece(NamedTuple):
    """A part of a domain to which the same keys apply: its words, a value in it (None: no value), and the keys as written."""

    words: str
    sample: str | None
    keys: tuple[str, ...]


class _Ordered:
    """Bands by their lower ends: whichever hold a number are found without a look at all of them."""

    __slots__ = ("_highest", "_lows", "_rows")

    def __init__(self, bands: Sequence[Band]) -> None:
        self._rows = sorted(((_or(found.low, "-Infinity"), index, found) for index, found in enumerate(bands)), key=lambda row: row[:2])
        self._lows = [low for low, _, _ in self._rows]
        self._highest = list(accumulate((_or(found.high, "Infinity") for _, _, found in self._rows), max))

    def around(self, number: Decimal) -> list[Band]:
        """The bands that hold a number, in the order written."""
        found = []
        at = bisect_right(self._lows, number) - 1
        while at >= 0 and self._highest[at] >= number:
            _, index, one = self._rows[at]
            if one.holds(number):
                found.append((index, one))
            at -= 1
        return [one for _, one in sorted(found, key=lambda row: row[0])]


def _or(end: Decimal | None, otherwise: str) -> Decimal:
    return Decimal(otherwise) if end is None else end


class Keys:
    """The keys of one level, read as values of one variable."""

    __slots__ = ("_bands", "_in_order", "_rest", "_values", "unread")

    def __init__(self, written: Iterable[str], asked: Variable | None) -> None:
        """`unread` tells the keys that are no values of the variable."""
        self._values: dict[str, tuple[str, ...]] = {}
        self._bands: list[Band] = []
        self._rest: tuple[str, ...] = ()
        self._in_order: _Ordered | None = None
        self.unread: dict[str, NotUnderstood] = {}
        for key in written:
            self._add(key, asked)

    def _add(self, key: str, asked: Variable | None) -> None:
        if key == ELSE:
            self._rest = (key,)
            return
        try:
            text = key if asked is None else asked.read(key)
        except NotUnderstood as error:
            self.unread[key] = error
            return
        found = band(text) if ".." in text else None
        if found is None:
            self._values[text] = (*self._values.get(text, ()), key)
        else:
            self._bands.append(found)

    def matching(self, value: str | None) -> tuple[str, ...]:
        """The keys that hold a value; the lower end of a band counts only where nothing else holds it."""
        if value is None:
            return self._rest
        exact = self._values.get(value, ())
        number = number_of(value) if self._bands else None
        if number is None:
            return exact or self._rest
        if self._in_order is None:
            self._in_order = _Ordered(self._bands)
        around = self._in_order.around(number)
        inside = tuple(found.text for found in around if number != found.low)
        lower = tuple(found.text for found in around if number == found.low)
        return (exact + inside) or lower or self._rest

    def pieces(self, domain: Domain) -> Iterator[Piece]:
        """The whole domain in parts that no key divides."""
        for value in domain.values:
            yield Piece(f"`{value}`", value, self.matching(value))
        for found in domain.ranges:
            yield from self._numbers(found)
        if domain.anything:
            for value in self._values:
                yield Piece(f"`{value}`", value, self.matching(value))
            yield from (Piece(f"`{found.text}`", None, (found.text,)) for found in self._bands)
            yield Piece("any other value", None, self._rest)
        if domain.absent and not domain.anything:
            yield Piece("no value", None, self._rest)

    def _numbers(self, limits: Range) -> Iterator[Piece]:
        ends = {number for found in self._bands for number in (found.low, found.high) if number is not None}
        ends |= {number for text in self._values if (number := number_of(text)) is not None}
        cuts = sorted(number for number in ends | {limits.low, limits.high} if number is not None and limits.holds(number))
        if not cuts:
            yield Piece(limits.words(), "0", self.matching("0"))
            return
        if limits.low is None:
            yield self._between(None, cuts[0])
        for index, number in enumerate(cuts):
            yield Piece(f"`{plain(number)}`", plain(number), self.matching(plain(number)))
            following = cuts[index + 1] if index + 1 < len(cuts) else None
            if following is None and limits.high is not None:
                continue
            if not (limits.whole and following is not None and following - number <= 1):
                yield self._between(number, following)

    def _between(self, low: Decimal | None, high: Decimal | None) -> Piece:
        if low is None:
            assert high is not None
            return Piece(f"less than {plain(high)}", plain(high - 1), self.matching(plain(high - 1)))
        if high is None:
            return Piece(f"more than {plain(low)}", plain(low + 1), self.matching(plain(low + 1)))
        middle = plain(low + 1) if high - low > 1 else plain((low + high) / 2)
        return Piece(f"numbers between {plain(low)} and {plain(high)}", middle, self.matching(middle))


@dataclass(frozen=True, slots=True)
class Gap:
    """A combination without a cell: what was chosen up to the level where no key fits, in words and as sample values."""

    path: tuple[str, ...]
    chosen: tuple[tuple[str, Piece], ...]


@dataclass(frozen=True, slots=True)
class Double:
    """A combination for which several keys of one level hold."""

    path: tuple[str, ...]
    chosen: tuple[tuple[str, Piece], ...]


@dataclass(frozen=True, slots=True)
class Unreached:
    """A key that no value of its variable needs; `fault` says why where it is not even understood."""

    path: tuple[str, ...]
    subject: str
    fault: NotUnderstood | None


@dataclass(frozen=True, slots=True)
class Misfit:
    """A row with more or fewer keys than `by` has names."""

    path: tuple[str, ...]
    keys: int


Event: TypeAlias = Gap | Double | Unreached | Misfit
"""What can be wrong with the rows of a table."""


@dataclass(slots=True)
class _Node(Generic[T]):
    children: "dict[str, _Node[T]]"
    cells: list[Cell[T]]


def tree_of(table: Table[T]) -> _Node[T]:
    """The cells of a table by their keys, level by level."""
    root: _Node[T] = _Node({}, [])
    for cell in table.cells:
        node = root
        for key in cell.keys:
            node = node.children.setdefault(key, _Node({}, []))
        node.cells.append(cell)
    return root


def lookup(table: Table[T], by: Sequence[str], configuration: Configuration, asked: Mapping[str, Variable]) -> tuple[Cell[T], ...]:
    """The cells that hold for a configuration: one in a table without gaps and doubles."""
    nodes = [tree_of(table)]
    for name in by:
        chosen = configuration.get(name)
        values = chosen if isinstance(chosen, tuple) else (chosen if isinstance(chosen, str) else None,)
        nodes = [node.children[key] for node in nodes for value in values for key in Keys(node.children, asked.get(name)).matching(value)]
    return tuple(cell for node in nodes for cell in node.cells)


def coverage(table: Table[T], by: Sequence[str], asked: Mapping[str, Variable]) -> Iterator[Event]:
    """Where the cells of a table and the values of its variables do not meet, in the order of the table.

    A variable that is not among `asked` is not looked at: any key may be right for it.
    """
    if _is_whole(table, by, asked):
        return
    misfits = [cell for cell in table.cells if len(cell.keys) != len(by)]
    yield from (Misfit(cell.keys, len(cell.keys)) for cell in misfits)
    if not misfits:
        yield from _walk(tree_of(table), tuple(by), asked, (), ())


def _is_whole(table: Table[T], by: Sequence[str], asked: Mapping[str, Variable]) -> bool:
    """Whether the rows are exactly the combinations of listed values, as they mostly are: the quick way to see that nothing is wrong."""
    number = 1
    for name in by:
        if name not in asked or not asked[name].domain.is_listed or asked[name].domain.absent:
            return False
        number *= len(asked[name].domain.values)
    if number != len(table.cells):
        return False
    return {cell.keys for cell in table.cells} == set(product(*(asked[name].domain.values for name in by)))


def _walk(
    node: _Node[T], by: tuple[str, ...], asked: Mapping[str, Variable], path: tuple[str, ...], chosen: tuple[tuple[str, Piece], ...]
) -> Iterator[Event]:
    if not by:
        if len(node.cells) > 1:
            yield Double(path, chosen)
        return
    name, known = by[0], asked.get(by[0])
    if known is None:
        for key, child in node.children.items():
            yield from _walk(child, by[1:], asked, (*path, key), chosen)
        return
    keys = Keys(node.children, known)
    reached: dict[str, list[Piece]] = {}
    for piece in keys.pieces(known.domain):
        if len(piece.keys) > 1:
            yield Double((*path, piece.keys[1]), (*chosen, (name, piece)))
        elif not piece.keys:
            yield Gap(path, (*chosen, (name, piece)))
        for key in piece.keys:
            reached.setdefault(key, []).append(piece)
    for key, child in node.children.items():
        if key in reached and (len(by) > 1 or len(child.cells) > 1):
            for piece in _told_apart(reached[key], len(by) > 1):
                yield from _walk(child, by[1:], asked, (*path, key), (*chosen, (name, piece)))
        elif key not in reached and key != ELSE:
            yield Unreached((*path, key), name, keys.unread.get(key))


def _told_apart(pieces: list[Piece], goes_on: bool) -> list[Piece]:
    """Every value on its own where few, else the first for all: below them stands the same part of the table."""
    return pieces if goes_on and len(pieces) <= 50 else pieces[:1]
