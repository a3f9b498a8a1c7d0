"""What an offering costs in sample configurations: a table of the first bill, the month, and all until the commitment ends."""

from collections.abc import Iterator
from dataclasses import replace

from tmfkit.model.audience import Section
from tmfkit.model.products import ProductOffering
from tmfkit.site.edition import Edition
from tmfkit.site.markdown import heading, joined, plain, table
from tmfkit.site.offering.samples import Costed, costed, filled, terms_of
from tmfkit.site.phrases import Naming, duration, listing, money

MOST_ROWS = 24
"""How many configurations are shown."""


def section(offering: ProductOffering, edition: Edition) -> Iterator[str]:
    """The table of sample configurations; nothing where prices are not shown or nothing is charged."""
    rows = costed(offering, edition.catalog, edition.on) if edition.shows(Section.PRICES) else ()
    if not rows:
        return
    yield heading(2, edition.say("what-it-costs"), "costs", searched=False)
    yield edition.say("costs-note", day=edition.day(edition.on))
    yield _members(offering, edition)
    terms = terms_of(offering, edition.catalog, dict.fromkeys(offering.bundle, 1))
    naming = replace(Naming.of(offering, edition), terms=terms)
    names = list(dict.fromkeys(name for row in rows[:MOST_ROWS] for name in row.chosen))
    head = [*map(naming.head, names), *(edition.say(word) for word in ("first-bill", "per-month", "commitment-total"))]
    shown = [_row(row, names, naming) for row in rows[:MOST_ROWS]]
    yield joined([table(head, shown, frozenset(range(len(names), len(head))))])
    if len(rows) > MOST_ROWS:
        yield edition.say("more-configurations")


def _row(row: Costed, names: list[str], naming: Naming) -> list[str]:
    edition, found = naming.edition, row.sums
    total = "–"
    if found.total is not None and row.commitment is not None:
        total = f"{money(edition, found.total)} ({duration(edition, row.commitment)})"
    chosen = (naming.value(name, row.chosen[name]) if name in row.chosen else "" for name in names)
    return [*chosen, money(edition, found.first), money(edition, found.monthly), total]


def _members(offering: ProductOffering, edition: Edition) -> str:
    """Which offerings stand for the roles that several could fill."""
    groups = ((role, member) for role, member in offering.bundle.items() if len(member.offerings(role)) > 1)
    several = [plain(edition.title(one.key)) for role, member in groups for one in filled(member, role, 1, edition.catalog)]
    return edition.say("costs-members", names=listing(edition, several)) if several else ""
