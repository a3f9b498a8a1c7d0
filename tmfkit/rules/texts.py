"""Every text for people that an entity holds, with its place."""

from collections.abc import Iterator
from operator import attrgetter

from tmfkit.model.base import Described, Entity
from tmfkit.model.landscape import Vocabulary
from tmfkit.model.products import ProductOffering
from tmfkit.model.values import LocalizedText
from tmfkit.rules.parts import characteristics
from tmfkit.source.document import Path

_OWN = attrgetter("name", "description")
_OF_OFFERING = ("terms", "prices", "bundle")
_OF_VOCABULARY = ("channels", "segments", "places", "usage")


_LAST: dict[int, tuple[Entity, list[LocalizedText]]] = {}
"""The entity looked at last: the rules ask about one entity after the other."""


def texts_of(entity: Entity) -> Iterator[tuple[Path, LocalizedText]]:
    """Names, descriptions and labels of an entity and of its parts."""
    yield from _of((), entity)
    fields = _OF_OFFERING if type(entity) is ProductOffering else _OF_VOCABULARY if type(entity) is Vocabulary else ()
    for field in fields:
        for name, part in getattr(entity, field).items():
            yield from _of((field, name), part)
    for name, one in characteristics(entity).items():
        yield from _of(("characteristics", name), one)
        for value, label in (one.values or {}).items():
            if label.texts[0][0]:
                yield ("characteristics", name, "values", value), label


def bare_texts(entity: Entity) -> list[LocalizedText]:
    """The same texts without their places: the quick way to see that nothing is wrong."""
    last = _LAST.get(0)
    if last is None or last[0] is not entity:
        last = _LAST[0] = (entity, _bare(entity))
    return last[1]


def _bare(entity: Entity) -> list[LocalizedText]:
    parts: list[Described | Entity] = [entity]
    if type(entity) is ProductOffering:
        parts += (*entity.terms.values(), *entity.prices.values(), *entity.bundle.values())
    elif type(entity) is Vocabulary:
        parts += (part for field in _OF_VOCABULARY for part in getattr(entity, field).values())
    own = characteristics(entity).values()
    parts += own
    found = [part.name for part in parts if part.name is not None]
    found += [part.description for part in parts if part.description is not None]
    for one in own:
        if one.values:
            found += one.values.values()
    return found


def _of(path: Path, part: Described | Entity) -> Iterator[tuple[Path, LocalizedText]]:
    name, description = _OWN(part)
    if name is not None:
        yield (*path, "name"), name
    if description is not None:
        yield (*path, "description"), description
