"""What can be taken over from a server, for somebody at a terminal who is asked whether that is meant."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from tmfkit.plan.steps import Step
from tmfkit.publish.adopt import Adoption
from tmfkit.tmf.references import noun
from tmfkit.tmf.roles import called
from tmfkit.tmf.versions import APIS
from tmfkit.views.columns import columns
from tmfkit.views.diagnostics_text import printable
from tmfkit.views.plan_words import place, some

MOST = 12
"""So many items of one sort are named; the others are counted."""


def as_text(found: Adoption, target: str, hosts: Sequence[str]) -> str:
    """What the server has already, API by API, and what of that is not clear or not there."""
    return "\n".join(printable(line) for line in _lines(found, place(target, hosts)))


def _lines(found: Adoption, where: str) -> Iterator[str]:
    if found.steps:
        yield f"on {where} already, and not made by tmfkit:"
    for dialect, api in APIS.items():
        sorts: dict[str, list[str]] = defaultdict(list)
        for step in found.steps:
            if step.address.dialect is dialect:
                sorts[noun(dialect, step.address.resource)].append(_named(step))
        if sorts:
            yield f"  {api.title}"
            yield from columns([(f"{len(names):,} {sort}:", some(names, MOST)) for sort, names in sorts.items()], indent=4)
    yield from (f"not clear: {called(step.address)}: {step.note}" for step in found.unclear)
    yield from (f"the catalog publishes nothing called `{id}` to {where}" for id in found.unknown)
    yield from (f"nothing on {where} stands in the way of `{id}`" for id in found.free)
    if not (found.steps or found.unclear or found.unknown or found.free):
        yield f"nothing on {where} stands in the way"


def _named(step: Step) -> str:
    return step.address.id if step.server_id == step.address.id else f"{step.address.id} (there {step.server_id})"
