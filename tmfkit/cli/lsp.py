"""`tmfkit lsp`: the language server for editors."""

import gc
from importlib.util import find_spec


def lsp() -> None:
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
