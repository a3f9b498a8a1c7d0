"""Which attributes the official files declare for a new item: what a strict server takes, and nothing else."""

from dataclasses import dataclass
from functools import cache

from tmfkit.tmf.dialects import Dialect
from tmfkit.tmf.shapes import SHAPES, Row
from tmfkit.tmf.versions import APIS, place

_TYPES = ("@type", "@baseType", "@schemaLocation")
_P4, _P5, _S4, _R4, _R5 = Dialect
_PRODUCTS, _SERVICES, _RESOURCES = (_P4, _P5), (_S4,), (_R4, _R5)


@dataclass(frozen=True, slots=True)
class Names:
    """One row: attributes that these dialects declare for these catalog words."""

    dialects: tuple[Dialect, ...]
    nouns: tuple[str, ...]
    attributes: tuple[str, ...]


UNWRITTEN = (
    Names(_PRODUCTS, ("Catalog", "ProductSpecification"), ("relatedParty",)),
    Names(_PRODUCTS, ("ProductOffering",), ("attachment", "serviceLevelAgreement")),
    Names((_P5,), ("ProductOffering",), ("allowedAction", "policy", "productOfferingCharacteristic")),
    Names((_P4,), ("ProductOfferingPrice",), ("constraint",)),
    Names((_P5,), ("ProductOfferingPrice", "ProductSpecification"), ("policy",)),
    Names(_PRODUCTS, ("ProductSpecification",), ("attachment", "targetProductSchema")),
    Names((_P5,), ("ProductSpecification",), ("intentSpecification",)),
    Names(_SERVICES, ("ServiceCatalog", "ServiceSpecification"), ("relatedParty",)),
    Names(_SERVICES, ("ServiceSpecification",), ("attachment", "constraint", "entitySpecRelationship", "featureSpecification")),
    Names(_SERVICES, ("ServiceSpecification",), ("serviceLevelSpecification", "targetEntitySchema")),
    Names(_RESOURCES, ("ResourceCatalog", "ResourceCategory", "ResourceSpecification"), ("relatedParty",)),
    Names((_R5,), ("ResourceCatalog",), ("catalogType",)),
    Names((_R5,), ("ResourceCategory",), ("resourceSpecification",)),
    Names(_RESOURCES, ("ResourceSpecification",), ("attachment", "featureSpecification", "targetResourceSchema")),
    Names((_R5,), ("ResourceSpecification",), ("intentSpecification",)),
)
"""What the official files declare and tmfkit never writes by itself; an `extra` of the catalog may."""


@cache
def declared(dialect: Dialect, resource: str) -> frozenset[str]:
    """The attributes that a new item of a resource (by its path) may have."""
    noun = next(entry.noun for entry in APIS[dialect].resources if entry.path == resource)
    rows = (place(dialect, noun, row) for row in SHAPES[noun].rows)
    written = {row.name for row in rows if isinstance(row, Row) and row.name}
    return frozenset({*_TYPES, *written, *_unwritten(dialect, noun)})


def _unwritten(dialect: Dialect, noun: str) -> list[str]:
    rows = (row for row in UNWRITTEN if dialect in row.dialects and noun in row.nouns)
    return [name for row in rows for name in row.attributes]
