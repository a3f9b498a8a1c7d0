"""`tmfkit eject`: a generator that comes with tmfkit becomes the project's own."""

from pathlib import Path
from typing import Annotated

import typer

from tmfkit.cli.options import Format, ProjectOption, opened

Generator = Annotated[str, typer.Argument(metavar="GENERATOR", help="The generator, as a System names it.", show_default=False)]


def eject(generator: Generator, project: ProjectOption = Path()) -> None:
    """Copy a generator that comes with tmfkit into the project, module and templates, to change it there.

    Nothing is overwritten. To change one template only, copy that template: templates of the project go before those of tmfkit.

    Example: tmfkit eject runbooks
    """
    from tmfkit.files import write_all
    from tmfkit.starter.taking_over import take_over
    from tmfkit.views.eject_text import as_text

    into = opened(project, Format.TEXT)
    taken = take_over(generator, into)
    write_all(into.root, taken.files)
    print(as_text(taken))
