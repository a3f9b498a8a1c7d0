"""The landscape: every system in the lane of its role, with what it is the record of, what it controls and what it is given."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tmfkit.model.audience import Section
from tmfkit.model.base import Key
from tmfkit.model.landscape import Role, System
from tmfkit.model.services import ResourceFacingServiceSpecification
from tmfkit.site.diagrams.figure import Drawing, Item, address, figure
from tmfkit.site.diagrams.fitted import HEAVIEST, MOST
from tmfkit.site.diagrams.letters import shortened, wrapped, written
from tmfkit.site.edition import Edition

PAGE = "landscape.md"
LANES = (
    Role.CHANNEL,
    Role.CRM,
    Role.BILLING,
    Role.COM,
    Role.PRODUCT_INVENTORY,
    Role.SOM,
    Role.SERVICE_INVENTORY,
    Role.ROM,
    Role.RESOURCE_INVENTORY,
    Role.NFVO,
    Role.DOMAIN_CONTROLLER,
    Role.LEGACY_ADAPTER,
    Role.MANUAL,
)
"""The lanes from the customer down to the network."""

ACROSS = 3
WIDE = 196.0
HIGH = 66.0
NAMES = 150.0
GAP = 12.0


@dataclass(frozen=True, slots=True)
class Part:
    """A system and its part in the landscape: the records that it keeps, what it controls, and the formats that it is given."""

    system: System
    controls: tuple[Key, ...]

    def notes(self, edition: Edition) -> Iterator[str]:
        """Its part in words, a line each."""
        if self.system.masters:
            yield edition.say("record-of", names=", ".join(self.system.masters))
        if self.controls:
            yield edition.say("controls", count=len(self.controls))
        if self.system.generator:
            yield edition.say("is-given", names=", ".join(self.system.generator))


def parts(edition: Edition) -> list[Part]:
    """The systems of the catalog in the order of their lanes."""
    found = [Part(system, _controlled(edition, system.key)) for system in edition.every(System)]
    return sorted(found, key=lambda part: LANES.index(part.system.role))


def landscape(edition: Edition) -> str:
    """The picture of all systems for the page `landscape.md`; empty where there are none, or the audience is not shown any."""
    found = parts(edition) if edition.shows(Section.SYSTEMS) else []
    html = ""
    for most in MOST:
        html = _figure(edition, found, most)
        if len(html) <= HEAVIEST:
            break
    return html


def _figure(edition: Edition, found: Sequence[Part], most: int) -> str:
    if not found:
        return ""
    shown = found[:most]
    lanes = [(role, [part for part in shown if part.system.role is role]) for role in LANES]
    lanes = [(role, inside) for role, inside in lanes if inside]
    items = [Item(edition.say(f"role-{role}"), items=tuple(_item(edition, part) for part in inside)) for role, inside in lanes]
    description = edition.say("landscape-description", systems=len(found), lanes=len(lanes))
    more = written(edition.say("not-drawn", count=len(found) - most)) if len(found) > most else ""
    return figure(edition, "landscape", edition.say("landscape"), description, _drawing(edition, lanes), items, more)


def _item(edition: Edition, part: Part) -> Item:
    return Item(edition.title(part.system.key), address(edition, part.system.key, PAGE), "; ".join(part.notes(edition)))


def _controlled(edition: Edition, key: Key) -> tuple[Key, ...]:
    users = edition.catalog.referrers(key)
    return tuple(user for user in users if user.kind == ResourceFacingServiceSpecification.KIND and edition.catalog.summaries[user].usable)


def _drawing(edition: Edition, lanes: Sequence[tuple[Role, Sequence[Part]]]) -> Drawing:
    elements: list[str] = []
    y = 0.0
    wide = NAMES + ACROSS * (WIDE + GAP) + GAP
    for role, inside in lanes:
        rows = -(-len(inside) // ACROSS)
        high = rows * (HIGH + GAP) + GAP
        elements.append(f'<rect class="tk-lane" x="0" y="{y:g}" width="{wide:g}" height="{high:g}" rx="8"/>')
        elements += _head(edition.say(f"role-{role}"), y + high / 2)
        for index, part in enumerate(inside):
            across, down = index % ACROSS, index // ACROSS
            elements.append(_system(edition, part, NAMES + GAP + across * (WIDE + GAP), y + GAP + down * (HIGH + GAP)))
        y += high + 8
    return Drawing("\n".join(elements), wide, y - 8, linked=any(edition.has_page(part.system.key) for _, row in lanes for part in row))


def _head(text: str, middle: float) -> Iterator[str]:
    lines = wrapped(text, NAMES - 20, 3, 12)
    for index, line in enumerate(lines):
        y = middle + 4 + 15 * (index - (len(lines) - 1) / 2)
        yield f'<text class="tk-row" x="12" y="{y:g}">{written(line)}</text>'


def _system(edition: Edition, part: Part, x: float, y: float) -> str:
    name, notes = edition.title(part.system.key), list(part.notes(edition))
    said = shortened(name, WIDE - 16, 13)
    center, first = x + WIDE / 2, y + HIGH / 2 + 4.5 - 7.5 * len(notes)
    texts = [f'<text x="{center:g}" y="{first:g}">{written(said)}</text>']
    for row, note in enumerate(notes, 1):
        short = written(shortened(note, WIDE - 12, 11))
        texts.append(f'<text class="tk-note" x="{center:g}" y="{first + 15 * row:g}">{short}</text>')
    title = f"<title>{written('; '.join((name, *notes)))}</title>"
    inside = f'{title}<rect x="{x:g}" y="{y:g}" width="{WIDE:g}" height="{HIGH:g}" rx="6"/>{"".join(texts)}'
    href = address(edition, part.system.key, PAGE)
    return f'<a class="tk-box tk-system" href="{href}">{inside}</a>' if href else f'<g class="tk-box tk-system">{inside}</g>'
