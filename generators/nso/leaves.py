"""What a characteristic is in YANG: a leaf or a list of them, with type, range, pattern, enumeration, default and number."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tmfkit.api import Characteristic, Quantity, ValueType, text_of

from .xsd import Untold, is_xml, xsd_literal, xsd_pattern

DECIMALS = 3
"""Digits behind the point that a number has at least room for: YANG wants to know how many there are."""

_DIGITS = 18
"""Digits of a `decimal64` in all."""

_WHOLE = (
    ("uint8", 0, 2**8 - 1),
    ("uint16", 0, 2**16 - 1),
    ("uint32", 0, 2**32 - 1),
    ("int32", -(2**31), 2**31 - 1),
    ("int64", -(2**63), 2**63 - 1),
)
_DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?(Z|[+\-][0-9]{2}:[0-9]{2}))?"


@dataclass(frozen=True, slots=True)
class Type:
    """A type of YANG, what it restricts, its listed values with their labels, its unit, and what of the catalog it does not say."""

    name: str
    limits: tuple[str, ...] = ()
    enums: tuple[tuple[str, str], ...] = ()
    units: str = ""
    unsaid: str = ""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One leaf, or list of leaves: `state` is what the network reports and nobody configures.

    `default` and `description` are quoted as YANG writes them."""

    name: str
    characteristic: str
    type: Type
    title: str
    description: str
    many: bool = False
    mandatory: bool = False
    state: bool = False
    default: str = ""
    least: int = 0
    most: int | None = None


def leaf_of(name: str, called: str, characteristic: Characteristic, *, state: bool = False, asked: bool = True) -> Leaf:
    """A characteristic as a leaf; `asked` is whether an order has to fill it where the characteristic is mandatory."""
    many = characteristic.many
    needed = asked and not state and not characteristic.optional and characteristic.default is None
    standard = characteristic.standard
    least = many.min if many is not None and needed else 0
    default = "" if standard is None or state or least else quoted(text_of(standard))
    title = characteristic.name.default if characteristic.name else called
    return Leaf(
        name=name,
        characteristic=called,
        type=type_of(characteristic),
        title=title,
        description=quoted("\n".join(_words(called, characteristic, title))),
        many=many is not None,
        mandatory=needed and many is None,
        state=state,
        default=default,
        least=least,
        most=many.max if many is not None else None,
    )


def _words(called: str, characteristic: Characteristic, title: str) -> Iterator[str]:
    yield title if characteristic.description is None else characteristic.description.default
    yield f"Characteristic {called} of the catalog."
    if characteristic.set_by != "customer":
        yield f"Known from the {characteristic.set_by}."


def type_of(characteristic: Characteristic) -> Type:
    """The type of a characteristic."""
    match characteristic.type:
        case ValueType.BOOLEAN:
            return _boolean(characteristic)
        case ValueType.INTEGER | ValueType.NUMBER | ValueType.QUANTITY:
            return _number(characteristic)
        case ValueType.DATE:
            late = "" if characteristic.min is None and characteristic.max is None else "without its first and last date"
            return _listed(characteristic) or Type("string", (f"pattern {quoted(_DATE)}",), unsaid=late)
        case ValueType.STRING:
            return _listed(characteristic) or _text(characteristic)


def _boolean(characteristic: Characteristic) -> Type:
    return _listed(characteristic) or Type("boolean")


def _text(characteristic: Characteristic) -> Type:
    if characteristic.pattern is None:
        return Type("string")
    told = xsd_pattern(characteristic.pattern)
    if told is None:
        return Type("string", unsaid=f"without its pattern: XML Schema has no words for `{characteristic.pattern}`")
    return Type("string", (f"pattern {quoted(told)}",))


def _listed(characteristic: Characteristic) -> Type | None:
    """Listed values as an enumeration, or as a pattern where one of them is no legal name in one."""
    labels = {text_of(characteristic.read(text)): label.default for text, label in (characteristic.values or {}).items()}
    if not labels:
        return None
    if all(text and text == text.strip() and all(is_xml(sign) and sign not in "\n\r\t" for sign in text) for text in labels):
        return Type("enumeration", enums=tuple((quoted(text), quoted(label) if label != text else "") for text, label in labels.items()))
    try:
        return Type("string", (f"pattern {quoted('|'.join(map(xsd_literal, labels)))}",))
    except Untold:
        return Type("string", unsaid="without its values: YANG cannot spell one of them")


def _number(characteristic: Characteristic) -> Type:
    units = quoted(characteristic.unit) if characteristic.unit else ""
    listed = sorted({_amount(value) for value in characteristic.allowed})
    lowest, highest = (None if value is None else _amount(value) for value in (characteristic.lowest, characteristic.highest))
    if characteristic.type is ValueType.INTEGER or (listed and all(_places(amount) == 0 for amount in listed)):
        return Type(*_whole(listed, lowest, highest), units=units)
    return _decimal(listed, lowest, highest, units)


def _whole(listed: Sequence[Decimal], lowest: Decimal | None, highest: Decimal | None) -> tuple[str, tuple[str, ...]]:
    low, high = (listed[0], listed[-1]) if listed else (lowest, highest)
    wide = [name for name, least, most in _WHOLE if low is not None and high is not None and least <= low and high <= most]
    return (wide or ["int64"])[0], _range(listed, lowest, highest)


def _decimal(listed: Sequence[Decimal], lowest: Decimal | None, highest: Decimal | None, units: str) -> Type:
    known = [amount for amount in (*listed, lowest, highest) if amount is not None]
    before = max((max(amount.adjusted() + 1, 1) for amount in known), default=1)
    places = min(max((DECIMALS, *map(_places, known))), _DIGITS - before)
    told = all(_places(amount) <= places for amount in known)
    limits = _range(listed, lowest, highest) if told else ()
    return Type(
        "decimal64", (f"fraction-digits {places}", *limits), units=units, unsaid="" if told else "without limits: they are too exact"
    )


def _range(listed: Sequence[Decimal], lowest: Decimal | None, highest: Decimal | None) -> tuple[str, ...]:
    if listed:
        return (f'range "{" | ".join(_plain(amount) for amount in listed)}"',)
    if lowest is None and highest is None:
        return ()
    return (f'range "{"min" if lowest is None else _plain(lowest)}..{"max" if highest is None else _plain(highest)}"',)


def _amount(value: object) -> Decimal:
    if isinstance(value, Quantity):
        return value.amount
    assert isinstance(value, Decimal)
    return value


def _plain(amount: Decimal) -> str:
    return text_of(amount)


def _places(amount: Decimal) -> int:
    _, _, behind = _plain(amount).partition(".")
    return len(behind)


def quoted(text: str) -> str:
    """A text between quotation marks, as YANG reads it; what no document may hold is left out."""
    clean = "".join(sign for sign in text.replace("\r\n", "\n").replace("\r", "\n") if is_xml(sign))
    for sign, escaped in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\t", "\\t")):
        clean = clean.replace(sign, escaped)
    return f'"{clean}"'
