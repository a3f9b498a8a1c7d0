"""A list of prices for billing: a line for each."""

from collections.abc import Iterator

from tmfkit.api import Artifact, Capabilities, Context, Feature, Options

ROLES = ("billing",)


def capabilities(options: Options) -> Capabilities:
    """Everything: it is only a list."""
    return Capabilities(carried=tuple(Feature))


def generate(context: Context[Options]) -> Iterator[Artifact]:
    """One file, a line for each single amount."""
    offerings = list(context.offerings())
    lines = [f"{offering.id} {line}" for offering in offerings for line in amounts(offering)]
    yield Artifact("prices.txt", "\n".join(lines) + "\n", tuple(offering.key for offering in offerings))


def amounts(offering: object) -> Iterator[str]:
    """What each price says."""
    for name, price in getattr(offering, "prices", {}).items():
        for step in price.amount:
            yield f"{name} {step.from_} {step.applies_to} {step.is_}"
        for step in price.table:
            yield from (f"{name} {step.from_} {step.applies_to} {'/'.join(cell.keys)} {cell.value}" for cell in step.is_.cells)
