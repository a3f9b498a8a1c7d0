"""Runbooks: for each service that people make by hand, a page with a checklist that a technician can print."""

from collections.abc import Iterator

from tmfkit.api import Artifact, Capabilities, Context, Feature, Options

ROLES = ("manual",)


def capabilities(options: Options) -> Capabilities:
    """A page carries everything that a service says."""
    return Capabilities(carried=(Feature.NAME, Feature.DESCRIPTION, Feature.CHARACTERISTIC, Feature.RESOURCE))


def generate(context: Context[Options]) -> Iterator[Artifact]:
    """One runbook for each service of the system."""
    for service in context.controlled():
        yield context.artifact(f"{service.id}.md", "runbook.md.j2", sources=[service], service=service)
