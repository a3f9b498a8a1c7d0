"""The page of an offering: what it is, what it costs, what it is made of, who carries it."""

from collections.abc import Callable, Iterator
from types import MappingProxyType

from tmfkit.model.audience import Section
from tmfkit.model.base import Key
from tmfkit.model.products import ProductOffering
from tmfkit.site import diagrams
from tmfkit.site.edition import Edition
from tmfkit.site.markdown import heading, joined
from tmfkit.site.offering import costs, description, options, price_tables
from tmfkit.site.page import Page
from tmfkit.site.relations import payloads, referrers
from tmfkit.site.system_losses import Losses, carried_by, losses

PICTURES: MappingProxyType[str, tuple[Section, Callable[[Edition, Key], str]]] = MappingProxyType(
    {
        "bundle": (Section.OFFERINGS, diagrams.bundle),
        "decomposition": (Section.DECOMPOSITION, diagrams.decomposition),
        "timeline": (Section.OFFERINGS, diagrams.timeline),
    }
)
"""The pictures of an offering, each with the section that the audience has to see for it."""


def pages(edition: Edition) -> Iterator[Page]:
    """One page for each offering of the edition, and those on which long price tables go on."""
    known = losses(edition)
    for offering in edition.every(ProductOffering):
        yield page(offering, edition, known)
        yield from price_tables.continued(offering, edition)


def page(offering: ProductOffering, edition: Edition, known: Losses) -> Page:
    """The page of one offering."""
    parts = [
        *description.section(offering, edition),
        *price_tables.section(offering, edition),
        *costs.section(offering, edition),
        *options.section(offering, edition),
        *_picture("bundle", offering.key, edition),
        *description.members(offering, edition),
        *_picture("decomposition", offering.key, edition),
        *_picture("timeline", offering.key, edition),
        *description.relations(offering, edition),
        *referrers(offering.key, edition),
        *carried_by(offering.key, edition, known),
        *payloads(offering.key, edition),
    ]
    return Page(edition.path(offering.key), edition.title(offering.key), joined(parts))


def _picture(name: str, key: Key, edition: Edition) -> Iterator[str]:
    section, draw = PICTURES[name]
    drawn = draw(edition, key) if edition.shows(section) else ""
    if drawn:
        yield heading(2, edition.say(f"picture-{name}"), name, searched=False)
        yield drawn
