"""What a test of the built site may ask for."""

from pathlib import Path

import pytest

from tests.site.built import Site, built, example, once


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    """A folder that all processes of this test run have in common."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if hasattr(request.config, "workerinput") else base


@pytest.fixture(scope="session")
def site(shared: Path) -> Site:
    """The example operator's site with the toolkit's own documentation, as MkDocs builds it."""
    return once(shared, "site-mkdocs", lambda folder: built(example(folder)))


@pytest.fixture(scope="session")
def by_zensical(shared: Path) -> Site:
    """The same pages as Zensical builds them."""
    return once(shared, "site-zensical", lambda folder: built(example(folder), "--builder", "zensical"))
