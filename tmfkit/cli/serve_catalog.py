"""`tmfkit serve`: the embedded catalog, from a database or from a compiled release."""

import gc
import logging
import threading
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from tmfkit.errors import TmfkitError
from tmfkit.project import find

if TYPE_CHECKING:
    from tmfkit.serve.settings import Settings

NEEDED = ("starlette", "uvicorn", "sqlalchemy", "pg8000", "jsonpatch")


def make_sure_it_is_installed() -> None:
    """Raises how to install what a server needs and other commands do not."""
    if not all(find_spec(module) for module in NEEDED):
        raise TmfkitError("the embedded catalog needs packages that are not installed", "install them with: pip install 'tmfkit[serve]'")


def show_catalog(database: str | None, project: Path, settings: "Settings") -> None:
    """Serves a database until Ctrl-C; without one, that of the project."""
    from tmfkit.serve.run import own_database, running

    place = database or own_database(find(project))
    with running(place, settings) as address:
        _stay(f"{address} is the catalog; {'reading and writing' if settings.guarded else 'without tokens, for this machine alone'}")


def show_release(folder: Path, settings: "Settings") -> None:
    """Serves a compiled release until Ctrl-C."""
    from tmfkit.serve.run import running_release

    with running_release(folder, settings) as (address, release):
        _stay(f"{address} is release {release.name} of the catalog, {release.items:,} items for reading only")


def _stay(message: str) -> None:
    """The command line switches the collector off, because its commands end soon; this one stays for days."""
    gc.enable()
    logging.basicConfig(format="tmfkit: %(message)s", level=logging.WARNING)
    logging.getLogger("sqlalchemy.pool").setLevel(logging.CRITICAL)  # a page for each lost connection; ours is a line
    print(f"{message}; Ctrl-C ends this", flush=True)
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        print()
