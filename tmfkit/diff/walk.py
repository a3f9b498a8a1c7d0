"""Walks two trees of values side by side and tells each place in which they differ."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tmfkit.diff.change import Kind
from tmfkit.diff.timeline import Timeline, shifts
from tmfkit.diff.tree import Branch, Items, Leaf, Node, Words, said
from tmfkit.source.document import Path


@dataclass(frozen=True, slots=True)
class Difference:
    """A place in which two trees differ. `cohort` is whom it concerns, where a dated value tells new from existing customers.

    `place` is the part of the path that stands in the text: what follows it are words for a period or an element.
    """

    kind: Kind
    path: tuple[str, ...]
    before: Any
    after: Any
    cohort: str = "all"
    place: Path = ()


def differences(before: Branch, after: Branch) -> Iterator[Difference]:
    """Where two states of an entity differ, in the order of the language; what is there as a whole or not at all is told once."""
    yield from _order_of_discounts(before, after)
    yield from _branches((), _without_order(before), _without_order(after))


def _without_order(tree: Branch) -> Branch:
    return Branch({name: node for name, node in tree.parts.items() if name != "discounts"})


def _order_of_discounts(before: Branch, after: Branch) -> Iterator[Difference]:
    """Discounts apply in the order written: that of those that both states have."""
    rows = [node.value for tree in (before, after) if isinstance(node := tree.parts.get("discounts"), Leaf)]
    if len(rows) == 2:
        old, new = ([name for name in row if name in other] for row, other in (rows, rows[::-1]))
        if old != new:
            yield Difference(Kind.CHANGED, ("prices",), old, new, place=("prices",))


def _nodes(path: tuple[str, ...], before: Node | None, after: Node | None) -> Iterator[Difference]:
    match before, after:
        case (Leaf(implied=True), None) | (None, Leaf(implied=True)):
            return
        case Branch(), Branch():
            yield from _branches(path, before, after)
        case Timeline(), Timeline():
            for label, cohort, was, now in shifts(before, after):
                yield Difference(_kind(was, now), (*path, *filter(None, [label])), was, now, cohort, path)
        case Items(), Items():
            yield from _items(path, before, after)
        case Words(), Words():
            yield from _words(path, before, after)
        case _:
            was, now = (None if node is None else said(node) for node in (before, after))
            if was != now or (before is None) != (after is None):
                yield Difference(_kind(before, after), path, was, now, place=path)


def _branches(path: tuple[str, ...], before: Branch, after: Branch) -> Iterator[Difference]:
    for name in dict.fromkeys((*before.parts, *after.parts)):
        was, now = before.parts.get(name), after.parts.get(name)
        if (isinstance(was, Branch) and was.implied and now is None) or (isinstance(now, Branch) and now.implied and was is None):
            continue
        yield from _nodes((*path, name), was, now)


def _items(path: tuple[str, ...], before: Items, after: Items) -> Iterator[Difference]:
    if len(before.values) == len(after.values) == 1 and before != after:
        yield Difference(Kind.CHANGED, path, before.values[0], after.values[0], place=path)
        return
    for kind, one, other in ((Kind.REMOVED, before, after), (Kind.ADDED, after, before)):
        for item in one.values:
            if item not in other.values:
                was, now = (item, None) if kind is Kind.REMOVED else (None, item)
                yield Difference(kind, (*path, item), was, now, place=(*path, item))


def _words(path: tuple[str, ...], before: Words, after: Words) -> Iterator[Difference]:
    if bool(before.first) != bool(after.first):
        yield Difference(Kind.CHANGED, path, said(before), said(after), place=path)
        return
    if not before.first:
        if before.texts != after.texts:
            yield Difference(Kind.CHANGED, path, before.texts[""], after.texts[""], place=path)
        return
    for language in dict.fromkeys((*before.texts, *after.texts)):
        was, now = before.texts.get(language), after.texts.get(language)
        if was != now:
            yield Difference(_kind(was, now), (*path, language), was, now, place=(*path, language))
    if before.first != after.first and {before.first, after.first} <= set(before.texts) & set(after.texts):
        yield Difference(Kind.CHANGED, path, list(before.texts), list(after.texts), place=path)


def _kind(before: Any, after: Any) -> Kind:
    return Kind.ADDED if before is None else Kind.REMOVED if after is None else Kind.CHANGED
