"""A picture of a network that fits on a page: where it would be too much, the farthest boxes are left out and counted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tmfkit.site.diagrams.figure import Item, figure, tree
from tmfkit.site.diagrams.letters import written
from tmfkit.site.diagrams.network import Box, Line, network
from tmfkit.site.edition import Edition

MOST = (300, 200, 130, 80, 50)
"""How many boxes a picture has at most; the next number where it gets too heavy."""

HEAVIEST = 45_000
"""How many characters of a page a picture may take: pages stay below 100 kB."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a picture shows: the boxes nearest to what it is about first, the lines, and the boxes that its list begins with."""

    id: str
    title: str
    description: str
    boxes: Sequence[Box]
    lines: Sequence[Line]
    heads: Mapping[int, str]
    roots: Sequence[str]


def fitted(edition: Edition, subject: Subject, lists: str) -> str:
    """The picture as HTML; `lists` is the address of a page on which everything is found."""
    found = ""
    for most in MOST:
        found = _drawn(edition, subject, most, lists)
        if len(found) <= HEAVIEST:
            break
    return found


def _drawn(edition: Edition, subject: Subject, most: int, lists: str) -> str:
    boxes = subject.boxes[:most]
    shown = {box.id for box in boxes}
    lines = [line for line in subject.lines if line.start in shown and line.end in shown]
    left = len(subject.boxes) - len(boxes)
    more = ""
    if left:
        more = f'{written(edition.say("not-drawn", count=left))} <a href="{lists}">{written(edition.say("see-lists"))}</a>'
    items = _items(boxes, lines, [root for root in subject.roots if root in shown])
    drawing = network(subject.id, boxes, lines, subject.heads)
    return figure(edition, subject.id, subject.title, subject.description, drawing, items, more)


def _items(boxes: Iterable[Box], lines: Iterable[Line], roots: Iterable[str]) -> list[Item]:
    below: dict[str, list[str]] = {}
    notes: dict[str, str] = {}
    for line in lines:
        below.setdefault(line.start, []).append(line.end)
        notes.setdefault(line.end, line.label)
    items = {box.id: Item(box.name, box.href, ", ".join(filter(None, (box.note, notes.get(box.id, ""))))) for box in boxes}
    return list(tree(roots, below, items))
