"""Everything in which the versions of the TM Forum catalog APIs differ, as rows of tables.

No other file compares versions. A new version is a row in `APIS` and the rows in `DIFFERENCES` that it deserves.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from tmfkit.tmf.dialects import Dialect
from tmfkit.tmf.shapes import Kind, Row


@dataclass(frozen=True, slots=True)
class Resource:
    """One resource of an API: the catalog word, its path, the official schema that creates it and its `@type`."""

    noun: str
    path: str
    schema: str
    type: str


@dataclass(frozen=True, slots=True)
class Api:
    """One row of the table of APIs.

    `neighbours` are the dialects to which references leave this API; `nested_types` says that nested objects need an `@type`.
    """

    number: str
    version: str
    base_path: str
    neighbours: tuple[Dialect, ...]
    nested_types: bool
    resources: tuple[Resource, ...]

    @property
    def title(self) -> str:
        """How people call it, such as `TMF620 v4.1`."""
        return f"TMF{self.number} v{self.version}"


@dataclass(frozen=True, slots=True)
class TypedValue:
    """How a typed characteristic value is written; `as_text` also names the type that the text stands for."""

    type: str
    as_text: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """The field has another name, or is written in another way, than in `shapes`."""

    name: str
    kind: Kind | None = None


@dataclass(frozen=True, slots=True)
class Absent:
    """There is no place for the field; the reason is read by operators."""

    reason: str


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """There is no place for the field and none is needed: `where` says what states it already."""

    where: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One row of the table of differences: in these dialects, these fields of these shapes, and what becomes of them."""

    dialects: tuple[Dialect, ...]
    shapes: tuple[str, ...]
    fields: tuple[str, ...]
    outcome: Said | Absent | Elsewhere


def _created(suffix: str, *names: str) -> tuple[Resource, ...]:
    return tuple(Resource(name, name[0].lower() + name[1:], name + suffix, name) for name in names)


_PRODUCT = ("Category", "ProductOffering", "ProductOfferingPrice", "ProductSpecification")
_SERVICE = ("ServiceCatalog", "ServiceCategory", "ServiceCandidate", "ServiceSpecification")
_RESOURCE = ("ResourceCatalog", "ResourceCategory", "ResourceCandidate", "ResourceSpecification")
_ITEMS = ("Catalog", *_PRODUCT, *_SERVICE, *_RESOURCE)

APIS: dict[Dialect, Api] = {
    Dialect.TMF620_V4: Api(
        number="620",
        version="4.1",
        base_path="/tmf-api/productCatalogManagement/v4/",
        neighbours=(Dialect.TMF633_V4, Dialect.TMF634_V4),
        nested_types=False,
        resources=(Resource("Catalog", "catalog", "Catalog_Create", "Catalog"), *_created("_Create", *_PRODUCT)),
    ),
    Dialect.TMF620_V5: Api(
        number="620",
        version="5.0",
        base_path="/productCatalogManagement/v5/",
        neighbours=(Dialect.TMF633_V4, Dialect.TMF634_V5),
        nested_types=True,
        resources=(Resource("Catalog", "productCatalog", "ProductCatalog_FVO", "ProductCatalog"), *_created("_FVO", *_PRODUCT)),
    ),
    Dialect.TMF633_V4: Api(
        number="633",
        version="4.0",
        base_path="/tmf-api/serviceCatalogManagement/v4/",
        neighbours=(Dialect.TMF634_V4,),
        nested_types=False,
        resources=_created("_Create", *_SERVICE),
    ),
    Dialect.TMF634_V4: Api(
        number="634",
        version="4.1",
        base_path="/tmf-api/resourceCatalog/v4/",
        neighbours=(),
        nested_types=False,
        resources=_created("_Create", *_RESOURCE),
    ),
    Dialect.TMF634_V5: Api(
        number="634",
        version="5.0",
        base_path="/resourceCatalog/v5/",
        neighbours=(),
        nested_types=True,
        resources=_created("_FVO", *_RESOURCE),
    ),
}
"""The APIs that tmfkit writes. TMF633 v5 would be one more row; its text is still a draft."""

TYPED_VALUES: dict[type, TypedValue] = {
    str: TypedValue("StringCharacteristicValueSpecification"),
    int: TypedValue("IntegerCharacteristicValueSpecification"),
    Decimal: TypedValue("NumberCharacteristicValueSpecification"),
    # `BooleanCharacteristicValueSpecification` exists, but the official discriminators leave it out.
    bool: TypedValue("StringCharacteristicValueSpecification", as_text="boolean"),
}
"""The subtype that carries a characteristic value of each type, where a dialect has subtypes."""

_P4, _P5, _S4, _R4, _R5 = Dialect
_V4 = (_P4, _S4, _R4)
_PRODUCTS = (_P4, _P5)
_RESOURCES = (_R4, _R5)
_ALL = tuple(Dialect)
_OTHER_RELATIONS = (
    "ProductOfferingRelationship",
    "ProductSpecificationRelationship",
    "ProductOfferingPriceRelationship",
    "ServiceSpecRelationship",
)
_UNVERSIONED = (
    "ProductOfferingRef",
    *_OTHER_RELATIONS,
    "BundledProductOfferingPriceRelationship",
    "BundledProductSpecification",
    "BundledOfferingRef",
)
_QUANTITIES = ("default_quantity", "minimum_quantity", "maximum_quantity")

_ADDRESS = Elsewhere("the address of the resource ends in it")
_TARGET = Elsewhere("the item referred to states it")
_GENERAL = Elsewhere("the resource is created as the general type")

DIFFERENCES: tuple[Difference, ...] = (
    # the identity of an item, and who else knows it
    Difference(_V4, _ITEMS, ("id",), _ADDRESS),
    Difference(_V4, _ITEMS, ("external_identifiers",), Absent("only version 5 has ids of outside systems")),
    Difference((_P5,), ("Catalog", "Category"), ("external_identifiers",), Absent("catalogs and categories have no outside ids")),
    # the product catalog
    Difference((_P4,), ("Category",), ("parent",), Said("parentId", Kind.ID)),
    Difference((_P4,), ("ProductOffering",), ("bundled_groups",), Absent("only version 5 has choices among the members of a bundle")),
    Difference((_P4,), ("ProductSpecification",), ("categories",), Absent("only version 5 puts product specifications into categories")),
    Difference(_PRODUCTS, ("ProductOfferingPrice",), ("alteration",), Absent("a separate price has no start, length or rank of a change")),
    Difference(_ALL, ("BundledGroupProductOfferingOption",), ("default",), Absent("a choice has no number taken by default")),
    # characteristics
    Difference((_P4,), ("CharacteristicSpecification",), ("values",), Said("productSpecCharacteristicValue")),
    Difference((_R4,), ("CharacteristicSpecification",), ("values",), Said("resourceSpecCharacteristicValue")),
    Difference(_V4, ("CharacteristicValueSpecification",), ("value",), Said("value", Kind.VALUE)),
    Difference(_ALL, ("CharacteristicValueSpecification",), ("label",), Absent("a value has no label")),
    # references
    Difference(_V4, _UNVERSIONED, ("version",), _TARGET),
    Difference(_RESOURCES, ("ResourceSpecificationRelationship",), ("version", "referred_type"), _TARGET),
    Difference(
        (_P4,),
        ("ProductOfferingPriceRelationship", "BundledProductOfferingPriceRelationship", "BundledOfferingRef"),
        ("referred_type",),
        _TARGET,
    ),
    Difference(_PRODUCTS, ("BundledProductSpecification",), ("referred_type",), _TARGET),
    Difference(
        _PRODUCTS,
        ("ChannelRef", "MarketSegmentRef", "PlaceRef", "AgreementRef"),
        ("version",),
        Absent("references to channels, segments, places and agreements have no version"),
    ),
    # relationships
    Difference(_PRODUCTS, ("ProductSpecificationRelationship",), ("role",), Absent("relationships of product specifications have no role")),
    Difference(_PRODUCTS, ("ProductOfferingPriceRelationship",), ("valid_for",), Absent("relationships of prices have no period")),
    Difference(_ALL, _OTHER_RELATIONS, _QUANTITIES, Absent("only relationships of resources have quantities")),
    # resources
    Difference(
        _RESOURCES,
        ("ResourceSpecification",),
        ("vendor", "model", "sku", "part"),
        Absent("vendor, model, sku and part can be read, but not written when a specification is created"),
    ),
    Difference((_R5,), ("ResourceSpecification",), ("type",), Absent("physical and logical specifications are created as one type")),
    Difference((_R5,), ("ResourceSpecification",), ("base_type",), _GENERAL),
)
"""What differs from `shapes`, and where."""

NO_FIELD = Absent("no TM Forum version has a field for it")
NOT_WHOLE = Absent("the ends of a range are whole numbers in every version")
TOO_LONG = Absent("a JSON number does not hold all its digits")
"""Reasons that hold in every dialect and depend on the value."""

_OUTCOMES = {
    (dialect, shape, field): row.outcome for row in DIFFERENCES for dialect in row.dialects for shape in row.shapes for field in row.fields
}


def place(dialect: Dialect, shape: str, row: Row) -> Row | Absent | Elsewhere:
    """Where `dialect` puts the field of `row`: its own form of the row, or why there is none."""
    match _OUTCOMES.get((dialect, shape, row.field)):
        case None:
            return row
        case Said(name, kind):
            return replace(row, name=name, kind=kind or row.kind)
        case Absent() | Elsewhere() as gone:
            return gone


def resource(noun: str, dialect: Dialect) -> Resource | None:
    """The resource that `dialect` keeps a catalog word in, or None when another API does."""
    return next((entry for entry in APIS[dialect].resources if entry.noun == noun), None)


def address(noun: str, dialect: Dialect) -> str | None:
    """The path, ending in `/`, under which `dialect` or the API it refers to keeps a catalog word; None when neither does.

    The host and what stands before the path are the publisher's business.
    """
    for candidate in (dialect, *APIS[dialect].neighbours):
        if found := resource(noun, candidate):
            return f"{APIS[candidate].base_path}{found.path}/"
    return None
