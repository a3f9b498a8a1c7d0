"""What a Kill Bill catalog is made of: products, plans with their phases, usages with their tiers, and from which prices each comes."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from tmfkit.api import ProductOffering, SinglePrice

BASE, ADD_ON, STANDALONE = "BASE", "ADD_ON", "STANDALONE"
UNLIMITED = -1
"""As `max` of the last tier, and as the number of plans that a customer may have."""

Name = tuple[str, ...]
"""What something is called before it gets a name that XML allows."""


class Unsayable(Exception):
    """Kill Bill has no words for a price; the message says why."""

    def __init__(self, single: SinglePrice, words: str) -> None:
        super().__init__(words)
        self.single, self.words = single, words


@dataclass(frozen=True, slots=True)
class Unit:
    """What is counted: a usage of the vocabulary in some of its dimensions, or the number that an offering counts."""

    name: Name
    usage: str
    measured: str
    dimensions: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Charge:
    """One single price where it stands in a phase. `listed` says that the phase states its own amount; `reduced` are the discounts on it.

    `per` is for how much the amount is meant; a usage states it for `size`. Of a usage, `tier` counts from nought.
    """

    part: str
    single: SinglePrice
    listed: bool = True
    reduced: tuple[SinglePrice, ...] = ()
    usage: Name = ()
    tier: int = 0
    per: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Tier:
    """`most` blocks at this price each, `UNLIMITED` for the last one."""

    most: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Usage:
    """What is charged by use, after it was used."""

    name: Name
    unit: Unit
    period: str
    policy: str
    size: Decimal
    currency: str
    tiers: tuple[Tier, ...]
    charges: tuple[Charge, ...]


@dataclass(frozen=True, slots=True)
class Phase:
    """A part of the life of a plan, and what it costs in it; without `number` it lasts for ever."""

    type: str
    unit: str = "UNLIMITED"
    number: int | None = None
    fixed: Decimal | None = None
    recurring: Decimal | None = None
    currency: str = ""
    usages: tuple[Usage, ...] = ()
    charges: tuple[Charge, ...] = ()

    @property
    def all_charges(self) -> tuple[Charge, ...]:
        """Its own, and those of its usages."""
        return (*self.charges, *(charge for usage in self.usages for charge in usage.charges))

    @property
    def shape(self) -> tuple[object, ...]:
        """What may not change from version to version."""
        return self.type, self.unit, self.number

    @property
    def amounts(self) -> tuple[object, ...]:
        """All that it costs."""
        return self.fixed, self.recurring, self.currency, tuple((one.name, one.size, one.policy, one.tiers) for one in self.usages)


@dataclass(frozen=True, slots=True)
class Plan:
    """One way to pay for an offering, or for a part of it.

    `around` are the bundles in which it is sold, the innermost first; `closed` that nobody can buy it any more; `lists` the channels
    whose own price list has it, none for all; `for_all` whether those who have it already pay this too, and `announced` that this is news.
    """

    name: Name
    product: Name
    offering: ProductOffering
    anchor: SinglePrice
    phases: tuple[Phase, ...]
    period: str = ""
    mode: str = "IN_ADVANCE"
    around: tuple[str, ...] = ()
    discounts: tuple[SinglePrice, ...] = ()
    lists: tuple[str, ...] = ()
    closed: bool = False
    allowed: int | None = None
    for_all: bool = False
    announced: bool = False
    before: tuple[Charge, ...] = ()

    @property
    def amounts(self) -> tuple[object, ...]:
        """All that it costs, phase by phase."""
        return tuple((phase.shape, phase.amounts) for phase in self.phases)


@dataclass(frozen=True, slots=True)
class Product:
    """What plans are for; add-ons are bought to a base, and what is free has no plan."""

    name: Name
    category: str
    title: str
    available: tuple[Name, ...] = ()
    included: tuple[Name, ...] = ()
    is_free: bool = False


@dataclass(frozen=True, slots=True)
class Version:
    """The whole catalog from a moment on."""

    begins: datetime
    products: tuple[Product, ...]
    plans: tuple[Plan, ...]
    prepaid: tuple[Name, ...] = ()
    closed: tuple[Name, ...] = ()

    @property
    def units(self) -> tuple[Unit, ...]:
        """Everything that plans count."""
        found = (usage.unit for plan in self.plans for phase in plan.phases for usage in phase.usages)
        return tuple(sorted(dict.fromkeys(found), key=lambda unit: unit.name))

    @property
    def content(self) -> tuple[object, ...]:
        """All but the date: what makes a version worth having."""
        return self.products, tuple((one.name, one.amounts, one.lists, one.closed, one.for_all) for one in self.plans)


@dataclass(frozen=True, slots=True)
class Folded:
    """What always comes together with a plan: at most one fixed price, usages, and what of them is included."""

    fixed: SinglePrice | None = None
    metered: tuple[tuple[SinglePrice, ...], ...] = ()
    allowances: tuple[SinglePrice, ...] = field(default=())
