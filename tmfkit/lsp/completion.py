"""What may be written where somebody types: keys of the language, ids of the right kinds, words of closed sets."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from tmfkit.catalog import Catalog
from tmfkit.lsp.look import at, document_at, identity, root_data
from tmfkit.lsp.meaning import Name, Place, entities, words
from tmfkit.lsp.raw import text as text_of
from tmfkit.lsp.shape import keys_at, words_at
from tmfkit.lsp.sketch import Role, Spot, sketch

MOST = 300
"""How many are offered at once; typing on narrows them."""

_PLAIN = re.compile(r"[A-Za-z0-9][\w./+ -]*")


class Sort(StrEnum):
    """What kind of word is offered."""

    KEY = "key"
    ENTITY = "entity"
    NAME = "name"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Offer:
    """A word that may be written: what is shown, what is said of it, and what it puts in place of the word that is there."""

    label: str
    sort: Sort
    says: str
    text: str


@dataclass(frozen=True, slots=True)
class Offers:
    """All that may be written between two characters; not `complete` when there is more."""

    start: int
    end: int
    offers: tuple[Offer, ...]
    complete: bool = True


def offers(text: str, index: int, catalog: Catalog) -> Offers:
    """What may be written at a place of a text, be it YAML already or not."""
    sketched = sketch(text, index)
    spot = sketched.spot
    if spot is None:
        return Offers(index, index, ())
    root = document_at(text, index)
    top = identity(root_data(root) if root is not None else sketched.data, catalog)
    word = text[spot.start : index]
    written = set(sketched.keys(spot.path)) - {text[spot.start : spot.end]}
    found: list[Offer] = []
    if spot.role is not Role.VALUE:
        found += (offer for offer in _keys(top, spot, text) if offer.label not in written)
    if spot.role is not Role.KEY:
        found += _values(top, spot, text, catalog)
    if spot.role is not Role.VALUE:
        place = at(top, (*spot.path, word), True)
        found += (offer for offer in _names(place, spot, text, catalog) if offer.label not in written)
    return _limited(found, word, spot)


def _limited(found: Iterable[Offer], word: str, spot: Spot) -> Offers:
    different = list({offer.label: offer for offer in reversed(list(found))}.values())[::-1]
    if len(different) <= MOST:
        return Offers(spot.start, spot.end, tuple(different))
    near = [offer for offer in different if word.casefold() in offer.label.casefold()]
    near.sort(key=lambda offer: not offer.label.casefold().startswith(word.casefold()))
    return Offers(spot.start, spot.end, tuple(near[:MOST]), len(near) <= MOST)


def _keys(top: Place, spot: Spot, text: str) -> Iterator[Offer]:
    path = spot.path
    for key in keys_at(top.kind, path, text_of(top.data, *map(str, path), "type")):
        yield Offer(key.name, Sort.KEY, key.says, _as_key(key.name, spot, text, ends_line=key.is_mapping))


def _names(place: Place, spot: Spot, text: str, catalog: Catalog) -> Iterator[Offer]:
    for sort, name in _meant(place, catalog):
        yield Offer(name.text, sort, name.says, _as_key(name.text, spot, text))


def _values(top: Place, spot: Spot, text: str, catalog: Catalog) -> Iterator[Offer]:
    for word in words_at(top.kind, spot.path):
        yield Offer(word, Sort.WORD, "", _as_value(word, spot, text))
    for sort, name in _meant(at(top, spot.path, False), catalog):
        yield Offer(name.text, sort, name.says, _as_value(name.text, spot, text))


def _meant(place: Place, catalog: Catalog) -> Iterator[tuple[Sort, Name]]:
    yield from ((Sort.ENTITY, name) for name in entities(place, catalog))
    yield from ((Sort.NAME, name) for name in words(place, catalog))


def _as_key(name: str, spot: Spot, text: str, ends_line: bool = False) -> str:
    rest = text[spot.end : spot.end + 80].split("\n", 1)[0]
    if rest.lstrip().startswith(":") or _is_quoted(spot, text):
        return name
    is_last = not rest.strip()
    return f"{_written(name)}:" if ends_line and is_last else f"{_written(name)}: "


def _as_value(word: str, spot: Spot, text: str) -> str:
    if _is_quoted(spot, text):
        return word
    gap = " " if spot.start and text[spot.start - 1] == ":" else ""
    return gap + _written(word)


def _written(word: str) -> str:
    return word if _PLAIN.fullmatch(word) else json.dumps(word, ensure_ascii=False)


def _is_quoted(spot: Spot, text: str) -> bool:
    return bool(spot.start) and text[spot.start - 1] in "\"'"
