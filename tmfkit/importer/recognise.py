"""Finds out which resource of which API and version a payload is: by its `@type`, else by its keys and its file's name."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from tmfkit.importer.notes import Notebook
from tmfkit.importer.read import Source
from tmfkit.tmf.dialects import Dialect


@dataclass(frozen=True, slots=True)
class Payload:
    """A payload of a known resource: `noun` is the sort of item, `type` what it says of itself, `body` its JSON.

    `called` has the names of parts that the language cannot have, by those that the parts got instead.
    """

    source: Source
    noun: str
    type: str
    dialect: Dialect
    body: dict[str, Any]
    called: Mapping[str, str] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """Which payload it is, as people write it."""
        return self.source.place


@dataclass(frozen=True, slots=True)
class Sort:
    """One sort of item: the names that its `@type` has, and keys that only it has."""

    api: str
    types: tuple[str, ...]
    keys: tuple[str, ...]


SORTS = MappingProxyType(
    {
        "ProductOffering": Sort(
            "620",
            ("ProductOffering",),
            (
                "isSellable", "statusReason", "productOfferingPrice", "prodSpecCharValueUse", "productOfferingTerm", "productSpecification",
                "bundledProductOffering", "bundledGroupProductOffering", "productOfferingRelationship", "marketSegment", "channel",
            ),
        ),
        "ProductOfferingPrice": Sort(
            "620",
            ("ProductOfferingPrice",),
            (
                "priceType", "price", "recurringChargePeriodType", "recurringChargePeriodLength", "recurringChargePeriod", "percentage",
                "popRelationship", "bundledPopRelationship", "pricingLogicAlgorithm", "unitOfMeasure", "tax",
            ),
        ),
        "ProductSpecification": Sort(
            "620",
            ("ProductSpecification",),
            (
                "productSpecCharacteristic", "productNumber", "brand", "bundledProductSpecification", "productSpecificationRelationship",
                "targetProductSchema",
            ),
        ),
        "Category": Sort("620", ("Category", "ProductCategory"), ("productOffering", "isRoot", "parentId", "parent", "subCategory")),
        "Catalog": Sort("620", ("Catalog", "ProductCatalog"), ("catalogType",)),
        "ServiceSpecification": Sort(
            "633",
            ("ServiceSpecification", "CustomerFacingServiceSpecification", "ResourceFacingServiceSpecification", "CFSS", "RFSS"),
            (
                "specCharacteristic", "serviceSpecCharacteristic", "serviceSpecRelationship", "targetServiceSchema", "targetEntitySchema",
                "serviceLevelSpecification", "featureSpecification", "entitySpecRelationship",
            ),
        ),
        "ServiceCandidate": Sort("633", ("ServiceCandidate",), ("serviceSpecification",)),
        "ServiceCategory": Sort("633", ("ServiceCategory",), ("serviceCandidate", "isRoot", "parentId")),
        "ServiceCatalog": Sort("633", ("ServiceCatalog",), ()),
        "ResourceSpecification": Sort(
            "634",
            (
                "ResourceSpecification", "PhysicalResourceSpecification", "LogicalResourceSpecification", "ResourceFunctionSpecification",
                "ResourceSpec", "PhysicalResourceSpec", "LogicalResourceSpec",
            ),
            ("resourceSpecCharacteristic", "resourceSpecRelationship", "vendor", "model", "sku", "targetResourceSchema"),
        ),
        "ResourceCandidate": Sort("634", ("ResourceCandidate",), ("resourceSpecification",)),
        "ResourceCategory": Sort("634", ("ResourceCategory",), ("resourceCandidate", "isRoot", "parentId")),
        "ResourceCatalog": Sort("634", ("ResourceCatalog",), ()),
    }
)  # fmt: skip
"""Every sort of item that can be imported."""

_BY_TYPE = {type: noun for noun, sort in SORTS.items() for type in sort.types}
_BY_FOLDED = {type.casefold(): type for type in _BY_TYPE}
_V5_KEYS = frozenset(
    "bundledGroupProductOffering allowedAction externalIdentifier policy productOfferingCharacteristic intentSpecification".split()
)
_V5_TYPES = re.compile(r"\w+(Ref|CharacteristicValueSpecification|CharacteristicSpecification|RefOrPartyRoleRef)")


def recognise(source: Source, notebook: Notebook) -> Payload | None:
    """What a payload is; None, with a note, for what no catalog API keeps."""
    said = [source.body.get(key) for key in ("@type", "type", "@baseType")]
    for place, type in enumerate(said):
        if isinstance(type, str) and type.casefold() in _BY_FOLDED:
            found = _BY_FOLDED[type.casefold()]
            if place:
                notebook.doubt(("@type",), f"no item has the type `{said[0] or ''}`; it is taken as a {found}")
            return _payload(source, _BY_TYPE[found], found)
    if said[0] is not None:
        notebook.leave(f"`{said[0]}` is no type of a catalog item", ("@type",))
        return None
    return _guessed(source, notebook)


def _guessed(source: Source, notebook: Notebook) -> Payload | None:
    scores = {noun: sum(key in source.body for key in sort.keys) for noun, sort in SORTS.items()}
    best = max(scores.values())
    nouns = [noun for noun, score in scores.items() if score == best]
    named = _named(source.file, nouns if best else list(SORTS))
    noun = nouns[0] if best and len(nouns) == 1 else named
    if noun is None:
        notebook.leave("it has no `@type`, and neither its keys nor the name of its file tell what it is")
        return None
    notebook.doubt((), f"it has no `@type`; its {'keys' if noun in nouns and best else 'file'} look like a {noun}")
    return _payload(source, noun, noun)


def _named(file: str, nouns: list[str]) -> str | None:
    """The sort of item whose name stands in the path of the file, the end of the path first."""
    for part in reversed(re.split(r"[\\/]", file.removesuffix(".json"))):
        squeezed = re.sub(r"[^a-z]", "", part.lower())
        found = [noun for noun in nouns if noun.lower() in squeezed or squeezed.endswith(noun.lower().removeprefix("product"))]
        if found:
            return max(found, key=len)
    return None


def _payload(source: Source, noun: str, type: str) -> Payload:
    return Payload(source, noun, type, _dialect(noun, source.body), source.body)


def _dialect(noun: str, body: dict[str, Any]) -> Dialect:
    api = SORTS[noun].api
    if api == "633":
        return Dialect.TMF633_V4
    fifth = any(_fifth(key, value, top) for top, key, value in _walk(body, True)) or _has_new_values(noun, body)
    if api == "620":
        return Dialect.TMF620_V5 if fifth else Dialect.TMF620_V4
    return Dialect.TMF634_V5 if fifth else Dialect.TMF634_V4


def _has_new_values(noun: str, body: dict[str, Any]) -> bool:
    """Version 5 gives all three APIs one name for the values of a characteristic."""
    key = {"ProductSpecification": "productSpecCharacteristic", "ResourceSpecification": "resourceSpecCharacteristic"}.get(noun, "")
    parts = body.get(key)
    return isinstance(parts, list) and any(isinstance(part, dict) and "characteristicValueSpecification" in part for part in parts)


def _fifth(key: str, value: Any, top: bool) -> bool:
    if top:
        return key in _V5_KEYS or (key == "parent" and isinstance(value, dict)) or (key == "@type" and value == "ProductCatalog")
    return key == "@type" and isinstance(value, str) and _V5_TYPES.fullmatch(value) is not None


def _walk(value: Any, top: bool) -> Iterator[tuple[bool, str, Any]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield top, key, inner
            yield from _walk(inner, False)
    elif isinstance(value, list):
        for item in value:
            yield from _walk(item, top)
