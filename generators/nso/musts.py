"""Constraints of a service as YANG states them: a `must` in XPath, where everything it asks about is a leaf."""

from collections.abc import Mapping

from tmfkit.api import Characteristic, Condition, Constraint, ValueType, band, text_of

from .leaves import Leaf, quoted

_NUMERIC = (ValueType.INTEGER, ValueType.NUMBER, ValueType.QUANTITY)


def must_of(constraint: Constraint, leaves: Mapping[str, Leaf], characteristics: Mapping[str, Characteristic]) -> str | None:
    """`"not(bandwidth = 500) or resilience = 'dual'"`, quoted; None where it asks for what is reported, or is no leaf."""
    when = _all(constraint.when, leaves, characteristics)
    then = _all(constraint.then, leaves, characteristics)
    return None if when is None or then is None else quoted(f"not({when}) or {then}")


def _all(condition: Condition, leaves: Mapping[str, Leaf], characteristics: Mapping[str, Characteristic]) -> str | None:
    parts = []
    for subject in condition.subjects:
        leaf = leaves.get(subject)
        if leaf is None or leaf.state:
            return None
        tests = [_test(leaf.name, text, characteristics[subject]) for text in condition.values(subject)]
        if not tests or None in tests:
            return None
        parts.append(f"({' or '.join(filter(None, tests))})")
    return " and ".join(parts) if len(parts) == 1 else f"({' and '.join(parts)})"


def _test(name: str, text: str, characteristic: Characteristic) -> str | None:
    """One value: numbers compare as numbers, so that `500.0` is 500."""
    numeric = characteristic.type in _NUMERIC
    limits = band(text) if numeric else None
    if limits is not None:
        ends = ((">=", limits.low), ("<=", limits.high))
        return " and ".join(f"{name} {sign} {text_of(end)}" for sign, end in ends if end is not None)
    value = text_of(characteristic.read(text))
    if numeric:
        return f"{name} = {value}"
    if "'" in value:
        return None if '"' in value else f'{name} = "{value}"'
    return f"{name} = '{value}'"
