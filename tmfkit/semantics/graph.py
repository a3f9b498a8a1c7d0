"""The catalog as a graph: who is made of what, around one entity or as a whole."""

from collections import deque
from collections.abc import Callable, Iterator
from typing import NamedTuple

from tmfkit.catalog import Catalog, Link
from tmfkit.model.base import Key, Reference
from tmfkit.semantics.directions import Direction

COMPOSED = frozenset(("product", "bundle", "services", "resources", "controller", "contains"))
"""The fields that say what something is made of."""

GROUPED = COMPOSED | {"categories", "parent", "prices"}
"""These, and the fields that say where something belongs and what it shares: the ways up from an entity."""


class Edge(NamedTuple):
    """One entity that is made of another; `roles` are the names of the other there, where they are not its id."""

    user: Key
    used: Key
    field: str
    roles: tuple[str, ...] = ()


class Graph(NamedTuple):
    """Entities and what leads from one to another, both sorted."""

    nodes: tuple[Key, ...]
    edges: tuple[Edge, ...]


def whole(catalog: Catalog) -> Graph:
    """Everything that is made of something else, or that something else is made of."""
    edges = sorted(Edge(key, used, link.field) for key in catalog.summaries for link, used in _down(key, catalog, COMPOSED))
    return Graph(tuple(sorted({key for edge in edges for key in edge[:2]})), tuple(edges))


def around(key: Key, catalog: Catalog, direction: Direction = Direction.DOWN, depth: int | None = None) -> Graph:
    """What an entity reaches, and itself: at most `depth` steps away, however far where that is None."""
    edges: set[Edge] = set()
    nodes = {key}
    if direction is not Direction.UP:
        nodes |= _walk(key, depth, edges, lambda at: (Edge(at, used, link.field) for link, used in _down(at, catalog, COMPOSED)))
    if direction is not Direction.DOWN:
        nodes |= _walk(key, depth, edges, lambda at: _up(at, catalog))
    return Graph(tuple(sorted(nodes)), tuple(sorted(_labelled(edge, catalog) for edge in edges)))


def _walk(start: Key, depth: int | None, edges: set[Edge], steps: Callable[[Key], Iterator[Edge]]) -> set[Key]:
    """All that is reached, nearest first; the ways there are added to `edges`."""
    seen = {start}
    waiting = deque([(start, 0)])
    while waiting:
        at, far = waiting.popleft()
        if depth is not None and far >= depth:
            continue
        for edge in steps(at):
            edges.add(edge)
            following = edge.used if edge.user == at else edge.user
            if following not in seen:
                seen.add(following)
                waiting.append((following, far + 1))
    return seen


def _down(key: Key, catalog: Catalog, fields: frozenset[str]) -> Iterator[tuple[Link, Key]]:
    return ((link, used) for link, used in catalog.targets(key) if link.field in fields)


def _up(key: Key, catalog: Catalog) -> Iterator[Edge]:
    for user in catalog.referrers(key):
        yield from (Edge(user, used, link.field) for link, used in _down(user, catalog, GROUPED) if used == key)


def _labelled(edge: Edge, catalog: Catalog) -> Edge:
    """The same with the roles that the used one has in the user."""
    entity = catalog.entity(edge.user)
    references = entity.references() if entity is not None else iter(())
    return edge._replace(roles=tuple(dict.fromkeys(role for found in references if (role := _role(found, edge)))))


def _role(found: Reference, edge: Edge) -> str:
    if found.path[0] != edge.field or found.id != edge.used.id or edge.used.kind not in found.kinds or len(found.path) < 2:
        return ""
    name = str(found.path[1])
    return name if name != edge.used.id and not isinstance(found.path[1], int) else ""
