"""Editions of small catalogs for tests of the site."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from tests.catalogs import UTC as ZONE
from tests.catalogs import validated
from tmfkit.compile.bundle import Settings
from tmfkit.model.audience import EVERYBODY, Audience
from tmfkit.site.edition import Edition

DAY = datetime(2026, 6, 1, tzinfo=UTC)


def edition(
    files: Mapping[str, str | bytes] | str, language: str = "en", audience: Audience = EVERYBODY, on: datetime = DAY, **settings: Any
) -> Edition:
    """The edition of a catalog in memory, whatever its findings."""
    catalog = validated(files).value
    return Edition(catalog, Settings("test", date(2026, 6, 1), ZONE), language, ("en", "fr"), audience, on, **settings)
