"""Product records: for each offering the JSON Schema of the TMF637 product that it yields, what to hold a change or an end against."""

from collections.abc import Iterator
from typing import Literal

from tmfkit.api import (
    Artifact,
    Capabilities,
    Context,
    Feature,
    Form,
    Note,
    ProductSpecification,
    Status,
    charge_choices,
    form_of,
    unsaid_constraints,
)
from tmfkit.api import Options as Common

from .charges import charges
from .examples import examples
from .lifecycle import lifecycle
from .product import Record, product

ROLES = ("product-inventory",)


class Options(Common):
    """`amounts` says which field of TMF637 has the amounts of the catalog: those without taxes, or those with them."""

    amounts: Literal["dutyFree", "taxIncluded"] = "dutyFree"


def capabilities(options: Options) -> Capabilities:
    """A record carries what a customer has and pays; how it is rated and posted is for billing to know."""
    apart = "a charge of its own for each"
    return Capabilities(
        carried=(
            Feature.NAME,
            Feature.DESCRIPTION,
            Feature.TRANSLATION,
            Feature.CHARACTERISTIC,
            Feature.TERM,
            Feature.MEMBER,
            Feature.CARDINALITY,
            Feature.GROUP,
            Feature.RECURRING,
            Feature.ONE_TIME,
            Feature.USAGE,
            Feature.DISCOUNT,
            Feature.PENALTY,
            Feature.DEPOSIT,
        ),
        mapped={
            Feature.CODE: "stated in `x-offering`",
            Feature.LIFECYCLE: "decides in `x-lifecycle` whether a product can be added",
            Feature.VALIDITY: "what has ended by the release cannot be added",
            Feature.CONSTRAINT: "a rule of the schema, with a message",
            Feature.REQUIRES: "stated in `x-offering`; the record relates to that product as `reliesOn`",
            Feature.ALLOWANCE: "a charge without an amount",
            Feature.PRICE_TABLE: apart,
            Feature.TIERS: apart,
            Feature.VOLUME: apart,
            Feature.DIMENSION: apart,
            Feature.COUNT: "the amount of one; the number is a characteristic or a number of parts",
            Feature.CONDITION: "a rule where it asks about characteristics, terms or parts; the rest was decided by the order",
            Feature.DATED: "the amounts that hold at the release",
            Feature.COHORT: "the amounts of new and of existing customers are both allowed",
            Feature.LIMITED: "the record has the charge for as long as it runs",
        },
        dropped={Feature.INCLUDED: "which parts of a group are free is for billing to know"},
    )


def generate(context: Context[Options]) -> Iterator[Artifact | Note]:
    """A schema and its examples for each offering that somebody may have."""
    catalog = context.catalog
    for offering in context.offerings():
        form = form_of(offering, catalog, context.released)
        specification = catalog.get(ProductSpecification, offering.product)
        known = tuple((price, charge_choices(price, form, catalog)) for price in charges(offering, catalog, context.released))
        for name in unsaid_constraints(form, catalog):
            words = "it asks for something that the record of a product does not say: the order was held to it"
            yield Note(Status.DROPPED, offering.key, ("constraints", name), Feature.CONSTRAINT, words)
        record = Record(form, specification, known, f"{context.options.amounts}Amount", catalog)
        named = [specification] if specification is not None else []
        yield context.artifact(
            f"{offering.id}.schema.json",
            "schema.json.j2",
            [offering],
            mentions=named,
            form=form,
            schema=product(record),
            lifecycle=lifecycle(form),
            about=_about(form),
        )
        valid, invalid = examples(record)
        path = f"{offering.id}.examples.json"
        yield context.artifact(path, "examples.json.j2", [offering], mentions=named, form=form, valid=valid, invalid=invalid)


def _about(form: Form) -> dict[str, list[str]]:
    return {"requires": [str(getattr(one.offering, "external", one.offering)) for one in form.offering.requires]}
