"""A graph of the catalog as a Mermaid flowchart, which Git servers and editors draw in Markdown."""

from collections.abc import Iterator, Mapping

from tmfkit.catalog import Catalog
from tmfkit.model.base import Key
from tmfkit.semantics.graph import Edge, Graph
from tmfkit.views.layers import LAYERS, label

_KEPT = frozenset(" .,:;-_+/()'!?*=%€")
"""What may stand in a label as it is, beside letters and digits; everything else is written as a character code."""


def as_mermaid(graph: Graph, catalog: Catalog) -> str:
    """The flowchart, one box an entity, grouped by layer."""
    return "\n".join(_lines(graph, catalog))


def _lines(graph: Graph, catalog: Catalog) -> Iterator[str]:
    names = {key: f"n{number}" for number, key in enumerate(graph.nodes)}
    yield "flowchart TD"
    for number, layer in enumerate(LAYERS):
        inside = [key for key in graph.nodes if key.kind in layer.kinds]
        if inside:
            yield f'  subgraph layer{number}["{_text(layer.title)}"]'
            yield from (f'    {names[key]}["{_box(key, catalog)}"]' for key in inside)
            yield "  end"
    yield from (f"  {_edge(edge, names)}" for edge in graph.edges)


def _box(key: Key, catalog: Catalog) -> str:
    title, id = label(key, catalog)
    return f"{_text(title)}<br/>{_text(id)}" if id else _text(title)


def _edge(edge: Edge, names: Mapping[Key, str]) -> str:
    arrow = "-.->" if edge.field == "controller" else "-->"
    roles = f'|"{_text(", ".join(edge.roles))}"|' if edge.roles else ""
    return f"{names[edge.user]} {arrow}{roles} {names[edge.used]}"


def _text(text: str) -> str:
    return "".join(sign if sign.isalnum() or sign in _KEPT else f"#{ord(sign)};" if sign.isprintable() else " " for sign in text)
