"""Lists that may be long: tables under headings, in as many pages as it takes."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeAlias

from tmfkit.model.base import Entity, Key
from tmfkit.site.edition import Edition, relative
from tmfkit.site.markdown import joined, link, plain, table
from tmfkit.site.page import Page

MOST_ROWS = 200
"""How many rows a page has: with its frame it stays below 100 kB."""

MOST_LETTERS = 36_000
"""How much Markdown a page has in its tables; a page with long rows has fewer of them."""

Row: TypeAlias = Callable[[str], Sequence[str]]
"""A row of a table: its cells as Markdown for the page at a path, because links depend on where the page is."""


@dataclass(frozen=True, slots=True)
class Block:
    """A table under a heading (plain text, none for the first); `right` are the columns of numbers."""

    heading: str
    head: Sequence[str]
    rows: Sequence[Row]
    right: frozenset[int] = frozenset()
    note: str = ""


def listing(edition: Edition, path: str, title: str, blocks: Iterable[Block], above: Callable[[str], str] | str = "") -> Iterator[Page]:
    """The pages of a list; the first is at `path`, `above` (Markdown, or what makes it for a page) stands at its top. None for no rows."""
    parts = list(_split([block for block in blocks if block.rows], path))
    for number, part in enumerate(parts, 1):
        where = _place(path, number)
        top = above if isinstance(above, str) else above(where)
        body = joined((top if number == 1 else "", *_tables(part, where), _turning(edition, path, number, len(parts))))
        yield Page(where, title if number == 1 else f"{title} ({number})", body, searched=False, wide=True)


def _place(path: str, number: int) -> str:
    """Where a part of a list is: ids have no slash, so that no page of an entity is there too."""
    return path if number == 1 else f"lists/{number}/{path.replace('/', '--')}"


def _split(blocks: Sequence[Block], path: str) -> Iterator[list[tuple[Block, Row]]]:
    part: list[tuple[Block, Row]] = []
    letters = 0
    for block in blocks:
        for row in block.rows:
            size = sum(map(len, row(path)))
            if part and (len(part) >= MOST_ROWS or letters + size > MOST_LETTERS):
                yield part
                part, letters = [], 0
            part.append((block, row))
            letters += size
    if part:
        yield part


def _tables(part: Sequence[tuple[Block, Row]], where: str) -> Iterator[str]:
    for _, rows in groupby(part, key=lambda pair: id(pair[0])):
        found = list(rows)
        block = found[0][0]
        if block.heading:
            yield f"## {plain(block.heading)}"
        yield block.note
        yield "\n".join(table(block.head, (row(where) for _, row in found), block.right))


def _turning(edition: Edition, path: str, number: int, of: int) -> str:
    """Where in the list one is, and the ways to its neighbours; nothing for a list of one page."""
    if of == 1:
        return ""
    where = _place(path, number)
    ways = [plain(edition.say("part", number=number, of=of))]
    for word, other in (("previous", number - 1), ("next", number + 1)):
        if 1 <= other <= of:
            ways.append(link(plain(edition.say(word)), relative(_place(path, other), where)))
    return " · ".join(ways)


def entity_row(edition: Edition, key: Key) -> Row:
    """The row of an entity in a list: its name, the state of its life, its description."""
    return lambda page: (edition.to(key, page), state(edition, key), brief(edition, edition.catalog.entity(key)))


def entity_head(edition: Edition) -> tuple[str, str, str]:
    """The head of such a table."""
    return edition.say("name"), edition.say("lifecycle"), edition.say("description")


def state(edition: Edition, key: Key) -> str:
    """The state of an entity's life in words."""
    return plain(edition.say(f"lifecycle-{edition.catalog.summaries[key].lifecycle.name.lower()}"))


def brief(edition: Edition, entity: Entity | None, letters: int = 120) -> str:
    """The beginning of a description; the whole of it is on the page of the entity."""
    said = edition.raw(entity.description) if entity is not None else ""
    words = " ".join(said.split())
    return plain(words if len(words) <= letters else f"{words[:letters].rsplit(' ', 1)[0]} …")
