"""The process that asks the decision tables and orders what they answer, each service behind those that it waits for."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from tmfkit.api import Catalog, Decision, Open, ResourceFacingServiceSpecification, legal_names

from .tables import string

_ILLEGAL = re.compile(r"[^A-Za-z0-9_]")


class Step(NamedTuple):
    """The order for one role: legal names for its task, and the expressions of what the task is given."""

    id: str
    role: str
    name: str
    parameters: tuple[tuple[str, str], ...]


def steps_of(found: Sequence[Decision], catalog: Catalog) -> tuple[Step, ...]:
    """One step for each role, in the order in which they can be made."""
    ids = legal_names((one.role for one in found), lambda role: f"{_ILLEGAL.sub('_', role)}", joint="_")
    return tuple(Step(ids[one.role], string(one.role), one.role, tuple(_parameters(one, ids, catalog))) for one in found)


def _parameters(one: Decision, ids: Any, catalog: Catalog) -> Iterator[tuple[str, str]]:
    here = f"services[{string(one.role)}]"
    yield "role", string(one.role)
    yield "service", f'{here}["service"]'
    service = catalog.get(ResourceFacingServiceSpecification, one.target)
    if service is not None and isinstance(service.controller, str):
        yield "controller", string(service.controller)
    yield "count", f'{here}["count"]'
    yield "shared", f'{here}["shared"]'
    opened = {name: [rule.answer.source for rule in told.rules if isinstance(rule.answer, Open)] for name, told in one.told.items()}
    plain = [name for name, told in one.told.items() if opened[name] and not (told.feed.map or told.feed.by or told.feed.per)]
    known = "".join(f", {string(name)}: [{_known(opened[name][0], ids)}]" for name in plain)
    yield "characteristics", f'{{**{here}["characteristics"]{known}}}'
    for name in opened:
        if opened[name] and name not in plain:
            values = ", ".join(f"{string(source)}: {_known(source, ids)}" for source in dict.fromkeys(opened[name]))
            yield f"sources of {name}", f"{{{values}}}"


def _known(source: str, ids: Any) -> str:
    role, _, name = source.partition("/")
    return f"made_{ids[role]}.get({string(name)})"
