"""What the words at a place of a document stand for: entities, characteristics, prices, roles, terms, words of the vocabulary."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from pydantic import ValidationError

from tmfkit.catalog import Catalog
from tmfkit.load.parse import Fields
from tmfkit.lsp.raw import names, part, said, text
from tmfkit.model.base import Key
from tmfkit.model.conditions import ACTIONS, CUSTOMERS, FACTS
from tmfkit.model.kinds import KINDS
from tmfkit.model.landscape import Vocabulary
from tmfkit.model.services import RESOURCES, SERVICES
from tmfkit.model.units import UNITS
from tmfkit.source.document import Data, Path

_PROBE = "probe-of-the-editor"
_TARGETS = ("service", "resource", "offering", "of")
_CFS = ("CustomerFacingServiceSpecification",)
_OFFERING = "ProductOffering"
_PRODUCT = "ProductSpecification"


@dataclass(frozen=True)
class Place:
    """A place in a document: its kind, the way to a value, or, `at_key`, to a key (which then ends the way), and what the document says."""

    kind: str
    key: Key | None
    path: Path
    at_key: bool
    data: Fields = field(default_factory=dict)

    @property
    def way(self) -> tuple[str, ...]:
        """The keys of the path; items of lists are not told apart."""
        keys = tuple(one for one in self.path if isinstance(one, str))
        return ("prices", "", *keys) if self.kind == "ProductOfferingPrice" else keys


class Name(NamedTuple):
    """A word with its meaning: what it is in a few words, and the entity and part of it that it stands for."""

    text: str
    says: str
    key: Key | None = None
    path: Path = ()


def kinds_at(place: Place) -> tuple[str, ...]:
    """The kinds of which an entity is named at a place; none where no id belongs."""
    if place.path == ("extends",) and not place.at_key:
        return (place.kind,)
    if place.kind not in KINDS or not place.path:
        return ()
    inner = part(place.data, *map(str, place.path)) if place.at_key else None
    written = tuple((name, names(inner[name])[0]) for name in _TARGETS if isinstance(inner, dict) and names(inner.get(name)))
    return _kinds(place.kind, place.path, place.at_key, written)


@lru_cache(maxsize=4096)
def _kinds(kind: str, path: Path, at_key: bool, written: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """Asks the model: an entity with only this part tells to what it refers."""
    value: Any = {_PROBE: dict(written)} if at_key else _PROBE
    for step in reversed(path[:-1] if at_key else path):
        value = [value] if isinstance(step, int) else {step: value}
    bare = {"kind": kind, "id": "x", "name": "x", "abstract": "true"}
    needed = {name: "Active" if name == "lifecycle" else "crm" for name in ("lifecycle", "role") if name in KINDS[kind].model.model_fields}
    try:
        entity = KINDS[kind].model.model_validate({**bare, **needed, **value})
        return next((found.kinds for found in entity.references() if found.id == _PROBE), ())
    except (ValidationError, TypeError):
        return ()


def named(place: Place, word: str, catalog: Catalog) -> Name | None:
    """What a word means at a place."""
    target = catalog.find(kinds_at(place), word)
    if target is not None:
        return Name(word, describe(target, catalog), target)
    return next((name for name in words(place, catalog) if name.text == word), None)


def entities(place: Place, catalog: Catalog) -> Iterator[Name]:
    """The entities that may be named at a place."""
    for kind in kinds_at(place):
        for summary in catalog.summaries.values():
            if summary.key.kind == kind:
                yield Name(summary.key.id, describe(summary.key, catalog), summary.key)


def describe(key: Key, catalog: Catalog) -> str:
    """An entity in a few words."""
    summary = catalog.summaries[key]
    state = f", {summary.lifecycle}" if summary.usable and key.kind == _OFFERING else ""
    base = ", a base for others" if summary.abstract else ""
    return f"{key.kind}{state}{base}" + (f": {summary.title}" if summary.title != key.id else "")


def words(place: Place, catalog: Catalog) -> Iterator[Name]:
    """The names, other than those of entities, that may be written at a place."""
    data, way = place.data, place.way
    match way:
        case ("channels" | "segments" | "places",) if place.kind == _OFFERING:
            yield from _vocabulary(way[0], catalog)
        case ("prices", _, "tax"):
            yield from _vocabulary("taxes", catalog)
        case ("prices", _, "usage"):
            yield from _vocabulary("usage", catalog)
        case ("prices", _, "reduces"):
            yield from _prices(place, catalog)
        case ("prices", price, "by"):
            yield from subjects(place, catalog, price)
        case ("prices", _, "count"):
            yield from (*_characteristics(_product(place)[0], catalog), *_roles(place))
        case ("prices", _, "shared"):
            yield from _roles(place)
        case ("prices", price, "when" | "unless", subject):
            yield from subjects(place, catalog, price) if place.at_key else values(place, subject, catalog, price)
        case ("prices", price, "table", *keys) if place.at_key:
            asked = names(part(data, *_price(place, price), "by"))
            yield from values(place, asked[len(keys) - 1], catalog, price) if 0 < len(keys) <= len(asked) else ()
        case ("choices", name):
            found = _characteristics(_product(place)[0], catalog)
            yield from found if place.at_key else _allowed(_product(place)[0], name, catalog)
        case ("characteristics", name, "default"):
            yield from _allowed_in(place.key, part(data, "characteristics", name), name)
        case ("constraints", _, "when" | "then", subject):
            yield from subjects(place, catalog) if place.at_key else values(place, subject, catalog)
        case ("services" | "resources", role, *rest):
            yield from _in_role(place, role, tuple(rest), catalog)
        case (*_, "unit"):
            yield from (Name(unit.name, f"a unit of {unit.dimension}") for unit in UNITS.values())
        case (*_, "name" | "description", _) if place.at_key:
            yield from _vocabulary("languages", catalog)


def _in_role(place: Place, role: str, rest: tuple[str, ...], catalog: Catalog) -> Iterator[Name]:
    match rest:
        case ("when" | "unless", subject):
            yield from subjects(place, catalog) if place.at_key else values(place, subject, catalog)
        case ("count",):
            yield from (*_own(place), *_roles(place))
        case ("with", name) if place.at_key:
            yield from _characteristics(_target(place, role, catalog), catalog)
        case ("with", name) | ("with", name, "constant") | ("with", name, "map", _) | ("with", name, "else") if not place.at_key:
            yield from _allowed(_target(place, role, catalog), name, catalog)
        case ("with", _, "from" | "by"):
            yield from (*_own(place), *_siblings(place, role, catalog))
        case ("with", name, "map", _):
            source = text(place.data, way_of(place)[0], role, "with", name, "from")
            yield from values(place, source, catalog)


def way_of(place: Place) -> tuple[str, ...]:
    """The way to a place as it is in the document's data."""
    return tuple(str(one) for one in place.path)


def subjects(place: Place, catalog: Catalog, price: str = "") -> Iterator[Name]:
    """What a condition or a table may ask about."""
    if place.kind in (_OFFERING, "ProductOfferingPrice"):
        yield from _characteristics(_product(place)[0], catalog)
        metered = text(place.data, *_price(place, price), "usage")
        for name in names(part(said(_vocabulary_key(catalog), catalog), "usage", metered, "dimensions")):
            yield Name(name, f"a dimension of {metered}", _vocabulary_key(catalog), ("usage", metered, "dimensions", name))
    else:
        yield from _own(place)
    yield from _roles(place)
    yield from (Name(fact, "a fact of the order") for fact in FACTS)


def values(place: Place, subject: str, catalog: Catalog, price: str = "") -> Iterator[Name]:
    """The values that a subject of a condition may have."""
    match subject:
        case "channel" | "segment" | "place":
            yield from _vocabulary(f"{subject}s", catalog)
        case "term":
            yield from (Name(term, "a term", place.key, ("terms", term)) for term in names(place.data.get("terms")))
        case "action":
            yield from (Name(word, "what is ordered") for word in ACTIONS)
        case "customer":
            yield from (Name(word, "who orders") for word in CUSTOMERS)
        case _:
            if place.kind in (_OFFERING, "ProductOfferingPrice"):
                yield from _allowed(_product(place)[0], subject, catalog)
            else:
                yield from _allowed_in(place.key, part(place.data, "characteristics", subject), subject)
            metered = text(place.data, *_price(place, price), "usage")
            for word in names(part(said(_vocabulary_key(catalog), catalog), "usage", metered, "dimensions", subject)):
                yield Name(word, f"a {subject} of {metered}", _vocabulary_key(catalog), ("usage", metered, "dimensions", subject))


def _price(place: Place, price: str) -> tuple[str, ...]:
    return ("prices", price) if place.kind == _OFFERING else ()


def _product(place: Place) -> tuple[Key | None, str]:
    found = text(place.data, "product")
    return (Key(_PRODUCT, found) if found else None), found


def _own(place: Place) -> Iterator[Name]:
    for name, found in _mapping(place.data.get("characteristics")):
        yield Name(name, _nature(found), place.key, ("characteristics", name))


def _characteristics(key: Key | None, catalog: Catalog) -> Iterator[Name]:
    for name, found in _mapping(said(key, catalog).get("characteristics")):
        yield Name(name, f"{_nature(found)} of {key.id}" if key else _nature(found), key, ("characteristics", name))


def _mapping(data: Data) -> Iterable[tuple[str, Data]]:
    return data.items() if isinstance(data, dict) else [(name, None) for name in names(data)]


def _nature(data: Data) -> str:
    unit = text(data, "unit")
    return f"a characteristic ({text(data, 'type') or 'string'}{f' in {unit}' if unit else ''})"


def _allowed(key: Key | None, name: str, catalog: Catalog) -> Iterator[Name]:
    yield from _allowed_in(key, part(said(key, catalog), "characteristics", name), name)


def _allowed_in(key: Key | None, data: Data, name: str) -> Iterator[Name]:
    """The values that a characteristic lists."""
    if text(data, "type") == "boolean":
        yield from (Name(word, f"a value of {name}", key, ("characteristics", name)) for word in ("true", "false"))
    for value in names(part(data, "values")):
        yield Name(value, f"a value of {name}", key, ("characteristics", name, "values", value))


def _roles(place: Place) -> Iterator[Name]:
    for name in ("bundle", "services", "resources"):
        for role in names(place.data.get(name)):
            yield Name(role, "a role", place.key, (name, role))


def _prices(place: Place, catalog: Catalog) -> Iterator[Name]:
    """The prices that a discount may reduce: those beside it, and those of the members of a bundle."""
    yield from (Name(name, "a price beside it", place.key, ("prices", name)) for name in names(place.data.get("prices")))
    for role in names(place.data.get("bundle")):
        inner = part(place.data, "bundle", role)
        for offering in names(part(inner, "of")) or [text(inner, "offering") or role]:
            key = Key(_OFFERING, offering)
            for name in names(said(key, catalog).get("prices")):
                yield Name(f"{role}/{name}", f"a price of {offering}", key, ("prices", name))
                if offering != role:
                    yield Name(f"{offering}/{name}", f"a price of {offering}", key, ("prices", name))


def _target(place: Place, role: str, catalog: Catalog) -> Key | None:
    """What fills a role of a specification."""
    where = "resources" if place.path[0] == "resources" else "services"
    wanted = text(place.data, where, role, where.removesuffix("s")) or role
    kinds = RESOURCES if where == "resources" else _CFS if place.kind == _PRODUCT else SERVICES
    return catalog.find(kinds, wanted)


def _siblings(place: Place, role: str, catalog: Catalog) -> Iterator[Name]:
    for other in names(place.data.get(str(place.path[0]))):
        if other != role:
            target = _target(place, other, catalog)
            for name in _characteristics(target, catalog):
                yield Name(f"{other}/{name.text}", name.says, target, name.path)


def _vocabulary_key(catalog: Catalog) -> Key | None:
    return next((summary.key for summary in catalog.summaries.values() if summary.key.kind == Vocabulary.KIND), None)


def _vocabulary(field: str, catalog: Catalog) -> Iterator[Name]:
    key = _vocabulary_key(catalog)
    found = said(key, catalog).get(field)
    for word in names(found):
        title = text(part(found, word), "name") or next(iter(names_of_languages(part(found, word))), "")
        yield Name(word, f"a word of the vocabulary{f': {title}' if title else ''}", key, (field, word))


def names_of_languages(data: Data) -> list[str]:
    """The name of something in each language that is written."""
    found = part(data, "name")
    return [str(word) for word in found.values()] if isinstance(found, dict) else []
