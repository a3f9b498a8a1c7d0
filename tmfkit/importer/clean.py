"""Repairs what the field gets wrong in payloads: nulls, moments without a zone, numbers as text, old names, one object for a list."""

import re
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from tmfkit.importer.names import unseen_in, visible
from tmfkit.importer.notes import Notebook
from tmfkit.importer.numbers import amount_in, digits_of, nearest
from tmfkit.importer.recognise import Payload
from tmfkit.source.document import Path

_MOMENTS = frozenset(("startDateTime", "endDateTime", "lastUpdate"))
_ZONELESS = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")

_NUMBERS = frozenset(
    (
        "recurringChargePeriodLength", "percentage", "taxRate", "minCardinality", "maxCardinality", "numberRelOfferDefault",
        "numberRelOfferLowerLimit", "numberRelOfferUpperLimit", "valueFrom", "valueTo", "amount",
    )
)  # fmt: skip
_FLAGS = frozenset(("isBundle", "isSellable", "isRoot", "isDefault", "isUnique", "configurable", "extensible"))

_LISTS = frozenset(
    (
        "agreement", "attachment", "bundledGroupProductOffering", "bundledPopRelationship", "bundledProductOffering",
        "bundledProductSpecification", "channel", "characteristicValueSpecification", "constraint", "externalIdentifier",
        "featureSpecification", "marketSegment", "place", "policy", "popRelationship", "pricingLogicAlgorithm", "prodSpecCharValueUse",
        "productOfferingPrice", "productOfferingRelationship", "productOfferingTerm", "productSpecCharacteristic",
        "productSpecCharacteristicValue", "productSpecificationRelationship", "relatedParty", "resourceSpecCharacteristic",
        "resourceSpecCharacteristicValue", "resourceSpecRelationship", "serviceSpecRelationship", "specCharacteristic", "subCategory",
        "tax",
    )
)  # fmt: skip
"""Keys that hold a list wherever they stand."""

_LISTS_OF = {
    "ProductSpecification": frozenset(("category", "serviceSpecification", "resourceSpecification")),
    "ProductOffering": frozenset(("category",)),
    "Category": frozenset(("productOffering",)),
    "Catalog": frozenset(("category",)),
    "ServiceSpecification": frozenset(("resourceSpecification",)),
    "ServiceCandidate": frozenset(("category",)),
    "ServiceCategory": frozenset(("category", "serviceCandidate")),
    "ServiceCatalog": frozenset(("category",)),
    "ResourceCandidate": frozenset(("category",)),
    "ResourceCategory": frozenset(("category", "resourceCandidate")),
    "ResourceCatalog": frozenset(("category",)),
}
"""Keys that hold a list at the top of one sort of item."""

_OBJECTS_OF = {
    "ProductOffering": frozenset(("productSpecification", "serviceCandidate", "resourceCandidate")),
    "ProductOfferingPrice": frozenset(("price", "unitOfMeasure")),
    "ServiceCandidate": frozenset(("serviceSpecification",)),
    "ResourceCandidate": frozenset(("resourceSpecification",)),
}
"""Keys that hold one object at the top of one sort of item."""

_OLD_NAMES = {
    "serviceSpecCharacteristic": "specCharacteristic",
    "serviceSpecCharacteristicValue": "characteristicValueSpecification",
    "serviceSpecCharRelationship": "charSpecRelationship",
}
"""Names of version 3 that the service catalog calls otherwise today."""

_MONEY = frozenset(("price", "taxAmount", "taxIncludedAmount", "dutyFreeAmount"))

_VALUE_LISTS = frozenset(
    (
        "productSpecCharacteristicValue",
        "resourceSpecCharacteristicValue",
        "characteristicValueSpecification",
        "serviceSpecCharacteristicValue",
    )
)


class _Cleaner:
    """One pass over the JSON of one payload."""

    def __init__(self, noun: str, zone: ZoneInfo, notebook: Notebook) -> None:
        self.noun = noun
        self.zone = zone
        self.notebook = notebook

    def mapping(self, value: dict[str, Any], path: Path) -> dict[str, Any]:
        """An object, its keys renamed and its values repaired."""
        found: dict[str, Any] = {}
        for key, inner in value.items():
            here = (*path, key)
            if unseen := unseen_in(key):
                self.notebook.leave(f"a key holds characters that nobody sees ({unseen}), which YAML has no place for", (visible(key),))
                continue
            if inner is None:
                self.notebook.repair("null", here, "it has no value and is left out")
                continue
            name = self.renamed(key, value, here)
            found[name] = self.shaped(name, self.value(name, inner, here), here)
        return found

    def renamed(self, key: str, around: dict[str, Any], path: Path) -> str:
        """The name that a key has today."""
        name = _OLD_NAMES.get(key, key) if self.noun == "ServiceSpecification" else key
        if name == key or name in around:
            return key
        self.notebook.repair("old-name", path, f"`{key}` is called `{name}` since version 4")
        return name

    def value(self, key: str, value: Any, path: Path) -> Any:
        """A value of any sort."""
        match value:
            case dict():
                made = self.mapping(value, path)
                return self.money(made, path) if key in _MONEY else made
            case list():
                return self.items(key, value, path)
            case str() if len(path) > 1 and key in ("id", "name") and (unseen := unseen_in(value)):
                self.notebook.leave(f"it holds characters that nobody sees ({unseen}), which are taken out", path)
                return visible(value)
            case str() if key in _MOMENTS:
                return self.moment(value, path)
            case str():
                return self.plain(key, value, path)
            case Decimal() if key == "id":
                self.notebook.repair("text", path, f"the id {value} becomes a text")
                return digits_of(value)
            case Decimal():
                return self.number(value, path)
            case _:
                return value

    def number(self, value: Decimal, path: Path) -> Decimal | str:
        """A number that every JSON reader has."""
        kept = nearest(value)
        if kept is not value:
            written = digits_of(kept) if isinstance(kept, Decimal) else f'"{kept}"'
            self.notebook.repair("double", path, f"`{value}` becomes `{written}`")
        return kept

    def money(self, found: dict[str, Any], path: Path) -> dict[str, Any]:
        """An amount of money whose number is a text that can be read in one way only."""
        text, unit = found.get("value"), found.get("unit", found.get("units", ""))
        made = amount_in(text, unit) if isinstance(text, str) and isinstance(unit, str) else None
        if made is None:
            return found
        self.notebook.repair("amount", (*path, "value"), f"`{text}` becomes `{made[0]} {made[1]}`")
        return {"unit": made[1], **found, "value": made[0]}

    def items(self, key: str, values: list[Any], path: Path) -> list[Any]:
        """A list; the values of a characteristic are taken out of the objects in which version 3 put them."""
        found = []
        for index, item in enumerate(values):
            here = (*path, index)
            if item is None:
                self.notebook.repair("null", here, "it has no value and is left out")
                continue
            made = self.value(key, item, here)
            found.append(self.flat(made, here) if key in _VALUE_LISTS and isinstance(made, dict) else made)
        return found

    def flat(self, item: dict[str, Any], path: Path) -> dict[str, Any]:
        """A characteristic's value whose `value` may be `{value: x, alias: y}`."""
        inner = item.get("value")
        if not isinstance(inner, dict) or "value" not in inner or not inner.keys() <= {"value", "alias"} or item.keys() & {"alias"}:
            return item
        self.notebook.repair("value-object", (*path, "value"), f"the value is `{inner['value']}`")
        return {**item, **inner}

    def shaped(self, key: str, value: Any, path: Path) -> Any:
        """A list where a list is due, an object where an object is."""
        top = len(path) == 1
        if isinstance(value, dict) and (key in _LISTS or (top and key in _LISTS_OF.get(self.noun, ()))):
            self.notebook.repair("list", path, f"`{key}` is a list; the one object becomes a list of one")
            return [value]
        if top and isinstance(value, list) and key in _OBJECTS_OF.get(self.noun, ()) and len(value) == 1:
            self.notebook.repair("object", path, f"`{key}` is one object; the list of one becomes that one")
            return value[0]
        return value

    def moment(self, text: str, path: Path) -> str:
        """A moment with its zone."""
        if not (_ZONELESS.fullmatch(text) or _DATE.fullmatch(text)):
            return text
        try:
            moment = datetime.fromisoformat(text).replace(tzinfo=self.zone)
        except ValueError:
            self.notebook.doubt(path, f"`{text}` is not a date")
            return text
        self.notebook.repair("zone", path, f"`{text}` has no time zone and is taken in {self.zone.key}")
        return rfc3339(moment)

    def plain(self, key: str, text: str, path: Path) -> Any:
        """A text that may stand for a number or a flag."""
        is_money = key == "value" and len(path) > 1 and path[-2] in _MONEY
        said = text.strip()
        if (key in _NUMBERS or is_money) and _NUMBER.fullmatch(said):
            self.notebook.repair("text", path, f"the text `{text}` becomes the number")
            return Decimal(said)
        if key in _FLAGS and said.lower() in ("true", "false"):
            self.notebook.repair("text", path, f"the text `{text}` becomes the flag")
            return said.lower() == "true"
        return text


def rfc3339(moment: datetime) -> str:
    """A moment as the APIs write it."""
    text = moment.isoformat()
    return f"{text[:-6]}Z" if text.endswith("+00:00") else text


def cleaned(payload: Payload, zone: ZoneInfo, notebook: Notebook) -> Payload:
    """A payload without what is plainly wrong about it; every repair is noted."""
    body = _Cleaner(payload.noun, zone, notebook).mapping(payload.body, ())
    if isinstance(body.get("name"), dict | list):
        notebook.leave("its `name` is a list or an object, where a text is due", ("name",))
        del body["name"]
    for key, rule, message in (
        ("href", "own-address", "its address is given by the API that it is published to"),
        ("lastUpdate", "last-update", "payloads carry the date of the release"),
    ):
        if key in body:
            notebook.repair(rule, (key,), message)
            del body[key]
    return replace(payload, body=body)
