"""The decomposition map: from every product down to what it runs on, as a table, and as a picture for each category."""

from collections.abc import Iterator

from tmfkit.model.audience import Section
from tmfkit.model.base import Key
from tmfkit.model.groupings import Category
from tmfkit.model.products import ProductOffering, ProductSpecification
from tmfkit.semantics.made_of import Made, made_of
from tmfkit.site.diagrams import picture
from tmfkit.site.edition import FOLDERS, Edition, relative
from tmfkit.site.markdown import link, plain
from tmfkit.site.overview import Block, Row, listing
from tmfkit.site.page import Page

PAGE = "map/index.md"
COLUMNS = {
    "CustomerFacingServiceSpecification": "service",
    "ResourceFacingServiceSpecification": "network-service",
    "System": "controller",
}
"""What stands beside a product, and the word above it."""


def pages(edition: Edition) -> Iterator[Page]:
    """The table of all products, and a page with a picture for each category that has offerings."""
    if not edition.shows(Section.DECOMPOSITION):
        return
    head = [edition.say("product"), *(edition.say(word) for kind, word in COLUMNS.items() if edition.shows(FOLDERS[kind][1]))]
    rows = [_row(edition, summary.key) for summary in edition.of(ProductSpecification.KIND)]
    pictures = list(_pictures(edition))
    blocks = [
        Block("", head, rows, note=plain(edition.say("map-note"))),
        Block(edition.say("categories"), [edition.say("category")], [_link(edition, page) for page in pictures]),
    ]
    yield from listing(edition, PAGE, edition.say("map"), blocks)
    yield from pictures


def _link(edition: Edition, drawn: Page) -> Row:
    return lambda page: (link(plain(drawn.title), relative(drawn.path, page)),)


def _pictures(edition: Edition) -> Iterator[Page]:
    inside: dict[str, list[Key]] = {}
    for offering in edition.every(ProductOffering):
        for category in offering.categories:
            if isinstance(category, str):
                inside.setdefault(category, []).append(offering.key)
    for id in sorted(inside):
        title = edition.say("picture-of", name=edition.title(Key(Category.KIND, id)))
        where = f"map/{edition.path(Key(Category.KIND, id)).rpartition('/')[2]}"
        html = picture(edition, inside[id], where, title)
        if html:
            yield Page(where, title, html + "\n", searched=False, wide=True)


def _row(edition: Edition, key: Key) -> Row:
    """A product, its services, theirs, and who controls these; each is named once."""
    found: dict[str, dict[Key, None]] = {kind: {} for kind in COLUMNS if edition.shows(FOLDERS[kind][1])}
    waiting = list(made_of(key, edition.catalog))
    while waiting:
        part: Made = waiting.pop(0)
        if part.key is not None and part.key.kind in found:
            found[part.key.kind][part.key] = None
        waiting += part.parts
    return lambda page: (edition.to(key, page), *(", ".join(edition.to(one, page) for one in keys) for keys in found.values()))
