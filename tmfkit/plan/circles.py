"""Finds circles among things that need each other, and how deep each thing stands once no circle is left; in one pass over all of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

N = TypeVar("N")


def circles(nodes: Sequence[N], needs: Mapping[N, Sequence[N]]) -> dict[N, int]:
    """For everything that is part of a circle, the number of that circle (Tarjan's strongly connected components).

    What needs itself alone is no circle here.
    """
    found: dict[N, int] = {}
    for number, members in enumerate(_components(nodes, needs)):
        if len(members) > 1:
            found.update(dict.fromkeys(members, number))
    return found


def _components(nodes: Sequence[N], needs: Mapping[N, Sequence[N]]) -> Iterator[list[N]]:
    """Written with stacks of its own: a chain of ten thousand things is deeper than Python calls."""
    index: dict[N, int] = {}
    lowest: dict[N, int] = {}
    waiting: list[N] = []
    is_waiting: set[N] = set()
    for start in nodes:
        if start in index:
            continue
        walk: list[tuple[N, Iterator[N]]] = [(start, iter(needs.get(start, ())))]
        index[start] = lowest[start] = len(index)
        waiting.append(start)
        is_waiting.add(start)
        while walk:
            node, following = walk[-1]
            target = next(following, None)
            if target is None:
                walk.pop()
                if walk:
                    above = walk[-1][0]
                    lowest[above] = min(lowest[above], lowest[node])
                if lowest[node] == index[node]:
                    yield _taken(waiting, is_waiting, node)
            elif target not in index:
                index[target] = lowest[target] = len(index)
                waiting.append(target)
                is_waiting.add(target)
                walk.append((target, iter(needs.get(target, ()))))
            elif target in is_waiting:
                lowest[node] = min(lowest[node], index[target])


def _taken(waiting: list[N], is_waiting: set[N], until: N) -> list[N]:
    members: list[N] = []
    while not members or members[-1] != until:
        members.append(waiting.pop())
        is_waiting.discard(members[-1])
    return members


def closing(nodes: Sequence[N], needs: Mapping[N, Sequence[N]]) -> Iterator[tuple[N, N]]:
    """The pairs that close a circle when everything is followed in the order of `nodes`: without them no circle is left."""
    done: set[N] = set()
    for start in nodes:
        if start in done:
            continue
        above = {start}
        walk: list[tuple[N, Iterator[N]]] = [(start, iter(needs.get(start, ())))]
        while walk:
            node, following = walk[-1]
            target = next(following, None)
            if target is None:
                walk.pop()
                above.discard(node)
                done.add(node)
            elif target in above:
                yield node, target
            elif target not in done:
                above.add(target)
                walk.append((target, iter(needs.get(target, ()))))


def depths(nodes: Iterable[N], needs: Mapping[N, Sequence[N]]) -> dict[N, int]:
    """How many things have to be there, one after the other, before each; there must be no circle."""
    found: dict[N, int] = {}
    for start in nodes:
        walk = [start]
        while walk:
            node = walk[-1]
            if node in found:
                walk.pop()
                continue
            missing = [target for target in needs.get(node, ()) if target not in found]
            if missing:
                walk.extend(missing)
                continue
            walk.pop()
            found[node] = 1 + max((found[target] for target in needs.get(node, ())), default=-1)
    return found
