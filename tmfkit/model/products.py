"""Product specifications and offerings: what is sold, to whom, and what it is made of."""

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, model_validator

from tmfkit.model.base import Described, Entity, External, Keyed, Lifecycle, Many, Named, Part, Ref, Reference, Validity, refer
from tmfkit.model.characteristics import Characteristics, Constraints
from tmfkit.model.prices import Price
from tmfkit.model.problems import Problem, refuse
from tmfkit.model.services import ServiceUse, use_references
from tmfkit.model.values import Boolean, Integer, Moment, Period, Text
from tmfkit.source.document import Data

_CFS = ("CustomerFacingServiceSpecification",)
_OFFERING = ("ProductOffering",)


class ProductSpecification(Entity):
    """What a product is: its characteristics, and the customer-facing services that it needs; never anything below them."""

    KIND: ClassVar[str] = "ProductSpecification"

    brand: Text | None = None
    product_number: Text | None = None
    characteristics: Characteristics = Field(default_factory=dict)
    constraints: Constraints = Field(default_factory=dict)
    services: Named[ServiceUse] = Field(default_factory=dict)

    def references(self) -> Iterator[Reference]:
        """The services of each role."""
        yield from use_references(self.services, _CFS)


class Term(Described):
    """A contract term: a `commitment`, or a period that `lasts` and `renews` or not; an empty one binds nobody."""

    commitment: Period | None = None
    lasts: Period | None = None
    renews: Literal["automatic", "never"] | None = None
    valid_for: Validity | None = None


class Member(Described):
    """A role of a bundle: one offering, or a group `of` several from which the customer chooses."""

    offering: Ref | None = None
    of: Many[Ref] = ()
    min: Integer | None = None
    max: Integer | None = None
    default: Integer | None = None
    included: Integer | None = None

    @property
    def fewest(self) -> int:
        """How many of it a customer takes at least; one unless written."""
        return 1 if self.min is None else self.min

    @property
    def most(self) -> int | None:
        """How many of it a customer may take; one unless written, or as many as the least number."""
        return max(1, self.fewest) if self.max is None else self.max

    def offerings(self, role: str) -> tuple[str | External, ...]:
        """The offerings that may fill the role: the role's own name stands for an offering unless another is written."""
        return self.of or (self.offering if self.offering is not None else role,)

    @model_validator(mode="after")
    def _consistent(self) -> "Member":
        if self.of and self.offering is not None:
            raise refuse([Problem("TK016", "`of` and `offering` exclude each other in one role", "", ("of",), at_key=True)])
        return self


class Relation(Part):
    """A relation to another offering, for as long as it holds."""

    offering: Ref
    from_: Moment | None = None
    until: Moment | None = None


def _relations(raw: Data) -> Any:
    if isinstance(raw, str):
        return [{"offering": raw}]
    if isinstance(raw, dict):
        return [
            {"offering": target, **(settings or {})} if not isinstance(settings, list | str) else settings
            for target, settings in raw.items()
        ]
    if isinstance(raw, list):
        return [item if isinstance(item, dict) and "offering" in item else {"offering": item} for item in raw]
    return raw


Relations = Annotated[tuple[Relation, ...], BeforeValidator(_relations)]
"""Other offerings: one id, a list of them, or a mapping from id to the dates of the relation."""


class ProductOffering(Entity):
    """What customers buy: a product or a bundle, with its terms, choices, prices and audience."""

    KIND: ClassVar[str] = "ProductOffering"

    lifecycle: Lifecycle
    product: Ref | None = None
    categories: Many[Ref] = ()
    channels: Many[Text] = ()
    segments: Many[Text] = ()
    places: Many[Text] = ()
    terms: Named[Term] = Field(default_factory=dict)
    choices: Keyed[Many[Text]] = Field(default_factory=dict)
    prices: Named[Price] = Field(default_factory=dict)
    bundle: Named[Member] = Field(default_factory=dict)
    requires: Relations = ()
    excludes: Relations = ()
    replaces: Relations = ()
    payment: Literal["prepaid", "postpaid"] | None = None
    sellable: Boolean = True

    @property
    def is_bundle(self) -> bool:
        """Whether it is made of other offerings."""
        return bool(self.bundle)

    def references(self) -> Iterator[Reference]:
        """The product, categories, shared prices, members and related offerings."""
        yield from refer(("product",), ("ProductSpecification",), self.product)
        for index, category in enumerate(self.categories):
            yield from refer(("categories", index), ("Category",), category)
        for name, price in self.prices.items():
            yield from price.references(("prices", name))
        for role, member in self.bundle.items():
            yield from _member_references(role, member)
        for field in ("requires", "excludes", "replaces"):
            for relation in getattr(self, field):
                yield from refer((field, str(relation.offering)), _OFFERING, relation.offering)

    @model_validator(mode="after")
    def _consistent(self) -> "ProductOffering":
        if self.bundle and self.product is not None:
            help = "make the product a role of the bundle, or drop `bundle`"
            raise refuse(
                [Problem("TK016", "a bundle is made of offerings and has no `product` of its own", help, ("product",), at_key=True)]
            )
        if not (self.bundle or self.product is not None or self.abstract):
            raise refuse([Problem("TK012", "an offering sells something: `product` or `bundle` is missing")])
        return self


def _member_references(role: str, member: Member) -> Iterator[Reference]:
    if member.of:
        for index, target in enumerate(member.of):
            yield from refer(("bundle", role, "of", index), _OFFERING, target)
        return
    path = ("bundle", role) if member.offering is None else ("bundle", role, "offering")
    yield from refer(path, _OFFERING, role if member.offering is None else member.offering)
