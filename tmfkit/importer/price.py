"""Prices of a payload in the words of the language: each an entity of its own, which offerings use."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from tmfkit.importer.draft import Draft, objects
from tmfkit.importer.identify import text_of
from tmfkit.importer.numbers import DIGITS, is_short
from tmfkit.importer.periods import length, whole
from tmfkit.importer.words import Words
from tmfkit.model.prices import PriceType
from tmfkit.model.units import CURRENCIES, UNITS
from tmfkit.source.document import Data

_ALIASES = {
    PriceType.RECURRING: "recurringcharge recurringprice recurringfee rental subscription periodic monthly rc",
    PriceType.ONE_TIME: (
        "onetimecharge onetimeprice onetimefee oneoff nonrecurring nonrecurringcharge nrc otc setup activation installation fee purchase"
    ),
    PriceType.USAGE: "usagecharge usageprice metered payperuse",
    PriceType.DISCOUNT: "rebate reduction alteration promotion",
    PriceType.ALLOWANCE: "bucket quota",
    PriceType.PENALTY: "termination terminationfee exitfee fine",
    PriceType.DEPOSIT: "securitydeposit",
}
_TYPES = {kind.value.casefold(): kind for kind in PriceType} | {word: kind for kind, words in _ALIASES.items() for word in words.split()}
"""The types of prices under the names that they have in the field, letters only."""

MONTHLY = "1 month"
"""How often a recurring price is taken to be due when its payload does not say so."""


def price(draft: Draft, reduced: Mapping[str, list[str]], when: dict[str, Data], words: Words) -> None:
    """A price. `reduced` holds the names of the prices that a discount reduces, by the discount's id; `when` is when it holds."""
    type = _type(draft)
    draft.put("type", type.value)
    _amount(draft, type)
    match type:
        case PriceType.RECURRING:
            draft.put("every", _every(draft) or _assumed(draft))
        case PriceType.DISCOUNT:
            draft.put("reduces", list(reduced.get(draft.key.id, ())))
        case PriceType.USAGE | PriceType.ALLOWANCE:
            _used(draft, type, words)
    draft.put("when", when)
    draft.put("tax", _tax(draft, words))
    draft.put("chargeCode", draft.outside_code("chargeCode"))
    for key, reason in (
        ("bundledPopRelationship", "prices are not made of other prices"),
        ("priceAlteration", "a change of a price is a discount of its own"),
    ):
        if draft.body.get(key):
            draft.notebook.doubt((key,), f"{reason}; it is kept in `extra` and the price holds without it")


def _type(draft: Draft) -> PriceType:
    said = draft.text("priceType")
    word = "".join(filter(str.isalpha, said)).casefold()
    found = _TYPES.get(word)
    if found is not None and found.value == said:
        return found
    if found is None:
        found = PriceType.RECURRING if _every(draft) else PriceType.ONE_TIME
    what = f"`{said}` is no type of price of the language" if said else "it says no type of price"
    draft.notebook.doubt(("priceType",), f"{what}; it is taken as {found.value}")
    return found


def _amount(draft: Draft, type: PriceType) -> None:
    percentage = draft.body.get("percentage")
    money = money_of(draft.body.get("price"))
    if type is PriceType.ALLOWANCE:
        return
    if type is PriceType.DISCOUNT and isinstance(percentage, Decimal) and percentage and not money:
        draft.put("percent", text_of(percentage))
        return
    draft.put("amount", money)
    if why := _unread(draft.source.get("price"), draft.body.get("price"), money):
        draft.unread["amount"] = why
    if isinstance(percentage, Decimal) and percentage:
        draft.notebook.doubt(("percentage",), "a percentage belongs to a discount without an amount; it is kept in `extra`")


def _unread(said: Any, price: Any, money: str) -> str:
    """Why a price that is there says no amount; empty where it says one, or nothing at all. `said` is the price as it was read."""
    if price is None:
        return ""
    if not isinstance(price, dict):
        return f"`price` is {text_of(price) or 'a list'}, where an object with `unit` and `value` is due"
    own = said if isinstance(said, dict) else price
    value, unit = (_inside(own, keys) for keys in (("value", "amount"), ("unit", "units")))
    shown = f"`{text_of(value)}`" if text_of(value) else "a list or an object" if isinstance(value, dict | list) else "nothing"
    if isinstance(value, Decimal) and not is_short(value):
        return f"`price` says {shown}, which an amount of money does not keep exactly; write what is charged, in at most {DIGITS} digits"
    if not money and isinstance(value, Decimal) and not text_of(unit):
        return f"`price` says {shown} and no currency; write one as its `unit`"
    if not money:
        return f"`price` says {shown} as its value, which cannot be read as a number in one way only; write it as in `39.90`"
    if text_of(unit).strip() not in CURRENCIES:
        return f"`price` says {shown} in `{text_of(unit)}`, which is no ISO 4217 currency"
    return ""


def _inside(price: dict[str, Any], keys: tuple[str, str]) -> Any:
    for key in ("dutyFreeAmount", "taxIncludedAmount"):
        if isinstance(price.get(key), dict):
            return _inside(price[key], keys)
    return price.get(keys[0], price.get(keys[1]))


def money_of(value: Any) -> str:
    """An amount of money, its digits as written; prices inside offerings say it with and without tax. Empty for anything else."""
    if not isinstance(value, dict):
        return ""
    for key in ("dutyFreeAmount", "taxIncludedAmount"):
        if isinstance(value.get(key), dict):
            return money_of(value[key])
    number, unit = value.get("value", value.get("amount")), text_of(value.get("unit", value.get("units"))).strip()
    return f"{text_of(number)} {unit}" if isinstance(number, Decimal) and unit else ""


def _every(draft: Draft) -> str:
    unit = draft.text("recurringChargePeriodType") or draft.text("recurringChargePeriod")
    number = whole(draft.body.get("recurringChargePeriodLength", Decimal(1)))
    return length(number, unit) if unit and number else ""


def _assumed(draft: Draft) -> str:
    draft.notebook.doubt(("recurringChargePeriodType",), f"how often it is due is not understood; it is taken as {MONTHLY}")
    return MONTHLY


def _used(draft: Draft, type: PriceType, words: Words) -> None:
    measure = draft.body.get("unitOfMeasure")
    unit = text_of(measure.get("units")) if isinstance(measure, dict) else text_of(measure)
    number = text_of(measure.get("amount")) if isinstance(measure, dict) else ""
    draft.put("usage", words.usage(draft, unit, ("unitOfMeasure",)))
    if type is PriceType.ALLOWANCE:
        draft.put("every", _every(draft))
        draft.put("quantity", f"{number} {unit}" if number and unit in UNITS else "")
    elif number and number != "1":
        draft.put("per", f"{number} {unit}" if unit in UNITS else number)


def _tax(draft: Draft, words: Words) -> str:
    taxes = list(objects(draft.body, "tax", ()))
    if len(taxes) > 1:
        draft.notebook.doubt(("tax",), "a price has one tax in the language; these are kept in `extra`")
    if len(taxes) != 1:
        return ""
    path, tax = taxes[0]
    category, rate = text_of(tax.get("taxCategory")).strip(), text_of(tax.get("taxRate"))
    return words.tax(draft, category, f"{rate} %", path) if category and rate else ""
