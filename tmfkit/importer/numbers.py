"""Numbers of payloads that need a second look: amounts written as text, and digits that a JSON reader does not keep."""

import re
from decimal import Decimal
from math import isinf

DIGITS = 15
"""Significant digits that pass through every JSON reader unchanged."""

_AMOUNT = re.compile(
    r"(?P<before>[A-Z]{3}|€)?\s*"
    r"(?P<number>[+-]?(?:\d+(?:[.,]\d\d?)?|0[.,]\d+|\d{1,3}(?:[.\s]\d{3})+,\d\d?|\d{1,3}(?:[,\s]\d{3})+\.\d\d?))"
    r"\s*(?P<behind>[A-Z]{3}|€)?"
)
_BETWEEN = re.compile(r"[.,\s]")
_SIGNS = {"€": "EUR"}
_LARGEST = 400
"""Digits before the point that are worth writing out; the largest number of a JSON reader has 309."""


def amount_in(text: str, unit: str) -> tuple[Decimal, str] | None:
    """The amount and currency of a text such as `39,90` or `1.250,00 EUR`; None where it can be read in two ways, or `unit` differs."""
    found = _AMOUNT.fullmatch(text.strip())
    if found is None or (found["before"] and found["behind"]):
        return None
    said = found["before"] or found["behind"] or ""
    currency = _SIGNS.get(said, said)
    if currency and unit and currency != unit:
        return None
    number = Decimal(_with_point(found["number"]))
    return (number, currency or unit) if is_short(number) and (currency or unit) else None


def _with_point(text: str) -> str:
    """A number whose last comma or point is the decimal one."""
    whole, point, rest = text.rpartition("," if text.rfind(",") > text.rfind(".") else ".")
    return f"{_BETWEEN.sub('', whole)}.{rest}" if point else _BETWEEN.sub("", text)


def is_short(number: Decimal) -> bool:
    """Whether a number has no more digits than every JSON reader keeps."""
    return len(number.normalize().as_tuple().digits) <= DIGITS and abs(number.adjusted()) < 2 * DIGITS


def nearest(number: Decimal) -> Decimal | str:
    """The number itself where JSON readers keep it, else the nearest that they have; its text where it is out of their reach."""
    double = float(number)
    if isinf(double) or (not double and number):
        return str(number)
    if number.as_tuple().exponent == 0:
        return number
    kept = Decimal(repr(double))
    return number if kept == number else kept


def digits_of(number: Decimal) -> str:
    """A number as a text, without an exponent where that is readable."""
    return format(number, "f") if abs(number.adjusted()) < _LARGEST else str(number)
