"""What a target has: every item of every resource, fetched in pages, the resources side by side."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from tmfkit.plan.packed import packed
from tmfkit.plan.states import Live
from tmfkit.publish.destination import Destination
from tmfkit.remote.api import CatalogApi
from tmfkit.remote.paging import everything
from tmfkit.tmf.addresses import Address
from tmfkit.tmf.versions import APIS
from tmfkit.workers import Tell, unheard


def fetched(destination: Destination, tell: Tell = unheard) -> dict[Address, Live]:
    """Everything that the APIs of a target have, by the ids of the server, at one request a page."""
    tell(f"fetching what {destination.name} has")
    lists = [(api, entry.path) for _, api in sorted(destination.apis.items()) for entry in APIS[api.dialect].resources]
    with ThreadPoolExecutor(min(destination.concurrency, len(lists)) or 1) as pool:
        parts = list(pool.map(lambda one: list(listed(*one)), lists))
    return {item.address: item for part in parts for item in part}


def listed(api: CatalogApi, resource: str) -> Iterator[Live]:
    """Every item of one resource."""
    for body in everything(api, resource):
        yield Live(Address(api.dialect, resource, str(body["id"])), packed(body))
