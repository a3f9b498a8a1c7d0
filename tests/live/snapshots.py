"""What a server and a state folder are at one instant, so that a test can go on from there as if the publisher had been killed then."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import RLock

from tests.live.servers import Exchange, LiveServer, serving
from tests.publish.shops import HASTY, SHOP, Shop, dialects_of
from tmfkit.plan.states import Wanted
from tmfkit.publish import lease
from tmfkit.publish.destination import Destination
from tmfkit.remote.connect import addresses, connect
from tmfkit.remote.memory import MemoryCatalog
from tmfkit.remote.profiles import PROFILES
from tmfkit.remote.settings import Target
from tmfkit.tmf.addresses import Address
from tmfkit.tmf.dialects import Dialect
from tmfkit.tmf.profile import Profile
from tmfkit.tmf.versions import APIS


@dataclass(frozen=True)
class Snapshot:
    """Everything that outlives a publisher, and what it was at."""

    what: str
    catalogs: Mapping[Dialect, MemoryCatalog]
    files: Mapping[str, bytes]

    def restore(self, server: LiveServer, folder: Path) -> None:
        """Puts all of it back; the lease of the one who was killed is over."""
        server.catalogs = {dialect: twin(catalog) for dialect, catalog in self.catalogs.items()}
        folder.mkdir(parents=True)
        for name, content in self.files.items():
            if name != lease.FILE:
                (folder / name).write_bytes(content)


def twin(catalog: MemoryCatalog) -> MemoryCatalog:
    """The same server with the same items, from where both go their own ways: a changed item is another one to it."""
    other = copy(catalog)
    other._items = {resource: dict(items) for resource, items in catalog._items.items()}
    other._numbers, other._lock = copy(catalog._numbers), RLock()
    return other


@dataclass
class Film:
    """Takes a snapshot ahead of every request, and behind every request that changed something."""

    folder: Path
    taken: list[Snapshot] = field(default_factory=list)

    def attach(self, server: LiveServer, every: int = 1) -> None:
        """Begins to take them; with `every`, only those of some requests."""

        def take(when: str, exchange: Exchange) -> None:
            if exchange.number % every == 0:
                what = f"{when} request {exchange.number}, {exchange.request.method} {exchange.request.path}"
                files = {path.name: path.read_bytes() for path in self.folder.iterdir() if not path.name.startswith(".")}
                self.taken.append(Snapshot(what, {one: twin(catalog) for one, catalog in server.catalogs.items()}, files))

        server.before = lambda exchange: take("before", exchange)
        server.after = lambda exchange: take("after", exchange) if exchange.write else None


@dataclass
class LiveShop(Shop):
    """A target over real HTTP; `url` may be that of a proxy before the server."""

    server: LiveServer | None = None
    opened: Destination | None = None
    given: Mapping[Address, Wanted] | None = None

    @property
    def wanted(self) -> Mapping[Address, Wanted]:
        return super().wanted if self.given is None else self.given

    def destination(self, wire: object = None) -> Destination:
        assert self.opened is not None
        return replace(self.opened, folder=self.folder)

    @property
    def there(self) -> LiveServer:
        """The server that the target is."""
        assert self.server is not None
        return self.server

    def there_is(self) -> set[Address]:
        """Every item of the server."""
        places = [(dialect, entry.path) for dialect in self.there.catalogs for entry in APIS[dialect].resources]
        return {Address(*place, id) for place in places for id in self.there.catalogs[place[0]].held(place[1])}

    def at(self, folder: Path) -> "LiveShop":
        """The same server with another state."""
        return replace(self, folder=folder, catalogs=self.there.catalogs)


def reached(url: str, profile: Profile, folder: Path, concurrency: int = 4) -> Destination:
    """The APIs below an address, over HTTP."""
    apis = {dialect.value: {"url": url + APIS[dialect].base_path, "profile": profile.name} for dialect in dialects_of(profile)}
    settings = Target.model_validate({"apis": apis, "concurrency": str(concurrency), "timeout": "5 s"})
    return Destination("shop", connect(settings, folder, patience=HASTY), addresses(settings), folder, concurrency)


@contextmanager
def live_shop(folder: Path, profile: str, text: str = SHOP, concurrency: int = 4) -> Iterator[LiveShop]:
    """A server with nothing on it, behind HTTP on a free port."""
    row = PROFILES[profile]
    with serving(row, dialects_of(row)) as server:
        state = folder / "state" / "shop"
        opened = reached(server.url, row, state, concurrency)
        yield LiveShop(row, state, server.catalogs, text, concurrency, server, opened)
