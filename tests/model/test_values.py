"""Values as people write them: what each text means, and what is refused with which advice."""

from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tmfkit.model.problems import NotUnderstood
from tmfkit.model.units import UNITS
from tmfkit.model.values import (
    Duration,
    Money,
    Quantity,
    parse_boolean,
    parse_divisor,
    parse_duration,
    parse_integer,
    parse_language,
    parse_localized,
    parse_measure,
    parse_moment,
    parse_money,
    parse_number,
    parse_percent,
    parse_period,
    parse_portion,
    parse_quantity,
)

UNDERSTOOD: list[tuple[Callable[[Any], object], Any, object]] = [
    (parse_money, "39.90 EUR", Money(Decimal("39.90"), "EUR")),
    (parse_money, "0 EUR", Money(Decimal(0), "EUR")),
    (parse_money, "-5.00 CHF", Money(Decimal("-5.00"), "CHF")),
    (parse_money, "1500JPY", Money(Decimal(1500), "JPY")),
    (parse_quantity, "1 Gbit/s", Quantity(Decimal(1000), "Mbit/s")),
    (parse_quantity, "0.5 Gbit/s", Quantity(Decimal(500), "Mbit/s")),
    (parse_quantity, "2 h", Quantity(Decimal(120), "min")),
    (parse_quantity, "1 GiB", Quantity(Decimal(1024), "MiB")),
    (parse_duration, "24 months", Duration(24, "month")),
    (parse_duration, "1 year", Duration(1, "year")),
    (parse_moment, "2026-01-15", date(2026, 1, 15)),
    (parse_moment, "2026-01-15T08:00+01:00", datetime(2026, 1, 15, 8, tzinfo=timezone(timedelta(hours=1)))),
    (parse_percent, "20 %", Decimal(20)),
    (parse_percent, "33.3", Decimal("33.3")),
    (parse_integer, "012", 12),
    (parse_number, "1.50", Decimal("1.50")),
    (parse_boolean, "true", True),
    (parse_integer, "0" * 40 + "5", 5),
    (parse_number, "123456789012.345", Decimal("123456789012.345")),
    (parse_duration, "0 months", Duration(0, "month")),
    (parse_duration, "1000 years", Duration(1000, "year")),
    (parse_portion, "0.5 GB", Quantity(Decimal(500), "MB")),
    (parse_language, "pt-BR", "pt-BR"),
]

REFUSED: list[tuple[Callable[[Any], object], Any, str]] = [
    (parse_money, "39,90 EUR", "write `39.90 EUR`"),
    (parse_money, "1.234,50 EUR", "as in `1234.50`"),
    (parse_moment, "2027-02-30", "that month ends with `2027-02-28`"),
    (parse_moment, "2028-02-30", "that month ends with `2028-02-29`"),
    (parse_moment, "2027-13-01", "there is no such month"),
    (parse_money, "EUR 39.90", "write it as in `39.90 EUR`"),
    (parse_money, "39.90 eur", "`eur`"),
    (parse_money, "1e3 EUR", "write the number in the digits 0 to 9"),
    (parse_money, "1_000 EUR", "write the number in the digits 0 to 9"),
    (parse_money, "٣٥ EUR", "write the number in the digits 0 to 9"),
    (parse_money, "20 %", "write `percent: 20` in place of `amount`"),
    (parse_number, "0x10", "write the number in the digits 0 to 9"),
    (parse_number, "٣", "write the number in the digits 0 to 9"),
    (parse_number, "1" * 16, "more than 15 digits"),
    (parse_integer, "89490200001234567890", "is a text: `type: string`"),
    (parse_integer, "9" * 5000, "more than 15 digits"),
    (parse_quantity, "1e999999999 GB", "write the number in the digits 0 to 9"),
    (parse_quantity, f"{'9' * 400} GB", "more than 15 digits"),
    (parse_measure, "1" * 16, "more than 15 digits"),
    (parse_percent, "1" * 16, "more than 15 digits"),
    (parse_portion, "0 GB", "not more than nothing"),
    (parse_portion, "-1", "not more than nothing"),
    (parse_divisor, "0", "not more than nothing"),
    (parse_period, "0 months", "`0 months` is no time at all"),
    (parse_duration, f"{'9' * 5000} months", "longer than 1,000 years"),
    (parse_duration, "1001 years", "longer than 1,000 years"),
    (parse_duration, "٣ months", "is not a duration"),
    (parse_moment, "٢٠٢٦-01-15", "is not a date"),
    (parse_language, "klingon language", "is no language tag"),
    (parse_money, "12345678901234.56 EUR", "more than 15 digits"),
    (parse_quantity, "500 Mbits", "did you mean `Mbit/s`?"),
    (parse_quantity, "500", "the number, then the unit"),
    (parse_duration, "24 moons", "`24 moons` is not a duration"),
    (parse_duration, "1.5 years", "is not a duration"),
    (parse_moment, "2026-02-30", "there is no such day"),
    (parse_moment, "2026-13-01", "is not a date"),
    (parse_moment, "2026-01-15T08:00", "has no time zone"),
    (parse_boolean, "yes", "neither `true` nor `false`"),
    (parse_boolean, "NO", "neither `true` nor `false`"),
    (parse_integer, "1.5", "not a whole number"),
    (parse_number, ["1"], "not a list"),
    (parse_localized, {}, "at least one language"),
]


@pytest.mark.parametrize(("parse", "text", "value"), UNDERSTOOD)
def test_understood(parse: Callable[[Any], object], text: Any, value: object) -> None:
    assert parse(text) == value


@pytest.mark.parametrize(("parse", "text", "says"), REFUSED)
def test_refused(parse: Callable[[Any], object], text: Any, says: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        parse(text)
    assert says in f"{refused.value.problem.message} {refused.value.problem.help}"


@given(st.decimals(min_value=0, max_value=10**6, places=3), st.sampled_from(sorted(UNITS)), st.sampled_from(sorted(UNITS)))
def test_quantities_are_equal_when_they_measure_the_same(amount: Decimal, first: str, second: str) -> None:
    quantity = Quantity(amount, first)
    if UNITS[first].dimension != UNITS[second].dimension:
        assert quantity != Quantity(amount, second)
        return
    converted = quantity.to(second)
    assert abs(converted.base - quantity.base) <= abs(quantity.base) * Decimal("1e-20")


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2), st.sampled_from(["EUR", "CHF", "JPY"]))
def test_money_survives_being_written(amount: Decimal, currency: str) -> None:
    money = Money(amount, currency)
    assert parse_money(str(money)) == money
