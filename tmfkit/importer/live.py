"""Takes payloads from the catalog APIs of a target instead of files: every item of every resource, as the server gives it."""

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal

from tmfkit.errors import TmfkitError
from tmfkit.importer.read import Source
from tmfkit.remote.api import Body, CatalogApi
from tmfkit.remote.paging import everything
from tmfkit.tmf.dialects import Dialect
from tmfkit.tmf.versions import APIS
from tmfkit.workers import Tell


def live_sources(apis: Mapping[Dialect, CatalogApi], tell: Tell) -> list[Source]:
    """All payloads of the APIs, called as they are on the server: `tmf620-v5/productOffering/42`."""
    found = [source for dialect in sorted(apis) for source in _of_api(dialect, apis[dialect], tell)]
    if not found:
        asked = ", ".join(apis[dialect].title for dialect in sorted(apis))
        raise TmfkitError(f"there is nothing to import: {asked} answer with empty lists", "look whether the addresses are right")
    return found


def _of_api(dialect: Dialect, api: CatalogApi, tell: Tell) -> Iterator[Source]:
    for resource in APIS[dialect].resources:
        tell(f"reading {resource.path} of {api.title}")
        for body in everything(api, resource.path):
            yield Source(f"{dialect}/{resource.path}/{body['id']}", None, _exact(body))


def _exact(body: Body) -> Body:
    """The body with its numbers as they are written."""
    found: Body = json.loads(json.dumps(body), parse_float=Decimal, parse_int=Decimal)
    return found
