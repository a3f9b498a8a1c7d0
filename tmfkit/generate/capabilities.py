"""What a system can express, in the words of the language, and what an operator leaves to other systems on purpose."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tmfkit.generate.artifact import Status
from tmfkit.model.base import Many, Part


class Feature(StrEnum):
    """Something that an entity can say; the values are what people write in `leaves` and read in the loss report."""

    NAME = "name"
    DESCRIPTION = "description"
    TRANSLATION = "translation"
    CODE = "code"
    CATEGORY = "category"
    LIFECYCLE = "lifecycle"
    VALIDITY = "validity"
    CHANNEL = "channel"
    SEGMENT = "segment"
    PLACE = "place"
    TERM = "term"
    RENEWAL = "renewal"
    PAYMENT = "payment"
    CHARACTERISTIC = "characteristic"
    CONSTRAINT = "constraint"
    MEMBER = "member"
    CARDINALITY = "cardinality"
    GROUP = "group"
    INCLUDED = "included"
    REQUIRES = "requires"
    EXCLUDES = "excludes"
    REPLACES = "replaces"
    RECURRING = "recurring"
    ONE_TIME = "oneTime"
    USAGE = "usage"
    DISCOUNT = "discount"
    ALLOWANCE = "allowance"
    PENALTY = "penalty"
    DEPOSIT = "deposit"
    PRICE_TABLE = "price-table"
    TIERS = "tiers"
    VOLUME = "volume-tiers"
    COUNT = "count"
    DIMENSION = "dimension"
    METERING = "metering"
    CONDITION = "condition"
    DATED = "dated"
    COHORT = "cohort"
    LIMITED = "limited"
    IN_ARREARS = "in-arrears"
    TAX = "tax"
    GL_ACCOUNT = "gl-account"
    CHARGE_CODE = "charge-code"
    ROLLOVER = "rollover"
    SHARED = "shared"
    SERVICE = "service"
    RESOURCE = "resource"
    DESCRIPTOR = "descriptor"


CHARGES = (
    Feature.RECURRING,
    Feature.ONE_TIME,
    Feature.USAGE,
    Feature.DISCOUNT,
    Feature.ALLOWANCE,
    Feature.PENALTY,
    Feature.DEPOSIT,
)
"""What makes a difference on a bill: to drop one of these is an error."""


class Options(Part):
    """The options that every generator understands; a generator's own `class Options` begins here.

    `leaves` names what this system leaves to others on purpose: it is reported as dropped, and is no error.
    """

    leaves: Many[Feature] = ()


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a system takes as it is, what it takes in another form (how), and what it cannot take (why).

    What stands in none of the three is no concern of the system, and no word is lost about it.
    """

    carried: tuple[Feature, ...] = ()
    mapped: Mapping[Feature, str] = field(default_factory=dict)
    dropped: Mapping[Feature, str] = field(default_factory=dict)

    def of(self, feature: Feature) -> tuple[Status, str] | None:
        """What becomes of a feature, and how or why; None where it is no concern."""
        if feature in self.dropped:
            return Status.DROPPED, self.dropped[feature]
        if feature in self.mapped:
            return Status.MAPPED, self.mapped[feature]
        return (Status.CARRIED, "") if feature in self.carried else None
