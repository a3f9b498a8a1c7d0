"""Characteristics as product orders and product records state them: the JSON value of each, what it may be, and how people say that."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from tmfkit.catalog import Catalog
from tmfkit.generate.items.words import Said, Speech
from tmfkit.model.characteristics import Characteristic, ValueType
from tmfkit.model.conditions import band
from tmfkit.model.products import ProductOffering
from tmfkit.model.values import LocalizedText, parse_localized, plain
from tmfkit.semantics.configuration import characteristics_of, spelled, variable
from tmfkit.semantics.domains import NUMERIC, Domain, Range

Schema = dict[str, Any]
"""A part of a JSON Schema (2020-12), as it is written."""

WIRE_TYPES = {ValueType.QUANTITY: "number"}
"""The `valueType` of a quantity: its number, in the unit of the characteristic."""

DATE = r"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$"
_ESCAPED = re.compile(r"\\(.)|\(\?P<\w+>", re.DOTALL)
_SYNTAX = frozenset("^$\\.*+?()[]{}|/")


@dataclass(frozen=True)
class Trait:
    """A characteristic of an offering: its name as orders call it, its name for people, and the values that the offering has."""

    name: str
    characteristic: Characteristic
    domain: Domain

    @property
    def label(self) -> LocalizedText:
        """How people call it."""
        return self.characteristic.name or parse_localized(self.name)

    @property
    def wire_type(self) -> str:
        """Its `valueType`."""
        return WIRE_TYPES.get(self.characteristic.type, self.characteristic.type.value)

    @cached_property
    def default(self) -> str | None:
        """The value that it has where none is stated, in its one spelling; None where there is none or it is not offered."""
        written = self.characteristic.default
        found = None if written is None else spelled(self.characteristic, written)
        return found if found is not None and self.domain.contains(found) else None

    @property
    def fewest(self) -> int:
        """How many values it has at least."""
        many = self.characteristic.many
        if self.characteristic.optional:
            return 0
        return many.min if many and "min" in many.model_fields_set else 1

    @property
    def most(self) -> int | None:
        """How many values it may have; None is any number."""
        many = self.characteristic.many
        return 1 if many is None else many.max

    @property
    def together(self) -> int:
        """How many values it has at least where it has any."""
        return max(1, self.characteristic.many.min) if self.characteristic.many else 1

    @property
    def is_ordered(self) -> bool:
        """Whether an order may state it: what the network sets is not ordered."""
        return self.characteristic.set_by != "network"

    @property
    def is_asked(self) -> bool:
        """Whether an order must state it: somebody has to choose, and there is no default."""
        return self.characteristic.set_by == "customer" and self.default is None and self.fewest > 0

    def value(self, text: str) -> str | bool | int | float:
        """The JSON value of a text in its one spelling."""
        match self.characteristic.type:
            case ValueType.BOOLEAN:
                return text == "true"
            case ValueType.INTEGER | ValueType.NUMBER | ValueType.QUANTITY:
                return json_number(Decimal(text))
            case ValueType.STRING | ValueType.DATE:
                return text

    @cached_property
    def schema(self) -> Schema:
        """What a value may be."""
        domain = self.domain
        kind = self.characteristic.type
        parts: list[Schema] = []
        if domain.values:
            parts.append({"enum": [self.value(text) for text in domain.values]})
        parts += [_range(found, self._number_type) for found in domain.ranges]
        if domain.anything and kind is ValueType.DATE:
            parts.append({"type": "string", "pattern": DATE})
        elif domain.anything:
            parts.append({"type": "string", **self._pattern})
        return parts[0] if len(parts) == 1 else {"anyOf": parts} if parts else {"not": {}}

    def among(self, texts: Iterable[str], shared_ends: frozenset[str] = frozenset()) -> Schema:
        """What a value is that is one of some texts, in their one spelling, or lies in a band; at `shared_ends` another band ends."""
        parts: list[Schema] = []
        singles = []
        for text in texts:
            found = band(text) if ".." in text and self.characteristic.type in NUMERIC else None
            if found is None:
                singles.append(self.value(text))
                continue
            part = _range(Range(found.low, found.high), "number")
            if found.low is not None and plain(found.low) in shared_ends:
                part["exclusiveMinimum"] = part.pop("minimum")
            parts.append(part)
        parts += [{"enum": singles}] if singles else []
        return parts[0] if len(parts) == 1 else {"anyOf": parts}

    def words(self, speech: Speech) -> LocalizedText:
        """What a value may be, for people."""
        said: list[Said] = [self._listed(speech)] if self.domain.values else []
        said += [self._ranged(found, speech) for found in self.domain.ranges]
        if self.domain.anything:
            pattern = self.characteristic.pattern
            kind = "date" if self.characteristic.type is ValueType.DATE else "pattern" if pattern else "any-text"
            said.append(speech.say(kind, pattern=pattern or ""))
        return speech.listing(said)

    def value_words(self, text: str, speech: Speech) -> LocalizedText:
        """One value or band, for people."""
        found = band(text) if ".." in text and self.characteristic.type in NUMERIC else None
        if found is not None:
            return self._measured(band_words(found.low, found.high, speech), speech)
        if self.characteristic.type is ValueType.BOOLEAN:
            return speech.say("yes" if text == "true" else "no")
        label = (self.characteristic.values or {}).get(text)
        return label if label is not None and not self.characteristic.unit else self._measured(text, speech)

    @property
    def _number_type(self) -> str:
        return "integer" if self.characteristic.type is ValueType.INTEGER else "number"

    @property
    def _pattern(self) -> Schema:
        """A pattern covers the whole text."""
        written = self.characteristic.pattern
        return {} if written is None else {"pattern": f"^(?:{_ESCAPED.sub(_strictly, written)})$"}

    def _listed(self, speech: Speech) -> LocalizedText:
        if self.characteristic.type is ValueType.STRING:
            return speech.listing(self._described(text, speech) for text in self.domain.values)
        if self.characteristic.type is ValueType.BOOLEAN:
            return speech.listing(self.domain.values)
        return self._measured(speech.listing(self.domain.values), speech)

    def _described(self, text: str, speech: Speech) -> Said:
        label = (self.characteristic.values or {}).get(text)
        return text if label is None or label.default == text else speech.say("described", text=text, label=label)

    def _ranged(self, found: Range, speech: Speech) -> LocalizedText:
        kind = speech.say("whole" if self.characteristic.type is ValueType.INTEGER else "number")
        low, high = ("" if end is None else plain(end) for end in (found.low, found.high))
        phrase = "from-to" if low and high else "from" if low else "to" if high else ""
        return self._measured(speech.say(phrase, kind=kind, low=low, high=high) if phrase else kind, speech)

    def _measured(self, text: Said, speech: Speech) -> LocalizedText:
        unit = self.characteristic.unit
        return speech.say("measured", text=text, unit=unit) if unit else speech.listing([text])


def traits_of(offering: ProductOffering, catalog: Catalog) -> Iterator[Trait]:
    """The characteristics of what an offering sells, with the values that it offers."""
    for name, characteristic in characteristics_of(offering, catalog).items():
        found = variable(name, offering, catalog)
        if found is not None:
            yield Trait(name, characteristic, found.domain)


def band_words(low: Decimal | None, high: Decimal | None, speech: Speech) -> LocalizedText:
    """A band of numbers, for people."""
    phrase = "band" if low is not None and high is not None else "band-from" if high is None else "band-to"
    return speech.say(phrase, low="" if low is None else plain(low), high="" if high is None else plain(high))


def json_number(number: Decimal) -> int | float:
    """A number as JSON has it; the language allows no more digits than survive that."""
    return int(number) if number == number.to_integral_value() else float(number)


def _strictly(found: re.Match[str]) -> str:
    """An escape or a named group as every reader takes it: strict ones refuse escapes that nothing needs, others the names of groups."""
    sign: str | None = found[1]
    if sign is None:
        return "(?:"
    return r"\x2d" if sign == "-" else found[0] if sign.isalnum() or sign in _SYNTAX else sign


def _range(found: Range, kind: str) -> Schema:
    made: Schema = {"type": kind}
    if found.low is not None:
        made["minimum"] = json_number(found.low)
    if found.high is not None:
        made["maximum"] = json_number(found.high)
    return made
