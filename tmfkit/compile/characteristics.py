"""Characteristics as the catalog APIs take them, and the values to which an offering or a price narrows them."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from zoneinfo import ZoneInfo

from tmfkit.compile.expand import limits_of
from tmfkit.compile.neutral import written
from tmfkit.model.characteristics import Characteristic, Value, ValueType, text_of
from tmfkit.model.conditions import Band
from tmfkit.model.problems import NotUnderstood
from tmfkit.model.values import Quantity, plain
from tmfkit.tmf import common
from tmfkit.tmf.common import CharacteristicUse, CharacteristicValue, Further, Ref

_TYPES = {ValueType.QUANTITY: "number"}
_NUMERIC = frozenset((ValueType.INTEGER, ValueType.NUMBER, ValueType.QUANTITY))
_SAID = frozenset("name description type unit values default min max pattern optional many".split())


def characteristics(parts: Mapping[str, Characteristic]) -> tuple[common.Characteristic, ...]:
    """The characteristics of a specification; each is called by its key, as orders call it."""
    return tuple(_characteristic(name, part) for name, part in parts.items())


def beyond(parts: Mapping[str, Characteristic], zone: ZoneInfo) -> Iterator[Further]:
    """What no field says of characteristics: who sets them, their outside codes, the ends of a range of dates, their displayed names."""
    said = {name: found for name, part in parts.items() if (found := _beyond(part, zone))}
    if said:
        yield Further("characteristics", said)


def _beyond(part: Characteristic, zone: ZoneInfo) -> dict[str, object]:
    found = written(part, zone, without=_SAID) if part.model_fields_set - _SAID else {}
    if part.name is not None:
        found["name"] = part.name.default
    if part.type not in _NUMERIC:
        found |= {key: end for key, end in (("min", part.min), ("max", part.max)) if end is not None}
    return found


def _characteristic(name: str, part: Characteristic) -> common.Characteristic:
    many = part.many
    return common.Characteristic(
        name=name,
        value_type=_TYPES.get(part.type, part.type.value),
        description=part.description.default if part.description else "",
        configurable=part.set_by == "customer",
        min_cardinality=0 if part.optional else many.min if many and "min" in many.model_fields_set else 1,
        max_cardinality=many.max if many else 1,
        regex=part.pattern or "",
        values=tuple(_values(part)),
    )


def _values(part: Characteristic) -> Iterator[CharacteristicValue]:
    unit, whole = part.unit or "", is_whole(part)
    standard = None if part.default is None else text_of(part.read(part.default))
    for text, label in (part.values or {}).items():
        value = part.read(text)
        yield CharacteristicValue(
            value=_plain(value, whole),
            unit=unit,
            is_default=None if standard is None else text_of(value) == standard,
            label="" if label.default == text else label.default,
        )
    if part.values:
        return
    if part.type in _NUMERIC and (part.min is not None or part.max is not None):
        yield _range(_number(part.lowest), _number(part.highest), _interval(part.min is not None, part.max is not None), unit)
    if part.standard is not None:
        yield CharacteristicValue(value=_plain(part.standard, whole), unit=unit, is_default=True)


def default_of(part: Characteristic) -> str | bool | int | Decimal | None:
    """The default as payloads state it."""
    return None if part.standard is None else _plain(part.standard, is_whole(part))


def is_whole(part: Characteristic) -> bool:
    """Whether all numbers that the characteristic lists are whole; if not, all are written as decimals, so that their type is one."""
    if part.type not in _NUMERIC:
        return True
    numbers = [_number(value) for value in (*part.allowed, part.standard, part.lowest, part.highest) if value is not None]
    return all(number is None or number == number.to_integral_value() for number in numbers)


def _plain(value: Value, whole: bool) -> str | bool | int | Decimal:
    number = _number(value)
    if number is None:
        return value if isinstance(value, bool) else text_of(value)
    return int(number) if whole and number == number.to_integral_value() else number


def _number(value: Value | None) -> Decimal | None:
    match value:
        case Quantity():
            return value.amount
        case Decimal():
            return value
        case _:
            return None


class Narrowing:
    """Narrows one characteristic to some of its values, for an offering or its prices; what it finds out once, it keeps."""

    def __init__(self, name: str, part: Characteristic, product: Ref | None) -> None:
        """`product` is the specification that the characteristic belongs to, where it is not clear from the payload."""
        self.name = name
        self.part = part
        self.product = product
        self.type = _TYPES.get(part.type, part.type.value)
        self._whole = is_whole(part)
        self._values: dict[str, CharacteristicValue | None] = {}

    def to(self, texts: Iterable[str], shared_ends: frozenset[str] = frozenset()) -> CharacteristicUse | None:
        """The use of some values or bands; None when none of them can be read. At `shared_ends` another band ends."""
        values = tuple(value for text in texts if (value := self._value(text, shared_ends)) is not None)
        return (
            CharacteristicUse(name=self.name, value_type=self.type, values=values, product_specification=self.product) if values else None
        )

    def _value(self, text: str, shared_ends: frozenset[str]) -> CharacteristicValue | None:
        limits = limits_of(text) if self.part.type in _NUMERIC else None
        if limits is not None:
            return _band(limits, self.part.unit or "", shared_ends)
        if text not in self._values:
            self._values[text] = self._read(text)
        return self._values[text]

    def _read(self, text: str) -> CharacteristicValue | None:
        try:
            return CharacteristicValue(value=_plain(self.part.read(text), self._whole), unit=self.part.unit or "")
        except NotUnderstood:
            return None


def _band(limits: Band, unit: str, shared_ends: frozenset[str]) -> CharacteristicValue:
    bottom = limits.low is not None and plain(limits.low) not in shared_ends
    return _range(limits.low, limits.high, _interval(bottom, limits.high is not None), unit)


def between(name: str, unit: str, low: Decimal | None, high: Decimal | None) -> CharacteristicUse:
    """A number above `low` and up to `high`: the part of a counted characteristic that a tier covers."""
    return CharacteristicUse(name=name, value_type="number", values=(_range(low, high, _interval(False, high is not None), unit),))


def _interval(bottom: bool, top: bool) -> str:
    """Which ends belong to a range."""
    if bottom:
        return "closed" if top else "closedBottom"
    return "closedTop" if top else "open"


def _range(low: Decimal | None, high: Decimal | None, interval: str, unit: str) -> CharacteristicValue:
    return CharacteristicValue(value_from=low, value_to=high, range_interval=interval, unit=unit)
