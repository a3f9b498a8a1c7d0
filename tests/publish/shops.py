"""A shop of 25 entities that is published to catalogs in memory, and what tests ask of it afterwards."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from threading import Lock

from tests.compile.catalogs import SAMPLE, SETTINGS, linked
from tmfkit.plan.states import Known, Wanted
from tmfkit.plan.steps import Brake, Plan
from tmfkit.publish import state
from tmfkit.publish.desired import desired
from tmfkit.publish.destination import Destination
from tmfkit.publish.planning import planned
from tmfkit.publish.publish import Manner, publish
from tmfkit.publish.report import Report
from tmfkit.remote.api import Body
from tmfkit.remote.http import HttpApi, Patience
from tmfkit.remote.memory import MemoryCatalog
from tmfkit.remote.profiles import PROFILES
from tmfkit.remote.wire import Request, Response, Transport
from tmfkit.tmf.addresses import Address
from tmfkit.tmf.dialects import Dialect
from tmfkit.tmf.profile import Profile
from tmfkit.tmf.versions import APIS

V4 = (Dialect.TMF620_V4, Dialect.TMF633_V4, Dialect.TMF634_V4)
V5 = (Dialect.TMF620_V5, Dialect.TMF633_V4, Dialect.TMF634_V5)
WRITES = frozenset({"POST", "PATCH", "DELETE"})
HASTY = Patience(sleep=lambda seconds: None)
AT_ONCE = Manner(sleep=lambda seconds: None, chance=lambda: 0.5)

Hook = Callable[[int, Request], None]
"""Hears of a request by its number; it may raise."""


def dialects_of(profile: Profile) -> tuple[Dialect, ...]:
    """The versions that a server of a profile has in these tests."""
    return V5 if profile.name in ("embedded", "v5") else V4


@cache
def compiled(text: str, dialects: tuple[Dialect, ...]) -> Mapping[Address, Wanted]:
    outcome = desired(linked({"shop.yaml": text}), dialects, SETTINGS)
    assert not outcome.failed
    return outcome.value


def edited(*changes: tuple[str, str], of: str = SAMPLE) -> str:
    """A text with other words in it."""
    text = of
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return text


def ignored(number: int, request: Request) -> None:
    """Lets a request pass."""


def without(text: str, *names: str) -> str:
    """A text without the prices of these names; each stands on one line."""
    lines = text.splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(tuple(f"  {name}: {{" for name in names))]
    assert len(lines) - len(kept) == len(names)
    return "".join(kept)


SHOP = edited(
    ('{external: ps-tv, name: TV, href: "https://example.org/ps-tv", version: "3"}', "mobile-line"),
    ("{external: ps-sport}", "mobile-line"),
    ("excludes: [{offering: {external: dsl-99}}]\n", ""),
    of=without(SAMPLE, "regions", "per-seat", "bands", "narrowed", "calls", "hold"),
)
"""25 entities, few prices; everything that they refer to in an API is published too, as a strict server demands."""


@dataclass
class Wire:
    """Counts the requests that pass to several APIs, in one row; hooks hear of each before it is sent and after it was answered."""

    before: Hook = ignored
    after: Hook = ignored
    requests: list[Request] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)

    def number(self, request: Request) -> int:
        with self._lock:
            self.requests.append(request)
            return len(self.requests)

    @property
    def writes(self) -> list[Request]:
        return [request for request in self.requests if request.method in WRITES]


@dataclass
class Tapped:
    """One API behind a wire."""

    inner: Transport
    wire: Wire

    def send(self, request: Request) -> Response:
        number = self.wire.number(request)
        self.wire.before(number, request)
        response = self.inner.send(request)
        self.wire.after(number, request)
        return response


@dataclass
class Shop:
    """A target: its servers in memory, and the folder of its state."""

    profile: Profile
    folder: Path
    catalogs: Mapping[Dialect, MemoryCatalog]
    text: str = SHOP
    concurrency: int = 4

    def destination(self, wire: Wire | None = None) -> Destination:
        apis = {dialect: self._api(dialect, catalog, wire or Wire()) for dialect, catalog in self.catalogs.items()}
        return Destination("shop", apis, {dialect: one.base for dialect, one in self.catalogs.items()}, self.folder, self.concurrency)

    def _api(self, dialect: Dialect, catalog: MemoryCatalog, wire: Wire) -> HttpApi:
        return HttpApi(dialect, self.profile, Tapped(catalog, wire), f"shop: {APIS[dialect].title}", catalog.base, patience=HASTY)

    @property
    def wanted(self) -> Mapping[Address, Wanted]:
        return compiled(self.text, tuple(self.catalogs))

    def plan(self, *allow: Brake) -> Plan:
        return planned(self.destination(), self.wanted, "r1", frozenset(allow)).plan

    def publish(self, *allow: Brake, wire: Wire | None = None, manner: Manner = AT_ONCE) -> Report:
        return publish(self.destination(wire), self.wanted, "r1", frozenset(allow), manner=manner)

    def now(self, text: str) -> "Shop":
        """The same target with another catalog."""
        return replace(self, text=text)

    def known(self) -> Mapping[Address, Known]:
        return state.remembered(self.destination()).published.known

    def items(self, dialect: Dialect, resource: str) -> dict[str, Body]:
        return self.catalogs[dialect].held(resource)

    def sizes(self) -> Counter[str]:
        """How many items each resource has."""
        return sizes(self.catalogs)


def sizes(catalogs: Mapping[Dialect, MemoryCatalog]) -> Counter[str]:
    rows = ((dialect, entry.path) for dialect in catalogs for entry in APIS[dialect].resources)
    return Counter({f"{dialect}/{path}": len(catalogs[dialect].held(path)) for dialect, path in rows})


def sizes_of(wanted: Iterable[Address]) -> Counter[str]:
    return Counter(f"{address.dialect}/{address.resource}" for address in wanted)


def shop(folder: Path, profile: str = "embedded", text: str = SHOP) -> Shop:
    """A target with nothing on it."""
    row = PROFILES[profile]
    catalogs = {dialect: MemoryCatalog(row, dialect, f"http://shop.example{APIS[dialect].base_path}") for dialect in dialects_of(row)}
    return Shop(row, folder / "state" / "shop", catalogs, text)
