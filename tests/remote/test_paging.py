"""Whole lists from pages: everything once, or one clear line; half a list never looks like a whole one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tmfkit.errors import TmfkitError
from tmfkit.remote import paging
from tmfkit.remote.api import Body, Held, Page
from tmfkit.remote.paging import everything
from tmfkit.remote.profiles import PROFILES
from tmfkit.tmf.dialects import Dialect
from tmfkit.tmf.profile import Profile

THREE = replace(PROFILES["embedded"], page=3)


@dataclass
class Pages:
    """An API that only has pages: those of a script, the last one again and again; or those of a list, cut to `most`."""

    script: list[Page] = field(default_factory=list)
    items: list[Body] = field(default_factory=list)
    most: int = 3
    counts: bool = True
    profile: Profile = THREE
    dialect: Dialect = Dialect.TMF620_V5
    title: str = "catalog.example: TMF620 v5.0"
    asked: list[tuple[int, int, Mapping[str, str]]] = field(default_factory=list)

    def page(self, resource: str, offset: int, limit: int, where: Mapping[str, str] | None = None) -> Page:
        self.asked.append((offset, limit, dict(where or {})))
        if self.script:
            return self.script[min(len(self.asked), len(self.script)) - 1]
        part = self.items[offset : offset + min(limit, self.most)]
        return Page(tuple(part), len(self.items) if self.counts else None)

    def read(self, resource: str, id: str) -> Held | None:
        return None

    def create(self, resource: str, body: Body) -> Held:
        return Held(body)

    def change(self, resource: str, id: str, patch: Body, tag: str = "") -> Held | None:
        return None

    def remove(self, resource: str, id: str) -> bool:
        return False


def items(*ids: str, **more: Any) -> tuple[Body, ...]:
    return tuple({"id": id, **more} for id in ids)


def read(api: Pages, where: Mapping[str, str] | None = None) -> list[str]:
    return [body["id"] for body in everything(api, "productOffering", where)]


@given(count=st.integers(0, 20), page=st.integers(1, 7), most=st.integers(1, 7), counts=st.booleans())
def test_every_item_comes_once_however_small_the_pages_of_the_server_are(count: int, page: int, most: int, counts: bool) -> None:
    api = Pages(items=list(items(*map(str, range(count)))), most=most, counts=counts, profile=replace(PROFILES["embedded"], page=page))
    assert read(api) == list(map(str, range(count)))


@pytest.mark.parametrize(("count", "requests"), [(0, 1), (3, 1), (4, 2), (6, 2), (7, 3)])
def test_a_list_that_is_counted_takes_one_request_a_page(count: int, requests: int) -> None:
    api = Pages(items=list(items(*map(str, range(count)))))
    assert len(read(api)) == count
    assert [asked[:2] for asked in api.asked] == [(3 * number, 3) for number in range(requests)]


BROKEN: list[tuple[str, list[Page], str]] = [
    ("the same page", [Page(items("a", "b", "c"))], "gives the same page again and again"),
    ("the same page, counted", [Page(items("a", "b"), 9)], "gives the same page again and again"),
    ("an earlier page", [Page(items("a")), Page(items("b")), Page(items("a"))], "gives the same page again and again"),
    ("an item moved", [Page(items("a", "b")), Page(items("b", "c"))], "has b twice"),
    ("an id twice", [Page(items("a", "a"))], "has one of its ids twice"),
    ("fewer than before", [Page(items("a", "b"), 5), Page(items("c"), 4)], "had 5 items, then 4"),
    ("more than before", [Page(items("a", "b"), 3), Page(items("c"), 4)], "had 3 items, then 4"),
    ("a count that goes away", [Page(items("a"), 2), Page(items("b"))], "had 2 items, then None"),
    ("an early end", [Page(items("a", "b"), 3), Page((), 3)], "has 3 items, and its pages hold 2"),
    ("more than it counts", [Page(items("a", "b", "c"), 2), Page((), 2)], "has 2 items, and its pages hold 3"),
]


@pytest.mark.parametrize(("script", "says"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN])
def test_pages_that_are_no_list(script: list[Page], says: str) -> None:
    with pytest.raises(TmfkitError) as caught:
        read(Pages(script))
    assert caught.value.message == f"catalog.example: TMF620 v5.0: the list of productOffering {says}"
    assert caught.value.hint


def test_a_list_without_end_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    class Endless(Pages):
        def page(self, resource: str, offset: int, limit: int, where: Mapping[str, str] | None = None) -> Page:
            return Page(items(*map(str, range(offset, offset + limit))))

    monkeypatch.setattr(paging, "MOST", 100)
    with pytest.raises(TmfkitError, match="does not end after 100 items"):
        read(Endless())


def chosen() -> Iterator[Body]:
    yield from items("a", "b", name="Fibre", version="1.0")
    yield from items("c", name="Fibre", version="2.0")
    yield from items("d")


@pytest.mark.parametrize("filters", [True, False])
def test_only_what_fits_comes_back_whether_or_not_the_server_selects(filters: bool) -> None:
    api = Pages(items=list(chosen()), profile=replace(PROFILES["embedded"], page=3, filters=filters))
    where = {"name": "Fibre", "version": "1.0"}
    assert read(api, where) == ["a", "b"]
    assert [asked[2] for asked in api.asked] == [where if filters else {}] * 2
