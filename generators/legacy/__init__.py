"""Legacy systems: for each service behind an adapter the commands that an order becomes, as a table and as data with examples."""

from collections.abc import Iterator
from typing import Any

from tmfkit.api import Action, Artifact, Capabilities, Context, Feature, Finding, Note

from .checks import findings
from .options import Options as Options
from .syntax import Signs
from .table import Row, notes, parameter, row_of

ROLES = ("legacy-adapter",)


def capabilities(options: Options) -> Capabilities:
    """A command carries values and nothing else."""
    return Capabilities(
        carried=(Feature.NAME, Feature.CODE, Feature.CHARACTERISTIC),
        mapped={
            Feature.LIFECYCLE: "there are commands as long as the service is tested, sold or in use",
            Feature.RESOURCE: "as values of commands where they name them; the legacy system assigns the rest itself",
        },
        dropped={
            Feature.DESCRIPTION: "a command has no place for it",
            Feature.TRANSLATION: "the table shows the first language that is written",
            Feature.VALIDITY: "a legacy system takes a command on any day",
            Feature.CONSTRAINT: "a command says one value after the other: the order was checked before",
            Feature.DESCRIPTOR: "a legacy system knows no descriptors",
        },
    )


def generate(context: Context[Options]) -> Iterator[Artifact | Finding | Note]:
    """The table as CSV and as JSON with its JSON Schema; nothing but findings where the options do not fit the catalog."""
    options = context.options
    signs = Signs(options.forbidden, options.escape, options.join)
    services = {service.id: service for service in context.controlled()}
    found = list(findings(context, services, signs))
    if found:
        yield from found
        return
    rows: list[Row] = []
    for service in services.values():
        row = row_of(service, options, context.catalog, signs) if service.id in options.commands else None
        yield from notes(service, row, options)
        rows += [row] if row is not None else []
    sources, mentions = [row.service for row in rows], [key for row in rows for key in row.resources]
    shared: dict[str, Any] = {"rows": rows, "signs": signs, "actions": tuple(Action), "parameter": parameter}
    yield context.artifact("commands.csv", "commands.csv.j2", sources, mentions=mentions, **shared)
    yield context.artifact("commands.json", "commands.json.j2", sources, mentions=mentions, **shared)
    yield context.artifact("commands.schema.json", "commands.schema.json.j2", actions=tuple(Action))
