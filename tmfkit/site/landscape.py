"""The page of the landscape: all systems by their roles, who keeps the record of what, and who is given what."""

from collections.abc import Iterator

from tmfkit.model.audience import Section
from tmfkit.site.diagrams import landscape
from tmfkit.site.diagrams.systems import PAGE, Part, parts
from tmfkit.site.edition import Edition
from tmfkit.site.markdown import code, plain
from tmfkit.site.overview import Block, Row, listing
from tmfkit.site.page import Page


def pages(edition: Edition) -> Iterator[Page]:
    """The picture and the table of all systems; nothing where the audience is not shown any."""
    if not edition.shows(Section.SYSTEMS):
        return
    head = [edition.say(word) for word in ("system", "role", "records", "formats", "controlled")]
    rows = [_row(edition, part) for part in parts(edition)]
    yield from listing(edition, PAGE, edition.say("landscape"), [Block("", head, rows)], landscape(edition))


def _row(edition: Edition, part: Part) -> Row:
    system = part.system
    return lambda page: (
        edition.to(system.key, page),
        plain(edition.say(f"role-{system.role}")),
        ", ".join(code(name) for name in system.masters),
        ", ".join(code(name) for name in system.generator),
        ", ".join(edition.to(key, page) for key in part.controls[:12]) + (" …" if len(part.controls) > 12 else ""),
    )
