"""Order forms: for each offering the JSON Schema of its TMF622 order item, with messages of our own and with examples."""

from collections.abc import Iterator

from tmfkit.api import Artifact, Capabilities, Context, Feature, Form, Note, Options, Status, form_of, unsaid_constraints

from .about import about
from .examples import examples
from .item import Forms, messages_of, order_item, products, sources

ROLES = ("com",)


def capabilities(options: Options) -> Capabilities:
    """A form carries what a customer chooses; what one item cannot see is stated beside it for those who see the whole order."""
    stated = "stated in `x-offering` for whoever sees the whole order; one item does not say it"
    return Capabilities(
        carried=(
            Feature.NAME,
            Feature.TRANSLATION,
            Feature.CHARACTERISTIC,
            Feature.TERM,
            Feature.MEMBER,
            Feature.CARDINALITY,
            Feature.GROUP,
        ),
        mapped={
            Feature.DESCRIPTION: "the description of the schema, in the first language",
            Feature.CODE: "stated in `x-offering`",
            Feature.LIFECYCLE: "what is retired can be changed and ended, and not ordered any more",
            Feature.VALIDITY: "what has ended by the release cannot be ordered; when it begins is stated in `x-offering`",
            Feature.CATEGORY: "stated in `x-offering`",
            Feature.CHANNEL: stated,
            Feature.SEGMENT: stated,
            Feature.PLACE: stated,
            Feature.PAYMENT: "stated in `x-offering`",
            Feature.RENEWAL: "stated in `x-offering` with the term",
            Feature.CONSTRAINT: "a rule of the form, with a message",
            Feature.REQUIRES: "stated in `x-offering`: what a customer has already is known to the product inventory",
            Feature.EXCLUDES: "refused among the parts of one bundle; beyond it stated in `x-offering`",
            Feature.REPLACES: "stated in `x-offering`",
            Feature.PRICE_TABLE: "combinations that are not sold are refused; amounts are no part of an order form",
        },
    )


def generate(context: Context[Options]) -> Iterator[Artifact | Note]:
    """A schema, its messages and its examples for each offering that somebody may order, change or end."""
    forms = Forms(context.catalog, context.released)
    for offering in context.offerings():
        form = form_of(offering, context.catalog, context.released)
        made = order_item(form, forms)
        keys, named = sources(form, forms), products(form, forms, context.catalog)
        path = f"{offering.id}.schema.json"
        schema = context.artifact(
            path, "schema.json.j2", keys, mentions=named, covers=[offering], form=form, schema=made, about=about(form)
        )
        yield schema
        messages = dict(messages_of(schema.text))
        yield context.artifact(f"{offering.id}.messages.json", "messages.json.j2", keys, mentions=named, form=form, messages=messages)
        valid, invalid = examples(form, forms)
        path = f"{offering.id}.examples.json"
        yield context.artifact(path, "examples.json.j2", keys, mentions=named, form=form, valid=valid, invalid=invalid)
        yield from _notes(form, context)


def _notes(form: Form, context: Context[Options]) -> Iterator[Note]:
    """What a form says of single characteristics and constraints in another way than its capabilities promise."""
    for name in unsaid_constraints(form, context.catalog):
        words = "it asks for something that the order item does not say: whoever sees the whole order checks it"
        yield Note(Status.DROPPED, form.offering.key, ("constraints", name), Feature.CONSTRAINT, words)
    for name, trait in form.traits.items():
        path = ("choices" if name in form.offering.choices else "characteristics", name)
        if not trait.is_ordered:
            words = "an order that states it is refused: the network sets it"
            yield Note(Status.MAPPED, form.offering.key, path, Feature.CHARACTERISTIC, words)
        elif trait.wire_type == "date" and not trait.domain.is_listed:
            words = "the form checks that it is a date; JSON Schema does not compare dates"
            yield Note(Status.MAPPED, form.offering.key, path, Feature.CHARACTERISTIC, words)
