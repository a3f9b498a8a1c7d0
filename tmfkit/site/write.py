"""Writes the pages of all languages below `docs/catalog/`, replacing what an earlier run wrote there."""

import json
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from tmfkit.errors import TmfkitError
from tmfkit.site.contents import contents
from tmfkit.site.edition import Edition
from tmfkit.site.markdown import plain
from tmfkit.site.page import Page

MARK = ".tmfkit-site"
"""Stands in the folder that tmfkit makes and may therefore replace."""


def texts(editions: Iterable[Edition]) -> Iterator[tuple[str, bytes]]:
    """Every file of the site's catalog part, by its path."""
    for edition in editions:
        for made in contents(edition):
            content = _text(made).encode() if isinstance(made, Page) else made.content
            yield f"{edition.language}/{made.path}", content


def write(folder: Path, editions: Iterable[Edition]) -> int:
    """Writes the files into a folder of tmfkit's own, and says how many they are; a folder of others is refused."""
    if folder.exists() and not (folder / MARK).is_file() and any(folder.iterdir()):
        raise TmfkitError(f"{folder} holds something that tmfkit did not make", "move it away: the pages of the catalog go there")
    fresh = folder.with_name(f".{folder.name}.new")
    try:
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(parents=True)
        (fresh / MARK).write_text("made by tmfkit docs\n", encoding="utf-8")
        count = 0
        for path, content in texts(editions):
            target = fresh / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
            count += 1
        shutil.rmtree(folder, ignore_errors=True)
        fresh.rename(folder)
    except OSError as error:
        raise TmfkitError(f"cannot write {folder}: {(error.strerror or str(error)).lower()}") from None
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return count


def _text(page: Page) -> str:
    head = {"title": page.title}
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in head.items()]
    lines += [] if page.searched else ["search: {exclude: true}"]
    lines += ["hide: [toc]"] if page.wide else []
    return "---\n" + "\n".join(lines) + "\n---\n\n" + f"# {plain(page.title)}\n\n{page.body}"
