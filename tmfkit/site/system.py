"""The pages of systems: what each is there for, what it controls, what it carries of the catalog and what it drops."""

from collections.abc import Iterator

from tmfkit.model.base import Key
from tmfkit.model.landscape import System
from tmfkit.model.products import ProductOffering
from tmfkit.model.services import ResourceFacingServiceSpecification
from tmfkit.site.edition import Edition
from tmfkit.site.markdown import code, heading, joined, table
from tmfkit.site.page import Page
from tmfkit.site.relations import facts, referrers
from tmfkit.site.system_losses import Losses, losses, of_system

MOST_CARRIED = 250
"""How many offerings or services are listed on one page."""


def pages(edition: Edition) -> Iterator[Page]:
    """One page for each system of the edition."""
    known = losses(edition)
    for system in edition.every(System):
        yield page(system, edition, known)


def page(system: System, edition: Edition, known: Losses) -> Page:
    """The page of one system."""
    parts = [
        edition.text(system.description),
        *facts(system, edition, _facts(system, edition)),
        *_controlled(system, edition),
        *_carried(system, edition, known),
        *of_system(system, edition, known),
        *referrers(system.key, edition),
    ]
    return Page(edition.path(system.key), edition.title(system.key), joined(parts))


def _facts(system: System, edition: Edition) -> Iterator[tuple[str, str]]:
    yield "role", edition.say(f"role-{system.role.value}")
    yield "masters", ", ".join(map(code, system.masters))
    yield "generators", ", ".join(map(code, system.generator))


def _controlled(system: System, edition: Edition) -> Iterator[str]:
    """The services that it realises."""
    where = edition.path(system.key)
    users = [key for key in edition.catalog.referrers(system.key) if key.kind == ResourceFacingServiceSpecification.KIND]
    if not users:
        return
    yield heading(2, edition.say("controls-services"), "controls", searched=False)
    yield joined([table([edition.say("name"), edition.say("lifecycle")], [_service(key, edition, where) for key in users[:MOST_CARRIED]])])
    if len(users) > MOST_CARRIED:
        yield edition.say("and-more", count=len(users) - MOST_CARRIED)


def _service(key: Key, edition: Edition, where: str) -> list[str]:
    return [edition.to(key, where), edition.say(f"lifecycle-{edition.catalog.summaries[key].lifecycle.name.lower()}")]


def _carried(system: System, edition: Edition, known: Losses) -> Iterator[str]:
    """The offerings that reach it, and how many details of each it drops."""
    where = edition.path(system.key)
    dropped: dict[Key, int] = {}
    for row in known.by_system.get(system.id, ()):
        if row.key.kind == ProductOffering.KIND:
            dropped[row.key] = dropped.get(row.key, 0) + (row.status.value == "dropped")
    if not dropped:
        return
    yield heading(2, edition.say("carried-offerings"), "offerings", searched=False)
    rows = [[edition.to(key, where), str(number)] for key, number in sorted(dropped.items())]
    yield joined([table([edition.say("offering"), edition.say("dropped")], rows[:MOST_CARRIED], frozenset((1,)))])
    if len(rows) > MOST_CARRIED:
        yield edition.say("and-more", count=len(rows) - MOST_CARRIED)
