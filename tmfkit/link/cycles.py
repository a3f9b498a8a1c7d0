"""Finds entities that are made of themselves, directly or by way of others."""

from collections.abc import Iterator, Mapping

from tmfkit.catalog import Catalog
from tmfkit.diagnostics.model import Diagnostic, Severity
from tmfkit.model.base import Key
from tmfkit.source.text import Span

COMPOSITION = frozenset(("parent", "bundle", "services", "contains"))
"""The fields whose references say that one thing is made of, or lies within, another."""

Graph = Mapping[Key, tuple[Key, ...]]


def cycles(catalog: Catalog) -> Iterator[Diagnostic]:
    """One finding for each circle, at its first entity in the order of the keys, with the whole path."""
    graph = {key: tuple(_parts(catalog, key)) for key in catalog.summaries}
    for circle in _circles({key: parts for key, parts in graph.items() if parts}):
        key, following = circle[0], circle[1 % len(circle)]
        path = " → ".join(step.id for step in (*circle, key))
        message = f"this {key.kind} is made of itself: {path}"
        yield Diagnostic("TK103", Severity.ERROR, message, _place(catalog, key, following), help="take one of these references out")


def _parts(catalog: Catalog, key: Key) -> Iterator[Key]:
    return (target for link, target in catalog.targets(key) if link.field in COMPOSITION)


def _place(catalog: Catalog, key: Key, following: Key) -> Span:
    entity = catalog.entity(key)
    for reference in entity.references() if entity else ():
        if reference.id == following.id and following.kind in reference.kinds:
            return catalog.reference_span(key, reference)
    return catalog.span(key, ("id",))


def _circles(graph: Graph) -> Iterator[tuple[Key, ...]]:
    """Depth first, without recursion: a catalog may be deeper than Python's stack. A circle is reported once."""
    done: set[Key] = set()
    for start in sorted(graph):
        if start not in done:
            yield from _walk(graph, start, done)


def _walk(graph: Graph, start: Key, done: set[Key]) -> Iterator[tuple[Key, ...]]:
    path = [start]
    on_path = {start: 0}
    branches = [iter(graph.get(start, ()))]
    while branches:
        following = next(branches[-1], None)
        if following is None:
            branches.pop()
            finished = path.pop()
            del on_path[finished]
            done.add(finished)
        elif following in on_path:
            yield _from_least(tuple(path[on_path[following] :]))
        elif following not in done:
            on_path[following] = len(path)
            path.append(following)
            branches.append(iter(graph.get(following, ())))


def _from_least(circle: tuple[Key, ...]) -> tuple[Key, ...]:
    least = circle.index(min(circle))
    return circle[least:] + circle[:least]
