"""Writes the pages of all languages below `docs/catalog/`, replacing what an earlier run wrote there."""

import html
import json
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tmfkit.errors import TmfkitError
from tmfkit.site.contents import contents
from tmfkit.site.edition import Edition
from tmfkit.site.languages import name_of, spoken
from tmfkit.site.markdown import link, plain
from tmfkit.site.page import Asset, Page

MARK = ".tmfkit-site"
"""Stands in the folder that tmfkit makes and may therefore replace."""

HERE = Path(__file__).resolve().parent
THEME = ".theme"
"""The templates that the pages need besides those of Material; builders pass over names that begin with a point."""

STYLE = "style.css"

FOLDER = "catalog"
"""The folder of the pages in the folder of documents, and in the addresses of the site."""


@dataclass(frozen=True, slots=True)
class Written:
    """How many files were written, and for each language the pages that a menu names: their paths and titles."""

    count: int
    menus: Mapping[str, Sequence[tuple[str, str]]]


def texts(editions: Iterable[Edition]) -> Iterator[tuple[str, bytes]]:
    """Every file of the site's catalog part, by its path."""
    for edition in editions:
        for made in contents(edition):
            yield f"{edition.language}/{made.path}", _content(made, edition)


def write(folder: Path, editions: Sequence[Edition], shared: Iterable[Asset] = ()) -> Written:
    """Writes the files into a folder of tmfkit's own; a folder of others is refused. `shared` are files for all languages."""
    if folder.exists() and not (folder / MARK).is_file() and any(folder.iterdir()):
        raise TmfkitError(f"{folder} holds something that tmfkit did not make", "move it away: the pages of the catalog go there")
    fresh = folder.with_name(f".{folder.name}.new")
    try:
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(parents=True)
        written = _fill(fresh, editions, shared)
        shutil.rmtree(folder, ignore_errors=True)
        fresh.rename(folder)
    except OSError as error:
        raise TmfkitError(f"cannot write {folder}: {(error.strerror or str(error)).lower()}") from None
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return written


def _fill(fresh: Path, editions: Sequence[Edition], shared: Iterable[Asset]) -> Written:
    (fresh / MARK).write_text("made by tmfkit docs\n", encoding="utf-8")
    count = 0
    menus: dict[str, list[tuple[str, str]]] = {edition.language: [] for edition in editions}
    for edition in editions:
        for made in contents(edition):
            _put(fresh / edition.language / made.path, _content(made, edition))
            count += 1
            if isinstance(made, Page) and _is_in_menu(made):
                menus[edition.language].append((made.path, made.title))
    for asset in (*shared, _front(editions)):
        _put(fresh / asset.path, asset.content)
        count += 1
    shutil.copytree(HERE / "theme", fresh / THEME)
    shutil.copytree(HERE / "assets", fresh / "assets")
    shutil.copy(HERE / STYLE, fresh / "assets" / STYLE)
    return Written(count, menus)


def _put(target: Path, content: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)


def _is_in_menu(page: Page) -> bool:
    """Entities are found by the lists and by the search: thousands of them would make the menu of every page heavy."""
    folder, _, name = page.path.rpartition("/")
    return not folder or (name == "index.md" and "/" not in folder)


def _front(editions: Sequence[Edition]) -> Asset:
    """The page that leads to the languages."""
    ways = [f"- {link(plain(name_of(edition.language)), f'{edition.language}/index.md')}" for edition in editions]
    title = editions[0].settings.release_name if editions else ""
    head = {"title": editions[0].say("catalog") if editions else "", "search": {"exclude": True}}
    return Asset("index.md", "\n".join((*_front_matter(head), f"# {plain(head['title'])} {plain(title)}", "", *ways, "")).encode())


def _content(made: Page | Asset, edition: Edition) -> bytes:
    return _text(made, edition).encode() if isinstance(made, Page) else made.content


def _text(page: Page, edition: Edition) -> str:
    head: dict[str, Any] = {"title": html.escape(page.title, quote=False)}  # Material puts it into its pages as it is
    if spoken(edition.language):
        head["language"] = spoken(edition.language)
    if len(edition.languages) > 1:
        head["alternate"] = [alternate(language, page.path) for language in edition.languages]
    if not page.searched:
        head["search"] = {"exclude": True}
    if page.wide:
        head["hide"] = ["toc"]
    return "\n".join((*_front_matter(head), f"# {plain(page.title)}", "", page.body))


def alternate(language: str, path: str) -> dict[str, str]:
    """A way to a page in another language, as a menu of languages shows it; the site has pages of the same paths in all of them."""
    return {"name": name_of(language), "lang": language, "link": f"{FOLDER}/{language}/{path.removesuffix('.md')}.html"}


def _front_matter(head: Mapping[str, Any]) -> Iterator[str]:
    yield "---"
    yield from (f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in head.items())
    yield "---"
    yield ""
