"""A graph of the catalog in the DOT language of Graphviz."""

from collections.abc import Iterator

from tmfkit.catalog import Catalog
from tmfkit.model.base import Key
from tmfkit.semantics.graph import Edge, Graph
from tmfkit.views.layers import LAYERS, label


def as_dot(graph: Graph, catalog: Catalog) -> str:
    """The graph, one box an entity, grouped by layer."""
    return "\n".join(_lines(graph, catalog))


def _lines(graph: Graph, catalog: Catalog) -> Iterator[str]:
    yield "digraph catalog {"
    yield "  rankdir=TB;"
    yield "  node [shape=box];"
    for number, layer in enumerate(LAYERS):
        inside = [key for key in graph.nodes if key.kind in layer.kinds]
        if inside:
            yield f"  subgraph cluster_{number} {{"
            yield f"    label={_quoted(layer.title)};"
            yield from (f"    {_name(key)} [label={_quoted(*filter(None, label(key, catalog)))}];" for key in inside)
            yield "  }"
    yield from (f"  {_edge(edge)}" for edge in graph.edges)
    yield "}"


def _edge(edge: Edge) -> str:
    roles = [f"label={_quoted(', '.join(edge.roles))}"] if edge.roles else []
    style = ["style=dashed"] if edge.field == "controller" else []
    settings = f" [{', '.join((*roles, *style))}]" if roles or style else ""
    return f"{_name(edge.user)} -> {_name(edge.used)}{settings};"


def _name(key: Key) -> str:
    return _quoted(f"{key.kind}/{key.id}")


def _quoted(*lines: str) -> str:
    """A text, or several lines of one, as DOT quotes it."""
    return '"' + r"\n".join(_escaped(line) for line in lines) + '"'


def _escaped(text: str) -> str:
    shown = "".join(sign if sign.isprintable() else " " for sign in text)
    return shown.replace("\\", "\\\\").replace('"', '\\"')
