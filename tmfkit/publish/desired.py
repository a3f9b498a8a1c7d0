"""What a target ought to have: the catalog, compiled for the versions of the APIs that the target speaks."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from tmfkit.catalog import Catalog
from tmfkit.check.engine import located
from tmfkit.compile.bundle import Claim, Found, Settings
from tmfkit.compile.collisions import collisions
from tmfkit.compile.compile import compile_all
from tmfkit.compile.encode import compact
from tmfkit.diagnostics.model import Diagnostic, Outcome, Severity, in_order
from tmfkit.model.base import Key
from tmfkit.plan.packed import Packed, kept
from tmfkit.plan.states import Wanted
from tmfkit.tmf.addresses import Address
from tmfkit.tmf.dialects import Dialect
from tmfkit.workers import Tell, collector_paused, deal, each, processors, unheard

ENTITIES_WORTH_A_PROCESS = 300


class Row(NamedTuple):
    """One item of an API; its body is JSON, which crosses the border to another process at least cost."""

    dialect: Dialect
    claim: Claim
    body: bytes


class Share(NamedTuple):
    """What one process made of its part of the catalog."""

    rows: list[Row]
    found: list[Found]


def desired(catalog: Catalog, dialects: Iterable[Dialect], settings: Settings, tell: Tell = unheard) -> Outcome[dict[Address, Wanted]]:
    """Every item that the catalog makes for these versions, by its address; of what is found, only what forbids to publish it."""
    tell(f"compiling {len(catalog):,} entities")
    keys = sorted(catalog.summaries)
    jobs = processors() if len(keys) >= ENTITIES_WORTH_A_PROCESS else 1
    with collector_paused():
        shares = list(each(partial(_compiled, catalog, tuple(dialects), settings), deal(keys, jobs)))
        rows = sorted(row for share in shares for row in share.rows)
        wanted = {item.address: item for item in map(partial(_item, catalog), rows)}
    found = [one for share in shares for one in share.found]
    for dialect in dialects:
        found += collisions(row.claim for row in rows if row.dialect is dialect)
    return Outcome(wanted, in_order(tuple(_diagnostics(catalog, found))))


def called_as_before(wanted: Mapping[Address, Wanted], today: Catalog) -> dict[Address, Wanted]:
    """What an earlier catalog wants; what the catalog of today calls otherwise keeps the identity that it was published with."""
    later = {summary.key._replace(id=summary.renamed_from): key.id for key, summary in today.summaries.items() if summary.renamed_from}
    return {
        address: replace(item, former=_former(address, item.key, later.get(item.key))) if item.key in later else item
        for address, item in wanted.items()
    }


def _compiled(catalog: Catalog, dialects: tuple[Dialect, ...], settings: Settings, keys: Sequence[Key]) -> Share:
    share = Share([], [])
    for key in keys:
        for dialect, compiled in compile_all(key, catalog, dialects, settings).items():
            share.rows.extend(Row(dialect, payload.claim, kept(compact(payload.body))) for payload in compiled.payloads)
            share.found.extend(one for one in compiled.found if one.severity is Severity.ERROR)
    return share


def _item(catalog: Catalog, row: Row) -> Wanted:
    claim = row.claim
    address = Address(row.dialect, claim.resource, claim.id)
    return Wanted(address, claim.key, Packed(row.body), _former(address, claim.key, catalog.summaries[claim.key].renamed_from))


def _former(address: Address, key: Key, before: str | None) -> Address | None:
    """The address before the entity was renamed: ids of its parts begin with its own."""
    id = address.id
    if before is None or not (id == key.id or id.startswith(f"{key.id}.")):
        return None
    return address._replace(id=before + id[len(key.id) :])


def _diagnostics(catalog: Catalog, found: Iterable[Found]) -> Iterator[Diagnostic]:
    for one in found:
        assert one.finding.key is not None
        yield located(catalog, one.code, one.severity, one.finding.key, one.finding)
