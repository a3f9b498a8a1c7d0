"""Spellings that people use elsewhere and that leave no doubt: units, amounts of money, decimals."""

import re
from types import MappingProxyType

from tmfkit.diagnostics.suggest import Suggestion, did_you_mean
from tmfkit.model.units import CURRENCIES, UNITS

_RATES = {
    f"{prefix}{rate}": f"{proper}bit/s"
    for prefix, proper in (("", ""), ("k", "k"), ("K", "k"), ("M", "M"), ("G", "G"), ("T", "T"))
    for rate in ("bps", "bit/sec", "bits/s", "bits/sec", "Bit/s", "b/s")
}
_TIMES = {word: unit for unit, words in {"s": "sec secs second seconds", "min": "mins minute minutes", "h": "hr hrs hour hours",
                                         "d": "day days"}.items() for word in words.split()}  # fmt: skip
_VOLUMES = {"kb": "kB", "KB": "kB", "mb": "MB", "gb": "GB", "tb": "TB"}
_PLURALS = {f"{unit}s": unit for unit, row in UNITS.items() if row.dimension == f"number of {unit}"}
_RATES_IN_CASE = {word: unit for unit in UNITS if unit.endswith("bit/s") for word in (unit.lower(), unit.upper(), unit.capitalize())}

UNIT_SPELLINGS = MappingProxyType(
    {word: unit for word, unit in {**_RATES_IN_CASE, **_RATES, **_TIMES, **_VOLUMES, **_PLURALS}.items() if word not in UNITS}
)
"""Other spellings of units. `Mb` is none: it may be bits or bytes."""

_SIGNS = MappingProxyType({"€": "EUR", "£": "GBP"})
_COMMA = re.compile(r"([+-]?[0-9]+),([0-9]{1,2})")
_ODD = re.compile(r"[+-]?(0x[0-9a-fA-F]|[0-9.]*([0-9]_[0-9]|[0-9.][eE][+-]?[0-9]|(?![0-9])\d))")
_SHARE = re.compile(r"([0-9]+(?:\.[0-9]+)?) *%")
_AFTER = re.compile(r"([+-]?[0-9]+(?:[.,][0-9]{1,2})?) *([A-Za-z]{3}|[€£])")
_BEFORE = re.compile(r"([A-Za-z]{3}|[€£]) *([+-]?[0-9]+(?:[.,][0-9]{1,2})?)")


def unit_help(text: str) -> str:
    """A help line for a text that is no unit."""
    if text in UNIT_SPELLINGS:
        return Suggestion(f"write `{UNIT_SPELLINGS[text]}`", text, UNIT_SPELLINGS[text])
    known = "`, `".join(sorted(UNITS))
    return str(did_you_mean(text, UNITS)) or f"the units are `{known}`"


def number_help(text: str) -> str:
    """A help line for a text that is no number; empty without a decimal comma. Three decimals may be thousands."""
    if is_odd_number(text):
        return "write the number in the digits 0 to 9, without exponent and separators, as in `1000` or `39.90`"
    if not re.search(r"\d,\d", text):
        return ""
    if re.search(r"[0-9][.,' ][0-9]{3}[.,]", text):
        return "write the number without signs between the thousands; decimals follow a point, as in `1234.50`"
    help = f"write `{text.replace(',', '.')}`: decimals follow a point"
    found = _COMMA.fullmatch(text)
    return Suggestion(help, text, f"{found[1]}.{found[2]}") if found else help


def is_odd_number(text: str) -> bool:
    """Whether a text begins with a number in another notation: `1e3`, `1_000`, `0x10`, or digits of another script."""
    return _ODD.match(text) is not None


def money_help(text: str) -> str:
    """A help line for a text that is no amount of money."""
    share = _SHARE.fullmatch(text)
    if share:
        return f"a share of another price is a percentage: write `percent: {share[1]}` in place of `amount`"
    meant = _money(text)
    if meant:
        help = f"write `{meant}`: decimals follow a point" if "," in text else f"write it as in `{meant}`"
        return Suggestion(help, text, meant)
    return number_help(text) or "write it as in `39.90 EUR`: the number, then the ISO 4217 currency"


def currency_help(text: str, currency: str) -> str:
    """A help line for an amount of money in a currency that there is not."""
    return money_help(text) if _money(text) else str(did_you_mean(currency, CURRENCIES)) if len(currency) == 3 else ""


def _money(text: str) -> str:
    """What an amount of money in another spelling means; empty where there is a doubt."""
    after, before = _AFTER.fullmatch(text), _BEFORE.fullmatch(text)
    if not (after or before):
        return ""
    number, currency = (after[1], after[2]) if after else (before[2], before[1]) if before else ("", "")
    code = _SIGNS.get(currency, currency.upper())
    return f"{number.replace(',', '.')} {code}" if code in CURRENCIES else ""
