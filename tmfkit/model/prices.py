"""Prices: what a customer pays, gets off, may use or owes, and when each of them holds."""

from collections.abc import Iterator
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, ClassVar, Literal

from pydantic import Field, ValidationInfo, model_validator

from tmfkit.model.base import DATED, Described, Entity, Extra, Keyed, Many, Part, Ref, Reference, Step, Validity, refer, spelling
from tmfkit.model.conditions import NEVER_ASKED, ConditionValue
from tmfkit.model.problems import KNOWN, Problem, refuse
from tmfkit.model.tables import By, PriceTable
from tmfkit.model.values import DurationValue, Measure, MoneyValue, Percent, Period, Portion, QuantityValue, Text


class PriceType(StrEnum):
    """What a price is; the words of TMF620's examples."""

    RECURRING = "recurring"
    ONE_TIME = "oneTime"
    USAGE = "usage"
    DISCOUNT = "discount"
    ALLOWANCE = "allowance"
    PENALTY = "penalty"
    DEPOSIT = "deposit"


class Tier(Part):
    """What a unit costs up to a bound (which belongs to the tier); the last tier has none. `flat` is charged once on entering it."""

    up_to: Measure | None = None
    amount: MoneyValue | None = None
    flat: MoneyValue | None = None


class Rollover(Part):
    """How long what is left of an allowance stays, and at most how much of it."""

    for_: Period
    max: QuantityValue | None = None


_COMMON = frozenset(
    "type name description code when unless validFor for after chargeCode tax glAccount extra use lifecycle version".split()
)
_AMOUNT = frozenset("amount by table".split())
_NUMBER = frozenset("count per tiers tierMode".split())

KEYS_OF = MappingProxyType(
    {
        PriceType.RECURRING: _COMMON | _AMOUNT | _NUMBER | {"every", "charged"},
        PriceType.ONE_TIME: _COMMON | _AMOUNT | _NUMBER,
        PriceType.USAGE: _COMMON | _AMOUNT | {"usage", "per", "tiers", "tierMode", "first", "increment", "minimum", "every"},
        PriceType.DISCOUNT: _COMMON | _AMOUNT | {"reduces", "percent"},
        PriceType.ALLOWANCE: _COMMON | {"usage", "quantity", "every", "shared", "rollover"},
        PriceType.PENALTY: _COMMON | _AMOUNT | _NUMBER,
        PriceType.DEPOSIT: _COMMON | _AMOUNT | _NUMBER,
    }
)
"""Which keys each type of price understands."""


class PriceTerms(Part):
    """The part that a price inside an offering and a price of its own have in common."""

    type: PriceType | None = None
    every: Period | None = None
    charged: Literal["inAdvance", "inArrears"] = "inAdvance"
    amount: Annotated[tuple[Step[MoneyValue], ...], DATED] = ()
    percent: Annotated[tuple[Step[Percent], ...], DATED] = ()
    by: By = ()
    table: Annotated[tuple[Step[PriceTable], ...], DATED] = ()
    tiers: Annotated[tuple[Step[tuple[Tier, ...]], ...], DATED] = ()
    tier_mode: Literal["graduated", "volume"] = "graduated"
    count: Text | None = None
    per: Portion | None = None
    usage: Text | None = None
    first: QuantityValue | None = None
    increment: QuantityValue | None = None
    minimum: QuantityValue | None = None
    quantity: QuantityValue | None = None
    shared: Many[Text] = ()
    rollover: Rollover | None = None
    reduces: Many[Text] = ()
    for_: Period | None = None
    after: DurationValue | None = None
    when: ConditionValue = NEVER_ASKED
    unless: ConditionValue = NEVER_ASKED
    charge_code: Text | None = None
    tax: Text | None = None
    gl_account: Text | None = None

    def price_faults(self) -> Iterator[Problem]:
        """What is missing or out of place for this type of price."""
        if self.type is None:
            yield Problem("TK012", "a price has a type: `type` is missing", f"one of {', '.join(PriceType)}")
            return
        written = {spelling(name) for name in self.model_fields_set}
        for key in sorted(written - KEYS_OF[self.type] - _IDENTITY):
            yield Problem("TK016", f"`{key}` has no meaning for a price of type {self.type}", _home_of(key), (key,), at_key=True)
        yield from self._missing(written)

    def _missing(self, written: set[str]) -> Iterator[Problem]:
        match self.type:
            case PriceType.RECURRING if not self.every:
                yield Problem("TK012", "a recurring price says how often: `every` is missing", "add it, as in `every: 1 month`")
            case PriceType.USAGE | PriceType.ALLOWANCE if not self.usage:
                yield Problem(
                    "TK012", f"a price of type {self.type} says what is used: `usage` is missing", "name a usage of the vocabulary"
                )
            case PriceType.DISCOUNT if not self.reduces:
                yield Problem("TK012", "a discount says what it reduces: `reduces` is missing", "add it, as in `reduces: [monthly]`")
        forms = sorted(written & {"amount", "percent", "table", "tiers", "quantity"})
        if not forms:
            what = "quantity" if self.type is PriceType.ALLOWANCE else "amount"
            yield Problem("TK012", f"this price says nothing of how much: `{what}` is missing")
        if len(forms) > 1:
            help = "keep one of them, or make two prices of it"
            yield Problem("TK016", f"`{forms[0]}` and `{forms[1]}` exclude each other in one price", help, (forms[1],), at_key=True)
        if self.table and not self.by:
            yield Problem("TK012", "a table says what its rows are: `by` is missing", "add it, as in `by: [term]`", ("table",), at_key=True)


_IDENTITY = frozenset("kind id extends abstract remove renamedFrom".split())


def _home_of(key: str) -> str:
    homes = [str(kind) for kind in PriceType if key in KEYS_OF[kind]]
    return f"it belongs to prices of type {', '.join(homes)}" if homes else ""


class Price(PriceTerms, Described):
    """A price of an offering: its own terms, or `use` of a shared one (of which it may narrow the conditions)."""

    use: Ref | None = None
    valid_for: Validity | None = None
    extra: Extra = Field(default_factory=dict)

    def references(self, path: tuple[str | int, ...]) -> Iterator[Reference]:
        """What this price refers to; `path` is its own place in the offering."""
        yield from refer((*path, "use"), ("ProductOfferingPrice",), self.use)

    @model_validator(mode="after")
    def _consistent(self, info: ValidationInfo) -> "Price":
        if info.context is KNOWN:
            return self
        problems = [] if self.use is not None else list(self.price_faults())
        if problems:
            raise refuse(problems)
        return self


class ProductOfferingPrice(PriceTerms, Entity):
    """A price that several offerings share."""

    KIND: ClassVar[str] = "ProductOfferingPrice"

    @model_validator(mode="after")
    def _consistent(self, info: ValidationInfo) -> "ProductOfferingPrice":
        if info.context is KNOWN:
            return self
        problems = [] if self.abstract else list(self.price_faults())
        if problems:
            raise refuse(problems)
        return self


Prices = Keyed[Price]
