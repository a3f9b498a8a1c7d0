"""`tmfkit serve`: what is made of the catalog, shown on this machine."""

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tmfkit.cli.options import Format, ProjectOption, opened
from tmfkit.cli.sites import AudienceOption, BuilderOption, audience_of
from tmfkit.site.builders import Builder

if TYPE_CHECKING:
    from tmfkit.project import Project

Docs = Annotated[bool, typer.Option("--docs", help="Show the documentation site, and build it anew whenever something changes.")]
Port = Annotated[int, typer.Option("--port", min=0, max=65535, help="Where it is shown; 0 is any free port.")]


def serve(
    project: ProjectOption = Path(),
    docs: Docs = False,
    port: Port = 8000,
    audience: AudienceOption = None,
    builder: BuilderOption = Builder.MKDOCS,
) -> None:
    """Show the site to this machine alone; a catalog with errors leaves the last good site, and the errors are shown here.

    Example: tmfkit serve --docs --port 0
    """
    from tmfkit.site import config
    from tmfkit.site.build import pages_folder
    from tmfkit.site.builders import make_sure_it_is_installed
    from tmfkit.site.serving import changes, served

    if not docs:
        raise typer.BadParameter("say what to show: --docs", param_hint="serve")
    make_sure_it_is_installed(builder)
    here = opened(project, Format.TEXT)
    audience_of(here, audience)
    options = ["--builder", builder.value, *(("--audience", audience) if audience else ())]
    pages = pages_folder(here.root)
    places = [here.root / name for name in (here.configuration.catalog, here.configuration.changes, config.FILE, "tmfkit.yaml")]
    with served(here.root / "site", port) as address:
        watch = changes([*places, pages.parent], pages)
        try:
            _build(here, options)
            print(f"{address} shows the site; Ctrl-C ends this", flush=True)
            for _ in watch:
                _build(here, options)
        except KeyboardInterrupt:
            print()


def _build(project: "Project", options: list[str]) -> None:
    """Builds in a process of its own: it may fork, which a process that serves must not."""
    subprocess.run([sys.executable, "-m", "tmfkit", "docs", "--project", str(project.root), *options], check=False)
    sys.stdout.flush()
