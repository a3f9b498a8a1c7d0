"""What a customer decides when buying an offering: its variables, the values of each, and the combinations that can be sold."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from itertools import islice, product
from typing import TypeAlias

from tmfkit.catalog import Catalog
from tmfkit.model.characteristics import Characteristic, ValueType, text_of
from tmfkit.model.conditions import ACTIONS, CUSTOMERS, FACTS, band
from tmfkit.model.problems import NotUnderstood
from tmfkit.model.products import Member, ProductOffering, ProductSpecification
from tmfkit.model.values import LocalizedText, parse_localized, parse_number, plain
from tmfkit.semantics.domains import ANYTHING, Domain, Range, domain_of, listed

MOST_CONFIGURATIONS = 10_000
"""How many configurations are told one by one before the rest is left out."""

Configuration: TypeAlias = Mapping[str, str | tuple[str, ...] | datetime]
"""What is chosen: each value in its one spelling, several of a characteristic that takes many, the moment for `ordered`."""


class Subject(StrEnum):
    """What a condition or a table can ask about."""

    CHARACTERISTIC = "characteristic"
    ROLE = "role"
    FACT = "fact"
    DIMENSION = "dimension"


@dataclass(frozen=True, slots=True)
class Variable:
    """Something that a customer or the situation decides, and the values that it can have."""

    name: str
    subject: Subject
    domain: Domain
    characteristic: Characteristic | None = None

    def read(self, text: str) -> str:
        """The one spelling of a value: `1 Gbit/s` of a characteristic in Mbit/s is `1000`; a band stays. Raises `NotUnderstood`."""
        if self.characteristic is not None:
            return spelled(self.characteristic, text)
        if self.subject is Subject.ROLE and band(text) is None:
            return plain(parse_number(text, "a number of members"))
        return text

    def narrowed(self, texts: Iterable[str]) -> "Variable":
        """The same with only those values that agree with one of `texts`; those that cannot be read agree with none."""
        return replace(self, domain=self.domain.only(readable(self, texts)))


def spelled(characteristic: Characteristic, text: str) -> str:
    """The one spelling of a value of a characteristic; a band stays as it is. Raises `NotUnderstood`."""
    if characteristic.type is ValueType.STRING:
        return text
    return text if ".." in text and band(text) else text_of(characteristic.read(text))


def readable(variable: Variable, texts: Iterable[str]) -> Iterator[str]:
    """The one spelling of those texts that are values of the variable."""
    for text in texts:
        try:
            yield variable.read(text)
        except NotUnderstood:
            continue


def characteristics_of(offering: ProductOffering, catalog: Catalog) -> Mapping[str, Characteristic]:
    """The characteristics of what an offering sells, narrowed to its choices; none for a bundle or a product that is elsewhere."""
    specification = catalog.get(ProductSpecification, offering.product)
    if specification is None:
        return {}
    if not offering.choices:
        return specification.characteristics
    return {
        name: narrowed(found, offering.choices[name]) if name in offering.choices else found
        for name, found in specification.characteristics.items()
    }


def narrowed(characteristic: Characteristic, choices: tuple[str, ...]) -> Characteristic:
    """A characteristic with only some of its values; a default that is not among them falls away."""
    domain = domain_of(characteristic).only(_spellings(characteristic, choices))
    values = characteristic.values or {}
    names = {text_of(characteristic.read(text)): (text, label) for text, label in values.items()}
    changes: dict[str, object] = {}
    if domain.ranges and not domain.values and len(domain.ranges) == 1:
        found = domain.ranges[0]
        changes = {"min": _text(found.low), "max": _text(found.high)}
    elif domain.values:
        unnamed: LocalizedText | None = None
        kept = [names.get(value, (value, unnamed)) for value in domain.values]
        changes = {"values": {text: label or parse_localized(text) for text, label in kept}}
    if characteristic.default is not None and not domain.contains(spelled(characteristic, characteristic.default)):
        changes["default"] = None
    fields = {name: getattr(characteristic, name) for name in Characteristic.model_fields}
    return Characteristic.model_construct(_fields_set=characteristic.model_fields_set, **{**fields, **changes})


def variable(name: str, offering: ProductOffering, catalog: Catalog, usage: str | None = None) -> Variable | None:
    """What `name` stands for in a condition or table of an offering; `usage` adds the dimensions of what is metered. None: nothing."""
    if name in FACTS:
        return _fact(name, offering, catalog)
    if name in offering.bundle:
        return Variable(name, Subject.ROLE, _numbers(offering.bundle[name]))
    specification = catalog.get(ProductSpecification, offering.product)
    if specification is not None and (found := specification.characteristics.get(name)) is not None:
        return Variable(name, Subject.CHARACTERISTIC, offered(found, offering.choices.get(name)), found)
    metered = catalog.vocabulary.usage.get(usage) if usage is not None else None
    if metered is not None and name in metered.dimensions:
        return Variable(name, Subject.DIMENSION, listed(metered.dimensions[name]))
    return None


def exists(name: str, offering: ProductOffering, catalog: Catalog, usage: str | None = None) -> bool:
    """Whether a condition or table of an offering can ask about `name` at all."""
    if name in FACTS:
        return name != "term" or bool(offering.terms)
    if name in offering.bundle:
        return True
    specification = catalog.get(ProductSpecification, offering.product)
    if specification is not None and name in specification.characteristics:
        return True
    metered = catalog.vocabulary.usage.get(usage) if usage is not None else None
    return metered is not None and name in metered.dimensions


def offered(characteristic: Characteristic, choices: tuple[str, ...] | None) -> Domain:
    """The values of a characteristic that an offering offers."""
    domain = domain_of(characteristic)
    return domain if choices is None else domain.only(_spellings(characteristic, choices))


def variables(names: Iterable[str], offering: ProductOffering, catalog: Catalog, usage: str | None = None) -> dict[str, Variable]:
    """The variables of these names, as far as they exist."""
    found = ((name, variable(name, offering, catalog, usage)) for name in dict.fromkeys(names))
    return {name: one for name, one in found if one is not None}


def names_of(offering: ProductOffering, catalog: Catalog, usage: str | None = None) -> tuple[str, ...]:
    """Everything that a condition of an offering may ask about."""
    metered = catalog.vocabulary.usage.get(usage) if usage is not None else None
    facts = [name for name in FACTS if name != "term" or offering.terms]
    return (*characteristics_of(offering, catalog), *offering.bundle, *facts, *(metered.dimensions if metered else ()))


def configurations(asked: Mapping[str, Variable], most: int = MOST_CONFIGURATIONS) -> tuple[list[dict[str, str]], bool]:
    """All combinations of the listed values of some variables, and whether that is all of them. An open variable is left out."""
    closed = {name: one.domain.values for name, one in asked.items() if one.domain.is_listed}
    combined = (dict(zip(closed, values, strict=True)) for values in product(*closed.values()))
    found = list(islice(combined, most + 1))
    return found[:most], len(found) <= most and len(closed) == len(asked)


def _fact(name: str, offering: ProductOffering, catalog: Catalog) -> Variable | None:
    words = catalog.vocabulary
    match name:
        case "term":
            domain = listed(offering.terms)
            return Variable(name, Subject.FACT, domain) if offering.terms else None
        case "channel":
            domain = _closed(offering.channels, words.channels)
        case "segment":
            domain = _closed(offering.segments, words.segments)
        case "place":
            domain = _closed(offering.places, words.places)
        case "customer":
            domain = listed(CUSTOMERS)
        case "action":
            domain = listed(ACTIONS)
        case _:
            domain = Domain(anything=True, absent=True)
    return Variable(name, Subject.FACT, domain)


def _closed(own: tuple[str, ...], declared: Iterable[str]) -> Domain:
    found = listed(own or declared)
    return found if found.values else ANYTHING


def _numbers(member: Member) -> Domain:
    low, high = member.fewest, member.most
    if high is None or high - low > 100:
        return Domain(ranges=(Range(Decimal(low), None if high is None else Decimal(high), whole=True),))
    return listed(str(number) for number in range(low, high + 1))


def _spellings(characteristic: Characteristic, texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        try:
            yield spelled(characteristic, text)
        except NotUnderstood:
            continue


def _text(number: Decimal | None) -> str | None:
    return None if number is None else plain(number)
