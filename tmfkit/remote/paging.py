"""Reads whole lists page by page, and notices when pages do not add up to a list."""

from collections.abc import Iterator, Mapping

from tmfkit.errors import TmfkitError
from tmfkit.remote.api import Body, CatalogApi, Page

MOST = 2_000_000
"""Items of one resource that are read; a list that has more does not end."""

_AGAIN = "somebody may be writing there: run it again"
_ASK = "ask those who run the server; `tmfkit probe` shows how it pages"


def everything(api: CatalogApi, resource: str, where: Mapping[str, str] | None = None) -> Iterator[Body]:
    """Every item of a resource, once; `where` are attributes that have to be equal, whether or not the server selects by them.

    A list that changes while it is read, repeats a page or never ends raises a `TmfkitError`: half a list must not look like a whole one.
    """
    wanted = dict(where or {})
    seen: set[str] = set()
    total: int | None = None
    while True:
        page = api.page(resource, len(seen), api.profile.page, wanted if api.profile.filters else {})
        if seen and page.total != total:
            raise TmfkitError(f"{api.title}: the list of {resource} had {total} items, then {page.total}", _AGAIN)
        total = page.total
        yield from (body for body in _fresh(api, resource, page, seen) if _fits(body, wanted))
        if not page.items or len(seen) == total:
            break
    if total is not None and len(seen) != total:
        raise TmfkitError(f"{api.title}: the list of {resource} has {total} items, and its pages hold {len(seen)}", _AGAIN)


def _fresh(api: CatalogApi, resource: str, page: Page, seen: set[str]) -> Iterator[Body]:
    """The items of a page, each of which has to be new."""
    repeated = [body["id"] for body in page.items if body["id"] in seen]
    if repeated and len(repeated) == len(page.items):
        raise TmfkitError(f"{api.title}: the list of {resource} gives the same page again and again", _ASK)
    if repeated or len({body["id"] for body in page.items}) < len(page.items):
        twice = repeated[0] if repeated else "one of its ids"
        raise TmfkitError(f"{api.title}: the list of {resource} has {twice} twice", _AGAIN)
    seen.update(body["id"] for body in page.items)
    if len(seen) > MOST:
        raise TmfkitError(f"{api.title}: the list of {resource} does not end after {MOST:,} items", _ASK)
    yield from page.items


def _fits(body: Body, wanted: Mapping[str, str]) -> bool:
    return all(body.get(name) == value for name, value in wanted.items())
