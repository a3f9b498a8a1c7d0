"""Pages under the old names of what was renamed, so that links and bookmarks go on working."""

import html
from collections.abc import Iterator

from tmfkit.model.base import Key
from tmfkit.site.edition import FOLDERS, Edition, relative
from tmfkit.site.page import Asset
from tmfkit.site.words import words

SCRIPT = "../assets/redirect.js"

_PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="1; url={target}">
<title>{title}</title>
</head>
<body>
<main>
<h1>{title}</h1>
<p>{moved} <a rel="canonical" href="{target}">{target}</a></p>
</main>
<script src="{script}"></script>
</body>
</html>
"""


def pages(edition: Edition) -> Iterator[Asset]:
    """One page for each old name that nothing else has taken since."""
    for summary in edition.of(*FOLDERS):
        old = Key(summary.key.kind, summary.renamed_from) if summary.renamed_from else None
        if old is not None and old not in edition.catalog.summaries:
            yield _redirect(old, summary.key, edition)


def front_page(language: str, target: str) -> bytes:
    """The first page of a site whose project wrote none: it leads to the catalog."""
    said = words(language, "catalog")
    words_of = {"language": language, "target": target, "title": said, "moved": words(language, "moved")}
    filled = _PAGE.format(**{name: html.escape(text) for name, text in words_of.items()}, script=f"catalog/{SCRIPT.removeprefix('../')}")
    return filled.encode()


def _redirect(old: Key, new: Key, edition: Edition) -> Asset:
    where = _html(edition.path(old))
    filled = _PAGE.format(
        language=html.escape(edition.language),
        target=html.escape(relative(_html(edition.path(new)), where)),
        title=html.escape(edition.title(new)),
        moved=html.escape(edition.say("moved")),
        script=relative(SCRIPT, where),
    )
    return Asset(where, filled.encode())


def _html(page: str) -> str:
    """The address under which a page is read: the site has no folders in place of pages, so that it works from a disk."""
    return page.removesuffix(".md") + ".html"
