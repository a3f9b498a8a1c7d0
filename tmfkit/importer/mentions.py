"""Which properties of payloads are references, and to what."""

from collections.abc import Iterator
from typing import Any

from tmfkit.importer.recognise import SORTS, Payload

_NOUNS = {
    "productSpecification": "ProductSpecification",
    "bundledProductSpecification": "ProductSpecification",
    "productSpecificationRelationship": "ProductSpecification",
    "productOffering": "ProductOffering",
    "bundledProductOffering": "ProductOffering",
    "productOfferingRelationship": "ProductOffering",
    "productOfferingPrice": "ProductOfferingPrice",
    "popRelationship": "ProductOfferingPrice",
    "bundledPopRelationship": "ProductOfferingPrice",
    "serviceSpecification": "ServiceSpecification",
    "serviceSpecRelationship": "ServiceSpecification",
    "resourceSpecification": "ResourceSpecification",
    "resourceSpecRelationship": "ResourceSpecification",
    "serviceCandidate": "ServiceCandidate",
    "resourceCandidate": "ResourceCandidate",
}
CATEGORIES = {"620": "Category", "633": "ServiceCategory", "634": "ResourceCategory"}
_CATEGORY_KEYS = frozenset(("category", "subCategory", "parent", "parentId"))


def noun_of(key: str, api: str) -> str | None:
    """The sort of item that the objects under a key refer to; None for a key that holds no references."""
    return CATEGORIES[api] if key in _CATEGORY_KEYS else _NOUNS.get(key)


def mentioned(payload: Payload) -> Iterator[tuple[str, str]]:
    """Every reference of a payload: the sort of item, and its id."""
    yield from _mentioned(payload.body, SORTS[payload.noun].api)


def _mentioned(value: Any, api: str, noun: str | None = None) -> Iterator[tuple[str, str]]:
    if isinstance(value, list):
        for item in value:
            yield from _mentioned(item, api, noun)
    elif isinstance(value, dict):
        if noun and isinstance(value.get("id"), str):
            yield noun, value["id"]
        for key, inner in value.items():
            yield from _mentioned(inner, api, noun_of(key, api))
    elif noun == CATEGORIES[api] and isinstance(value, str):
        yield noun, value
