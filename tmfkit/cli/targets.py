"""The arguments of commands that reach catalog servers: which target, and where it is if not where the project says."""

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from tmfkit.project import Project
    from tmfkit.remote.api import CatalogApi
    from tmfkit.remote.settings import Target
    from tmfkit.tmf.dialects import Dialect

TargetArgument = Annotated[str, typer.Argument(metavar="TARGET", help="A name below `targets:` in tmfkit.yaml.")]
UrlOption = Annotated[
    str | None,
    typer.Option("--url", metavar="ROOT", help="Another address than the configured one, laid out as `tmfkit serve` does."),
]


def target_of(project: "Project", name: str) -> "Target":
    """The settings of a target; ends at a name that the project does not have."""
    from tmfkit.diagnostics.suggest import did_you_mean

    targets = project.configuration.targets
    if name in targets:
        return targets[name]
    help = did_you_mean(name, targets) or (f"it has {', '.join(targets)}" if targets else "tmfkit.yaml has no `targets` yet")
    raise typer.BadParameter(f"the project has no target `{name}`; {help}")


def reached(project: "Project", name: str, url: str | None) -> "dict[Dialect, CatalogApi]":
    """The APIs of a target, ready to be asked; ends at an address that is none."""
    from tmfkit.remote.connect import connect

    return connect(target_of(project, name), project.root, root_of(url))


def root_of(url: str | None) -> str | None:
    """The address that somebody names instead of the configured one; ends where it is none."""
    from tmfkit.model.problems import NotUnderstood
    from tmfkit.remote.words import address

    try:
        return None if url is None else address(url)
    except NotUnderstood as error:
        raise typer.BadParameter(f"{error.problem.message}; {error.problem.help}", param_hint="--url") from None
