"""The pages of categories and catalogs: what stands above and below them, and what they hold."""

from collections.abc import Iterator, Sequence

from tmfkit.model.base import Entity, Key
from tmfkit.model.groupings import Catalog, Category, Grouping, ResourceCatalog, ResourceCategory, ServiceCatalog, ServiceCategory, Shelf
from tmfkit.site.edition import Edition
from tmfkit.site.markdown import heading, joined, table
from tmfkit.site.page import Page
from tmfkit.site.relations import all_named, facts, named, payloads, referrers

KINDS = (Catalog, Category, ServiceCatalog, ServiceCategory, ResourceCatalog, ResourceCategory)
"""What groups other entities."""

MOST_HELD = 300
"""How many entities of a category are listed on its page; the lists of the site have all of them."""


def pages(edition: Edition) -> Iterator[Page]:
    """One page for each catalog and each category of the edition."""
    for summary in edition.of(*(model.KIND for model in KINDS)):
        entity = edition.catalog.entity(summary.key)
        if entity is not None:
            yield page(entity, edition)


def page(entity: Entity, edition: Edition) -> Page:
    """The page of one of them."""
    held = [] if isinstance(entity, Grouping) else _held(entity.key, edition)
    parts = [
        edition.text(entity.description),
        *facts(entity, edition, _facts(entity, edition)),
        *_listed(entity.key, held, edition),
        *(referrers(entity.key, edition) if isinstance(entity, Grouping) else ()),
        *payloads(entity.key, edition),
    ]
    return Page(edition.path(entity.key), edition.title(entity.key), joined(parts))


def _facts(entity: Entity, edition: Edition) -> Iterator[tuple[str, str]]:
    where = edition.path(entity.key)
    match entity:
        case Grouping():
            yield "opens-with", all_named(edition, (entity.CATEGORY,), entity.categories, where)
        case Shelf():
            if entity.parent is not None:
                yield "parent", named(edition, (entity.KIND,), entity.parent, where)
            yield "below", ", ".join(edition.to(key, where) for key in _below(entity.key, edition))


def _users(key: Key, edition: Edition, field: str) -> Iterator[Key]:
    """Who refers to a category in one field."""
    catalog = edition.catalog
    for user in catalog.referrers(key):
        if any(link.field == field and target == key for link, target in catalog.targets(user)):
            yield user


def _below(key: Key, edition: Edition) -> list[Key]:
    return [user for user in _users(key, edition, "parent") if edition.has_page(user)]


def _held(key: Key, edition: Edition) -> list[Key]:
    return [user for user in _users(key, edition, "categories") if edition.has_page(user) and not user.kind.endswith("Catalog")]


def _listed(key: Key, held: Sequence[Key], edition: Edition) -> Iterator[str]:
    if not held:
        return
    where = edition.path(key)
    yield heading(2, edition.say("what-it-holds"), "holds", searched=False)
    rows = [[edition.to(one, where), _state(one, edition), _brief(one, edition)] for one in held[:MOST_HELD]]
    yield joined([table([edition.say(word) for word in ("name", "lifecycle", "description")], rows)])
    if len(held) > MOST_HELD:
        yield edition.say("and-more", count=len(held) - MOST_HELD)


def _state(key: Key, edition: Edition) -> str:
    return edition.say(f"lifecycle-{edition.catalog.summaries[key].lifecycle.name.lower()}")


def _brief(key: Key, edition: Edition) -> str:
    entity = edition.catalog.entity(key)
    return "" if entity is None else edition.text(entity.description)
