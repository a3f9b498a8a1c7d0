"""One spelling for values that can be written in several ways: amounts, quantities, durations, moments."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from tmfkit.model.base import instant
from tmfkit.model.units import UNITS, decimals_of
from tmfkit.model.values import Duration, Money, Quantity, plain


def number(value: Decimal) -> Decimal:
    """A number without zeros that say nothing."""
    return Decimal(plain(value))


def money(value: Money) -> Money:
    """An amount with as many decimals as its currency has, more only where they say something."""
    exact = number(value.amount)
    scale = max(decimals_of(value.currency), -int(exact.as_tuple().exponent))
    return Money(exact.quantize(Decimal(1).scaleb(-scale)) if abs(exact) < 10**12 else exact, value.currency)


def quantity(value: Quantity) -> Quantity:
    """A quantity in the largest unit in which it is a whole number: `1 min` for `60 s`, `500 Mbit/s` for `0.5 Gbit/s`."""
    rows = [unit for unit in UNITS.values() if unit.dimension == value.dimension]
    whole = [unit for unit in rows if value.base % unit.factor == 0 and value.base != 0]
    best = max(whole, key=lambda unit: unit.factor, default=None)
    if best is None:
        smallest = min(rows, key=lambda unit: unit.factor)
        return Quantity(number(value.to(smallest.name).amount), smallest.name)
    return Quantity(number(value.to(best.name).amount), best.name)


def duration(value: Duration) -> Duration:
    """Years in months and weeks in days; the others cannot be told in each other."""
    match value.unit:
        case "year":
            return Duration(12 * value.amount, "month")
        case "week":
            return Duration(7 * value.amount, "day")
        case _:
            return value


def moment(value: datetime | date, zone: ZoneInfo) -> datetime | date:
    """The day where a moment is midnight in the zone of the catalog, else the time in that zone."""
    there = instant(value, zone).astimezone(zone)
    return there.date() if there.time() == datetime.min.time() else there
