"""The page about profiles says what the table of servers says today; `--update-goldens` writes it anew."""

from collections.abc import Callable, Iterator
from dataclasses import fields
from enum import Enum
from typing import Any

from tmfkit.remote.profiles import ROWS
from tmfkit.tmf.profile import Profile

HEAD = """# Profiles: how catalog servers behave

This page is made from the code. The TM Forum texts leave much open, and servers differ where they do not. What a publisher has to know of a
server before it sends the first byte is one row of a table, and a target in `tmfkit.yaml` names the row for each of its APIs
(`profile: strict-v4`). [Which profile is my server?](../how-to/choose-a-profile.md) finds out.

| profile | server |
| --- | --- |
"""
WORDS = {
    "ids": "who gives an item its id: the client (`kept`), the server whatever is sent (`minted`), or the server, and a body with an id is "
    "an error (`refused`)",
    "patch": "the media type of a change that works",
    "arrays": "what becomes of a list in a change: `replaced`, or `appended` to what is there",
    "nulls": "a null in a change takes an attribute away; where it is refused, an empty list or text stands for nothing",
    "unknown": "attributes are taken that the official file does not declare; where they are not, `x-tmfkit` and the like stay at home",
    "strict_patch": "a change must not name what the official type for changes leaves out, such as `lastUpdate` or `@type` in TMF620 v4",
    "patched": "the status that answers a change",
    "partial": "the status of a list that is only a part",
    "links": "such a part names the next one in `Link`",
    "body_limit": "the largest body, in bytes",
    "page": "how many items come at once at most",
    "counts": "`X-Total-Count` is there and right",
    "filters": "`?name=…&version=…` selects",
    "tags": "items have an `ETag`, and `If-Match` is honoured",
    "makes_candidates": "a specification brings its candidate",
    "removes_candidates": "a specification takes its candidate away with it",
    "checks_references": "a reference to nothing is refused, and so is the removal of what is referred to",
}
TAIL = """
## Beside the table

Some habits need no column, because tmfkit gets along with them whatever the profile: a server that dates every change itself, adds
attributes and empty lists of its own, says `https` in its addresses although it is reached by `http`, or answers a type of patch that it
does not understand as if it had done it. What was written is read back and compared, addresses in answers are never followed, and what a
server adds is no difference.

## Servers for tests

`MemoryCatalog(profile, dialect)` in `tmfkit.remote.memory` is a catalog API in memory that behaves as a row. It takes requests and gives
answers like a connection, so whatever publishes can be tried on it without a network. It looks at the names of attributes on the first
level only, and not at their values: whether those follow the official files, `make test` checks elsewhere.
"""


def profiles_page() -> str:
    """The whole page."""
    return HEAD + "\n".join(_lines()) + "\n" + TAIL


def _lines() -> Iterator[str]:
    yield from (f"| `{row.name}` | {row.title} |" for row in ROWS)
    yield "\n## The table\n"
    yield f"| | {' | '.join(f'`{row.name}`' for row in ROWS)} |"
    yield f"| --- |{' --- |' * len(ROWS)}"
    yield from (f"| {_label(name)} | {' | '.join(_word(getattr(row, name)) for row in ROWS)} |" for name in WORDS)
    yield "\n## What the columns mean\n"
    yield "| column | meaning |"
    yield "| --- | --- |"
    yield from (f"| {_label(name)} | {text} |" for name, text in WORDS.items())


def _label(name: str) -> str:
    return name.replace("_", " ")


def _word(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Enum):
        return f"`{value.value}`"
    return "none" if value is None else f"{value:,}"


def test_the_page(generated: Callable[[str, str], None]) -> None:
    generated("reference/profiles.md", profiles_page())


def test_every_column_is_explained() -> None:
    assert {column.name for column in fields(Profile)} - {"name", "title"} == set(WORDS)
