"""The first page: how much there is of everything, what changed in the last releases, and the ways into the catalog."""

from collections import Counter
from collections.abc import Iterator, Mapping

from tmfkit.model.audience import Section
from tmfkit.model.base import Lifecycle
from tmfkit.model.products import ProductOffering
from tmfkit.site import audit_page, glossary, overview_map, overview_prices
from tmfkit.site.diagrams import systems
from tmfkit.site.edition import FOLDERS, Edition
from tmfkit.site.indexes import paths
from tmfkit.site.markdown import bullets, joined, link, plain, table
from tmfkit.site.page import Page

PAGE = "index.md"


def pages(edition: Edition) -> Iterator[Page]:
    """The first page of a language."""
    parts = (
        plain(edition.say("home-intro", day=edition.on.date().isoformat())),
        f"## {plain(edition.say('figures'))}",
        table((edition.say("offerings"), edition.say("number")), _offerings(edition), frozenset((1,))),
        table((edition.say("name"), edition.say("number")), _kinds(edition), frozenset((1,))),
        *_releases(edition),
        f"## {plain(edition.say('find'))}",
        bullets(link(plain(title), path) for title, path in _ways(edition)),
    )
    yield Page(PAGE, edition.say("home"), joined(parts))


def _offerings(edition: Edition) -> Iterator[tuple[str, str]]:
    found = Counter(summary.lifecycle for summary in edition.of(ProductOffering.KIND))
    for state in Lifecycle:
        if found[state]:
            yield link(plain(edition.say(f"lifecycle-{state.name.lower()}")), "lists/lifecycle.md"), str(found[state])


def _kinds(edition: Edition) -> Iterator[tuple[str, str]]:
    for kind, (folder, _) in FOLDERS.items():
        count = sum(1 for _ in edition.of(kind))
        if count:
            yield link(plain(edition.say(folder)), f"{folder}/index.md"), str(count)
        if count and kind == ProductOffering.KIND and edition.shows(Section.PRICES):
            yield plain(edition.say("prices-of-offerings")), str(sum(len(offering.prices) for offering in edition.every(ProductOffering)))


def _releases(edition: Edition) -> Iterator[Iterator[str] | str]:
    """What changed in the last releases, as far as there is a history: rows of `name`, `date` and `lines`."""
    releases = edition.extra.get("releases") or ()
    if releases:
        yield f"## {plain(edition.say('what-changed'))}"
    for release in releases:
        yield f"### {plain(' · '.join(str(release[word]) for word in ('name', 'date') if release.get(word)))}"
        yield bullets(plain(line) for line in _lines(release))


def _lines(release: Mapping[str, object]) -> Iterator[object]:
    lines = release.get("lines")
    yield from lines if isinstance(lines, list | tuple) else ()


def _ways(edition: Edition) -> Iterator[tuple[str, str]]:
    """The overview pages of this edition."""
    if edition.shows(Section.PRICES) and edition.shows(Section.OFFERINGS):
        yield from ((edition.say(word), page) for word, page in overview_prices.paths(edition))
    yield from ((edition.say(f"by-{name}"), path) for name, path in paths(edition))
    if edition.shows(Section.DECOMPOSITION) and any(edition.of("ProductSpecification")):
        yield edition.say("map"), overview_map.PAGE
    if any(edition.of("System")):
        yield edition.say("landscape"), systems.PAGE
        if edition.shows(Section.SERVICES):
            yield edition.say("audit"), audit_page.PAGE
    yield edition.say("glossary"), glossary.PAGE
