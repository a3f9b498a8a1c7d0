"""Changes between two states of a catalog as JSON, for programs."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from tmfkit.diff.change import Change
from tmfkit.diff.consequences import Consequence
from tmfkit.diff.prices import PriceChange
from tmfkit.diff.sellable import SaleChange
from tmfkit.model.base import Key
from tmfkit.model.values import Money


def as_json(
    changes: Iterable[Change],
    consequences: Iterable[Consequence] = (),
    sales: Iterable[SaleChange] = (),
    prices: Iterable[PriceChange] = (),
) -> str:
    """`{"changes": [...]}`, each with kind and id of its entity, and whatever else is given under keys of its own."""
    body: dict[str, Any] = {"changes": [_change(one) for one in changes]}
    further = {
        "consequences": [_consequence(one) for one in consequences],
        "sales": [_sale(one) for one in sales],
        "prices": [_price(one) for one in prices],
    }
    return json.dumps(body | {name: rows for name, rows in further.items() if rows}, indent=2, ensure_ascii=False)


def _change(change: Change) -> dict[str, Any]:
    """`kind` is that of the entity; what happened shows in `before` and `after`, of which null is what is not there."""
    return {
        **_key(change.key),
        "path": change.path,
        "impact": change.impact.value,
        "reach": change.reach.value,
        "before": change.before,
        "after": change.after,
        "file": change.span.file,
        "line": change.span.start.line,
        "reason": change.reason,
    }


def _consequence(found: Consequence) -> dict[str, Any]:
    return {
        **_key(found.key),
        "impact": found.impact.value,
        "offerings": [key.id for key in found.offerings],
        "orderForms": [_key(key) for key in found.forms],
        "systems": [key.id for key in found.systems],
    }


def _sale(found: SaleChange) -> dict[str, Any]:
    return {**_key(found.key), "chosen": dict(found.chosen), "sellable": found.sellable, **_period(found.since, found.until)}


def _price(found: PriceChange) -> dict[str, Any]:
    return {
        **_key(found.offering),
        "configuration": dict(found.configuration),
        "channel": found.channel or None,
        "segment": found.segment or None,
        "customers": found.cohort,
        **_period(found.since, found.until),
        "monthly": {"before": _money(found.monthly_before), "after": _money(found.monthly_after)},
        "percent": None if found.percent is None else str(found.percent),
        "firstBill": {"before": _money(found.first_before), "after": _money(found.first_after)},
    }


def _key(key: Key) -> dict[str, Any]:
    return {"kind": key.kind, "id": key.id}


def _period(since: datetime | None, until: datetime | None) -> dict[str, Any]:
    return {"from": None if since is None else since.isoformat(), "until": None if until is None else until.isoformat()}


def _money(amount: Money | None) -> str | None:
    return None if amount is None else str(amount)
