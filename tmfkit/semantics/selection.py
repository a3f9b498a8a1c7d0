"""Which offerings can be had together: bundles, requirements and exclusions as a question for a SAT solver.

Every offering within reach is a variable, and so is every offering in a role of a bundle. Each line of the catalog becomes clauses
that hold only while the line's own variable does, so that the solver can name the lines which clash; they are then made as few as
possible. Relations that hold for a time only are left out, and a role may take one offering several times.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from weakref import WeakKeyDictionary

from tmfkit.catalog import Catalog
from tmfkit.model.base import Key
from tmfkit.model.products import Member, ProductOffering, Relation
from tmfkit.source.document import Path

MOST_REACHED = 500
"""How many offerings one question is about at most; with more, nothing is asked."""

MOST_SUBSETS = 2000
"""How many clauses the greatest number of a role may take; a looser one is left out."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the catalog that says something about what goes together."""

    owner: str
    path: Path
    words: str

    @property
    def key(self) -> Key:
        """The offering in which it stands."""
        return Key(ProductOffering.KIND, self.owner)


@dataclass(frozen=True, slots=True)
class Option:
    """One offering that may fill a role of a bundle."""

    owner: str
    role: str
    index: int
    target: str
    is_only_one: bool


@dataclass(frozen=True)
class Selection:
    """All lines within reach of an offering, and what follows from them."""

    offerings: tuple[ProductOffering, ...]
    _known: dict[tuple[str, ...], tuple[Line, ...]] = field(default_factory=dict, compare=False)

    @cached_property
    def excludes(self) -> bool:
        """Whether anything excludes something else within reach: without that, everything can be had together."""
        return any(relation.offering in self._ids for one in self.offerings for relation in _lasting(one.excludes))

    @cached_property
    def required(self) -> frozenset[str]:
        """What something requires."""
        return frozenset(str(relation.offering) for one in self.offerings for relation in _lasting(one.requires))

    @cached_property
    def _ids(self) -> frozenset[str]:
        return frozenset(one.id for one in self.offerings)

    def options(self, owner: str) -> Iterator[Option]:
        """What may fill the roles of one of the offerings."""
        for one in self.offerings:
            if one.id == owner:
                yield from _options(one)

    def clash(self, id: str, *, taking: Option | None = None, leaving: Collection[str] = ()) -> tuple[Line, ...]:
        """The fewest lines that forbid to have an offering, with an option taken or with others left out; none where it can be had."""
        asked = (id, *((taking.owner, taking.role, taking.target) if taking else ()), *sorted(leaving))
        if asked not in self._known:
            self._known[asked] = self._problem.clash(id, taking, leaving)
        return self._known[asked]

    @cached_property
    def _problem(self) -> "_Problem":
        return _Problem(self.offerings)


_LAST: WeakKeyDictionary[Catalog, tuple[str, Selection | None]] = WeakKeyDictionary()
"""The offering looked at last: several rules ask about one offering after the other."""


def selection_of(offering: ProductOffering, catalog: Catalog) -> Selection | None:
    """What an offering has to do with others; None where it neither contains nor requires any, or far too many."""
    if not (offering.bundle or offering.requires):
        return None
    last = _LAST.get(catalog)
    if last is None or last[0] != offering.id:
        last = (offering.id, _reached(offering, catalog))
        _LAST[catalog] = last
    return last[1]


def _reached(offering: ProductOffering, catalog: Catalog) -> Selection | None:
    found = {offering.id: offering}
    ahead = [offering]
    while ahead:
        for target in _targets(ahead.pop()):
            other = None if target in found else catalog.get(ProductOffering, target)
            if other is not None:
                found[target] = other
                ahead.append(other)
        if len(found) > MOST_REACHED:
            return None
    return Selection(tuple(found.values()))


def _targets(offering: ProductOffering) -> Iterator[str]:
    yield from (option.target for option in _options(offering))
    yield from (str(relation.offering) for relation in _lasting(offering.requires))


def _options(offering: ProductOffering) -> Iterator[Option]:
    for role, member in offering.bundle.items():
        targets = member.offerings(role)
        for index, target in enumerate(targets):
            if isinstance(target, str):
                yield Option(offering.id, role, index, target, len(targets) == 1)


def _lasting(relations: Iterable[Relation]) -> Iterator[Relation]:
    return filter(_is_lasting, relations)


def _is_lasting(relation: Relation) -> bool:
    return isinstance(relation.offering, str) and relation.from_ is None and relation.until is None


class _Problem:
    """The clauses, and the solver that has them."""

    def __init__(self, offerings: Sequence[ProductOffering]) -> None:
        from pysat.solvers import Minisat22  # type: ignore[import-untyped]

        self._numbers: dict[object, int] = {}
        self._lines: dict[int, Line] = {}
        self._solver = Minisat22()
        for offering in offerings:
            for option in _options(offering):
                self._solver.add_clause([-self._number(option), self._number(option.target)])
                self._solver.add_clause([-self._number(option), self._number(option.owner)])
            for role, member in offering.bundle.items():
                self._role(offering, role, member)
            self._relations(offering)

    def clash(self, id: str, taking: Option | None, leaving: Collection[str]) -> tuple[Line, ...]:
        """The fewest lines that forbid a choice; none where it is possible."""
        wanted = [self._number(id), *([self._number(taking)] if taking else []), *(-self._number(one) for one in leaving)]
        if self._solver.solve(assumptions=[*wanted, *self._lines]):
            return ()
        core = [number for number in self._solver.get_core() or () if number in self._lines]
        for number in list(core):
            fewer = [other for other in core if other != number]
            if not self._solver.solve(assumptions=[*wanted, *fewer]):
                core = fewer
        return tuple(self._lines[number] for number in sorted(core))

    def _role(self, offering: ProductOffering, role: str, member: Member) -> None:
        options = [option for option in _options(offering) if option.role == role]
        if len(options) < len(member.offerings(role)):
            return  # what is elsewhere can always be taken
        numbers = [self._number(option) for option in options]
        if member.fewest > 0:
            said = " or ".join(f"`{option.target}`" for option in options)
            self._line(offering, ("bundle", role), f"`{offering.id}` contains {said}", [[-self._number(offering.id), *numbers]])
        if member.most is not None and member.most < len(numbers):
            groups = list(combinations(numbers, member.most + 1)) if len(numbers) <= 20 else []
            if 0 < len(groups) <= MOST_SUBSETS:
                words = f"`{role}` of `{offering.id}` takes at most {member.most}"
                self._line(offering, ("bundle", role), words, [[-number for number in group] for group in groups])

    def _relations(self, offering: ProductOffering) -> None:
        own = self._number(offering.id)
        for index, relation in enumerate(offering.requires):
            if _is_lasting(relation):
                words = f"`{offering.id}` requires `{relation.offering}`"
                clause = [-own, self._number(relation.offering)]
                self._line(offering, ("requires", index, str(relation.offering)), words, [clause])
        for index, relation in enumerate(offering.excludes):
            if _is_lasting(relation):
                words = f"`{offering.id}` excludes `{relation.offering}`"
                clause = [-own, -self._number(relation.offering)]
                self._line(offering, ("excludes", index, str(relation.offering)), words, [clause])

    def _line(self, offering: ProductOffering, path: Path, words: str, clauses: Iterable[Sequence[int]]) -> None:
        number = self._number((offering.id, path, words))
        self._lines[number] = Line(offering.id, path, words)
        for clause in clauses:
            self._solver.add_clause([-number, *clause])

    def _number(self, what: object) -> int:
        return self._numbers.setdefault(what, len(self._numbers) + 1)
