"""The units of measure of the language, and what converts into what."""

from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its dimension and how many base units of that dimension it is."""

    name: str
    dimension: str
    factor: Decimal


_SCALES = {
    "data rate": {"bit/s": "1", "kbit/s": "1e3", "Mbit/s": "1e6", "Gbit/s": "1e9", "Tbit/s": "1e12"},
    "data volume": {
        "B": "1", "kB": "1e3", "MB": "1e6", "GB": "1e9", "TB": "1e12", "PB": "1e15",
        "KiB": "1024", "MiB": "1048576", "GiB": "1073741824", "TiB": "1099511627776",
    },
    "time": {"ms": "0.001", "s": "1", "min": "60", "h": "3600", "d": "86400"},
    "length": {"mm": "0.001", "cm": "0.01", "m": "1", "km": "1000"},
    "frequency": {"Hz": "1", "kHz": "1e3", "MHz": "1e6", "GHz": "1e9"},
    "power": {"W": "1", "kW": "1e3", "MW": "1e6"},
    "apparent power": {"VA": "1", "kVA": "1e3"},
    "electric current": {"A": "1"},
    "level": {"dB": "1"},
    "power level": {"dBm": "1"},
    "ratio": {"%": "1"},
    "temperature": {"degC": "1"},
    "mass": {"g": "1", "kg": "1000"},
    "packet rate": {"packet/s": "1", "kpacket/s": "1e3", "Mpacket/s": "1e6"},
}  # fmt: skip

_COUNTED = (
    "address", "call", "channel", "core", "event", "licence", "line", "message", "page", "piece", "point", "port", "rack-unit",
    "request", "route", "seat", "session", "site", "stream", "transaction", "user",
)  # fmt: skip

UNITS = MappingProxyType(
    {name: Unit(name, dimension, Decimal(factor)) for dimension, names in _SCALES.items() for name, factor in names.items()}
    | {name: Unit(name, f"number of {name}", Decimal(1)) for name in _COUNTED}
)
"""Every unit by its exact spelling; things that are counted (`seat`, `message`) convert into nothing else."""

# ISO 4217 active currency codes with the number of their decimals where that is not two.
_DECIMALS = MappingProxyType(
    dict.fromkeys("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(), 0)
    | dict.fromkeys("BHD IQD JOD KWD LYD OMR TND".split(), 3)
    | dict.fromkeys("CLF UYW".split(), 4)
)

CURRENCIES = frozenset(
    """AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLF CLP CNY COP CRC CUP
    CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY
    KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK
    NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT
    TND TOP TRY TTD TWD TZS UAH UGX USD UYI UYU UYW UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG""".split()
)


def decimals_of(currency: str) -> int:
    """How many decimals a currency's coins have (ISO 4217 minor unit)."""
    return _DECIMALS.get(currency, 2)
