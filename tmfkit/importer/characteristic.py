"""Characteristics of a payload in the words of the language: their types, values, defaults and units."""

from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from tmfkit.importer.draft import Draft, objects
from tmfkit.importer.identify import text_of
from tmfkit.importer.names import visible
from tmfkit.importer.numbers import is_short
from tmfkit.model.characteristics import Characteristic
from tmfkit.model.problems import NotUnderstood
from tmfkit.model.units import UNITS
from tmfkit.source.document import Data, Path

_TYPES = {
    "string": "string", "text": "string", "boolean": "boolean", "bool": "boolean", "integer": "integer", "int": "integer",
    "number": "number", "numeric": "number", "decimal": "number", "float": "number", "double": "number", "date": "date",
}  # fmt: skip
_NUMERIC = frozenset(("integer", "number"))
_VALUE_KEYS = ("productSpecCharacteristicValue", "resourceSpecCharacteristicValue", "characteristicValueSpecification")


def characteristics(draft: Draft, key: str) -> dict[str, Data]:
    """All characteristics of a specification, by name."""
    found: dict[str, Data] = {}
    called: set[str] = set()
    for path, part in draft.objects(key):
        name = text_of(part.get("name")).strip()
        if not name:
            draft.notebook.doubt(path, "this characteristic has no name and is not understood")
        elif name.casefold() in called:
            draft.notebook.doubt(path, f"a second characteristic is called `{name}`; only the first is understood")
        else:
            found[name] = _characteristic(draft, name, part, path)
            called.add(name.casefold())
    return found


def values_of(part: dict[str, Any], path: Path) -> list[tuple[Path, dict[str, Any]]]:
    """The values of a characteristic, whatever its API calls them."""
    return [found for key in _VALUE_KEYS for found in objects(part, key, path)]


def _characteristic(draft: Draft, name: str, part: dict[str, Any], path: Path) -> dict[str, Data]:
    values = [value for _, value in values_of(part, path)]
    type = _type(part, values)
    words: dict[str, Data] = {"name": draft.display(name), "description": visible(text_of(part.get("description")).strip())}
    words |= _cardinality(part, values)
    shape = {**_units(type, values), **_values(values), "pattern": text_of(part.get("regex"))}
    for attempt, given_up in (
        (shape, ""),
        ({**shape, "type": "", "unit": ""}, f"its values do not fit `{text_of(part.get('valueType'))}`; they are taken as texts"),
        ({key: value for key, value in shape.items() if key != "pattern"}, "its `regex` is not understood, and is kept in `extra`"),
        ({}, "its values are not understood"),
    ):
        made: dict[str, Data] = {key: value for key, value in {**attempt, **words}.items() if value not in ("", None, [], {})}
        if _is_understood(made):
            if given_up:
                draft.notebook.doubt(path, f"`{name}`: {given_up}")
            return made
    return {}


def _is_understood(made: dict[str, Data]) -> bool:
    try:
        Characteristic.model_validate(made)
    except ValidationError:
        return False
    return True


def _type(part: dict[str, Any], values: list[dict[str, Any]]) -> str:
    said = text_of(part.get("valueType")).casefold()
    if said in _TYPES:
        return _TYPES[said]
    plain = [value["value"] for value in values if "value" in value]
    if plain and all(isinstance(value, bool) for value in plain):
        return "boolean"
    return "number" if plain and all(isinstance(value, Decimal) for value in plain) else "string"


def _units(type: str, values: list[dict[str, Any]]) -> dict[str, Data]:
    units = {text_of(value.get("unitOfMeasure")) for value in values}
    unit = units.pop() if len(units) == 1 else ""
    if type in _NUMERIC and unit in UNITS:
        return {"type": "quantity", "unit": unit}
    return {"type": type if type != "string" else ""}


def _values(values: list[dict[str, Any]]) -> dict[str, Data]:
    listed = {text_of(value["value"]).strip(): _label(value) for value in values if isinstance(value.get("value"), str | bool | Decimal)}
    listed.pop("", None)
    found: dict[str, Data] = {}
    if listed and len(listed) == len(values):
        labelled = any(label for label in listed.values())
        found["values"] = {text: label or text for text, label in listed.items()} if labelled else list(listed)
    elif len(values) == 1:
        found["min"], found["max"] = text_of(values[0].get("valueFrom")), text_of(values[0].get("valueTo"))
    defaults = [text_of(value.get("value")).strip() for value in values if value.get("isDefault") is True]
    if len(defaults) == 1 and defaults[0] in listed:
        found["default"] = defaults[0]
    return found


def _label(value: dict[str, Any]) -> str:
    return text_of(value.get("alias")).strip()


def _cardinality(part: dict[str, Any], values: list[dict[str, Any]]) -> dict[str, Data]:
    """Mandatory is what the payload says so of, or what has a default."""
    low, high = _whole(part.get("minCardinality")), _whole(part.get("maxCardinality"))
    found: dict[str, Data] = {}
    if low == 0 or (low is None and not any(value.get("isDefault") is True for value in values)):
        found["optional"] = "true"
    if high is not None and high > 1:
        found["many"] = {"max": str(high), **({"min": str(low)} if low else {})}
    return found


def _whole(value: Any) -> int | None:
    return int(value) if isinstance(value, Decimal) and is_short(value) and value == value.to_integral_value() else None


def narrowed(draft: Draft, product: dict[str, Data]) -> dict[str, Data]:
    """The values to which an offering narrows the characteristics of its product; what the product does not know stays in `extra`."""
    found: dict[str, Data] = {}
    parts = product.get("characteristics")
    for path, use in draft.objects("prodSpecCharValueUse"):
        name = text_of(use.get("name")).strip()
        part = parts.get(name) if isinstance(parts, dict) else None
        texts = [text_of(value.get("value")).strip() for _, value in values_of(use, path)]
        if part is None:
            draft.notebook.doubt(path, f"its product has no characteristic `{name}` here")
        elif texts and "" not in texts:
            if all(fits(part, text) for text in texts):
                found[name] = list(dict.fromkeys(texts))
            else:
                draft.notebook.doubt(path, f"`{name}` is narrowed to values that its product does not have")
    return found


def fits(part: Data, text: str) -> bool:
    """Whether a text is one of the values that a characteristic of the language has."""
    characteristic = Characteristic.model_validate(part)
    try:
        value = characteristic.read(text)
    except NotUnderstood:
        return False
    if characteristic.allowed:
        return value in characteristic.allowed
    return characteristic.min is None and characteristic.max is None
