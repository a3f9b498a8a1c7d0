"""`tmfkit lsp`: the language server for editors."""

import gc
from importlib.util import find_spec
from typing import Annotated

import typer

Stdio = Annotated[bool, typer.Option("--stdio", hidden=True, help="Said by some editors; there is no other way.")]


def lsp(stdio: Stdio = False) -> None:
    """Answer an editor over standard input and output: findings while typing, completion, hover, rename, quick fixes.

    Example: tmfkit lsp
    """
    from tmfkit.errors import TmfkitError

    if find_spec("pygls") is None:
        raise TmfkitError("the language server needs pygls, which is not installed", "install it with: pip install 'tmfkit[lsp]'")
    from tmfkit.lsp.answers import serve

    # The command line switches the collector off, because its commands end soon; this one stays for days.
    gc.enable()
    serve()
