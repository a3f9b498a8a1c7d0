"""Puts the steps of a plan into levels: what others refer to comes first, and what leaves the catalog goes in the opposite order.

A circle of references is broken by leaving attributes out until all of the circle exist.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from tmfkit.plan.circles import circles, closing, depths
from tmfkit.plan.steps import Action, Step
from tmfkit.tmf.addresses import Address
from tmfkit.tmf.roles import Link, link, rank

LEAVING = frozenset((Action.RETIRE, Action.REMOVE))
_MADE = frozenset((Action.CREATE, Action.ADOPT))
"""Steps without which there is nothing to point at."""

Pointed: TypeAlias = Callable[[Address], Sequence[tuple[str, Address]]]
"""What an item points at, and in which of its attributes."""


@dataclass(frozen=True, slots=True)
class Edge:
    """A reference from one item of the plan to another; `firm` when the other does not exist before its step."""

    source: Address
    attribute: str
    target: Address
    firm: bool


Cut: TypeAlias = Callable[[Edge], bool]


def ordered(steps: Iterable[Step], wanted: Pointed, known: Pointed) -> tuple[Step, ...]:
    """The steps by level, each with what it needs; `wanted` are the references as the catalog has them, `known` as they were sent last."""
    coming, leaving = _divided(steps)
    edges, later = _without_circles(coming, list(_edges(coming, wanted)))
    needs = _needs(edges)
    level = depths(coming, needs)
    made = {address: replace(step, level=level[address], later=later.get(address, ())) for address, step in coming.items()}
    firm = _needs(edge for edge in edges if edge.firm)
    written = [replace(step, needs=tuple(sorted(set(firm.get(address, ()))))) for address, step in made.items()]
    first = 1 + max(level.values(), default=-1)
    return tuple(sorted((*written, *_last(leaving, coming, known, first)), key=lambda step: (step.level, step.address)))


def _divided(steps: Iterable[Step]) -> tuple[dict[Address, Step], dict[Address, Step]]:
    coming: dict[Address, Step] = {}
    leaving: dict[Address, Step] = {}
    for step in sorted(steps, key=lambda step: step.address):
        (leaving if step.action in LEAVING else coming)[step.address] = step
    return coming, leaving


def _edges(steps: Mapping[Address, Step], pointed: Pointed) -> Iterator[Edge]:
    """The references of everything that is written to something that is written too, or has to be adopted first."""
    for source, step in steps.items():
        if step.action not in (Action.CREATE, Action.UPDATE):
            continue
        written = None if step.action is Action.CREATE else {field.attribute for field in step.fields}
        for attribute, target in pointed(source):
            if target in steps and (written is None or attribute in written):
                yield Edge(source, attribute, target, steps[target].action in _MADE)


def _without_circles(steps: Mapping[Address, Step], edges: list[Edge]) -> tuple[list[Edge], dict[Address, tuple[str, ...]]]:
    """The references that leave no circle, and the attributes that are written later for that."""
    later: dict[Address, set[str]] = defaultdict(set)
    edges = [edge for edge in edges if not _points_at_itself(edge, later)]
    nodes = list(steps)
    for is_cut in (_loose, _upwards, _related_beside_structure, _listed_by_its_parent):
        numbers = circles(nodes, _needs(edges))
        if not numbers:
            break
        inside = [edge for edge in edges if edge.source in numbers and numbers[edge.source] == numbers.get(edge.target)]
        edges = _cut(edges, is_cut(inside), later)
    closed = set(closing(nodes, _needs(edges)))
    edges = _cut(edges, [edge for edge in edges if (edge.source, edge.target) in closed], later)
    return edges, {address: tuple(sorted(names)) for address, names in later.items()}


def _points_at_itself(edge: Edge, later: dict[Address, set[str]]) -> bool:
    if edge.source != edge.target:
        return False
    if edge.firm:
        later[edge.source].add(edge.attribute)
    return True


def _cut(edges: list[Edge], cut: Iterable[Edge], later: dict[Address, set[str]]) -> list[Edge]:
    """Without some references; with one that is firm goes the whole attribute, because it is written as a whole."""
    gone = set(cut)
    attributes = {(edge.source, edge.attribute) for edge in gone if edge.firm}
    for source, attribute in attributes:
        later[source].add(attribute)
    return [edge for edge in edges if edge not in gone and (edge.source, edge.attribute) not in attributes]


def _loose(edges: Sequence[Edge]) -> list[Edge]:
    """Both exist already: their order is only a courtesy."""
    return [edge for edge in edges if not edge.firm]


def _upwards(edges: Sequence[Edge]) -> list[Edge]:
    """What lists others comes before them."""
    return [edge for edge in edges if _rank(edge.source) < _rank(edge.target)]


def _related_beside_structure(edges: Sequence[Edge]) -> list[Edge]:
    """Relationships give way where something is also made of parts."""
    related = [edge for edge in edges if _link(edge) is Link.RELATION]
    return related if len(related) < len(edges) else []


def _listed_by_its_parent(edges: Sequence[Edge]) -> list[Edge]:
    """A list gives way to the single reference that leads back."""
    back = {(edge.target, edge.source) for edge in edges if _link(edge) is Link.SINGLE}
    return [edge for edge in edges if _link(edge) is Link.LIST and (edge.source, edge.target) in back]


def _last(leaving: Mapping[Address, Step], coming: Mapping[Address, Step], known: Pointed, first: int) -> Iterator[Step]:
    """What leaves: after everything else, and what points at something before that."""
    if not leaving:
        return
    users: dict[Address, list[Address]] = defaultdict(list)
    for source in (*coming, *leaving):
        for target in {target for _, target in known(source) if target in leaving and target != source}:
            users[target].append(source)
    among = {target: [source for source in sources if source in leaving] for target, sources in users.items()}
    closed = set(closing(list(leaving), among))
    among = {target: [source for source in sources if (target, source) not in closed] for target, sources in among.items()}
    level = depths(leaving, among)
    for address, step in leaving.items():
        needs = [source for source in users.get(address, ()) if source in coming or source in among.get(address, ())]
        yield replace(step, level=first + level[address], needs=tuple(sorted(needs)))


def _needs(edges: Iterable[Edge]) -> dict[Address, list[Address]]:
    found: dict[Address, list[Address]] = defaultdict(list)
    for edge in edges:
        found[edge.source].append(edge.target)
    return found


def _rank(address: Address) -> int:
    return rank(address.dialect, address.resource)


def _link(edge: Edge) -> Link:
    return link(edge.source.dialect, edge.source.resource, edge.attribute)
