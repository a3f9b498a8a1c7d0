"""Reads the catalog in one language: labels, values, ranges and conditions as a technician reads them."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from tmfkit.api import Catalog, Characteristic, Condition, Entity, LocalizedText, label_of

from .words import Words

Characteristics = Mapping[str, Characteristic]


class Reader(NamedTuple):
    """The catalog, the language of a page, and its fixed words."""

    catalog: Catalog
    language: str
    words: Words

    def text(self, text: LocalizedText | None) -> str:
        """A text in the language, or in the one that `pt-BR` is a kind of, else in the first that is written."""
        if text is None:
            return ""
        main = self.language.partition("-")[0]
        return text.in_language(self.language if self.language in text.languages else main)

    def title(self, entity: Entity) -> str:
        """The name of an entity, else its id."""
        return self.text(entity.name) or entity.id

    def label(self, name: str, characteristic: Characteristic | None) -> str:
        """What a characteristic is called."""
        return self.text(characteristic.name) if characteristic is not None and characteristic.name else name

    def value(self, characteristic: Characteristic | None, text: str) -> str:
        """A value with its label and its unit."""
        if characteristic is None:
            return text
        label = self.text(label_of(characteristic, text))
        unit = f" {characteristic.unit}" if characteristic.unit and text.lstrip("-")[:1].isdigit() and " " not in text else ""
        return f"{text}{unit}" if label == text else f"{label} ({text}{unit})"

    def values(self, characteristic: Characteristic) -> str:
        """Everything that a characteristic may be, and what holds when nobody says anything."""
        return "; ".join(self._values(characteristic))

    def _values(self, characteristic: Characteristic) -> Iterator[str]:
        if characteristic.values:
            yield ", ".join(self.value(characteristic, text) for text in characteristic.values)
        low, high = characteristic.min, characteristic.max
        if low is not None or high is not None:
            yield f"{self.value(characteristic, low or '')}–{self.value(characteristic, high or '')}"
        elif characteristic.unit and not characteristic.values:
            yield characteristic.unit
        if characteristic.pattern is not None:
            yield f"/{characteristic.pattern}/"
        if characteristic.many is not None:
            yield f"{self.words.several} ({characteristic.many.min}–{'…' if characteristic.many.max is None else characteristic.many.max})"
        if characteristic.optional:
            yield self.words.optional
        if characteristic.default is not None:
            yield f"{self.words.standard}: {self.value(characteristic, characteristic.default)}"

    def condition(self, condition: Condition, known: Characteristics) -> str:
        """`Installation: technician / self, Speed: 500`."""
        return ", ".join(
            f"{self.label(name, known.get(name))}: {' / '.join(self.value(known.get(name), text) for text in condition.values(name))}"
            for name in condition.subjects
        )
