"""The site stays light: no page of a large catalog is heavy, and the search of five thousand entities can be loaded."""

from pathlib import Path

import pytest

from bench.synthetic import write
from tests.site.built import Site, built, once

ENTITIES, LARGE = 300, 5_000
PAGE, INDEX = 100_000, 5_000_000
"""Bytes: the largest page, and the largest search index."""


@pytest.fixture(scope="session")
def sites(shared: Path) -> tuple[Site, Site]:
    """The sites of a catalog and of one with twice its entities."""

    def make(folder: Path, entities: int) -> Site:
        write(folder / "catalog", entities)
        (folder / "tmfkit.yaml").write_text("catalog: catalog\n", encoding="utf-8")
        return built(folder)

    return (
        once(shared, "site-half", lambda folder: make(folder, ENTITIES // 2)),
        once(shared, "site-large", lambda folder: make(folder, ENTITIES)),
    )


def test_no_page_is_heavy(sites: tuple[Site, Site], site: Site) -> None:
    pages = ((one, path) for one in (*sites, site) for path in one.pages if path.startswith("catalog/"))
    heavy = [(path, one.size(path)) for one, path in pages if one.size(path) > PAGE]
    assert heavy == []


def test_the_search_of_five_thousand_entities_can_be_loaded(sites: tuple[Site, Site]) -> None:
    half, whole = (one.size("search/search_index.json") for one in sites)
    each = (whole - half) / (ENTITIES - ENTITIES // 2)
    assert each > 0
    assert whole + each * (LARGE - ENTITIES) < INDEX


def test_a_page_of_an_entity_does_not_grow_with_the_catalog(sites: tuple[Site, Site]) -> None:
    half, whole = sites
    both = [page for page in half.pages if "/offerings/" in page and "index" not in page and page in set(whole.pages)]
    assert both
    assert [page for page in both if whole.size(page) > half.size(page) * 1.1 + 500] == []
