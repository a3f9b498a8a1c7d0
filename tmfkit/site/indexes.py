"""The lists of entities: one page for each kind, and the ways to find an offering by what it has in common with others."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from tmfkit.model.audience import Section
from tmfkit.model.base import Key, Lifecycle
from tmfkit.model.groupings import Category
from tmfkit.model.landscape import System
from tmfkit.model.products import ProductOffering
from tmfkit.model.services import ResourceFacingServiceSpecification
from tmfkit.site.edition import FOLDERS, Edition, relative
from tmfkit.site.markdown import bullets, joined, link, plain
from tmfkit.site.overview import Block, entity_head, entity_row, listing
from tmfkit.site.page import Page

ALL = "lists/index.md"


def pages(edition: Edition) -> Iterator[Page]:
    """One list for each kind that has entities, as the first page of its folder, and the lists by something in common."""
    for kind, (folder, _) in FOLDERS.items():
        rows = [entity_row(edition, summary.key) for summary in edition.of(kind)]
        yield from listing(edition, f"{folder}/index.md", edition.say(folder), [Block("", entity_head(edition), rows)])
    for name, blocks in LISTS.items():
        yield from listing(edition, f"lists/{name}.md", edition.say(f"by-{name}"), blocks(edition))
    ways = [link(plain(edition.say(f"by-{name}")), relative(path, ALL)) for name, path in paths(edition)]
    if ways:
        yield Page(ALL, edition.say("lists"), joined((bullets(ways),)), searched=False)


def paths(edition: Edition) -> Iterator[tuple[str, str]]:
    """The name of each list that has something in it, and its first page."""
    for name, blocks in LISTS.items():
        if any(block.rows for block in blocks(edition)):
            yield name, f"lists/{name}.md"


def _block(edition: Edition, heading: str, keys: Iterable[Key]) -> Block:
    return Block(heading, entity_head(edition), [entity_row(edition, key) for key in keys])


def by_lifecycle(edition: Edition) -> Iterator[Block]:
    """Offerings by the state of their life."""
    for state in Lifecycle:
        keys = [summary.key for summary in edition.of(ProductOffering.KIND) if summary.lifecycle is state]
        yield _block(edition, edition.say(f"lifecycle-{state.name.lower()}"), keys)


def by_channel(edition: Edition) -> Iterator[Block]:
    """Offerings by the channels in which they are sold."""
    names = {name: edition.raw(found.name) for name, found in edition.catalog.vocabulary.channels.items()}
    yield from _by_word(edition, "channel", names, lambda offering: offering.channels)


def by_segment(edition: Edition) -> Iterator[Block]:
    """Offerings by the customers that they are for."""
    names = {name: edition.raw(found.name) for name, found in edition.catalog.vocabulary.segments.items()}
    yield from _by_word(edition, "segment", names, lambda offering: offering.segments)


def _by_word(
    edition: Edition, subject: str, names: Mapping[str, str], words: Callable[[ProductOffering], tuple[str, ...]]
) -> Iterator[Block]:
    """A list for each word; offerings without a word of their own stand in none of them but in all, which is told once."""
    found: dict[str, list[Key]] = {name: [] for name in names}
    everywhere = []
    for offering in edition.every(ProductOffering):
        if not words(offering):
            everywhere.append(offering.key)
        for word in words(offering):
            found.setdefault(word, []).append(offering.key)
    if found:
        yield _block(edition, edition.say(f"everywhere-{subject}"), everywhere)
    for word, keys in found.items():
        yield _block(edition, names.get(word) or word, keys)


def by_category(edition: Edition) -> Iterator[Block]:
    """Offerings by category, and those that are in none."""
    found: dict[str, list[Key]] = {}
    for offering in edition.every(ProductOffering):
        for category in offering.categories or ("",):
            found.setdefault(str(category) if isinstance(category, str) else category.external, []).append(offering.key)
    for id in sorted(found):
        heading = edition.title(Key(Category.KIND, id)) if id else edition.say("no-category")
        yield _block(edition, heading, found[id])


def by_controller(edition: Edition) -> Iterator[Block]:
    """Network services by the system that controls them, and those that nobody controls."""
    found: dict[str, list[Key]] = {}
    for service in edition.every(ResourceFacingServiceSpecification):
        controller = service.controller
        id = controller if isinstance(controller, str) else controller.external if controller is not None else ""
        found.setdefault(id, []).append(service.key)
    for id in sorted(found):
        shown = id and edition.shows(Section.SYSTEMS)
        heading = edition.title(Key(System.KIND, id)) if shown else id or edition.say("no-controller")
        yield _block(edition, heading, found[id])


def by_system(edition: Edition) -> Iterator[Block]:
    """Offerings by the systems that carry them, as far as files were generated for these."""
    if not edition.shows(Section.SYSTEMS):
        return
    found: dict[str, dict[Key, None]] = {}
    for row in edition.losses:
        key = Key(str(row.get("kind")), str(row.get("id")))
        if key.kind == ProductOffering.KIND and row.get("status") != "dropped" and edition.has_page(key):
            found.setdefault(str(row.get("system")), {})[key] = None
    for id in sorted(found):
        yield _block(edition, edition.title(Key(System.KIND, id)), sorted(found[id]))


LISTS: Mapping[str, Callable[[Edition], Iterator[Block]]] = {
    "lifecycle": by_lifecycle,
    "channel": by_channel,
    "segment": by_segment,
    "category": by_category,
    "controller": by_controller,
    "system": by_system,
}
"""The lists by something in common: each makes the blocks of `lists/<name>.md`."""
