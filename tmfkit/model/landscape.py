"""The systems that consume the catalog, the closed sets it uses, and the records about its changes."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, ClassVar

from pydantic import Field, WithJsonSchema

from tmfkit.model.base import DATED, Described, Entity, Keyed, Many, Named, Step
from tmfkit.model.problems import NotUnderstood, read_by
from tmfkit.model.values import Language, Moment, Percent, Text, UnitName


class Role(StrEnum):
    """What a system is there for."""

    CRM = "crm"
    BILLING = "billing"
    COM = "com"
    SOM = "som"
    ROM = "rom"
    PRODUCT_INVENTORY = "product-inventory"
    SERVICE_INVENTORY = "service-inventory"
    RESOURCE_INVENTORY = "resource-inventory"
    CHANNEL = "channel"
    NFVO = "nfvo"
    DOMAIN_CONTROLLER = "domain-controller"
    LEGACY_ADAPTER = "legacy-adapter"
    MANUAL = "manual"


def _options(raw: Any) -> Mapping[str, Any]:
    if not isinstance(raw, dict):
        raise NotUnderstood("`options` is a mapping; its keys are those of the generator", code="TK013")
    return raw


class System(Entity):
    """A consumer of the catalog: what it is for, which SID entities it is the source of record of, and what is generated for it."""

    KIND: ClassVar[str] = "System"

    role: Role
    masters: Many[Text] = ()
    generator: Many[Text] = ()
    options: Annotated[Mapping[str, Any], read_by(_options), WithJsonSchema({"type": "object"})] = Field(default_factory=dict)


class Usage(Described):
    """Something that is metered: its unit, and the dimensions by which it may be priced."""

    unit: UnitName
    dimensions: Keyed[Many[Text]] = Field(default_factory=dict)


class Vocabulary(Entity):
    """The closed sets that the other entities use. A repository has one, of whatever id."""

    KIND: ClassVar[str] = "Vocabulary"

    id: Text = "vocabulary"
    languages: Many[Language] = ()
    channels: Named[Described] = Field(default_factory=dict)
    segments: Named[Described] = Field(default_factory=dict)
    places: Named[Described] = Field(default_factory=dict)
    taxes: Named[Annotated[tuple[Step[Percent], ...], DATED]] = Field(default_factory=dict)
    usage: Named[Usage] = Field(default_factory=dict)


class Scenario(Entity):
    """A test of orders and bills; its name is reserved, its content follows."""

    KIND: ClassVar[str] = "Scenario"


class Acceptance(Entity):
    """Says that a breaking change is intended, why, by whom, and how far."""

    KIND: ClassVar[str] = "Acceptance"

    reason: Text
    owner: Text
    scope: Many[Text]
    until: Moment | None = None
