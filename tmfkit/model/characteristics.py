"""Characteristics: what can be chosen, qualified or found out about a product, service or resource."""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import AfterValidator, BeforeValidator, ValidationInfo, model_validator

from tmfkit.model.base import Described, Keyed, Part
from tmfkit.model.conditions import ConditionValue
from tmfkit.model.names import characteristics_named, named
from tmfkit.model.problems import KNOWN, NotUnderstood, Problem, refuse
from tmfkit.model.values import (
    Boolean,
    Integer,
    Localized,
    LocalizedText,
    Quantity,
    Text,
    UnitName,
    converted,
    parse_boolean,
    parse_localized,
    parse_measure,
    parse_moment,
    parse_number,
    plain,
)
from tmfkit.source.document import Data, Path

Value: TypeAlias = str | bool | Decimal | Quantity
"""A value of a characteristic in its own type; quantities are in the characteristic's unit."""


class ValueType(StrEnum):
    """The types that a characteristic may have."""

    STRING = "string"
    BOOLEAN = "boolean"
    INTEGER = "integer"
    NUMBER = "number"
    QUANTITY = "quantity"
    DATE = "date"


class Cardinality(Part):
    """How many values a characteristic takes at once."""

    min: Integer = 0
    max: Integer | None = None


def _labels(raw: Data) -> Data:
    if isinstance(raw, list):
        return {str(value): value for value in raw}
    return raw


class Characteristic(Described):
    """One characteristic, mandatory unless `optional`; a default satisfies it. Values are texts until `read` types them."""

    type: ValueType = ValueType.STRING
    unit: UnitName | None = None
    values: Annotated[Mapping[str, Localized] | None, BeforeValidator(_labels)] = None
    default: Text | None = None
    min: Text | None = None
    max: Text | None = None
    pattern: Text | None = None
    optional: Boolean = False
    many: Cardinality | None = None
    set_by: Literal["customer", "qualification", "network"] = "customer"

    @cached_property
    def allowed(self) -> tuple[Value, ...]:
        """The values that are listed, typed, in the order written; empty where any value of the type will do."""
        return tuple(self.read(text) for text in self.values or ())

    @property
    def standard(self) -> Value | None:
        """The default, typed."""
        return None if self.default is None else self.read(self.default)

    @property
    def lowest(self) -> Value | None:
        """The least value allowed, typed; it belongs to the range."""
        return None if self.min is None else self.read(self.min)

    @property
    def highest(self) -> Value | None:
        """The greatest value allowed, typed; it belongs to the range."""
        return None if self.max is None else self.read(self.max)

    def read(self, text: str) -> Value:
        """A text as a value of this characteristic's type; raises `NotUnderstood`. A bare number is taken in the characteristic's unit."""
        return text if self.type is ValueType.STRING else _typed(self.type, self.unit, text)

    @model_validator(mode="after")
    def _consistent(self, info: ValidationInfo) -> "Characteristic":
        if info.context is KNOWN:
            return self
        problems = list(self._faults())
        if problems:
            raise refuse(problems)
        return self

    def _faults(self) -> Any:
        if self.type is ValueType.QUANTITY and self.unit is None:
            yield Problem("TK012", "a quantity has a unit: `unit` is missing", "add it, as in `unit: Mbit/s`")
        if self.type is not ValueType.QUANTITY and self.unit is not None:
            yield Problem("TK016", "`unit` belongs to a characteristic of `type: quantity`", "", ("unit",), at_key=True)
        texts: list[tuple[Path, str]] = [(("values", text), text) for text in self.values or ()]
        texts += [((name,), text) for name, text in (("default", self.default), ("min", self.min), ("max", self.max)) if text is not None]
        for path, text in texts:
            try:
                self.read(text)
            except NotUnderstood as error:
                yield Problem(error.problem.code, error.problem.message, error.problem.help, path)


@lru_cache(maxsize=16_384)
def _typed(type: ValueType, unit: str | None, text: str) -> Value:
    """A text in its type; a catalog says the same few values again and again."""
    match type:
        case ValueType.BOOLEAN:
            return parse_boolean(text)
        case ValueType.NUMBER:
            return parse_number(text)
        case ValueType.INTEGER:
            return _whole(text)
        case ValueType.QUANTITY:
            return _quantity(unit or "piece", text)
        case ValueType.DATE:
            return parse_moment(text).isoformat()
        case ValueType.STRING:
            return text


def _quantity(unit: str, text: str) -> Quantity:
    quantity = parse_measure(text)
    if not isinstance(quantity, Quantity):
        return Quantity(quantity, unit)
    if quantity.dimension != Quantity(quantity.amount, unit).dimension:
        raise NotUnderstood(f"`{text}` is a {quantity.dimension}, which does not convert into {unit}")
    return converted(quantity, unit)


def _whole(text: str) -> Decimal:
    number = parse_number(text, "a whole number")
    if number != number.to_integral_value():
        raise NotUnderstood(f"`{text}` is not a whole number")
    return number


def text_of(value: Value) -> str:
    """The one spelling of a value: `1 Gbit/s` and `1000` in Mbit/s both read `1000`."""
    match value:
        case bool():
            return "true" if value else "false"
        case Decimal():
            return plain(value)
        case Quantity():
            return plain(value.amount)
        case str():
            return value


class Constraint(Described):
    """Where `when` holds, `then` must hold too."""

    when: ConditionValue
    then: ConditionValue


Characteristics = Annotated[Keyed[Characteristic], AfterValidator(characteristics_named)]
"""The characteristics of a specification, by their names."""

Constraints = Annotated[Keyed[Constraint], AfterValidator(named)]
"""The constraints of a specification, by their names."""


def label_of(characteristic: Characteristic, text: str) -> LocalizedText:
    """What people read for one of the listed values."""
    return (characteristic.values or {}).get(text) or parse_localized(text)
