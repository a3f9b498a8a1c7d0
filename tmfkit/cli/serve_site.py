"""`tmfkit serve --docs`: the documentation site, shown to this machine alone and built anew whenever something changes."""

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tmfkit.cli.options import Format, opened
from tmfkit.cli.sites import audience_of
from tmfkit.site.builders import Builder

if TYPE_CHECKING:
    from tmfkit.project import Project


def show_site(project: Path, port: int, audience: str | None, builder: Builder) -> None:
    """Shows the site until Ctrl-C; a catalog with errors leaves the last good site, and the errors are shown here."""
    from tmfkit.site import config
    from tmfkit.site.build import pages_folder
    from tmfkit.site.builders import make_sure_it_is_installed
    from tmfkit.site.serving import changes, served

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
