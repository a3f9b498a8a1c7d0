"""How commands take the name of an entity or a code, and what is known of an order."""

import re
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from tmfkit.cli.progress import progress

if TYPE_CHECKING:
    from tmfkit.catalog import Catalog
    from tmfkit.model.base import Key
    from tmfkit.project import Project

NameArgument = Annotated[
    str, typer.Argument(metavar="NAME", help="A code such as TK201, an id, or KIND/ID where an id alone is not enough.")
]
EntityArgument = Annotated[str | None, typer.Argument(metavar="[ENTITY]", help="An id, or KIND/ID; the whole catalog if none is named.")]


def catalog_of(project: "Project") -> "Catalog":
    """The catalog as far as it can be read and linked; says on standard error when that is not all of it."""
    from tmfkit.pipeline import linked

    with progress() as tell:
        outcome = linked(project, tell)
    if outcome.failed:
        print("the catalog has errors, and is looked at as far as it can be read: `tmfkit validate` lists them", file=sys.stderr)
    return outcome.value


def known_code(name: str) -> str | None:
    """The code that is meant, None for the name of an entity; ends where no finding has this code."""
    from tmfkit.diagnostics.codes import CODES
    from tmfkit.diagnostics.suggest import did_you_mean

    code = name.upper()
    if not re.fullmatch(r"TK\d+", code):
        return None
    if code not in CODES:
        help = did_you_mean(code, CODES)
        raise typer.BadParameter(f"no finding has the code {code}" + (f"; {help}" if help else ""))
    return code


def entity_called(name: str, catalog: "Catalog", kind: str = "") -> "Key":
    """The one entity of this name, of several the one of `kind`; ends with the names that are near, or with those to choose from."""
    from tmfkit.semantics.named import named

    found = named(name, catalog)
    meant = [key for key in found.keys if key.kind == kind] or found.keys
    if len(meant) == 1:
        return meant[0]
    if found.keys:
        choice = " or ".join(f"{key.kind}/{key.id}" for key in found.keys)
        raise typer.BadParameter(f"`{name}` is the id of several entities; say which: {choice}")
    offered = f"; did you mean {' or '.join(f'`{near}`' for near in found.near)}?" if found.near else ""
    raise typer.BadParameter(f"nothing in the catalog is called `{name}`{offered}")
