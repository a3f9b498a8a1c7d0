"""Follows every link of a built site without a browser: does the page exist, and does it have the place that the link names?"""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from lxml import html

from tests.site.built import Site

ADDRESSES = {"a": "href", "link": "href", "script": "src", "img": "src", "iframe": "src", "use": "href", "form": "action"}
OUTSIDE = frozenset({"http", "https", "mailto", "tel"})


@dataclass(frozen=True, slots=True)
class Link:
    """One address on a page, as it is written there."""

    page: str
    element: str
    address: str
    says: str

    @property
    def outside(self) -> bool:
        """Whether it leads to another host."""
        parts = urlsplit(self.address)
        return parts.scheme in OUTSIDE or bool(parts.netloc)

    @property
    def target(self) -> tuple[str, str]:
        """The file that it leads to, and the place in it."""
        parts = urlsplit(self.address)
        path = unquote(parts.path)
        if path.startswith("/"):
            joined = posixpath.normpath(path.lstrip("/") or ".")
        else:
            joined = posixpath.normpath(posixpath.join(posixpath.dirname(self.page), path)) if path else self.page
        folder = path.endswith(("/", "/.", "/..")) or path in (".", "..")
        return (posixpath.normpath(posixpath.join(joined, "index.html")) if folder else joined), unquote(parts.fragment)


def links(site: Site, page: str) -> Iterator[Link]:
    """Every address on a page; in a drawing the links are of SVG, whose element has the same name."""
    for element in site.read(page).iter(*ADDRESSES):
        address = element.get(ADDRESSES[element.tag]) or element.get("{http://www.w3.org/1999/xlink}href") or element.get("xlink:href")
        if address is not None:
            yield Link(page, element.tag, address.strip(), " ".join(element.text_content().split()))


def places(document: html.HtmlElement) -> set[str]:
    """The names that a link into a page may end with."""
    return {*document.xpath("//@id"), *document.xpath("//a/@name")}


def broken(site: Site) -> list[str]:
    """Every link inside a site that leads nowhere, once for each page that has it; one that is a script leads nowhere too."""
    known: dict[str, set[str]] = {page: places(site.read(page)) for page in site.pages}
    files = {path.relative_to(site.folder).as_posix() for path in site.folder.rglob("*") if path.is_file()}
    found = {
        f"{link.page}: {link.address}"
        for page in site.pages
        for link in links(site, page)
        if not link.outside and _lost(link, known, files)
    }
    return sorted(found)


def _lost(link: Link, known: dict[str, set[str]], files: set[str]) -> bool:
    if link.address.startswith("data:"):
        return False
    file, place = link.target
    if file not in files:
        return True
    return bool(place) and file in known and place not in known[file]
