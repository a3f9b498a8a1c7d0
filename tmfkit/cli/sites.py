"""The options of the commands that build a site."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from tmfkit.site.builders import Builder

if TYPE_CHECKING:
    from tmfkit.model.audience import Audience
    from tmfkit.project import Project

AudienceOption = Annotated[
    str | None, typer.Option("--audience", metavar="NAME", help="Show what an audience sees: sales, care, network, finance or your own.")
]
AsOf = Annotated[
    datetime | None, typer.Option("--as-of", metavar="DATE", formats=["%Y-%m-%d"], help="The catalog as it is on a day: what holds then.")
]
BuilderOption = Annotated[Builder, typer.Option("--builder", help="What makes the site of the pages.")]


def audience_of(project: "Project", name: str | None) -> "Audience":
    """The audience that a name means; ends where it means none."""
    from tmfkit.diagnostics.suggest import did_you_mean

    site = project.configuration.site
    found = site.audience(name)
    if found is None:
        hint = did_you_mean(name or "", site.names) or f"there are {', '.join(site.names)}"
        raise typer.BadParameter(f"no audience is called `{name}`: {hint}", param_hint="--audience")
    return found
