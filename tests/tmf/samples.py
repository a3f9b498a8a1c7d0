"""Fills every field of every catalog word, each text with a mark of its own, so that a test can look for what got lost."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from itertools import count
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from tmfkit.tmf import common
from tmfkit.tmf.dialects import Dialect
from tmfkit.tmf.product_catalog import Catalog, Category, ProductOffering, ProductOfferingPrice, ProductSpecification
from tmfkit.tmf.resource_catalog import ResourceCandidate, ResourceCatalog, ResourceCategory, ResourceSpecification
from tmfkit.tmf.service_catalog import ServiceCandidate, ServiceCatalog, ServiceCategory, ServiceSpecification
from tmfkit.tmf.versions import APIS

NOUNS: dict[str, type[common.Item]] = {
    noun.__name__: noun
    for noun in (
        *(Catalog, Category, ProductOffering, ProductOfferingPrice, ProductSpecification),
        *(ServiceCatalog, ServiceCategory, ServiceCandidate, ServiceSpecification),
        *(ResourceCatalog, ResourceCategory, ResourceCandidate, ResourceSpecification),
    )
}
SERVED = [(dialect, entry) for dialect in Dialect for entry in APIS[dialect].resources]
MOMENT = datetime(2026, 1, 15, 12, 30, tzinfo=UTC)
VALUES = ("text", True, 7, Decimal("2.5"))


def maximal(noun: type[Any]) -> Any:
    """An instance with every field filled; the values of characteristics come in every type, and as a range."""
    return _filled(noun, count(1), depth=0)


def _filled(noun: type[Any], marks: Iterator[int], depth: int) -> Any:
    hints = get_type_hints(noun)
    return noun(**{field.name: _value(noun, field.name, hints[field.name], marks, depth) for field in fields(noun)})


def _value(noun: type[Any], field: str, hint: Any, marks: Iterator[int], depth: int) -> Any:
    if noun is common.Further and field == "value":
        return {"mark": f"further-{next(marks)}"}
    if get_origin(hint) is tuple:
        return _several(noun, get_args(hint)[0], marks, depth)
    if get_origin(hint) in (Union, UnionType):
        hint = next(choice for choice in get_args(hint) if choice is not type(None))
    if hint is str:
        return f"{field}-{next(marks)}"
    if hint is bool:
        return False
    if hint is int:
        return next(marks)
    if hint is Decimal:
        return Decimal(next(marks)) + Decimal("0.25")
    if hint is datetime:
        return MOMENT
    if issubclass(hint, StrEnum):
        return next(iter(hint))
    assert is_dataclass(hint)
    return _filled(hint, marks, depth)


def _several(holder: type[Any], item: type[Any], marks: Iterator[int], depth: int) -> tuple[Any, ...]:
    if item is holder and depth:
        return ()
    if item is common.CharacteristicValue:
        return _values(marks)
    return tuple(_filled(item, marks, depth + 1) for _ in range(2))


def _values(marks: Iterator[int]) -> tuple[common.CharacteristicValue, ...]:
    period = common.TimePeriod(MOMENT, None)
    plain = [
        common.CharacteristicValue(value=value, value_type="", is_default=False, unit=f"unit-{next(marks)}", regex="x", valid_for=period)
        for value in VALUES
    ]
    return (
        *plain,
        common.CharacteristicValue(value=f"value-{next(marks)}", value_type=f"type-{next(marks)}", label=f"label-{next(marks)}"),
        common.CharacteristicValue(value_from=1, value_to=Decimal(10), range_interval="closed"),
        common.CharacteristicValue(value_from=Decimal("0.5"), value_to=Decimal("9.5"), range_interval="open"),
    )
