"""Money, quantities, durations, dates and other values, written as people write them and exact."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Any

from pydantic import WithJsonSchema

from tmfkit.model.names import LANGUAGE_HELP, is_language, language_faults
from tmfkit.model.problems import NotUnderstood, as_text, read_by, refuse, short, written_as
from tmfkit.model.spellings import currency_help, is_odd_number, money_help, number_help, unit_help
from tmfkit.model.units import CURRENCIES, UNITS, Unit

_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)")
_AMOUNT = re.compile(r"(?P<number>[+-]?[0-9]+(?:\.[0-9]+)?)\s*(?P<word>[^\d\s.,].*)?")
_LENGTH = re.compile(r"([0-9]+)\s*([a-z]+?)s?")
_DAY = re.compile(r"[0-9]{4}-[0-9][0-9]-[0-9][0-9]")
_TIME = re.compile(r"[0-9]{4}-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9](:[0-9][0-9](\.[0-9]+)?)?(Z|[+-][0-9][0-9]:[0-9][0-9])?")
_PERIODS = {"hour": "h", "day": "d", "week": "w", "month": "m", "year": "y"}
_ONLY_TEXTS = frozenset((str,))
_SIGNIFICANT = 15
"""What TM Forum APIs carry as JSON numbers: up to this many digits pass through them unchanged."""

_LONGEST_YEARS = 1000
"""Years that a duration may have: dates end at the year 9999."""


def plain(number: Decimal) -> str:
    """A number as people write it: without exponent and without trailing zeros."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount in one currency (ISO 4217)."""

    amount: Decimal
    currency: str

    def __str__(self) -> str:
        return f"{self.amount:f} {self.currency}"


@dataclass(frozen=True, slots=True, eq=False)
class Quantity:
    """A number of units; quantities of one dimension compare whatever their unit: 1 Gbit/s equals 1000 Mbit/s."""

    amount: Decimal
    unit: str

    @property
    def dimension(self) -> str:
        """What is measured: `data rate`, `time`, `number of seat`."""
        return UNITS[self.unit].dimension

    @property
    def base(self) -> Decimal:
        """The amount in the base unit of the dimension."""
        return self.amount * UNITS[self.unit].factor

    def to(self, unit: str) -> "Quantity":
        """The same quantity in another unit of its dimension."""
        return Quantity(self.base / UNITS[unit].factor, unit)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Quantity) and (self.dimension, self.base) == (other.dimension, other.base)

    def __hash__(self) -> int:
        return hash((self.dimension, self.base))

    def __str__(self) -> str:
        return f"{plain(self.amount)} {self.unit}"


@dataclass(frozen=True, slots=True)
class Duration:
    """A calendar duration such as `24 months`; `unit` is hour, day, week, month or year."""

    amount: int
    unit: str

    @property
    def months(self) -> int | None:
        """Its length in months, None for what is counted in days or hours."""
        return {"month": self.amount, "year": 12 * self.amount}.get(self.unit)

    @property
    def hours(self) -> int:
        """Its length in hours, a month taken as thirty days: good for comparing, not for dates."""
        return self.amount * {"hour": 1, "day": 24, "week": 168, "month": 720, "year": 8640}[self.unit]

    def __str__(self) -> str:
        return f"{self.amount} {self.unit}{'' if self.amount == 1 else 's'}"


@dataclass(frozen=True, slots=True)
class LocalizedText:
    """A text in one or several languages; a plain string stands for all of them."""

    texts: tuple[tuple[str, str], ...]

    @property
    def default(self) -> str:
        """The text of the first language that is written."""
        return self.texts[0][1]

    def in_language(self, language: str) -> str:
        """The text in a language, else the first one written."""
        return dict(self.texts).get(language, self.default)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that are written; none for a plain string."""
        return tuple(language for language, _ in self.texts if language)

    def __str__(self) -> str:
        return self.default


_AS_TEXT = "write a shorter one; what only names something, such as the ICCID of a SIM card, is a text: `type: string`"


def converted(quantity: Quantity, unit: str) -> Quantity:
    """A quantity in another unit of its dimension, refused if it gets too large there."""
    found = quantity.to(unit)
    if found.amount.adjusted() >= _SIGNIFICANT:
        raise NotUnderstood(f"`{quantity}` has more than {_SIGNIFICANT} digits in {unit}", "choose a larger unit for the characteristic")
    return found


def parse_number(raw: Any, what: str = "a number") -> Decimal:
    """A decimal number; `39,90` is refused because a comma means two things in Europe."""
    text = as_text(raw, what)
    if not _NUMBER.fullmatch(text):
        raise NotUnderstood(f"`{short(text)}` is not {what}", number_help(text))
    return exact(Decimal(text), text)


def exact(number: Decimal, text: str) -> Decimal:
    """A number, refused if it has more digits than a JSON number keeps; `text` is how it is written."""
    if len(number.as_tuple().digits) > _SIGNIFICANT:
        raise NotUnderstood(f"`{short(text)}` has more than {_SIGNIFICANT} digits, which a TM Forum number does not keep exact", _AS_TEXT)
    return number


def parse_integer(raw: Any) -> int:
    """A whole number."""
    number = parse_number(raw, "a whole number")
    if number != number.to_integral_value():
        raise NotUnderstood(f"`{raw}` is not a whole number")
    return int(number)


@lru_cache(maxsize=4096)
def _money(text: str) -> Money:
    found = _AMOUNT.fullmatch(text)
    if not found or not found["word"] or found["word"] == "%" or is_odd_number(text):
        raise NotUnderstood(f"`{short(text)}` is not an amount of money", money_help(text))
    currency, amount = found["word"].strip(), Decimal(found["number"])
    if currency not in CURRENCIES:
        raise NotUnderstood(f"`{currency}` is no ISO 4217 currency", currency_help(text, currency) or "write it as in `39.90 EUR`")
    if len(amount.as_tuple().digits) > _SIGNIFICANT:
        raise NotUnderstood(f"`{short(text)}` has more than {_SIGNIFICANT} digits, which a TM Forum amount does not keep exact")
    return Money(amount, currency)


@lru_cache(maxsize=4096)
def _quantity(text: str) -> Quantity:
    found = _AMOUNT.fullmatch(text)
    if not found or not found["word"] or is_odd_number(text):
        help = number_help(text) or "write it as in `500 Mbit/s`: the number, then the unit"
        raise NotUnderstood(f"`{short(text)}` is not a quantity", help)
    unit = _unit(found["word"].strip()).name
    return Quantity(exact(Decimal(found["number"]), text), unit)


@lru_cache(maxsize=1024)
def _unit(text: str) -> Unit:
    if text not in UNITS:
        raise NotUnderstood(f"`{short(text)}` is no unit that tmfkit knows", unit_help(text))
    return UNITS[text]


@lru_cache(maxsize=1024)
def _duration(text: str) -> Duration:
    found = _LENGTH.fullmatch(text)
    if not found or found[2] not in _PERIODS:
        help = "write it as in `24 months`; the units are hours, days, weeks, months and years"
        raise NotUnderstood(f"`{short(text)}` is not a duration", help)
    if len(found[1].lstrip("0")) > 9 or Duration(int(found[1]), found[2]).hours > Duration(_LONGEST_YEARS, "year").hours:
        raise NotUnderstood(f"`{short(text)}` is longer than {_LONGEST_YEARS:,} years", "leave it out if there is no end")
    return Duration(int(found[1]), found[2])


@lru_cache(maxsize=4096)
def _moment(text: str) -> datetime | date:
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else _timestamp(text)
    except NotUnderstood:
        raise
    except ValueError:
        raise _no_date(text) from None


def _no_date(text: str) -> NotUnderstood:
    """Why a text is no date: its form, its month or its day."""
    found = re.match(r"(\d{4})-(\d\d)-(\d\d)", text)
    if not found or not int(found[1]):
        return NotUnderstood(f"`{short(text)}` is not a date", "write it as in `2026-01-15`: the year, the month, the day")
    if not 1 <= int(found[2]) <= 12:
        return NotUnderstood(f"`{short(text)}` is not a date: there is no such month", "months go from 01 to 12")
    last = monthrange(int(found[1]), int(found[2]))[1]
    if not 1 <= int(found[3]) <= last:
        return NotUnderstood(f"`{short(text)}` is not a date: there is no such day", f"that month ends with `{found[1]}-{found[2]}-{last}`")
    return NotUnderstood(f"`{short(text)}` is not a date", "write it as in `2026-01-15`, or with a time as in `2026-01-15T08:00Z`")


def _timestamp(text: str) -> datetime:
    if not _TIME.fullmatch(text):
        raise ValueError
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise NotUnderstood(f"`{text}` has no time zone", f"add it, as in `{text}Z` or `{text}+01:00`, or write the date alone")
    return moment


def parse_money(raw: Any) -> Money:
    """`39.90 EUR`."""
    return _money(as_text(raw, "an amount of money"))


def parse_quantity(raw: Any) -> Quantity:
    """`500 Mbit/s`."""
    return _quantity(as_text(raw, "a quantity"))


def parse_measure(raw: Any) -> Quantity | Decimal:
    """`10 GB`, or a bare number of what is counted."""
    text = as_text(raw, "a quantity or a number")
    return exact(Decimal(text), text) if _NUMBER.fullmatch(text) else _quantity(text)


def parse_portion(raw: Any) -> Quantity | Decimal:
    """As `parse_measure`, for what something is counted in: more than nothing."""
    portion = parse_measure(raw)
    if (portion.amount if isinstance(portion, Quantity) else portion) <= 0:
        raise NotUnderstood(f"`{raw}` is no size to count by: it is not more than nothing", "write it as in `1 GB` or `10`")
    return portion


def parse_divisor(raw: Any) -> Decimal:
    """A number that something is divided by: more than nothing."""
    number = parse_number(raw)
    if number <= 0:
        raise NotUnderstood(f"`{raw}` is no size to count by: it is not more than nothing", "write it as in `1000`")
    return number


def parse_duration(raw: Any) -> Duration:
    """`24 months`."""
    return _duration(as_text(raw, "a duration"))


def parse_period(raw: Any) -> Duration:
    """As `parse_duration`, for what takes its time: longer than nothing."""
    period = parse_duration(raw)
    if not period.amount:
        raise NotUnderstood(f"`{raw}` is no time at all", "write how long it takes, as in `1 month`, or leave it out")
    return period


def parse_moment(raw: Any) -> datetime | date:
    """`2026-01-15`, or a timestamp with its zone."""
    return _moment(as_text(raw, "a date"))


def parse_percent(raw: Any) -> Decimal:
    """`20` or `20 %`: percent, so that twenty means a fifth."""
    return parse_number(as_text(raw, "a percentage").removesuffix("%").rstrip(), "a percentage")


def parse_boolean(raw: Any) -> bool:
    """`true` or `false`, no other spelling."""
    text = as_text(raw, "`true` or `false`")
    if text not in ("true", "false"):
        raise NotUnderstood(f"`{text}` is neither `true` nor `false`")
    return text == "true"


@lru_cache(maxsize=4096)
def _in_all_languages(text: str) -> LocalizedText:
    return LocalizedText((("", text),))


def parse_localized(raw: Any) -> LocalizedText:
    """A plain text, or a mapping of language to text."""
    if isinstance(raw, str):
        return _in_all_languages(raw)
    if isinstance(raw, dict):
        if not raw:
            raise NotUnderstood("a text in at least one language is expected here")
        if not all(map(is_language, raw)):
            raise refuse(language_faults(raw))
        if _ONLY_TEXTS.issuperset(map(type, raw.values())):
            return LocalizedText(tuple(raw.items()))
        return LocalizedText(tuple((language, as_text(text, "a text")) for language, text in raw.items()))
    return LocalizedText((("", as_text(raw, "a text")),))


def parse_language(raw: Any) -> str:
    """A language tag such as `en` or `pt-BR` (BCP 47)."""
    text = as_text(raw, "a language")
    if not is_language(text):
        raise NotUnderstood(f"`{short(text)}` is no language tag (BCP 47)", LANGUAGE_HELP)
    return text


def parse_unit(raw: Any) -> str:
    """The name of a unit that tmfkit knows."""
    return _unit(as_text(raw, "a unit")).name


_DURATION = r"^[0-9]+ (hour|day|week|month|year)s?$"
_DATE = r"^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d))?$"

MoneyValue = Annotated[Money, read_by(parse_money), written_as(r"^-?\d+(\.\d+)? [A-Z]{3}$", "39.90 EUR", description="An amount of money.")]
QuantityValue = Annotated[
    Quantity, read_by(parse_quantity), written_as(r"^-?\d+(\.\d+)? \S+$", "500 Mbit/s", description="A number of units.")
]
Measure = Annotated[
    Quantity | Decimal, read_by(parse_measure), written_as(r"^\d+(\.\d+)?( \S+)?$", "10 GB", description="A quantity, or a number.")
]
DurationValue = Annotated[Duration, read_by(parse_duration), written_as(_DURATION, "24 months", description="A duration.")]
Period = Annotated[Duration, read_by(parse_period), written_as(_DURATION, "24 months", description="A duration, longer than nothing.")]
Portion = Annotated[
    Quantity | Decimal,
    read_by(parse_portion),
    written_as(r"^\d+(\.\d+)?( \S+)?$", "1 GB", description="What is counted by: more than nothing."),
]
Moment = Annotated[datetime | date, read_by(parse_moment), written_as(_DATE, "2026-01-15", description="A date, or a time with its zone.")]
Percent = Annotated[Decimal, read_by(parse_percent), written_as(r"^-?\d+(\.\d+)? ?%?$", "20 %", description="A percentage.")]
Number = Annotated[Decimal, read_by(parse_number), written_as(r"^-?\d+(\.\d+)?$", "10", description="A number.")]
Divisor = Annotated[Decimal, read_by(parse_divisor), written_as(r"^\d+(\.\d+)?$", "1000", description="A number above zero.")]
Integer = Annotated[int, read_by(parse_integer), written_as(r"^-?\d+$", "1", description="A whole number.")]
UnitName = Annotated[str, read_by(parse_unit), written_as(r"^\S+$", "Mbit/s", description="A unit of measure.")]
Text = Annotated[str, WithJsonSchema({"type": ["string", "number", "boolean"]})]
Language = Annotated[str, read_by(parse_language), WithJsonSchema({"type": "string", "examples": ["en", "pt-BR"]})]
Boolean = Annotated[bool, read_by(parse_boolean), WithJsonSchema({"type": "boolean"})]
Localized = Annotated[
    LocalizedText,
    read_by(parse_localized),
    WithJsonSchema(
        {
            "anyOf": [{"type": "string"}, {"type": "object", "additionalProperties": {"type": "string"}, "minProperties": 1}],
            "description": "A text, or one for each language.",
            "examples": ["Fibre Home", {"en": "Fibre Home", "fr": "Fibre Maison"}],
        }
    ),
]
