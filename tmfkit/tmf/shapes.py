"""How every catalog word is written as JSON where the TM Forum versions agree; `versions` lists where they do not.

A shape is one JSON object, a row one of its properties. The order of the rows is the order in the payload.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

SELF = ""
"""As the field of a row: the row looks at the whole word, not at one of its fields."""


class Kind(Enum):
    """How the value of a row is written."""

    PLAIN = auto()
    """Text, flag or whole number, as it is."""
    WORD = auto()
    """A word of a closed set, as text."""
    NUMBER = auto()
    """An exact number as a JSON number."""
    WHOLE = auto()
    """A number that the official files allow only as a whole one."""
    TIME = auto()
    """A moment as RFC 3339 text."""
    ID = auto()
    """Only the id of a reference."""
    HREF = auto()
    """Where the target of a reference is found."""
    VALUE = auto()
    """A characteristic's value, as plain JSON."""
    TYPED_VALUE = auto()
    """A characteristic's value together with the `@type` that it needs."""
    ONE = auto()
    """One object of another shape."""
    MANY = auto()
    """A list of objects of another shape."""
    INLINE = auto()
    """The properties of another shape, in this object."""
    FURTHER = auto()
    """What no version has a field for."""


@dataclass(frozen=True, slots=True)
class Row:
    """One property: the noun's field, its name in JSON and how it is written; `shape` names the nested object.

    `default` is written when the field is empty.
    """

    field: str
    name: str
    kind: Kind = Kind.PLAIN
    shape: str = ""
    default: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """One JSON object; `type` is its `@type` where a dialect wants one ("" = never), `target` the resource it refers to."""

    name: str
    rows: tuple[Row, ...]
    type: str = ""
    target: str = ""


def _one(field: str, name: str, shape: str) -> Row:
    return Row(field, name, Kind.ONE, shape)


def _many(field: str, name: str, shape: str) -> Row:
    return Row(field, name, Kind.MANY, shape)


def _typed(name: str, *rows: Row) -> Shape:
    return Shape(name, rows, type=name)


def _item(name: str, *rows: Row) -> Shape:
    return _typed(name, *_ITEM_HEAD, *rows, *_ITEM_TAIL)


def _reference(name: str, referred: str, target: str = "", *, extra: tuple[Row, ...] = (), type: str | None = None) -> Shape:
    head = (Row("id", "id"), Row(SELF, "href", Kind.HREF), Row("name", "name"), Row("version", "version"))
    return Shape(name, (*head, *extra, Row("referred_type", "@referredType", default=referred)), name if type is None else type, target)


def _item_reference(target: str) -> Shape:
    return _reference(f"{target}Ref", target, target)


_VALIDITY = _one("valid_for", "validFor", "TimePeriod")
_NAMED = (Row("name", "name"), Row("description", "description"))
_ITEM_HEAD = (
    Row("id", "id"),
    *_NAMED,
    Row("version", "version"),
    Row("lifecycle_status", "lifecycleStatus"),
    Row("last_update", "lastUpdate", Kind.TIME),
    _VALIDITY,
)
_ITEM_TAIL = (_many("external_identifiers", "externalIdentifier", "ExternalIdentifier"), Row("further", "", Kind.FURTHER))
_TYPES = (Row("type", "@type", Kind.WORD), Row("base_type", "@baseType"))
_CARDINALITY = (Row("min_cardinality", "minCardinality"), Row("max_cardinality", "maxCardinality"))
_RELATION = (Row("type", "relationshipType"), Row("role", "role"), _VALIDITY)
_QUANTITIES = (
    Row("default_quantity", "defaultQuantity"),
    Row("minimum_quantity", "minimumQuantity"),
    Row("maximum_quantity", "maximumQuantity"),
)
_ROOT = Row("is_root", "isRoot")
_TREE = (Row("parent", "parentId", Kind.ID), _ROOT)
_BUNDLE = Row("is_bundle", "isBundle")


def _relationship(name: str, target: str) -> Shape:
    return _reference(name, target, target, extra=(*_RELATION, *_QUANTITIES))


COMMON = (
    Shape("TimePeriod", (Row("start", "startDateTime", Kind.TIME), Row("end", "endDateTime", Kind.TIME))),
    Shape("Money", (Row("value", "value", Kind.NUMBER), Row("unit", "unit"))),
    Shape("Quantity", (Row("amount", "amount", Kind.NUMBER), Row("units", "units"))),
    Shape("Duration", (Row("amount", "amount"), Row("units", "units"))),
    _typed("ExternalIdentifier", Row("id", "id"), Row("type", "externalIdentifierType"), Row("owner", "owner")),
    _typed(
        "CharacteristicSpecification",
        Row("id", "id"),
        *_NAMED,
        Row("value_type", "valueType"),
        Row("configurable", "configurable"),
        *_CARDINALITY,
        Row("is_unique", "isUnique"),
        Row("extensible", "extensible"),
        Row("regex", "regex"),
        _VALIDITY,
        _many("values", "characteristicValueSpecification", "CharacteristicValueSpecification"),
    ),
    _typed(
        "CharacteristicValueSpecification",
        Row("value", "value", Kind.TYPED_VALUE),
        Row("value_type", "valueType"),
        Row("is_default", "isDefault"),
        Row("unit", "unitOfMeasure"),
        Row("value_from", "valueFrom", Kind.WHOLE),
        Row("value_to", "valueTo", Kind.WHOLE),
        Row("range_interval", "rangeInterval"),
        Row("regex", "regex"),
        _VALIDITY,
        Row("label", "label"),
    ),
)

PRODUCT_CATALOG = (
    _item("Catalog", Row("catalog_type", "catalogType"), _many("categories", "category", "CategoryRef")),
    _item(
        "Category",
        _one("parent", "parent", "CategoryRef"),
        _ROOT,
        _many("sub_categories", "subCategory", "CategoryRef"),
        _many("product_offerings", "productOffering", "ProductOfferingRef"),
    ),
    _item(
        "ProductOffering",
        Row("status_reason", "statusReason"),
        _BUNDLE,
        Row("is_sellable", "isSellable"),
        _one("product_specification", "productSpecification", "ProductSpecificationRef"),
        _one("service_candidate", "serviceCandidate", "ServiceCandidateRef"),
        _one("resource_candidate", "resourceCandidate", "ResourceCandidateRef"),
        _many("categories", "category", "CategoryRef"),
        _many("channels", "channel", "ChannelRef"),
        _many("market_segments", "marketSegment", "MarketSegmentRef"),
        _many("places", "place", "PlaceRef"),
        _many("agreements", "agreement", "AgreementRef"),
        _many("characteristic_uses", "prodSpecCharValueUse", "ProductSpecificationCharacteristicValueUse"),
        _many("terms", "productOfferingTerm", "ProductOfferingTerm"),
        _many("prices", "productOfferingPrice", "ProductOfferingPriceRef"),
        _many("bundled_offerings", "bundledProductOffering", "BundledProductOffering"),
        _many("bundled_groups", "bundledGroupProductOffering", "BundledGroupProductOffering"),
        _many("relationships", "productOfferingRelationship", "ProductOfferingRelationship"),
    ),
    _item(
        "ProductOfferingPrice",
        Row("price_type", "priceType"),
        _BUNDLE,
        Row("recurring_charge_period_type", "recurringChargePeriodType"),
        Row("recurring_charge_period_length", "recurringChargePeriodLength"),
        _one("price", "price", "Money"),
        Row("percentage", "percentage", Kind.NUMBER),
        _one("unit_of_measure", "unitOfMeasure", "Quantity"),
        _many("taxes", "tax", "TaxItem"),
        _many("characteristic_uses", "prodSpecCharValueUse", "ProductSpecificationCharacteristicValueUse"),
        _many("terms", "productOfferingTerm", "ProductOfferingTerm"),
        _many("places", "place", "PlaceRef"),
        _many("relationships", "popRelationship", "ProductOfferingPriceRelationship"),
        _many("bundled_prices", "bundledPopRelationship", "BundledProductOfferingPriceRelationship"),
        _many("pricing_logic", "pricingLogicAlgorithm", "PricingLogicAlgorithm"),
        Row("alteration", "alteration"),
    ),
    _item(
        "ProductSpecification",
        Row("brand", "brand"),
        Row("product_number", "productNumber"),
        _BUNDLE,
        _many("categories", "category", "CategoryRef"),
        _many("characteristics", "productSpecCharacteristic", "CharacteristicSpecification"),
        _many("relationships", "productSpecificationRelationship", "ProductSpecificationRelationship"),
        _many("bundled_specifications", "bundledProductSpecification", "BundledProductSpecification"),
        _many("service_specifications", "serviceSpecification", "ServiceSpecificationRef"),
        _many("resource_specifications", "resourceSpecification", "ResourceSpecificationRef"),
    ),
    *(_item_reference(name) for name in ("Category", "ProductOffering", "ProductSpecification", "ProductOfferingPrice")),
    *(_reference(f"{name}Ref", name) for name in ("Channel", "MarketSegment", "Place", "Agreement")),
    _relationship("ProductOfferingRelationship", "ProductOffering"),
    _relationship("ProductSpecificationRelationship", "ProductSpecification"),
    _relationship("ProductOfferingPriceRelationship", "ProductOfferingPrice"),
    _reference("BundledProductOfferingPriceRelationship", "ProductOfferingPrice", "ProductOfferingPrice"),
    _reference("BundledProductSpecification", "ProductSpecification", "ProductSpecification"),
    _reference("BundledOfferingRef", "ProductOffering", "ProductOffering", type=""),
    _typed(
        "BundledProductOffering",
        Row("ref", "", Kind.INLINE, "BundledOfferingRef"),
        _one("limits", "bundledProductOfferingOption", "BundledProductOfferingOption"),
    ),
    _typed(
        "BundledGroupProductOffering",
        Row("name", "name"),
        _many("members", "bundledProductOffering", "BundledProductOffering"),
        _many("groups", "bundledGroupProductOffering", "BundledGroupProductOffering"),
        _one("limits", "bundledGroupProductOfferingOption", "BundledGroupProductOfferingOption"),
    ),
    _typed(
        "BundledProductOfferingOption",
        Row("default", "numberRelOfferDefault"),
        Row("lower", "numberRelOfferLowerLimit"),
        Row("upper", "numberRelOfferUpperLimit"),
    ),
    _typed(
        "BundledGroupProductOfferingOption",
        Row("default", "numberRelOfferDefault"),
        Row("lower", "numberRelOfferLowerLimit"),
        Row("upper", "numberRelOfferUpperLimit"),
    ),
    _typed(
        "ProductSpecificationCharacteristicValueUse",
        Row("id", "id"),
        *_NAMED,
        Row("value_type", "valueType"),
        *_CARDINALITY,
        _VALIDITY,
        _many("values", "productSpecCharacteristicValue", "CharacteristicValueSpecification"),
        _one("product_specification", "productSpecification", "ProductSpecificationRef"),
    ),
    _typed("ProductOfferingTerm", *_NAMED, _one("duration", "duration", "Duration"), _VALIDITY),
    _typed("PricingLogicAlgorithm", Row("id", "id"), *_NAMED, Row("spec_id", "plaSpecId"), _VALIDITY),
    _typed("TaxItem", Row("category", "taxCategory"), Row("rate", "taxRate", Kind.NUMBER), _one("amount", "taxAmount", "Money")),
)

SERVICE_CATALOG = (
    _item("ServiceCatalog", _many("categories", "category", "ServiceCategoryRef")),
    _item(
        "ServiceCategory",
        *_TREE,
        _many("sub_categories", "category", "ServiceCategoryRef"),
        _many("service_candidates", "serviceCandidate", "ServiceCandidateRef"),
    ),
    _item(
        "ServiceCandidate",
        _one("service_specification", "serviceSpecification", "ServiceSpecificationRef"),
        _many("categories", "category", "ServiceCategoryRef"),
    ),
    _item(
        "ServiceSpecification",
        *_TYPES,
        _BUNDLE,
        _many("characteristics", "specCharacteristic", "CharacteristicSpecification"),
        _many("relationships", "serviceSpecRelationship", "ServiceSpecRelationship"),
        _many("resource_specifications", "resourceSpecification", "ResourceSpecificationRef"),
    ),
    *(_item_reference(name) for name in ("ServiceCategory", "ServiceCandidate", "ServiceSpecification")),
    _relationship("ServiceSpecRelationship", "ServiceSpecification"),
)

RESOURCE_CATALOG = (
    _item("ResourceCatalog", _many("categories", "category", "ResourceCategoryRef")),
    _item(
        "ResourceCategory",
        *_TREE,
        _many("sub_categories", "category", "ResourceCategoryRef"),
        _many("resource_candidates", "resourceCandidate", "ResourceCandidateRef"),
    ),
    _item(
        "ResourceCandidate",
        _one("resource_specification", "resourceSpecification", "ResourceSpecificationRef"),
        _many("categories", "category", "ResourceCategoryRef"),
    ),
    _item(
        "ResourceSpecification",
        *_TYPES,
        Row("category", "category"),
        _BUNDLE,
        *(Row(name, name) for name in ("vendor", "model", "sku", "part")),
        _many("characteristics", "resourceSpecCharacteristic", "CharacteristicSpecification"),
        _many("relationships", "resourceSpecRelationship", "ResourceSpecificationRelationship"),
    ),
    *(_item_reference(name) for name in ("ResourceCategory", "ResourceCandidate", "ResourceSpecification")),
    _relationship("ResourceSpecificationRelationship", "ResourceSpecification"),
)

SHAPES = {shape.name: shape for shape in (*COMMON, *PRODUCT_CATALOG, *SERVICE_CATALOG, *RESOURCE_CATALOG)}
"""Every shape by its name."""
