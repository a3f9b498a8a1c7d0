"""Parts of the language as plain JSON with exact values, for what travels beside the fields of TM Forum."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from tmfkit.model.base import Part, instant
from tmfkit.model.conditions import Condition
from tmfkit.model.tables import Table
from tmfkit.model.values import Duration, LocalizedText, Money, Quantity, plain


def neutral(value: Any, zone: ZoneInfo) -> Any:
    """Any value of the language as JSON: exact numbers as texts, moments with their zone, only what is written."""
    match value:
        case None | bool() | int():
            return value
        case Enum():
            return value.value
        case str():
            return value
        case Decimal():
            return plain(value)
        case datetime() | date():
            return moment_text(instant(value, zone))
        case Money():
            return {"amount": format(value.amount, "f"), "currency": value.currency}
        case Quantity():
            return {"amount": plain(value.amount), "unit": value.unit}
        case Duration():
            return {"amount": value.amount, "unit": value.unit}
        case LocalizedText():
            return dict(value.texts) if value.languages else value.default
        case Condition():
            return {subject: neutral(values, zone) for subject, values in value.clauses}
        case Table():
            return [_cell(cell.keys, cell.value, zone) for cell in value.cells]
        case Part():
            return written(value, zone)
        case Mapping():
            return {str(key): neutral(item, zone) for key, item in value.items()}
        case tuple() | list():
            return [neutral(item, zone) for item in value]
    raise TypeError(f"{type(value).__name__} is no value of the language")


def written(part: Part, zone: ZoneInfo, *, without: frozenset[str] = frozenset()) -> dict[str, Any]:
    """The keys of a part that say something, as JSON, in the order of the language; `without` names keys to leave out."""
    said = ((alias, getattr(part, name)) for name, alias in _keys(type(part)) if name in part.model_fields_set and alias not in without)
    return {alias: neutral(value, zone) for alias, value in said if not _is_nothing(value)}


def moment_text(moment: datetime) -> str:
    """RFC 3339."""
    said = moment.isoformat()
    return f"{said[:-6]}Z" if said.endswith("+00:00") else said


def _cell(keys: tuple[str, ...], value: Any, zone: ZoneInfo) -> dict[str, Any]:
    return {"keys": list(keys), **({"notSold": True} if value is None else {"is": neutral(value, zone)})}


def _is_nothing(value: Any) -> bool:
    return value is None or value in ((), {}) or (isinstance(value, Condition) and not value)


@cache
def _keys(model: type[Part]) -> tuple[tuple[str, str], ...]:
    return tuple((name, field.alias or name) for name, field in model.model_fields.items())
