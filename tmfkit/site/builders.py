"""Who makes the site of the pages, and what has to be installed for that."""

from collections.abc import Mapping
from enum import StrEnum
from importlib.util import find_spec

from tmfkit.errors import TmfkitError


class Builder(StrEnum):
    """The programs that read `mkdocs.yml`."""

    MKDOCS = "mkdocs"
    ZENSICAL = "zensical"


MODULES: Mapping[Builder, tuple[str, ...]] = {Builder.MKDOCS: ("mkdocs", "material"), Builder.ZENSICAL: ("zensical",)}
"""What each of them needs."""


def make_sure_it_is_installed(builder: Builder) -> None:
    """Raises how to install a builder that is not there."""
    if not all(find_spec(module) for module in MODULES[builder]):
        how = "pip install 'tmfkit[docs]'" if builder is Builder.MKDOCS else "pip install zensical"
        raise TmfkitError(f"the site is built by {builder}, which is not installed", f"install it with: {how}")
