"""What a run of publishing came to, what drifted and what was adopted, for programs."""

import json
from collections.abc import Iterable, Mapping
from typing import Any, assert_never

from tmfkit.errors import TmfkitError
from tmfkit.plan.steps import Field
from tmfkit.publish.adopt import Adoption
from tmfkit.publish.drift import Drift
from tmfkit.publish.report import Report
from tmfkit.tmf.addresses import Address


def as_json(report: Report) -> str:
    """`{"target", "release", "whole", "done", "unchanged", "failed", "skipped", "doubtful", "differing", "broken"}`."""
    return _text(
        {
            "target": report.target,
            "release": report.release,
            "whole": report.whole,
            "done": {action.value: number for action, number in report.done.items()},
            "unchanged": report.unchanged,
            "failed": _reasons(report.failed),
            "skipped": _reasons(report.skipped),
            "doubtful": [str(address) for address in report.doubtful],
            "differing": [{"item": str(address), "attributes": list(names)} for address, names in report.differing],
            "broken": _broken(report),
        }
    )


def drift_json(found: Drift) -> str:
    """`{"target", "release", "published", "interrupted", "changed", "vanished", "appeared"}`; addresses of `appeared` are the server's."""
    return _text(
        {
            "target": found.target,
            "release": found.release,
            "published": found.published,
            "interrupted": found.interrupted,
            "changed": [{"item": str(address), "fields": [_field(field) for field in fields]} for address, fields in found.changed.items()],
            "vanished": [str(address) for address in found.vanished],
            "appeared": [{"item": str(stranger.address), "name": stranger.name} for stranger in found.appeared],
        }
    )


def adoption_json(found: Adoption, *, adopted: bool) -> str:
    """`{"adopted", "items", "unclear", "unknown", "free"}`; `adopted` says whether the items were taken over."""
    items = [{"item": str(step.address), "serverId": step.server_id} for step in found.steps]
    unclear = [{"item": str(step.address), "reason": step.note} for step in found.unclear]
    return _text({"adopted": adopted, "items": items, "unclear": unclear, "unknown": list(found.unknown), "free": list(found.free)})


def _field(field: Field) -> dict[str, Any]:
    return {"path": field.path, "before": field.before, "after": field.after}


def _reasons(rows: Iterable[tuple[Address, str]]) -> list[dict[str, str]]:
    return [{"item": str(address), "reason": reason} for address, reason in rows]


def _broken(report: Report) -> str | None:
    match report.broken:
        case None:
            return None
        case TmfkitError(message=message):
            return message
        case KeyboardInterrupt():
            return "the run was interrupted"
        case _:
            assert_never(report.broken)


def _text(data: Mapping[str, Any]) -> str:
    return json.dumps(data, indent=2, ensure_ascii=False)
