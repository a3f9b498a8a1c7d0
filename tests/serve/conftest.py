"""What the tests of the embedded catalog may ask for: a database of either sort, empty and of their own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serve.postgres import Cluster, cluster


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """One PostgreSQL server for all tests of a process; who takes it is left out where PostgreSQL is not installed."""
    with cluster() as running:
        yield running


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty database: a test that takes it runs on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'catalog.db'}"
        return
    with request.getfixturevalue("postgres").database() as url:
        yield url
