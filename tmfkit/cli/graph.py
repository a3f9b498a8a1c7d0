"""`tmfkit graph`: the catalog as a drawing."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from tmfkit.cli.naming import EntityArgument, catalog_of, entity_called
from tmfkit.cli.options import Format, ProjectOption, opened
from tmfkit.semantics.directions import Direction


class Drawing(StrEnum):
    """The languages in which a graph is written."""

    MERMAID = "mermaid"
    DOT = "dot"


DrawingOption = Annotated[Drawing, typer.Option("--format", help="The language of the drawing.")]
DirectionOption = Annotated[Direction, typer.Option(help="To what the entity is made of, to what is made of it, or both.")]
DepthOption = Annotated[int | None, typer.Option(min=1, help="How many steps away at most.")]


def graph(
    entity: EntityArgument = None,
    project: ProjectOption = Path(),
    form: DrawingOption = Drawing.MERMAID,
    direction: DirectionOption = Direction.DOWN,
    depth: DepthOption = None,
) -> None:
    """Draw what an entity is made of down to its resources, or who uses it, or the whole catalog layer by layer.

    Example: tmfkit graph fibre-home --format dot
    """
    from tmfkit.semantics.graph import around, whole
    from tmfkit.views.graph_dot import as_dot
    from tmfkit.views.graph_mermaid import as_mermaid

    catalog = catalog_of(opened(project, Format.TEXT))
    found = around(entity_called(entity, catalog), catalog, direction, depth) if entity is not None else whole(catalog)
    print(as_dot(found, catalog) if form is Drawing.DOT else as_mermaid(found, catalog))
