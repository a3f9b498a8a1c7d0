"""Says the small words of the language in those of TM Forum: names, periods, ids, references."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from tmfkit.catalog import Catalog
from tmfkit.compile.bundle import Settings, Target
from tmfkit.model.base import Described, Entity, External, Key, Validity, instant
from tmfkit.model.values import LocalizedText
from tmfkit.tmf.common import ExternalIdentifier, Further, Ref, TimePeriod

_OUTSIDE_AN_ID = re.compile(r"[^A-Za-z0-9._-]")

NOUNS = {
    "CustomerFacingServiceSpecification": "ServiceSpecification",
    "ResourceFacingServiceSpecification": "ServiceSpecification",
    "PhysicalResourceSpecification": "ResourceSpecification",
    "LogicalResourceSpecification": "ResourceSpecification",
}
"""The sort of item that an entity becomes, where it has another name than the entity's kind."""


def wire_id(*parts: str) -> str:
    """An id for the catalog APIs; what ids may not hold becomes `-`."""
    return _OUTSIDE_AN_ID.sub("-", ".".join(filter(None, parts)))


def text(words: LocalizedText | None) -> str:
    """The text of the default language, empty where nothing is written."""
    return "" if words is None else words.default


def period(validity: Validity | None, zone: ZoneInfo) -> TimePeriod | None:
    """An interval as two moments; None for always."""
    if validity is None or (validity.from_ is None and validity.until is None):
        return None
    return TimePeriod(_moment(validity.from_, zone), _moment(validity.until, zone))


def _moment(moment: Any, zone: ZoneInfo) -> datetime | None:
    return None if moment is None else instant(moment, zone)


def identity(entity: Entity, settings: Settings) -> dict[str, Any]:
    """What every item takes over from its entity."""
    return {
        "id": entity.id,
        "name": entity.title,
        "description": text(entity.description),
        "version": entity.version,
        "lifecycle_status": entity.lifecycle.value,
        "last_update": settings.last_update,
        "valid_for": period(entity.valid_for, settings.zone),
        "external_identifiers": codes(code=entity.code),
    }


def codes(**ids: str | None) -> tuple[ExternalIdentifier, ...]:
    """The ids that outside systems use, by the key of the language that states each."""
    return tuple(ExternalIdentifier(id=id, type=type) for type, id in ids.items() if id is not None)


def reference(catalog: Catalog, kinds: tuple[str, ...], target: str | External) -> Ref:
    """A reference to another entity with its name and version, or to something outside the repository as far as it is described."""
    if isinstance(target, External):
        return outside(target)
    key = catalog.find(kinds, target)
    if key is None:
        return Ref(id=target, referred_type=kinds[0])
    summary = catalog.summaries[key]
    return Ref(id=target, name=summary.title, version=summary.version, referred_type=key.kind)


def outside(target: External) -> Ref:
    """A reference to something that lives elsewhere: its address is known only if it is written."""
    return Ref(
        id=target.external,
        name=text(target.name),
        version=target.version or "",
        referred_type=target.type or "",
        href=target.href or "",
        outside=True,
    )


def references(catalog: Catalog, kinds: tuple[str, ...], targets: Iterable[str | External]) -> tuple[Ref, ...]:
    """Several references, in the order written, each once."""
    found = [reference(catalog, kinds, target) for target in targets]
    return tuple({ref.id: ref for ref in found}.values()) if len(found) > 1 else tuple(found)


def referring(catalog: Catalog, key: Key, kinds: tuple[str, ...]) -> tuple[Ref, ...]:
    """References back to the published entities of some kinds that refer to this one."""
    found = (catalog.summaries[other] for other in catalog.referrers(key) if other.kind in kinds)
    return tuple(Ref(id=one.key.id, name=one.title, version=one.version, referred_type=one.key.kind) for one in found if one.usable)


def targets(noun: str, refs: Iterable[Ref | None]) -> tuple[Target, ...]:
    """What references point to inside the catalog APIs that are published."""
    return tuple(Target(noun, ref.id) for ref in refs if ref is not None and not ref.outside)


def translations(words: Iterable[tuple[str, LocalizedText | None]]) -> Iterator[Further]:
    """The texts in other languages than the default one, and which language that is; each text under its path in the entity."""
    spoken: dict[str, dict[str, str]] = {}
    default = ""
    for path, found in words:
        if found is None or not found.texts[0][0]:
            continue
        default = default or found.texts[0][0]
        for language, said in found.texts:
            if language != default:
                spoken.setdefault(language, {})[path] = said
    if default:
        yield Further("language", default)
    if spoken:
        yield Further("translations", spoken)


def own_words(entity: Entity) -> Iterator[tuple[str, LocalizedText | None]]:
    """The texts of an entity itself, by their keys."""
    yield "name", entity.name
    yield "description", entity.description


def part_words(field: str, parts: Mapping[str, Described]) -> Iterator[tuple[str, LocalizedText | None]]:
    """The texts of the named parts of an entity, by their paths."""
    for name, part in parts.items():
        if part.name is not None:
            yield f"{field}/{name}/name", part.name
        if part.description is not None:
            yield f"{field}/{name}/description", part.description
