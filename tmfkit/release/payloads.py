"""Writes what a release consists of: every payload, an index and a bundle for each API, and the pricing file."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

from tmfkit.catalog import Catalog
from tmfkit.check.engine import located
from tmfkit.compile.bundle import Claim, Found, Settings
from tmfkit.compile.collisions import collisions
from tmfkit.compile.compile import compile_all
from tmfkit.compile.encode import compact, embedded, encoded, file_of, file_stem
from tmfkit.compile.pricing_file import pricing_file, pricing_of
from tmfkit.diagnostics.model import Diagnostic, Outcome, Severity
from tmfkit.files import Staging
from tmfkit.model.base import Key
from tmfkit.tmf.dialects import Dialect
from tmfkit.workers import blocks, deal, each, processors

ENTITIES_WORTH_A_PROCESS = 300
PARTS = ".parts"
BLOCK = 200
"""Entities that are compiled at a stretch; what they become is on disk before the next ones are begun."""

Block: TypeAlias = tuple[int, Sequence[Key]]


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be made: of which dialects, for which release, and whether every payload gets a file of its own.

    Without `hints` what a dialect has no field for is only counted: there is much of it, and every place has to be looked up.
    """

    dialects: tuple[Dialect, ...]
    settings: Settings
    files: bool = True
    hints: bool = True


@dataclass(slots=True)
class Part:
    """What one process made of its share of the entities; the payloads themselves are on disk."""

    claims: dict[Dialect, list[Claim]] = field(default_factory=lambda: defaultdict(list))
    found: list[Found] = field(default_factory=list)
    hints: int = 0
    prices: dict[str, bytes] = field(default_factory=dict)
    offerings: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Made:
    """How many payloads there are of each dialect, and how many things no field holds."""

    payloads: dict[Dialect, int]
    hints: int


def write_release(catalog: Catalog, order: Order, staging: Staging) -> Outcome[Made]:
    """Compiles the whole catalog into `staging`; whoever called commits it when nothing found is an error."""
    keys = sorted(catalog.summaries)
    jobs = processors() if len(keys) >= ENTITIES_WORTH_A_PROCESS else 1
    numbered = list(enumerate(blocks(keys, BLOCK)))
    parts = list(each(partial(_compile_share, catalog, order, staging), deal(numbered, jobs)))
    found = [one for part in parts for one in part.found]
    for dialect in order.dialects:
        claims = [claim for part in parts for claim in part.claims.get(dialect, ())]
        found += collisions(claims)
        _write_index(dialect, claims, order, staging)
        _join_bundle(dialect, claims, len(numbered), order, staging)
    pricing = ({"prices": {id: embedded(entry) for id, entry in part.prices.items()}, "offerings": part.offerings} for part in parts)
    staging.write("pricing.json", encoded(pricing_file(pricing, catalog, order.settings)))
    counts = {dialect: sum(len(part.claims.get(dialect, ())) for part in parts) for dialect in order.dialects}
    made = Made(counts, sum(part.hints for part in parts))
    return Outcome(made, tuple(_diagnostics(catalog, found)))


def _compile_share(catalog: Catalog, order: Order, staging: Staging, share: Sequence[Block]) -> Part:
    part = Part()
    for number, keys in share:
        bundles: dict[str, list[bytes]] = defaultdict(list)
        for key in keys:
            for dialect, compiled in compile_all(key, catalog, order.dialects, order.settings).items():
                _note(compiled.found, order, part)
                for payload in compiled.payloads:
                    part.claims[dialect].append(payload.claim)
                    bundles[f"{dialect}/{payload.resource}"].append(compact(payload.body))
                    if order.files:
                        staging.write(f"{dialect}/{file_of(payload)}", encoded(payload.body))
            _price(key, catalog, order, part)
        for place, bodies in bundles.items():
            staging.write(f"{PARTS}/{place}.{number}", b",\n".join(bodies))
    return part


def _note(found: Sequence[Found], order: Order, part: Part) -> None:
    part.hints += len({one for one in found if one.severity is Severity.INFO})
    part.found += (one for one in found if order.hints or one.severity is not Severity.INFO)


def _price(key: Key, catalog: Catalog, order: Order, part: Part) -> None:
    pricing = pricing_of(key, catalog, order.settings)
    part.prices |= {id: compact(entry) for id, entry in pricing["prices"].items()}
    part.offerings |= pricing["offerings"]


def _write_index(dialect: Dialect, claims: Sequence[Claim], order: Order, staging: Staging) -> None:
    rows = [
        {
            "resource": claim.resource,
            "id": claim.id,
            "name": claim.name,
            "version": claim.version,
            "file": f"{claim.resource}/{file_stem(claim.id)}.json",
            "kind": claim.key.kind,
            "entity": claim.key.id,
        }
        for claim in sorted(claims)
    ]
    staging.write(f"{dialect}/index.json", encoded({**_head(dialect, order), "payloads": rows}))


def _join_bundle(dialect: Dialect, claims: Sequence[Claim], parts: int, order: Order, staging: Staging) -> None:
    """One document `{"dialect", "release", "resources": {resource: [body, …]}}`, put together from what the processes wrote."""
    head = compact(_head(dialect, order))[:-1] + b',"resources":{'
    staging.join(f"{dialect}/bundle.json", _pieces(dialect, head, claims, parts, staging))


def _pieces(dialect: Dialect, head: bytes, claims: Sequence[Claim], parts: int, staging: Staging) -> Iterator[bytes | Path]:
    yield head
    for index, resource in enumerate(sorted({claim.resource for claim in claims})):
        yield (b"," if index else b"") + b'\n"' + resource.encode() + b'":[\n'
        files = [staging.folder / PARTS / dialect / f"{resource}.{number}" for number in range(parts)]
        for place, file in enumerate(file for file in files if file.exists()):
            yield b",\n" if place else b""
            yield file
        yield b"\n]"
    yield b"}}\n"


def _head(dialect: Dialect, order: Order) -> dict[str, str]:
    return {"dialect": dialect.value, "release": order.settings.release_name}


def _diagnostics(catalog: Catalog, found: Sequence[Found]) -> Iterator[Diagnostic]:
    for one in found:
        assert one.finding.key is not None
        yield located(catalog, one.code, one.severity, one.finding.key, one.finding)
