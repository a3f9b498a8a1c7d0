"""Which attributes of an item a client wants to see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias

_Tree: TypeAlias = "dict[str, _Tree]"


@dataclass(frozen=True, slots=True)
class Fields:
    """A selection by paths; without any, only what is always shown. An attribute that is not there is not missed."""

    paths: tuple[tuple[str, ...], ...]

    def shown(self, body: dict[str, Any], always: Iterable[str]) -> dict[str, Any]:
        """The part of an item that was asked for, in the order of the item, with the attributes of `always` at every level."""
        tree: _Tree = {}
        for path in sorted(self.paths, key=len):
            _plant(tree, path)
        return _pruned(body, tree, frozenset(always))


def _plant(tree: _Tree, path: tuple[str, ...]) -> None:
    """Shorter paths come first: what is wanted whole is not cut down by a longer one."""
    for depth, name in enumerate(path):
        if name in tree and not tree[name]:
            return
        last = depth == len(path) - 1
        tree = tree.setdefault(name, {})
        if last:
            tree.clear()


def _pruned(body: dict[str, Any], tree: _Tree, always: frozenset[str]) -> dict[str, Any]:
    return {name: _part(value, tree.get(name, {}), always) for name, value in body.items() if name in tree or name in always}


def _part(value: Any, tree: _Tree, always: frozenset[str]) -> Any:
    if not tree:
        return value
    if isinstance(value, list):
        return [_part(element, tree, always) for element in value]
    return _pruned(value, tree, always) if isinstance(value, dict) else value
