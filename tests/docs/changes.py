"""Makes the reference of changes: the table of impacts, section by section."""

from collections.abc import Iterator

from tmfkit.diff.change import Impact, Reach
from tmfkit.diff.impact_table import SECTIONS, WORST
from tmfkit.diff.rows import GROUPS, Row

HEAD = """# What a change means

This page is made from the code. `tmfkit diff` compares what two states of a catalog mean, not what their files look like.

**Nothing is reported exactly when both states compile to the same**: the payloads of all dialects and `pricing.json`, and besides them
systems and the vocabulary, which no payload carries; all of it in one form. In that form

- the release stamp and `lastUpdate` say nothing;
- lists have no order, except the discounts of an offering, which apply as written;
- values have one spelling: `0.5 Gbit/s` is `500 Mbit/s`, and `2 years` are `24 months`;
- what goes without saying is not written, and what comes by `extends` is written in place.

So comments, order, files, layout and bases change nothing.

One thing depends on spelling: the ids under which single prices are published are made of the words of their table or step. A row
`0.5 Gbit/s` in place of `500`, or a period that is split in two, means the same and is reported as `published`.

Scenarios and acceptances are about the catalog, not in it: they are not compared. An entity that is broken in one state is left out.

A change of an id is a removal and an addition, unless the new entity says `renamedFrom`; then references to it are no changes.
Where the two say nearly the same, adding it is suggested.

Each change has two sides:

- its **impact**: {impacts}, the mildest first;
- its **reach**: {reaches}; each includes those before it. A price step that `appliesTo: new` reaches new customers only.

An offering that was a draft (In study, In design, In test, Rejected) and still is one reaches nobody, and its changes are at most additive.
A change that no row below speaks of counts as {worst}.

In a path `*` is one name, `**` all that follows, and `{{a,b}}` either. Paths of a shared price are those of a price in an offering.
The first row that fits counts.
"""


def changes_page() -> str:
    """The whole page."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    worst = f"{WORST.impact}, {WORST.reach}"
    yield HEAD.format(impacts=", ".join(Impact), reaches=", ".join(Reach), worst=worst)
    yield "## Which kinds\n"
    yield "| in the tables | kinds |"
    yield "| --- | --- |"
    yield from (f"| {name} | {', '.join(kinds) if name != 'any' else 'all'} |" for name, kinds in GROUPS.items())
    for title, rows in SECTIONS.items():
        yield f"\n## {title}\n"
        yield "| kinds | path | what happened | impact | reach | why |"
        yield "| --- | --- | --- | --- | --- | --- |"
        yield from map(_row, rows)
    yield ""


def _row(row: Row) -> str:
    path = row.path if row.path.startswith("(") else f"`{row.path}`"
    return f"| {row.group} | {path} | {', '.join(row.sorts) or 'anything'} | {row.impact} | {row.reach} | {row.reason} |"
