"""The pages of a small catalog, or of the example operator, as a mapping from path to Markdown."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from tests.catalogs import UTC, validated
from tmfkit.compile.bundle import Settings
from tmfkit.diagnostics.model import Severity
from tmfkit.model.audience import EVERYBODY, Audience
from tmfkit.pipeline import linked
from tmfkit.project import open_project
from tmfkit.site import category, offering, price, specification, system
from tmfkit.site.edition import Edition
from tmfkit.site.page import Page

ROOT = Path(__file__).resolve().parents[2]
DAY = datetime(2026, 11, 23, tzinfo=UTC)
MAKERS = (offering.pages, specification.pages, price.pages, system.pages, category.pages)


def edition(
    files: str | Mapping[str, str],
    *,
    language: str = "en",
    on: datetime = DAY,
    audience: Audience = EVERYBODY,
    losses: Iterable[Mapping[str, Any]] = (),
    faulty: bool = False,
) -> Edition:
    found = validated(files)
    assert faulty == any(one.severity is Severity.ERROR for one in found.diagnostics)
    return Edition(found.value, Settings("1", DAY.date(), UTC), language, ("en", "fr"), audience, on, tuple(losses))


@cache
def example(language: str, audience: Audience = EVERYBODY) -> Edition:
    project = open_project(ROOT).value
    return Edition(linked(project).value, project.settings, language, ("en", "fr"), audience, project.settings.last_update)


def pages(of: Edition) -> dict[str, Page]:
    return {page.path: page for page in made(of)}


def made(of: Edition) -> Iterator[Page]:
    for make in MAKERS:
        yield from make(of)


def part(body: str, anchor: str) -> str:
    """What stands below the heading with an anchor, up to the next heading."""
    _, _, rest = body.partition(f"{{: #{anchor} ")
    return rest.partition("\n#")[0].partition("\n")[2].strip()
