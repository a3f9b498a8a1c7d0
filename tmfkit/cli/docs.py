"""`tmfkit docs`: the catalog as a documentation site."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from tmfkit.cli.options import Format, ProjectOption, opened, show
from tmfkit.cli.progress import checked, progress
from tmfkit.cli.sites import AsOf, AudienceOption, BuilderOption, audience_of
from tmfkit.site.builders import Builder

Release = Annotated[str | None, typer.Option("--release", metavar="TAG", help="The catalog as it stood in a git revision.")]
Output = Annotated[Path | None, typer.Option("--output", help="The folder of the site; else site/ in the project.")]
PagesOnly = Annotated[bool, typer.Option("--pages-only", help="Write the Markdown pages below docs/catalog/ and build nothing of them.")]


def docs(
    project: ProjectOption = Path(),
    audience: AudienceOption = None,
    as_of: AsOf = None,
    release: Release = None,
    output: Output = None,
    builder: BuilderOption = Builder.MKDOCS,
    pages_only: PagesOnly = False,
) -> None:
    """Check the catalog and build the site that shows it: every offering, price, service and system, in each of its languages.

    Example: tmfkit docs --audience sales
    """
    from tmfkit.editions import Wanted, editions, project_at
    from tmfkit.site.build import build, pages_folder
    from tmfkit.site.builders import make_sure_it_is_installed
    from tmfkit.site.write import write

    if not pages_only:
        make_sure_it_is_installed(builder)
    here = opened(project, Format.TEXT)
    past = project_at(here, release)
    if past.failed:
        show(past.value, past.diagnostics, 0, Format.TEXT)
        raise typer.Exit(1)
    wanted = Wanted(audience_of(past.value, audience), as_of.date() if isinstance(as_of, datetime) else None, release)
    verdict = checked(past.value)
    if verdict.failed:
        show(past.value, verdict.diagnostics, len(verdict.value), Format.TEXT, verdict)
        raise typer.Exit(1)
    with progress() as tell:
        made, shared = editions(past.value, verdict.value, wanted, tell)
        pages = pages_folder(here.root)
        tell("writing the pages")
        written = write(pages, made, shared)
        if not pages_only:
            tell(f"building the site with {builder}")
            build(here.root, output or here.root / "site", written, builder, here.configuration.site.name)
    print(
        f"wrote {pages if pages_only else output or here.root / 'site'}: {written.count:,} files of the catalog, for {len(made)} languages"
    )
