"""What a target has: every item of every resource, fetched in pages, the resources side by side."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed

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
        parts = [pool.submit(lambda one: list(listed(*one)), one) for one in lists]
        try:
            found = [item for part in as_completed(parts) for item in part.result()]
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    return {item.address: item for item in sorted(found, key=lambda item: item.address)}


def listed(api: CatalogApi, resource: str) -> Iterator[Live]:
    """Every item of one resource."""
    for body in everything(api, resource):
        yield Live(Address(api.dialect, resource, str(body["id"])), packed(body))
