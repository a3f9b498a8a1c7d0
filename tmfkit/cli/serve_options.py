"""The options of `tmfkit serve`."""

from pathlib import Path
from typing import Annotated

import typer

_TOKEN = "env:NAME or file:PATH"

Docs = Annotated[bool, typer.Option("--docs", help="Show the documentation site, and build it anew whenever something changes.")]
Port = Annotated[int, typer.Option("--port", min=0, max=65535, help="Where it is reached; 0 is any free port.")]
Host = Annotated[str, typer.Option("--host", metavar="NAME", help="The address to listen on; others than the loopback need a token.")]
Database = Annotated[
    str | None,
    typer.Option(
        "--database",
        metavar="URL",
        envvar="TMFKIT_DATABASE",
        show_envvar=True,
        help="A file for SQLite, postgresql://user@host/name, or `memory`; else .tmfkit/catalog.sqlite in the project.",
    ),
]
From = Annotated[Path | None, typer.Option("--from", metavar="DIR", help="Serve a compiled release, such as build/, for reading only.")]
AllowHost = Annotated[
    list[str] | None, typer.Option("--allow-host", metavar="NAME", help="Another name under which the server is reached; may be repeated.")
]
ReadToken = Annotated[
    list[str] | None, typer.Option("--read-token", metavar=_TOKEN, help="Where a token is that may read; may be repeated.")
]
WriteToken = Annotated[
    list[str] | None, typer.Option("--write-token", metavar=_TOKEN, help="Where a token is that may read and write; may be repeated.")
]
CallbackHost = Annotated[
    list[str] | None,
    typer.Option(
        "--callback-host",
        metavar="HOST[:PORT]",
        help="A host that events and jobs may call, at ports 80 and 443 unless one is named; may be repeated. None by default.",
    ),
]
PublicUrl = Annotated[
    str,
    typer.Option("--public-url", metavar="URL", help="The root as consumers see it, for the addresses in answers; else they are relative."),
]
