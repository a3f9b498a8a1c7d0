"""When a price holds is the same everywhere: no file states an amount for a time in which the catalog APIs do not publish it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tmfkit.generate.statements import Statement


class Stray(NamedTuple):
    """A statement whose period is not that of its price, and the catalog API whose period comes nearest."""

    odd: Statement
    life: Statement


def strays(stated: Iterable[Statement]) -> Iterator[Stray]:
    """One for each file and price: the first statement that leaves the life in which some catalog API publishes the price.

    A system may state less: it knows the day of the release alone, or no end at all. An open side counts as stated as soon as the
    same system states that side of any other price, for then an open one says `always`.
    """
    every = list(stated)
    lives: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for one in every:
        if not one.system:
            lives[one.amount.offering, one.amount.charge].append(one)
    begun = {one.origin for one in every if one.begins is not None}
    ended = {one.origin for one in every if one.ends is not None}
    told: set[tuple[str, str, str]] = set()
    for one in sorted((one for one in every if one.system), key=lambda one: (one.file, one.amount.line)):
        known = lives[one.amount.offering, one.amount.charge]
        voice = (one.file, one.amount.offering, one.amount.charge)
        if not known or voice in told or any(_within(one, life, one.origin in begun, one.origin in ended) for life in known):
            continue
        told.add(voice)
        yield Stray(one, min(known, key=lambda life: life.file))


def _within(one: Statement, life: Statement, begun: bool, ended: bool) -> bool:
    early = life.begins is not None and (one.begins < life.begins if one.begins is not None else begun)
    late = life.ends is not None and (one.ends > life.ends if one.ends is not None else ended)
    return not (early or late)


def words_of(one: Statement) -> str:
    """The period of a statement in words, its moments with their zone: midnight here is another day elsewhere."""
    said = [f"{word} {at.isoformat()}" for word, at in (("from", one.begins), ("until", one.ends)) if at is not None]
    return " ".join(said) or "always"
