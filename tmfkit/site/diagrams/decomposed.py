"""The picture of what offerings are made of: products, services, the network's services, resources, and who controls them."""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence

from tmfkit.model.audience import Section
from tmfkit.model.base import Key
from tmfkit.semantics.graph import Edge, around
from tmfkit.site.diagrams.figure import address, served
from tmfkit.site.diagrams.fitted import Subject, fitted
from tmfkit.site.diagrams.network import Box, Line
from tmfkit.site.edition import FOLDERS, Edition

LAYERS: Mapping[str, tuple[int, str]] = {
    "ProductOffering": (0, "offering"),
    "ProductSpecification": (1, "product"),
    "CustomerFacingServiceSpecification": (2, "service"),
    "ResourceFacingServiceSpecification": (3, "network"),
    "PhysicalResourceSpecification": (4, "resource"),
    "LogicalResourceSpecification": (4, "resource"),
    "System": (4, "system"),
}
"""The layer of each kind, and the colour of its boxes."""

_HEADS = ("offerings", "products", "services", "network-services", "resources-and-controllers")


def decomposition(edition: Edition, key: Key) -> str:
    """The picture for the page of an entity; empty where it is made of nothing that the audience is shown."""
    page = edition.path(key)
    return picture(edition, [key], page, edition.say("decomposition-picture", name=edition.title(key)))


def picture(edition: Edition, roots: Sequence[Key], page: str, title: str) -> str:
    """The picture of what several entities are made of, for the page at a path."""
    if not edition.shows(Section.DECOMPOSITION):
        return ""
    edges = _edges(edition, roots)
    shown = _nearest(roots, edges)
    if len(shown) <= len(roots) and not any(edge.user in shown and edge.used in shown for edge in edges):
        return ""
    boxes = [_box(edition, key, page if key not in roots or len(roots) > 1 else "") for key in shown]
    lines = [Line(str(edge.user), str(edge.used), ", ".join(edge.roles)) for edge in edges if edge.user in shown and edge.used in shown]
    bands = {box.band for box in boxes}
    subject = Subject(
        "decomposition",
        title,
        edition.say("decomposition-description", count=len(boxes)),
        boxes,
        lines,
        {band: edition.say(_HEADS[band]) for band in sorted(bands)},
        [str(key) for key in roots if key in shown],
    )
    return fitted(edition, subject, served(edition, "index.md", page))


def is_visible(edition: Edition, key: Key) -> bool:
    """Whether the audience is shown things of this kind."""
    return key.kind in LAYERS and edition.shows(FOLDERS[key.kind][1])


def _edges(edition: Edition, roots: Iterable[Key]) -> list[Edge]:
    found = {edge: None for root in roots for edge in around(root, edition.catalog).edges}
    return [edge for edge in found if is_visible(edition, edge.user) and is_visible(edition, edge.used)]


def _nearest(roots: Sequence[Key], edges: Iterable[Edge]) -> dict[Key, None]:
    """Everything that is reached, nearest first."""
    below: dict[Key, list[Key]] = {}
    for edge in edges:
        below.setdefault(edge.user, []).append(edge.used)
    found = dict.fromkeys(roots)
    waiting = deque(roots)
    while waiting:
        for key in below.get(waiting.popleft(), ()):
            if key not in found:
                found[key] = None
                waiting.append(key)
    return found


def _box(edition: Edition, key: Key, page: str) -> Box:
    band, sort = LAYERS[key.kind]
    return Box(str(key), edition.title(key), sort, address(edition, key, page) if page else "", band=band)
