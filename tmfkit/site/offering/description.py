"""What an offering is: its product or members, its life, where and to whom it is sold, on which terms, and what it goes with."""

from collections.abc import Iterator

from tmfkit.model.audience import Section
from tmfkit.model.groupings import Category
from tmfkit.model.products import Member, ProductOffering, ProductSpecification, Relation, Term
from tmfkit.site.edition import Edition
from tmfkit.site.markdown import heading, joined, table
from tmfkit.site.offering.price_tables import audience_words
from tmfkit.site.phrases import duration, interval, listing, named, role_name, validity
from tmfkit.site.relations import all_named, facts
from tmfkit.site.relations import named as linked

_OFFERING = (ProductOffering.KIND,)


def section(offering: ProductOffering, edition: Edition) -> Iterator[str]:
    """The description and the facts."""
    yield edition.text(offering.description)
    yield from facts(offering, edition, _facts(offering, edition))


def _facts(offering: ProductOffering, edition: Edition) -> Iterator[tuple[str, str]]:
    where = edition.path(offering.key)
    if offering.product is not None:
        yield "product", linked(edition, (ProductSpecification.KIND,), offering.product, where)
    yield "categories", all_named(edition, (Category.KIND,), offering.categories, where)
    yield "sold-alone", "" if offering.sellable else edition.say("only-in-bundles")
    yield "channels", audience_words(offering, edition, "channel", offering.channels)
    yield "segments", audience_words(offering, edition, "segment", offering.segments)
    yield "places", audience_words(offering, edition, "place", offering.places)
    yield "terms", "<br>".join(_term(edition, name, term) for name, term in offering.terms.items())
    yield "payment", edition.say(f"payment-{offering.payment}") if offering.payment is not None else ""


def _term(edition: Edition, name: str, term: Term) -> str:
    said = [edition.say("commitment-of", period=duration(edition, term.commitment))] if term.commitment is not None else []
    said += [edition.say("lasts", period=duration(edition, term.lasts))] if term.lasts is not None else []
    said += [edition.say(f"renews-{term.renews}")] if term.renews is not None else []
    said += [validity(edition, term.valid_for)] if term.valid_for is not None else []
    return edition.say("said-of", what=named(edition, name, term), said=", ".join(said) or edition.say("no-commitment"))


def members(offering: ProductOffering, edition: Edition) -> Iterator[str]:
    """The roles of a bundle as a table."""
    if not offering.is_bundle:
        return
    where = edition.path(offering.key)
    rows = [
        [
            role_name(edition, role, member),
            all_or_one(edition, role, member, where),
            number(edition, member),
            str(member.included) if member.included is not None else "",
        ]
        for role, member in offering.bundle.items()
    ]
    yield heading(2, edition.say("members"), "members", searched=False)
    yield joined([table([edition.say(word) for word in ("role-in-bundle", "offerings", "how-many", "free-ones")], rows)])


def all_or_one(edition: Edition, role: str, member: Member, where: str) -> str:
    """The offerings that may fill a role."""
    return listing(edition, (linked(edition, _OFFERING, target, where) for target in member.offerings(role)), "or")


def number(edition: Edition, member: Member) -> str:
    """How many of a role a customer takes."""
    if member.most is None:
        return edition.say("at-least", low=member.fewest)
    return str(member.fewest) if member.fewest == member.most else edition.say("between", low=member.fewest, high=member.most)


def relations(offering: ProductOffering, edition: Edition) -> Iterator[str]:
    """What it requires, excludes and replaces, and since or until when."""
    rows = [
        [edition.say(word), _related(edition, relation, edition.path(offering.key)), interval(edition, relation.from_, relation.until)]
        for word, found in (("requires", offering.requires), ("excludes", offering.excludes), ("replaces", offering.replaces))
        for relation in found
    ]
    if rows and edition.shows(Section.OFFERINGS):
        yield heading(2, edition.say("relations"), "relations", searched=False)
        yield joined([table([edition.say(word) for word in ("relation", "offering", "valid")], rows)])


def _related(edition: Edition, relation: Relation, where: str) -> str:
    return linked(edition, _OFFERING, relation.offering, where)
