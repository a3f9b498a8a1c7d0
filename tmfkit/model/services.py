"""Service specifications: what a product needs of the network (CFS), and how it is realised (RFS)."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, model_validator

from tmfkit.model.base import Described, Entity, Keyed, Many, Named, Part, Ref, Reference, refer
from tmfkit.model.characteristics import Characteristics, Constraints
from tmfkit.model.conditions import NEVER_ASKED, ConditionValue
from tmfkit.model.problems import Problem, refuse
from tmfkit.model.tables import By, ValueTable
from tmfkit.model.values import Divisor, Text
from tmfkit.source.document import Data

SERVICES = ("CustomerFacingServiceSpecification", "ResourceFacingServiceSpecification")
RESOURCES = ("PhysicalResourceSpecification", "LogicalResourceSpecification")


def _feed(raw: Data) -> Data:
    return raw if isinstance(raw, dict) else {"constant": raw}


class Feed(Part):
    """Where the value of a characteristic comes from: a constant, another characteristic (mapped or counted), or a table.

    `from` names a characteristic of the feeding specification, or `role/characteristic` of a sibling, which is then made first.
    """

    constant: Many[Text] = ()
    from_: Text | None = None
    map: Mapping[str, Text] | None = None
    else_: Text | None = None
    by: By = ()
    table: ValueTable | None = None
    per: Divisor | None = None
    round: Literal["up", "down", "nearest"] = "up"

    @property
    def sources(self) -> tuple[str, ...]:
        """The names of what is fed from."""
        return self.by or ((self.from_,) if self.from_ is not None else ())

    @model_validator(mode="after")
    def _consistent(self) -> "Feed":
        problems = list(self._faults())
        if problems:
            raise refuse(problems)
        return self

    def _faults(self) -> Iterator[Problem]:
        forms = [name for name, given in (("a constant", self.constant), ("from", self.from_), ("by", self.by)) if given]
        if len(forms) != 1:
            yield Problem("TK012", "a feed is a constant, or has `from`, or has `by` with `table`", "write it as in `{from: downstream}`")
        if bool(self.by) != bool(self.table):
            yield Problem("TK012", "`by` and `table` come together: one of them is missing")
        if self.map is not None and self.per is not None:
            yield Problem("TK016", "`map` and `per` exclude each other in one feed", "", ("per",), at_key=True)
        if self.from_ is None and (self.map is not None or self.per is not None):
            yield Problem("TK012", "`map` and `per` say what becomes of a value: `from` is missing")


class ServiceUse(Described):
    """A role: the service that fills it, when it is needed, how many, and what feeds its characteristics."""

    service: Ref | None = None
    when: ConditionValue = NEVER_ASKED
    unless: ConditionValue = NEVER_ASKED
    with_: Keyed[Annotated[Feed, BeforeValidator(_feed)]] = Field(default_factory=dict)
    count: Text | None = None
    shared: Literal["bundle"] | None = None

    def target(self, role: str) -> Any:
        """The service that fills the role: the role's own name unless another is written."""
        return role if self.service is None else self.service


class ResourceUse(Described):
    """A resource that a service uses; `count` names the characteristic that says how many."""

    resource: Ref | None = None
    when: ConditionValue = NEVER_ASKED
    unless: ConditionValue = NEVER_ASKED
    with_: Keyed[Annotated[Feed, BeforeValidator(_feed)]] = Field(default_factory=dict)
    count: Text | None = None

    def target(self, role: str) -> Any:
        """The resource that fills the role: the role's own name unless another is written."""
        return role if self.resource is None else self.resource


def use_references(uses: Mapping[str, ServiceUse], kinds: tuple[str, ...]) -> Iterator[Reference]:
    """The services that fill the roles of a specification."""
    for role, use in uses.items():
        path = ("services", role) if use.service is None else ("services", role, "service")
        yield from refer(path, kinds, use.target(role))


class ServiceSpecification(Entity):
    """What customer-facing and resource-facing services have in common."""

    categories: Many[Ref] = ()
    characteristics: Characteristics = Field(default_factory=dict)
    constraints: Constraints = Field(default_factory=dict)

    def references(self) -> Iterator[Reference]:
        """The service categories."""
        for index, category in enumerate(self.categories):
            yield from refer(("categories", index), ("ServiceCategory",), category)


class CustomerFacingServiceSpecification(ServiceSpecification):
    """A service as the customer experiences it, whatever realises it (SID: CustomerFacingServiceSpec)."""

    KIND: ClassVar[str] = "CustomerFacingServiceSpecification"

    services: Named[ServiceUse] = Field(default_factory=dict)

    def references(self) -> Iterator[Reference]:
        """Categories, and the services that fill the roles."""
        yield from super().references()
        yield from use_references(self.services, SERVICES)


class ResourceFacingServiceSpecification(ServiceSpecification):
    """A service as the network realises it, with the system that controls it (SID: ResourceFacingServiceSpec)."""

    KIND: ClassVar[str] = "ResourceFacingServiceSpecification"

    controller: Ref | None = None
    resources: Named[ResourceUse] = Field(default_factory=dict)
    requires: Many[Ref] = ()
    descriptor: Text | None = None

    def references(self) -> Iterator[Reference]:
        """Categories, the controller, the resources, and other services that must be there first."""
        yield from super().references()
        yield from refer(("controller",), ("System",), self.controller)
        for role, use in self.resources.items():
            path = ("resources", role) if use.resource is None else ("resources", role, "resource")
            yield from refer(path, RESOURCES, use.target(role))
        for index, target in enumerate(self.requires):
            yield from refer(("requires", index), ("ResourceFacingServiceSpecification",), target)
