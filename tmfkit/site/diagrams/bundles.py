"""The picture of a bundle: its roles with how many of each, and the offerings that can fill them, down to bundles in bundles."""

from collections import deque

from tmfkit.catalog import Catalog
from tmfkit.model.base import External, Key
from tmfkit.model.products import Member, ProductOffering
from tmfkit.site.diagrams.figure import address, served
from tmfkit.site.diagrams.fitted import Subject, fitted
from tmfkit.site.diagrams.network import Box, Line
from tmfkit.site.edition import Edition


def bundle(edition: Edition, key: Key) -> str:
    """The picture for the page of a bundle; empty for any other entity."""
    offering = edition.catalog.get(ProductOffering, key.id) if key.kind == ProductOffering.KIND else None
    if offering is None or not offering.is_bundle:
        return ""
    page = edition.path(key)
    boxes, lines = _content(edition, key, page)
    title = edition.say("bundle-picture", name=edition.title(key))
    description = edition.say("bundle-description", roles=len(offering.bundle))
    subject = Subject("bundle", title, description, list(boxes.values()), lines, {}, [str(key)])
    return fitted(edition, subject, served(edition, "offerings/index.md", page))


def count(edition: Edition, member: Member) -> str:
    """How many of a role a customer takes, in words: `1`, `0–1`, `1–2 of 3, 1 included`."""
    fewest, most = member.fewest, member.most
    number = edition.say("or-more", count=fewest) if most is None else str(fewest) if fewest == most else f"{fewest}–{most}"
    if len(member.of) > 1:
        number = edition.say("out-of", count=number, of=len(member.of))
    return number if member.included is None else f"{number}, {edition.say('included', count=member.included)}"


def _content(edition: Edition, start: Key, page: str) -> tuple[dict[str, Box], list[Line]]:
    """Boxes and lines, nearest first; a bundle that comes again is not gone into twice."""
    boxes = {str(start): _offering(edition, start, "")}
    lines: list[Line] = []
    waiting = deque([start])
    while waiting:
        key = waiting.popleft()
        offering = edition.catalog.get(ProductOffering, key.id)
        for role, member in offering.bundle.items() if offering is not None else ():
            id = f"{key} {role}"
            boxes[id] = Box(id, _called(edition, role, member), "role", note=count(edition, member))
            lines.append(Line(str(key), id))
            for target in member.offerings(role):
                box, found = _member(edition, edition.catalog, target, page)
                if found is not None and box.id not in boxes:
                    waiting.append(found)
                boxes.setdefault(box.id, box)
                lines.append(Line(id, box.id))
    return boxes, lines


def _called(edition: Edition, role: str, member: Member) -> str:
    """The name of a role; the offering's own where only one can fill it."""
    only = None if member.of else next(iter(member.offerings(role)))
    return edition.raw(member.name) or (edition.title(Key(ProductOffering.KIND, only)) if isinstance(only, str) else role)


def _member(edition: Edition, catalog: Catalog, target: str | External, page: str) -> tuple[Box, Key | None]:
    if isinstance(target, External):
        name = edition.raw(target.name) or target.external
        return Box(f"external {target.external}", name, "external", note=edition.say("elsewhere")), None
    key = Key(ProductOffering.KIND, target)
    found = catalog.find((ProductOffering.KIND,), target)
    return _offering(edition, found or key, page), found


def _offering(edition: Edition, key: Key, page: str) -> Box:
    """The box of an offering; that of the page itself leads nowhere."""
    summary = edition.catalog.summaries.get(key)
    note = edition.say(f"lifecycle-{summary.lifecycle.name.lower()}") if summary is not None else ""
    return Box(str(key), edition.title(key), "offering", address(edition, key, page) if page else "", note)
