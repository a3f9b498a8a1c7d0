"""`tmfkit serve`: the catalog over the standard APIs, or its site, from this machine."""

from pathlib import Path

import typer

from tmfkit.cli.options import ProjectOption
from tmfkit.cli.serve_catalog import make_sure_it_is_installed, show_catalog, show_release
from tmfkit.cli.serve_options import AllowHost, CallbackHost, Database, Docs, From, Host, Port, PublicUrl, ReadToken, WriteToken
from tmfkit.cli.sites import AudienceOption, BuilderOption
from tmfkit.site.builders import Builder


def serve(
    project: ProjectOption = Path(),
    port: Port = 8000,
    database: Database = None,
    release: From = None,
    host: Host = "127.0.0.1",
    allow_host: AllowHost = None,
    read_token: ReadToken = None,
    write_token: WriteToken = None,
    callback_host: CallbackHost = None,
    public_url: PublicUrl = "",
    docs: Docs = False,
    audience: AudienceOption = None,
    builder: BuilderOption = Builder.MKDOCS,
) -> None:
    """Serve the embedded catalog: TMF620, TMF633 and TMF634, versions 4 and 5, under one root, until Ctrl-C.

    Without a token it is for this machine alone, and whoever reaches it may write. With `--docs`, it shows the
    documentation site instead.

    Example: tmfkit serve --from build --port 0
    """
    if docs:
        from tmfkit.cli.serve_site import show_site

        show_site(project, port, audience, builder)
        return
    if database and release:
        raise typer.BadParameter("a release is read from its folder, without a database: leave one of the two out", param_hint="--from")
    make_sure_it_is_installed()
    from tmfkit.serve.credentials import settings_of

    settings = settings_of(host, port, public_url, allow_host, callback_host, read_token, write_token)
    if release:
        show_release(release, settings)
    else:
        show_catalog(database, project, settings)
