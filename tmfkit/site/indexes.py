"""The lists of entities: one page for each kind, and the ways to find an offering by what it has in common with others."""

from collections.abc import Iterator

from tmfkit.site.edition import FOLDERS, Edition
from tmfkit.site.markdown import joined, table
from tmfkit.site.page import Page


def pages(edition: Edition) -> Iterator[Page]:
    """One list for each kind that has entities, as the first page of its folder."""
    for kind, (folder, _) in FOLDERS.items():
        where = f"{folder}/index.md"
        rows = [[edition.to(summary.key, where)] for summary in edition.of(kind)]
        if rows:
            yield Page(where, edition.say(folder), joined([table([edition.say("name")], rows)]), searched=False)
