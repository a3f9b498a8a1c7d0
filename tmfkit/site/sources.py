"""Copies of the files of the catalog, so that a link from a page leads to the line on which something is written."""

from collections.abc import Iterator

from tmfkit.site.edition import Edition, source_page
from tmfkit.site.markdown import link, plain
from tmfkit.site.page import Page
from tmfkit.site.source_parts import lines_of, shown


def pages(edition: Edition) -> Iterator[Page]:
    """The pages of every file whose lines this edition links to; none where sources are read elsewhere."""
    for file, starts in edition.source_files.items():
        lines = lines_of(edition.catalog.tree.read(file))
        for part, (first, end) in enumerate(zip(starts, (*starts[1:], len(lines) + 1), strict=True), 1):
            body = "\n".join(f'<span id="L{number}">{shown(lines[number - 1])}</span>' for number in range(first, end))
            around = " · ".join(_neighbours(file, part, len(starts), edition))
            block = f'<pre class="tk-source" tabindex="0"><code>{body}\n</code></pre>'
            yield Page(source_page(file, part), file, f"{around}\n\n{block}\n", searched=False, wide=True)


def _neighbours(file: str, part: int, parts: int, edition: Edition) -> Iterator[str]:
    if parts == 1:
        return
    here = source_page(file, part).rpartition("/")[2]
    for number in range(1, parts + 1):
        name = source_page(file, number).rpartition("/")[2]
        yield plain(number) if name == here else link(plain(number), name)
