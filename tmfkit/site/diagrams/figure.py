"""The frame of a picture: its title and description for those who do not see it, and the same content as a list."""

import posixpath
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from tmfkit.model.base import Key
from tmfkit.site.diagrams.letters import written
from tmfkit.site.edition import Edition

SMALLEST = 0.85
"""How small a picture becomes where there is little room, before its box scrolls: letters stay readable."""


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the list that stands for a picture, with what belongs under it."""

    name: str
    href: str = ""
    note: str = ""
    items: tuple["Item", ...] = ()


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is drawn: SVG elements, in pixels; `linked` says that some of them lead somewhere."""

    elements: str
    width: float
    height: float
    linked: bool = False


def figure(edition: Edition, id: str, title: str, description: str, drawing: Drawing, items: Sequence[Item], more: str = "") -> str:
    """A picture as HTML for a page of Markdown; `more` is a line of HTML below it. `id` is unique on the page."""
    wide, high = round(drawing.width), round(drawing.height)
    # Things inside an `img` cannot be reached with the keyboard, so a picture with links is a document to assistive technology.
    role = "graphics-document" if drawing.linked else "img"
    lines = (
        f'<figure class="tk-figure" id="tk-{id}" data-search-exclude="">',
        f'<div class="tk-scroll" tabindex="0" role="region" aria-label="{written(title)}">',
        f'<svg class="tk-drawing" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}" '
        f'style="min-width:{round(wide * SMALLEST)}px" role="{role}" aria-labelledby="tk-{id}-title tk-{id}-desc">',
        f'<title id="tk-{id}-title">{written(title)}</title><desc id="tk-{id}-desc">{written(description)}</desc>',
        drawing.elements,
        "</svg></div>",
        f"<details><summary>{written(edition.say('as-list'))}</summary>{outline(items)}</details>",
        f'<p class="tk-more">{more}</p>' if more else "",
        "</figure>",
    )
    return "\n".join(line for line in lines if line)


def outline(items: Iterable[Item]) -> str:
    """A nested list in HTML."""
    lines = "".join(f"<li>{_line(item)}{outline(item.items)}</li>" for item in items)
    return f"<ul>{lines}</ul>" if lines else ""


def _line(item: Item) -> str:
    name = written(item.name)
    name = f'<a href="{item.href}">{name}</a>' if item.href else name
    return f"{name} ({written(item.note)})" if item.note else name


def address(edition: Edition, key: Key, page: str) -> str:
    """The address of an entity's page as the browser needs it on the page at a path; empty for an entity without page."""
    return served(edition, edition.path(key), page) if edition.has_page(key) else ""


def served(edition: Edition, target: str, page: str) -> str:
    """The way from one page to another in the built site: HTML that is written as such is not looked at by MkDocs."""
    folders = bool(edition.extra.get("directory_urls"))
    path = posixpath.relpath(_place(target, folders), posixpath.dirname(_place(page, folders)) or ".")
    if folders:
        path = f"{posixpath.dirname(path) or '.'}/"
    return quote(path, safe="/.")


def _place(page: str, folders: bool) -> str:
    stem = page.removesuffix(".md")
    if not folders or posixpath.basename(stem) == "index":
        return f"{stem}.html"
    return f"{stem}/index.html"


def tree(roots: Iterable[str], below: dict[str, list[str]], items: dict[str, Item]) -> Iterator[Item]:
    """A nested list of what leads to what; what comes again is named without its parts."""
    told: set[str] = set()

    def one(id: str) -> Item:
        item = items[id]
        if id in told:
            return Item(item.name, item.href, item.note)
        told.add(id)
        return Item(item.name, item.href, item.note, tuple(one(part) for part in below.get(id, ())))

    return (one(root) for root in roots)
