"""Writes what a release consists of: every payload, an index and a bundle for each API, and the pricing file."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from tmfkit.catalog import Catalog
from tmfkit.check.engine import located
from tmfkit.compile.bundle import Claim, Found, Settings
from tmfkit.compile.collisions import collisions
from tmfkit.compile.compile import compile_all
from tmfkit.compile.encode import compact, encoded, file_of, file_stem
from tmfkit.compile.pricing_file import pricing_file, pricing_of
from tmfkit.diagnostics.model import Diagnostic, Outcome, Severity
from tmfkit.files import Staging
from tmfkit.model.base import Key
from tmfkit.tmf.dialects import Dialect
from tmfkit.workers import divide, each, processors

ENTITIES_WORTH_A_PROCESS = 300
PARTS = ".parts"


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

    number: int
    claims: dict[Dialect, list[Claim]] = field(default_factory=lambda: defaultdict(list))
    found: list[Found] = field(default_factory=list)
    hints: int = 0
    pricing: list[dict[str, dict[str, object]]] = field(default_factory=list)
    bundles: dict[tuple[Dialect, str], list[bytes]] = field(default_factory=lambda: defaultdict(list))


@dataclass(frozen=True, slots=True)
class Made:
    """How many payloads there are of each dialect, and how many things no field holds."""

    payloads: dict[Dialect, int]
    hints: int


def write_release(catalog: Catalog, order: Order, staging: Staging) -> Outcome[Made]:
    """Compiles the whole catalog into `staging`; whoever called commits it when nothing found is an error."""
    keys = sorted(catalog.summaries)
    jobs = processors() if len(keys) >= ENTITIES_WORTH_A_PROCESS else 1
    shares = list(enumerate(divide(keys, jobs)))
    parts = list(each(partial(_compile_share, catalog, order, staging), shares))
    found = [one for part in parts for one in part.found]
    for dialect in order.dialects:
        claims = [claim for part in parts for claim in part.claims.get(dialect, ())]
        found += collisions(claims)
        _write_index(dialect, claims, order, staging)
        _join_bundle(dialect, claims, parts, order, staging)
    pricing = pricing_file((entry for part in parts for entry in part.pricing), catalog, order.settings)
    staging.write("pricing.json", encoded(pricing))
    counts = {dialect: sum(len(part.claims.get(dialect, ())) for part in parts) for dialect in order.dialects}
    made = Made(counts, sum(part.hints for part in parts))
    return Outcome(made, tuple(_diagnostics(catalog, found)))


def _compile_share(catalog: Catalog, order: Order, staging: Staging, share: tuple[int, Sequence[Key]]) -> Part:
    number, keys = share
    part = Part(number)
    for key in keys:
        for dialect, compiled in compile_all(key, catalog, order.dialects, order.settings).items():
            hints = [one for one in compiled.found if one.severity is Severity.INFO]
            part.hints += len(set(hints))
            part.found += compiled.found if order.hints else (one for one in compiled.found if one.severity is not Severity.INFO)
            for payload in compiled.payloads:
                part.claims[dialect].append(payload.claim)
                part.bundles[dialect, payload.resource].append(compact(payload.body))
                if order.files:
                    staging.write(f"{dialect}/{file_of(payload)}", encoded(payload.body))
        pricing = pricing_of(key, catalog, order.settings)
        if pricing["prices"]:
            part.pricing.append(pricing)
    for (dialect, resource), bodies in part.bundles.items():
        staging.write(f"{PARTS}/{dialect}/{resource}.{number}", b",\n".join(bodies))
    part.bundles.clear()
    return part


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


def _join_bundle(dialect: Dialect, claims: Sequence[Claim], parts: Sequence[Part], order: Order, staging: Staging) -> None:
    """One document `{"dialect", "release", "resources": {resource: [body, …]}}`, put together from what the processes wrote."""
    head = compact(_head(dialect, order))[:-1] + b',"resources":{'
    staging.join(f"{dialect}/bundle.json", _pieces(dialect, head, claims, parts, staging))


def _pieces(dialect: Dialect, head: bytes, claims: Sequence[Claim], parts: Sequence[Part], staging: Staging) -> Iterator[bytes | Path]:
    yield head
    for index, resource in enumerate(sorted({claim.resource for claim in claims})):
        yield (b"," if index else b"") + b'\n"' + resource.encode() + b'":[\n'
        files = [staging.folder / PARTS / dialect / f"{resource}.{part.number}" for part in parts]
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
