"""What can be ordered: a line for each offering."""

from collections.abc import Iterator

from tmfkit.api import Artifact, Capabilities, Context, Feature, Options

ROLES = ("com",)


def capabilities(options: Options) -> Capabilities:
    """Everything: it is only a list."""
    return Capabilities(carried=tuple(Feature))


def generate(context: Context[Options]) -> Iterator[Artifact]:
    """One file with ids, names and states."""
    offerings = list(context.offerings())
    lines = [f"{offering.id} {offering.title} {offering.lifecycle}" for offering in offerings]
    yield Artifact("offerings.txt", "\n".join(lines) + "\n", tuple(offering.key for offering in offerings))
